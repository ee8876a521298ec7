import { each } from "../shared/each";
import { ownHost } from "../shared/failover";
import { ENTRY_NAMES, type EntryName } from "./serviceTable";
import { type MixedSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts {
    /** What people use, by entry: the same in both regions. */
    readonly world: Readonly<Record<EntryName, string>>;
    /** What leads to this region's balancers, by entry; the same as the world's where there is one region. */
    readonly region: Readonly<Record<EntryName, string>>;
    /** The API: one name for the APIs of both regions. */
    readonly api: string;
    /** The balancer inside, in the networks alone. */
    readonly inside: string;
}

/** The host names that follow from the settings. */
export function hostsOf(settings: MixedSettings): Hosts {
    return {
        world: each(ENTRY_NAMES, (name) => `${name}.${settings.domainName}`),
        region: each(ENTRY_NAMES, (name) => ownHost(settings, name)),
        api: `api.${settings.domainName}`,
        inside: ownHost(settings, "inside"),
    };
}
