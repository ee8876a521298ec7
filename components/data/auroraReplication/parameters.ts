import type * as pulumi from "@pulumi/pulumi";

import { type AuroraAddress } from "../auroraMember/args";
import { createParameters } from "../auroraMember/connection";
import { type AuroraReplicationArgs } from "./args";
import { type ReplicationSettings } from "./settings";

/** Where a member answers, each part known when it is. */
export type AddressInputs = { [Key in keyof AuroraAddress]: pulumi.Input<AuroraAddress[Key]> };

/** Writes the connection parameters of a region, whose applications use the member at an address. */
export function writeParameters(
    name: string,
    region: string,
    { databaseName, parameterPrefix }: AuroraReplicationArgs,
    { applicationUsername, certificateBundlePath, tags }: ReplicationSettings,
    { endpoint, readerEndpoint, port }: AddressInputs,
    parent: pulumi.Resource,
): void {
    createParameters(
        `${name}-${region}`,
        { region, parameterPrefix, tags },
        {
            ...{ endpoint, readerEndpoint, port },
            ...{ databaseName, username: applicationUsername, certificateBundlePath },
        },
        parent,
    );
}
