import { type EdgeDistributionArgs, GeoRestrictionType, PriceClass } from "./args";
import { defaultContentSecurityPolicy } from "./caching";

/** The arguments with their defaults filled in, but for those whose absence has a meaning of its own. */
export type EdgeSettings = ReturnType<typeof withDefaults>;

/** Fills in the defaults. */
export function withDefaults(args: EdgeDistributionArgs) {
    const dynamic = args.dynamicOrigin !== undefined;
    const rateLimit = args.rateLimitPerFiveMinutes ?? 2000;
    return {
        dynamic,
        staticPaths: args.staticPaths ?? (dynamic ? ["/static/*", "/assets/*"] : []),
        defaultRootObject: args.defaultRootObject ?? "index.html",
        // Files of an application are asked for by their full names; a site of pages needs the index pages.
        rewriteDirectoryIndexes: args.rewriteDirectoryIndexes ?? !dynamic,
        createDnsRecords: args.createDnsRecords ?? true,
        priceClass: args.priceClass ?? PriceClass.All,
        geoRestriction: {
            type: args.geoRestriction?.type ?? GeoRestrictionType.None,
            countries: args.geoRestriction?.countries ?? [],
        },
        blockedCountries: args.blockedCountries ?? [],
        rateLimit,
        sensitivePaths: args.sensitivePaths ?? ["/login", "/api"],
        sensitiveRateLimit: args.sensitiveRateLimitPerFiveMinutes ?? Math.min(500, rateLimit),
        contentSecurityPolicy: args.contentSecurityPolicy ?? defaultContentSecurityPolicy(),
        shieldAdvanced: args.shieldAdvanced ?? false,
        logRetentionDays: args.logRetentionDays ?? 365,
        alarmTopicArns: args.alarmTopicArns ?? [],
        serverErrorPercent: args.alarmThresholds?.serverErrorPercent ?? 5,
        originLatencyMilliseconds: args.alarmThresholds?.originLatencyMilliseconds ?? 3000,
        blockedRequestsPerFiveMinutes: args.alarmThresholds?.blockedRequestsPerFiveMinutes ?? 1000,
        deletionProtection: args.deletionProtection ?? true,
        tags: args.tags ?? {},
    };
}
