import type * as pulumi from "@pulumi/pulumi";

import { DaxCluster } from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { type Needs } from "./needs";
import { type NetworkWithStores } from "./network";
import { type Settings } from "./settings";
import { type StackTable } from "./tables";

/** Where DAX listens with TLS. */
export const DAX_PORT = 9111;

/** How large it is; as large as the component makes it when left out. */
type DaxSize = Pick<ConstructorParameters<typeof DaxCluster>[1], "nodeType" | "replicationFactor">;

/** Makes the cache before a table. */
export function stackDax(
    name: string,
    { region, accountId }: Settings,
    { alarmTopicArn }: RegionalFoundation,
    { tiers, storeSubnetIds }: NetworkWithStores,
    { read, write }: StackTable,
    size: DaxSize,
    opts: pulumi.ComponentResourceOptions,
): DaxCluster {
    return new DaxCluster(
        name,
        {
            region,
            accountId,
            vpcId: tiers.vpcId,
            subnetIds: storeSubnetIds,
            ...size,
            permissions: [read, write],
            // What the other region, or anybody else, writes past the cluster shows after a minute.
            itemTtlSeconds: 60,
            queryTtlSeconds: 60,
            alarmTopicArns: [alarmTopicArn],
        },
        opts,
    );
}

/** What those need who read by way of DAX. */
export function daxNeeds({ connectPermissions, endpoint }: DaxCluster): Needs {
    return { permissions: [connectPermissions], environment: { DAX_ENDPOINT: endpoint } };
}
