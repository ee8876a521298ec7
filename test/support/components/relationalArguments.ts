/** Arguments of relational databases that are fine. */
import { type RelationalDatabaseArgs, RelationalEngine, RelationalTopology } from "../../../components";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";

export const DATABASE_KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/orders`;
export const DATABASE_TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:alarms`;

/** An instance with a standby and nothing but what it must be told. */
export const goodInstance: RelationalDatabaseArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    identifier: "shop-orders",
    engine: RelationalEngine.PostgreSql,
    topology: RelationalTopology.InstanceWithStandby,
    databaseName: "orders",
    vpcId: "vpc-0a1b2c3d",
    subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
    kmsKeyArn: DATABASE_KEY,
};

/** The same as a cluster. */
export const goodCluster: RelationalDatabaseArgs = {
    ...goodInstance,
    topology: RelationalTopology.ThreeZoneCluster,
};
