import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { type GeoRestriction, GeoRestrictionType, PriceClass } from "./args";

/** The arguments that every distribution has, with their defaults filled in. */
export function commonDefaults(args: {
    readonly createDnsRecords?: boolean;
    readonly priceClass?: PriceClass;
    readonly geoRestriction?: GeoRestriction;
    readonly blockedCountries?: string[];
    readonly logRetentionDays?: number;
    readonly alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    readonly alarmThresholds?: {
        readonly serverErrorPercent?: number;
        readonly originLatencyMilliseconds?: number;
        readonly blockedRequestsPerFiveMinutes?: number;
    };
    readonly deletionProtection?: boolean;
    readonly tags?: TagsInput;
}) {
    const { alarmThresholds: thresholds = {} } = args;
    return {
        createDnsRecords: args.createDnsRecords ?? true,
        priceClass: args.priceClass ?? PriceClass.All,
        geoRestriction: {
            type: args.geoRestriction?.type ?? GeoRestrictionType.None,
            countries: args.geoRestriction?.countries ?? [],
        },
        blockedCountries: args.blockedCountries ?? [],
        logRetentionDays: args.logRetentionDays ?? 365,
        alarmTopicArns: args.alarmTopicArns ?? [],
        serverErrorPercent: thresholds.serverErrorPercent ?? 5,
        originLatencyMilliseconds: thresholds.originLatencyMilliseconds ?? 3000,
        blockedRequestsPerFiveMinutes: thresholds.blockedRequestsPerFiveMinutes ?? 1000,
        deletionProtection: args.deletionProtection ?? true,
        tags: args.tags ?? {},
    };
}
