import { ownHost } from "../shared/failover";
import { type BackendSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts {
    /** Where the web client is, whoever serves it. */
    readonly client: string;
    /** This region's API. */
    readonly api: string;
}

/** The host names that follow from the settings. In two regions each API has its own, and the client chooses. */
export function hostsOf(settings: BackendSettings): Hosts {
    return { client: settings.domainName, api: ownHost(settings, "api") };
}
