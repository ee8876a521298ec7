import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
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
    setting(web, "ecr-immutable-tags", "movable in part", "imageTagMutability", "IMMUTABLE_WITH_EXCLUSION"),
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
        ...setting(
            web,
            "ecr-immutable-tags",
            "exclusions where they will do",
            "imageTagMutability",
            "IMMUTABLE_WITH_EXCLUSION",
        ),
        config: { modes: ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"] },
    },
    setting(lone, "ecr-customer-key", "two layers", "encryptionConfigurations[0].encryptionType", "KMS_DSSE"),
];
