import { type PlatformSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts {
    /** What people use. */
    readonly world: string;
    /** What leads to this region's front end; the same where there is one region. */
    readonly region: string;
    /** What leads to this region's back end, in its network alone. */
    readonly back: string;
    /** What leads to the other region's front end. */
    readonly peer?: string;
}

/** The host names that follow from the settings. */
export function hostsOf({ domainName, peerRegion, region }: PlatformSettings): Hosts {
    const at = (place: string): string => `${place}.${domainName}`;
    return {
        world: domainName,
        region: peerRegion === undefined ? domainName : at(region),
        back: at(peerRegion === undefined ? "back" : `back-${region}`),
        ...(peerRegion === undefined ? {} : { peer: at(peerRegion) }),
    };
}
