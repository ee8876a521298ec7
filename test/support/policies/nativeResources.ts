/** Resources of @pulumi/aws-native beside a stack's own, which have none. */
import { type FixtureResource, refTo } from "./mutation";

export const NATIVE_PROVIDER = "pulumi:providers:aws-native";
export const DATASET_GROUP = "aws-native:personalize:DatasetGroup";
export const DATASET = "aws-native:personalize:Dataset";
export const SCHEMA = "aws-native:personalize:Schema";
export const TRACKER = "aws-native:personalize:EventTracker";

const tags = [{ key: "data-classification", value: "confidential" }];

/** A dataset group with a dataset and a tracker, all as they should be, for a stack in us-east-1. */
export const NATIVE_RESOURCES: readonly FixtureResource[] = [
    {
        type: NATIVE_PROVIDER,
        name: "native",
        inputs: { region: "us-east-1", allowedAccountIds: '["111122223333"]' },
    },
    {
        type: DATASET_GROUP,
        name: "likes",
        inputs: {
            name: "likes-1234567",
            kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/9bf89270-78df-464d-8c19-eb7266bcf8c3",
            roleArn: "arn:aws:iam::111122223333:role/likes",
            tags,
        },
        options: { protect: true, ignoreChanges: ["tags"] },
    },
    {
        type: SCHEMA,
        name: "likes-schema",
        inputs: { name: "likes-schema-1234567", schema: '{"type":"record"}', tags },
    },
    {
        type: DATASET,
        name: "likes-interactions",
        inputs: {
            name: "likes-interactions-1234567",
            datasetType: "Interactions",
            datasetGroupArn: refTo(DATASET_GROUP, "likes"),
            schemaArn: refTo(SCHEMA, "likes-schema"),
            tags,
        },
        options: { protect: true },
    },
    {
        type: TRACKER,
        name: "likes-tracker",
        inputs: { name: "likes-tracker-1234567", datasetGroupArn: refTo(DATASET_GROUP, "likes"), tags },
    },
];
