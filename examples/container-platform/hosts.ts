import { partsOf } from "../shared/settings";
import { FrontExposure, type PlatformSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts {
    /** What people use. */
    readonly world: string;
    /** What leads to this region's front end; the same where there is one region. */
    readonly region: string;
    /** What the front end's balancer is called in its certificate: behind CloudFront nobody else uses that name. */
    readonly frontBalancer: string;
    /** What leads to this region's back end, in its network alone. */
    readonly back: string;
    /** What leads to the primary region's front end; in the second stack alone. */
    readonly primary?: string;
}

/** The host names that follow from the settings. */
export function hostsOf({
    domainName,
    frontExposure,
    peerRegion,
    primaryStack,
    regionKey,
}: PlatformSettings): Hosts {
    if (peerRegion === undefined) {
        return {
            world: domainName,
            region: domainName,
            frontBalancer: frontExposure === FrontExposure.CloudFront ? `origin.${domainName}` : domainName,
            back: `back.${domainName}`,
        };
    }
    return {
        world: domainName,
        region: `${regionKey}.${domainName}`,
        frontBalancer: `${regionKey}.${domainName}`,
        back: `back-${regionKey}.${domainName}`,
        ...(primaryStack === undefined ? {} : { primary: `${partsOf(primaryStack)[1]}.${domainName}` }),
    };
}
