import { partsOf } from "../shared/settings";
import { type PlatformSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts {
    /** What people use. */
    readonly world: string;
    /** What leads to this region's front end; the same where there is one region. */
    readonly region: string;
    /** What leads to this region's back end, in its network alone. */
    readonly back: string;
    /** What leads to the primary region's front end; in the second stack alone. */
    readonly primary?: string;
}

/** The host names that follow from the settings. */
export function hostsOf({ domainName, peerRegion, primaryStack, regionKey }: PlatformSettings): Hosts {
    if (peerRegion === undefined) {
        return { world: domainName, region: domainName, back: `back.${domainName}` };
    }
    return {
        world: domainName,
        region: `${regionKey}.${domainName}`,
        back: `back-${regionKey}.${domainName}`,
        ...(primaryStack === undefined ? {} : { primary: `${partsOf(primaryStack)[1]}.${domainName}` }),
    };
}
