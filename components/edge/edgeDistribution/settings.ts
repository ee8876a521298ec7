import { commonDefaults } from "../distribution/settings";
import { type EdgeDistributionArgs } from "./args";
import { defaultContentSecurityPolicy } from "./caching";

/** The arguments with their defaults filled in, but for those whose absence has a meaning of its own. */
export type EdgeSettings = ReturnType<typeof withDefaults>;

/** Requests that one address may send within five minutes where nothing is said. */
export const DEFAULT_RATE_LIMIT = 2000;

/** The paths with the tighter limit where nothing is said. */
export const DEFAULT_SENSITIVE_PATHS: readonly string[] = ["/login", "/api"];

/** The paths that the static site answers beside an application where nothing is said. */
export const DEFAULT_STATIC_PATHS: readonly string[] = ["/static/*", "/assets/*"];

/** Fills in the defaults. */
export function withDefaults(args: EdgeDistributionArgs) {
    const dynamic = args.dynamicOrigin !== undefined;
    const rateLimit = args.rateLimitPerFiveMinutes ?? DEFAULT_RATE_LIMIT;
    return {
        dynamic,
        staticPaths: args.staticPaths ?? (dynamic ? [...DEFAULT_STATIC_PATHS] : []),
        defaultRootObject: args.defaultRootObject ?? "index.html",
        // Files of an application are asked for by their full names; a site of pages needs the index pages.
        rewriteDirectoryIndexes: args.rewriteDirectoryIndexes ?? !dynamic,
        ...commonDefaults(args),
        rateLimit,
        sensitivePaths: args.sensitivePaths ?? [...DEFAULT_SENSITIVE_PATHS],
        sensitiveRateLimit: args.sensitiveRateLimitPerFiveMinutes ?? Math.min(500, rateLimit),
        contentSecurityPolicy: args.contentSecurityPolicy ?? defaultContentSecurityPolicy(),
        shieldAdvanced: args.shieldAdvanced ?? false,
    };
}
