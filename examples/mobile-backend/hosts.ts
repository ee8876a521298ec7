import { type BackendSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts {
    /** Where the web client is, whoever serves it. */
    readonly client: string;
    /** This region's API. */
    readonly api: string;
}

/** The host names that follow from the settings. In two regions each API has its own, and the client chooses. */
export function hostsOf({ domainName, peerRegion, region }: BackendSettings): Hosts {
    return {
        client: domainName,
        api: peerRegion === undefined ? `api.${domainName}` : `api-${region}.${domainName}`,
    };
}
