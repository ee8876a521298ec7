import { resourceRule } from "../../framework";
import { STORE_TYPES } from "../../framework/stores";

interface Config {
    readonly types: readonly string[];
}

// What no backup brings back as it was, beside the stores: keys without which data is noise, images that are
// running, users, archives, and what ties a global database together.
const OTHERS = [
    "aws-native:cognito:UserPool",
    "aws-native:cognito:UserPoolReplica",
    "aws:backup/vault:Vault",
    "aws:cloudtrail/trail:Trail",
    "aws:cognito/userPool:UserPool",
    "aws:docdb/globalCluster:GlobalCluster",
    "aws:ebs/volume:Volume",
    "aws:ecr/repository:Repository",
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:neptune/globalCluster:GlobalCluster",
    "aws:rds/globalCluster:GlobalCluster",
];

export const rule = resourceRule<Config>({
    id: "stateful-protected",
    severity: "high",
    description: "Pulumi refuses to delete or replace what holds data.",
    fix: "Set the resource option protect: true.",
    frameworks: { controls: ["P19"] },
    config: {
        types: {
            type: "array",
            items: { type: "string" },
            default: [...STORE_TYPES, ...OTHERS].sort(),
            description: "Types whose resources must be protected.",
        },
    },
    configuredTypes: true,
    check: (resource, report) => {
        if (!resource.opts.protect) {
            report("is not protected: the option protect is false.");
        }
    },
});
