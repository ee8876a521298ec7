import { type TagsInput } from "../../shared/tags";
import { SearchAvailability, type SearchDomainArgs } from "./args";
import { isBurstable } from "./instanceTypes";

/** The arguments that have defaults, with the defaults filled in. */
export interface SearchSettings {
    availability: SearchAvailability;
    /** How many zones the domain is in. */
    zones: number;
    engineVersion: string;
    instanceType: string;
    instanceCount: number;
    /** Type of the dedicated masters; undefined for none. */
    masterInstanceType: string | undefined;
    volumeSize: number;
    volumeIops: number;
    volumeThroughput: number;
    /** Whether Auto-Tune can be on: burstable instances have none. */
    autoTune: boolean;
    offPeakWindowStart: string;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** The engine of new domains. */
export const DEFAULT_ENGINE_VERSION = "OpenSearch_3.3";
export const DEFAULT_INSTANCE_TYPE = "r8g.large.search";
export const DEFAULT_MASTER_TYPE = "m8g.large.search";

/** Dedicated masters of a domain: three elect one of themselves while any two are there. */
export const MASTERS = 3;

/** How many zones a domain is in. */
export function zonesOf(availability: SearchAvailability): number {
    return availability === SearchAvailability.TwoZones ? 2 : 3;
}

/** Fills in the defaults. */
export function withDefaults(args: SearchDomainArgs): SearchSettings {
    const availability = args.availability ?? SearchAvailability.ThreeZonesWithStandby;
    const zones = zonesOf(availability);
    const instanceType = args.instanceType ?? DEFAULT_INSTANCE_TYPE;
    return {
        availability,
        zones,
        engineVersion: args.engineVersion ?? DEFAULT_ENGINE_VERSION,
        instanceType,
        instanceCount: args.instanceCount ?? zones,
        masterInstanceType:
            args.masterInstanceType ??
            (availability === SearchAvailability.ThreeZonesWithStandby ? DEFAULT_MASTER_TYPE : undefined),
        volumeSize: args.volumeSize ?? 100,
        volumeIops: args.volumeIops ?? 3000,
        volumeThroughput: args.volumeThroughput ?? 125,
        autoTune: !isBurstable(instanceType),
        offPeakWindowStart: args.offPeakWindowStart ?? "22:00",
        logRetentionDays: args.logRetentionDays ?? 365,
        deletionProtection: args.deletionProtection ?? true,
        tags: args.tags ?? {},
    };
}
