import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    type MutableStack,
    refTo,
} from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const REPOSITORY = "aws:ecr/repository:Repository";
const LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy";
const REGISTRY = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

const REPOSITORIES: readonly FixtureResource[] = [
    {
        type: REPOSITORY,
        name: "lone",
        inputs: {
            name: "tools/lone",
            imageScanningConfiguration: { scanOnPush: true },
            imageTagMutability: "IMMUTABLE",
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: KEY_ARN }],
        },
    },
    { type: LIFECYCLE, name: "lone", inputs: { repository: refTo(REPOSITORY, "lone"), policy: "{}" } },
];
const web = { type: REPOSITORY, name: "shop-images-web" };
const lone = { type: REPOSITORY, name: "lone", fixture: REPOSITORIES };

function registry(filter: string, scanFrequency: string): FixtureResource {
    return {
        type: REGISTRY,
        name: "lone",
        inputs: {
            scanType: "BASIC",
            rules: [{ scanFrequency, repositoryFilters: [{ filter, filterType: "WILDCARD" }] }],
        },
    };
}

function exclude(stack: MutableStack, ...filters: readonly string[]): void {
    const repository = stack.find(REPOSITORY, "shop-images-web");
    stack.set(repository, "imageTagMutability", "IMMUTABLE_WITH_EXCLUSION");
    stack.set(
        repository,
        "imageTagMutabilityExclusionFilters",
        filters.map((filter) => ({ filter, filterType: "WILDCARD" })),
    );
}

export const mutants: readonly Mutant[] = [
    setting(web, "ecr-scan-on-push", "off", "imageScanningConfiguration.scanOnPush", false),
    unsetting(web, "ecr-scan-on-push", "left out", "imageScanningConfiguration"),
    {
        rule: "ecr-scan-on-push",
        title: "a registry that scans other repositories",
        fixture: [...REPOSITORIES, registry("tools/*", "SCAN_ON_PUSH")],
        change: (stack) => {
            stack.unset(stack.find(REPOSITORY, "lone"), "imageScanningConfiguration");
            stack.set(stack.find(REGISTRY), "rules[0].repositoryFilters[0].filter", "apps/*");
        },
    },
    setting(web, "ecr-immutable-tags", "movable", "imageTagMutability", "MUTABLE"),
    {
        rule: "ecr-immutable-tags",
        title: "releases that move",
        change: (stack) => {
            exclude(stack, "latest", "v*");
        },
        message: 'filter of imageTagMutabilityExclusionFilters[1] is "v*"',
    },
    {
        rule: "ecr-immutable-tags",
        title: "tags that all move",
        change: (stack) => {
            exclude(stack, "*");
        },
        message: 'filter of imageTagMutabilityExclusionFilters[0] is "*"',
    },
    {
        rule: "ecr-immutable-tags",
        title: "exclusions where none will do",
        change: (stack) => {
            exclude(stack, "latest");
        },
        config: { modes: ["IMMUTABLE"] },
    },
    unsetting(web, "ecr-immutable-tags", "left out", "imageTagMutability"),
    {
        rule: "ecr-lifecycle-policy",
        title: "none",
        change: (stack) => {
            stack.remove(stack.find(LIFECYCLE, "shop-images-web-lifecycle"));
        },
        decidedBy: "relations",
    },
    setting(web, "ecr-customer-key", "AES", "encryptionConfigurations", [{ encryptionType: "AES256" }], {
        message: 'encryptionType is "AES256"',
    }),
    unsetting(web, "ecr-customer-key", "left out", "encryptionConfigurations", {
        message: "encryptionType is not given",
    }),
    unsetting(lone, "ecr-customer-key", "AWS's key", "encryptionConfigurations[0].kmsKey", {
        message: "encryptionConfigurations[0].kmsKey is not given",
    }),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "ecr-scan-on-push",
        title: "a registry that scans everything",
        fixture: [...REPOSITORIES, registry("*", "CONTINUOUS_SCAN")],
        change: (stack) => {
            stack.unset(stack.find(REPOSITORY, "lone"), "imageScanningConfiguration");
        },
    },
    {
        rule: "ecr-immutable-tags",
        title: "what is no release and moves",
        change: (stack) => {
            exclude(stack, "latest", "cache-*");
        },
    },
    {
        rule: "ecr-immutable-tags",
        title: "another name that may move",
        change: (stack) => {
            exclude(stack, "nightly");
        },
        config: { movableTags: ["nightly"] },
    },
    setting(lone, "ecr-customer-key", "two layers", "encryptionConfigurations[0].encryptionType", "KMS_DSSE"),
];
