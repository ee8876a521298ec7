import { type AuroraSettings, auroraSettings, DEFAULT_INSTANCES } from "../auroraMember/settings";
import { type AuroraReplicationArgs } from "./args";

/** The arguments that have defaults, with the defaults filled in. */
export interface ReplicationSettings extends AuroraSettings {
    writerRegion: string;
    instanceCount: number;
}

/** Fills in the defaults. */
export function withDefaults(args: AuroraReplicationArgs): ReplicationSettings {
    return {
        ...auroraSettings(args),
        writerRegion: args.writerRegion ?? args.region,
        instanceCount: args.instanceCount ?? DEFAULT_INSTANCES,
    };
}
