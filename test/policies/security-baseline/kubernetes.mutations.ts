import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODES = "aws:eks/nodeGroup:NodeGroup";

const KUBERNETES: readonly FixtureResource[] = [
    {
        type: CLUSTER,
        name: "shop",
        inputs: {
            name: "shop",
            roleArn: "arn:aws:iam::111122223333:role/eks",
            vpcConfig: {
                subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0b1b2c3d4e5f60718"],
                endpointPublicAccess: false,
                endpointPrivateAccess: true,
            },
            encryptionConfig: { provider: { keyArn: KEY_ARN }, resources: ["secrets"] },
        },
    },
    {
        type: NODES,
        name: "shop",
        inputs: {
            clusterName: "shop",
            remoteAccess: { ec2SshKey: "shop", sourceSecurityGroupIds: ["sg-0a1b2c3d4e5f60718"] },
        },
    },
];
const cluster = { type: CLUSTER, name: "shop", fixture: KUBERNETES };
const nodes = { type: NODES, name: "shop", fixture: KUBERNETES };

const opened = (publicAccessCidrs?: readonly string[]) => ({
    subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0b1b2c3d4e5f60718"],
    endpointPublicAccess: true,
    endpointPrivateAccess: true,
    ...(publicAccessCidrs === undefined ? {} : { publicAccessCidrs }),
});

export const mutants: readonly Mutant[] = [
    setting(cluster, "eks-public-endpoint", "public", "vpcConfig.endpointPublicAccess", true),
    unsetting(cluster, "eks-public-endpoint", "left out", "vpcConfig.endpointPublicAccess", {
        message: "endpointPublicAccess is not given",
    }),
    setting(cluster, "eks-public-endpoint", "some blocks", "vpcConfig", opened(["203.0.113.0/24"])),
    setting(cluster, "eks-public-endpoint", "every block", "vpcConfig", opened(["0.0.0.0/0"]), {
        config: { namedBlocks: true },
        message: "0.0.0.0/0",
    }),
    setting(cluster, "eks-public-endpoint", "no block", "vpcConfig", opened(), {
        config: { namedBlocks: true },
        message: "publicAccessCidrs is not given",
    }),
    unsetting(cluster, "eks-secrets-encryption", "left out", "encryptionConfig"),
    unsetting(nodes, "eks-node-remote-access", "everybody", "remoteAccess.sourceSecurityGroupIds", {
        decidedBy: "structure",
    }),
];

export const accepted: readonly Accepted[] = [
    setting(cluster, "eks-public-endpoint", "named blocks", "vpcConfig", opened(["203.0.113.0/24"]), {
        config: { namedBlocks: true },
    }),
    unsetting(nodes, "eks-node-remote-access", "none", "remoteAccess"),
];
