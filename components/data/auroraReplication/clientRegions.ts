import * as pulumi from "@pulumi/pulumi";

import { type AuroraAddress, type AuroraSource } from "../auroraMember/args";
import { createParameters } from "../auroraMember/connection";
import { type AuroraReplicationArgs } from "./args";
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
        createParameters(
            `${name}-${region}`,
            { region, parameterPrefix: args.parameterPrefix, tags: settings.tags },
            {
                endpoint: address.endpoint,
                readerEndpoint: address.readerEndpoint,
                port: address.port,
                databaseName: args.databaseName,
                username: settings.applicationUsername,
                certificateBundlePath: settings.certificateBundlePath,
            },
            parent,
        );
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
