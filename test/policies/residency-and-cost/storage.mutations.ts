import { type Accepted, type Mutant, refTo } from "../../support/policies/mutation";
import { database, domain } from "./costStack";

const BUCKET = "aws:s3/bucket:Bucket";
const DOMAIN = "aws:opensearch/domain:Domain";
const INSTANCE = "aws:rds/instance:Instance";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const VOLUME = "aws:ebs/volume:Volume";

export const mutants: readonly Mutant[] = [
    {
        rule: "volumes-gp3",
        title: "a template with a gp2 volume",
        change: (stack) => {
            stack.set(stack.find(TEMPLATE), "blockDeviceMappings[0].ebs.volumeType", "gp2");
        },
        message: 'has blockDeviceMappings[0].ebs.volumeType "gp2", and gp3 costs less.',
    },
    {
        rule: "volumes-gp3",
        title: "a volume that does not say its type",
        fixture: [{ type: VOLUME, name: "fixture-volume", inputs: { size: 10, type: "gp3" } }],
        change: (stack) => {
            stack.unset(stack.find(VOLUME), "type");
        },
        message: 'has type "gp2"',
    },
    {
        rule: "volumes-gp3",
        title: "an instance with an io1 volume",
        fixture: [
            {
                type: "aws:ec2/instance:Instance",
                name: "fixture-instance",
                inputs: {
                    instanceType: "t4g.small",
                    rootBlockDevice: { volumeType: "gp3" },
                    ebsBlockDevices: [{ volumeType: "gp3" }],
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find("aws:ec2/instance:Instance"), "ebsBlockDevices[0].volumeType", "io1");
        },
        message: "and io2 costs less.",
    },
    {
        rule: "volumes-gp3",
        title: "a database that does not say its storage",
        fixture: [database],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "storageType");
        },
        message: 'has storageType "gp2"',
    },
    {
        rule: "volumes-gp3",
        title: "a restored database that asks for gp2",
        fixture: [{ ...database, inputs: { ...database.inputs, snapshotIdentifier: "before-the-flood" } }],
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "storageType", "gp2");
        },
        message: 'has storageType "gp2"',
    },
    {
        rule: "volumes-gp3",
        title: "a replica that asks for gp2",
        fixture: [{ ...database, inputs: { ...database.inputs, replicateSourceDb: "another" } }],
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "storageType", "gp2");
        },
        message: 'has storageType "gp2"',
    },
    {
        rule: "volumes-gp3",
        title: "a search domain on gp2",
        fixture: [domain],
        change: (stack) => {
            stack.set(stack.find(DOMAIN), "ebsOptions.volumeType", "gp2");
        },
    },
    {
        rule: "log-retention-finite",
        title: "logs that are kept for ever",
        change: (stack) => {
            stack.unset(stack.find(LOG_GROUP), "retentionInDays");
        },
        message: "keeps logs for ever.",
    },
    {
        rule: "log-retention-finite",
        title: "logs that are kept for ten years",
        change: (stack) => {
            stack.set(stack.find(LOG_GROUP), "retentionInDays", 3653);
        },
        message: "keeps logs for 3653 days, and 731 is the most.",
    },
    {
        rule: "s3-storage-transition",
        title: "a bucket without a lifecycle",
        change: (stack) => {
            stack.remove(stack.find(LIFECYCLE));
        },
        message: "has no lifecycle rule that moves objects to cheaper storage.",
    },
    {
        rule: "s3-storage-transition",
        title: "a lifecycle whose transition is off",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, "shop-edge-static-lifecycle"), "rules", [
                { id: "move", status: "Disabled", transitions: [{ days: 30, storageClass: "STANDARD_IA" }] },
            ]);
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "volumes-gp3",
        title: "databases with the storage of what they were restored from",
        change: (stack) => {
            const sources = [
                { snapshotIdentifier: "before-the-flood" },
                {
                    restoreToPointInTime: {
                        sourceDbInstanceIdentifier: "another",
                        useLatestRestorableTime: true,
                    },
                },
            ];
            sources.forEach((source, index) => {
                stack.add({
                    ...database,
                    name: `fixture-${index}`,
                    inputs: { engine: "postgres", instanceClass: "db.t4g.small", ...source },
                });
            });
        },
    },
    {
        rule: "volumes-gp3",
        title: "a member of an Aurora cluster, and an image's own choice",
        fixture: [database],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "storageType");
            stack.set(stack.find(INSTANCE), "engine", "aurora-postgresql");
            stack.unset(stack.find(TEMPLATE), "blockDeviceMappings[0].ebs.volumeType");
        },
    },
    {
        rule: "log-retention-finite",
        title: "logs whose class decides",
        change: (stack) => {
            const group = stack.find(LOG_GROUP);
            stack.unset(group, "retentionInDays");
            stack.set(group, "logGroupClass", "DELIVERY");
        },
    },
    {
        rule: "s3-storage-transition",
        title: "objects that expire soon, and Intelligent-Tiering",
        change: (stack) => {
            stack.set(stack.find(LIFECYCLE, "shop-edge-static-lifecycle"), "rules", [
                { id: "expire", status: "Enabled", expiration: { days: 14 } },
            ]);
            stack.remove(stack.find(LIFECYCLE, "shop-edge-logs-lifecycle"));
            stack.add({
                type: "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration",
                name: "fixture-tiering",
                inputs: { bucket: refTo(BUCKET, "shop-edge-logs-bucket") },
            });
        },
    },
    {
        rule: "s3-storage-transition",
        title: "a bucket that is read all the time",
        config: { exemptClassifications: ["public"] },
        change: (stack) => {
            stack.remove(stack.find(LIFECYCLE, "shop-edge-static-lifecycle"));
        },
    },
];
