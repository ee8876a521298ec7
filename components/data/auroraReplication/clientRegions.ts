import * as pulumi from "@pulumi/pulumi";

import { type AuroraAddress, type AuroraSource } from "../auroraMember/args";
import { type AuroraReplicationArgs } from "./args";
import { writeParameters } from "./parameters";
import { type JoinedRegion } from "./regions";
import { type ReplicationSettings } from "./settings";

/** The members, as those who use them know them. */
export interface Members {
    source: pulumi.Output<AuroraSource>;
    joined: readonly JoinedRegion[];
}

/** Writes the connection parameters in the regions that use another one's member. */
export function tellClientRegions(
    name: string,
    args: AuroraReplicationArgs,
    settings: ReplicationSettings,
    { source, joined }: Members,
    parent: pulumi.Resource,
): void {
    for (const { region, memberRegion } of args.clientRegions ?? []) {
        const member = joined.find((each) => each.region === memberRegion);
        const address = member?.address ?? source.apply((founding) => addressOf(founding, memberRegion));
        writeParameters(name, region, args, settings, address, parent);
    }
}

function addressOf({ address }: AuroraSource, region: string): AuroraAddress {
    if (address === undefined) {
        throw new pulumi.RunError(
            `the stack of ${region} does not say where its cluster answers: update that one first`,
        );
    }
    return address;
}
