import { type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { ACCOUNT } from "./documents";
import { setting, unsetting } from "./settings";

const CLUSTER = "aws:dax/cluster:Cluster";
const CLUSTERS: readonly FixtureResource[] = [
    {
        type: CLUSTER,
        name: "carts",
        inputs: {
            clusterName: "carts",
            iamRoleArn: `arn:aws:iam::${ACCOUNT}:role/dax`,
            nodeType: "dax.r5.large",
            replicationFactor: 3,
            serverSideEncryption: { enabled: true },
            clusterEndpointEncryptionType: "TLS",
        },
    },
];
const cluster = { type: CLUSTER, name: "carts", fixture: CLUSTERS };

export const mutants: readonly Mutant[] = [
    setting(cluster, "dax-encryption", "off", "serverSideEncryption.enabled", false),
    unsetting(cluster, "dax-encryption", "left out", "serverSideEncryption", {
        message: "serverSideEncryption.enabled is not given",
    }),
    setting(cluster, "dax-tls", "off", "clusterEndpointEncryptionType", "NONE"),
    unsetting(cluster, "dax-tls", "left out", "clusterEndpointEncryptionType", {
        message: "clusterEndpointEncryptionType is not given",
    }),
];
