import { commonDefaults } from "../distribution/settings";
import { ORIGIN_SHIELD_REGIONS } from "../distribution/viewerTable";
import { type DownloadContent, type DownloadsDistributionArgs, type VersionKey, VersionPlace } from "./args";

/** The arguments with their defaults filled in, but for those whose absence has a meaning of its own. */
export type DownloadsSettings = ReturnType<typeof withDefaults>;

const MINUTE = 60;
const YEAR = 31_536_000;

/** What is kept where nothing is said: versions never change, and a manifest says which is the newest. */
export const DEFAULT_CONTENTS: readonly DownloadContent[] = [
    { name: "manifests", pathPatterns: ["/updates/*.json", "/downloads/*.json"], lifetimeSeconds: MINUTE },
    { name: "versions", pathPatterns: ["/updates/*", "/downloads/*"], lifetimeSeconds: YEAR },
];

/** Requests that one address may send within five minutes where nothing is said. */
export const DEFAULT_RATE_LIMIT = 20_000;

/** Fills in the defaults. */
export function withDefaults(args: DownloadsDistributionArgs) {
    const { alarmThresholds: thresholds } = args;
    const versionKey: VersionKey = args.versionKey ?? { place: VersionPlace.Path };
    return {
        versionKey,
        contents: args.contents ?? DEFAULT_CONTENTS,
        objectStore: args.objectStore ?? false,
        originShieldRegion:
            args.originShieldRegion ?? ORIGIN_SHIELD_REGIONS.find((shield) => shield === args.region),
        ...commonDefaults(args),
        rateLimit: args.rateLimitPerFiveMinutes ?? DEFAULT_RATE_LIMIT,
        cacheHitPercent: thresholds?.cacheHitPercent ?? 80,
        clientErrorPercent: thresholds?.clientErrorPercent ?? 10,
    };
}
