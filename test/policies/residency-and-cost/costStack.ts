import { type FixtureResource, type MutableStack } from "../../support/policies/mutation";

const DOMAIN = "aws:opensearch/domain:Domain";
const INSTANCE = "aws:rds/instance:Instance";
const PROVIDER = "pulumi:providers:aws";

export const INTERNAL = { "data-classification": "internal" };

export const database: FixtureResource = {
    type: INSTANCE,
    name: "fixture-database",
    inputs: {
        engine: "postgres",
        instanceClass: "db.t4g.small",
        storageType: "gp3",
        allocatedStorage: 20,
        multiAz: false,
        tags: INTERNAL,
    },
};

export const domain: FixtureResource = {
    type: DOMAIN,
    name: "fixture-search",
    inputs: {
        clusterConfig: {
            instanceType: "r7g.medium.search",
            instanceCount: 3,
            dedicatedMasterEnabled: true,
            dedicatedMasterType: "m7g.medium.search",
            dedicatedMasterCount: 3,
        },
        ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: 20 },
        tags: INTERNAL,
    },
};

/** Sets the default tags of the stack's provider. */
export function setTags(stack: MutableStack, tags: Readonly<Record<string, string>>): void {
    stack.set(stack.find(PROVIDER), "defaultTags", JSON.stringify({ tags }));
}

export const TAGS = { project: "p", environment: "prod", stack: "s", owner: "o", "cost-center": "c" };
