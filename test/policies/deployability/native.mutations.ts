import { type Mutant } from "../../support/policies/mutation";
import {
    DATASET,
    DATASET_GROUP,
    NATIVE_PROVIDER,
    NATIVE_RESOURCES,
    SCHEMA,
    TRACKER,
} from "../../support/policies/nativeResources";

const fixture = NATIVE_RESOURCES;

export const mutants: readonly Mutant[] = [
    {
        rule: "aws-arn-region",
        title: "a provider of another region than what a dataset is made of",
        fixture: [
            ...fixture,
            {
                type: DATASET,
                name: "loves",
                inputs: {
                    name: "loves-1234567",
                    datasetType: "Interactions",
                    datasetGroupArn: "arn:aws:personalize:us-east-1:111122223333:dataset-group/loves",
                    schemaArn: "arn:aws:personalize:us-east-1:111122223333:schema/loves",
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(NATIVE_PROVIDER, "native"), "region", "eu-central-1");
        },
        message: "is in eu-central-1 and has schemaArn",
        alsoFires: ["kms-key-region"],
    },
    {
        rule: "kms-key-region",
        title: "a key of another region, for CloudFormation's type",
        fixture,
        change: (stack) => {
            stack.set(
                stack.find(DATASET_GROUP, "likes"),
                "kmsKeyArn",
                "arn:aws:kms:eu-central-1:111122223333:key/9bf89270-78df-464d-8c19-eb7266bcf8c3",
            );
            stack.relate(
                stack.find(DATASET_GROUP, "likes"),
                "kmsKeyArn",
                stack.find(NATIVE_PROVIDER, "native"),
            );
        },
        message: "is in us-east-1 and has kmsKeyArn of eu-central-1",
    },
    {
        rule: "aws-json-arguments",
        title: "a schema that does not close",
        fixture,
        change: (stack) => {
            stack.set(stack.find(SCHEMA, "likes-schema"), "schema", '{"type":"record"');
        },
        message: "has schema that is not JSON",
    },
    {
        rule: "aws-tag-format",
        title: "a comma, in CloudFormation's form of tags",
        fixture,
        change: (stack) => {
            stack.set(stack.find(DATASET_GROUP, "likes"), "tags[0].value", "shop, platform");
        },
        message: 'with "data-classification" of the value "shop, platform"',
    },
    {
        rule: "aws-tag-format",
        title: "a default tag of the provider of CloudFormation's types",
        fixture,
        change: (stack) => {
            stack.set(
                stack.find(NATIVE_PROVIDER, "native"),
                "defaultTags",
                '{"tags":{"aws:project":"shop"}}',
            );
        },
        message: 'has defaultTags with the key "aws:project"',
    },
    {
        rule: "aws-name-length",
        title: "a dataset group's name of 64 characters",
        fixture,
        change: (stack) => {
            stack.set(stack.find(DATASET_GROUP, "likes"), "name", "l".repeat(64));
        },
        message: "of 64 characters; allowed: 1 to 63",
    },
    {
        rule: "aws-name-characters",
        title: "a dataset group's name with a period",
        fixture,
        change: (stack) => {
            stack.set(stack.find(DATASET_GROUP, "likes"), "name", "shop.likes");
        },
    },
    {
        rule: "aws-duplicate-names",
        title: "two schemas of one name",
        fixture,
        change: (stack) => {
            stack.add({
                type: SCHEMA,
                name: "likes-again",
                inputs: { name: "likes-schema-1234567", schema: "{}" },
            });
        },
    },
    {
        rule: "pulumi-ignore-changes-spelling",
        title: "a slip in a property of CloudFormation's type",
        fixture,
        change: (stack) => {
            stack.setOptions(stack.find(DATASET_GROUP, "likes"), { ignoreChanges: ["tag"] });
        },
        decidedBy: "relations",
        message: 'ignores changes of "tag", which is no property of it; "tags" is',
    },
    ...[
        [DATASET, "likes-interactions", "of the same datasetGroupArn and datasetType"],
        [TRACKER, "likes-tracker", "when name changes, AWS refuses a second one of the same datasetGroupArn"],
    ].map(([type = "", name = "", message = ""]): Mutant => ({
        rule: "aws-delete-before-replace",
        title: `${name} that is made before the old one is deleted`,
        fixture,
        change: (stack) => {
            stack.setOptions(stack.find(type, name), { deleteBeforeReplace: false });
        },
        decidedBy: "relations",
        message,
    })),
];
