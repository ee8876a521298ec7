import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { ACCOUNT, KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const PLAN = "aws:backup/plan:Plan";
const SELECTION = "aws:backup/selection:Selection";
const TARGET = "aws:appautoscaling/target:Target";

const TABLES: readonly FixtureResource[] = [
    {
        type: TABLE,
        name: "lone",
        inputs: {
            name: "carts",
            tags: { backup: "carts" },
            billingMode: "PROVISIONED",
            readCapacity: 5,
            writeCapacity: 5,
            pointInTimeRecovery: { enabled: true },
            deletionProtectionEnabled: true,
            serverSideEncryption: { enabled: true, kmsKeyArn: KEY_ARN },
            replicas: [
                {
                    regionName: "us-west-2",
                    kmsKeyArn: KEY_ARN,
                    pointInTimeRecovery: true,
                    deletionProtectionEnabled: true,
                },
            ],
        },
        options: { protect: true },
    },
    {
        type: REPLICA,
        name: "lone",
        inputs: {
            globalTableArn: refTo(TABLE, "lone"),
            region: "eu-west-1",
            kmsKeyArn: KEY_ARN,
            pointInTimeRecovery: true,
            deletionProtectionEnabled: true,
        },
    },
    ...["Read", "Write"].map((kind): FixtureResource => ({
        type: TARGET,
        name: kind,
        inputs: {
            resourceId: "table/carts",
            scalableDimension: `dynamodb:table:${kind}CapacityUnits`,
            serviceNamespace: "dynamodb",
            minCapacity: 5,
            maxCapacity: 50,
        },
    })),
    { type: PLAN, name: "carts", inputs: { rules: [{ ruleName: "daily", targetVaultName: "carts" }] } },
    {
        type: SELECTION,
        name: "carts",
        inputs: {
            iamRoleArn: `arn:aws:iam::${ACCOUNT}:role/backup`,
            planId: refTo(PLAN, "carts"),
            selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "carts" }],
        },
    },
];
const pii = { type: TABLE, name: "shop-pii-table" };
const lone = { type: TABLE, name: "lone", fixture: TABLES };
const replica = { type: REPLICA, name: "lone", fixture: TABLES };

export const mutants: readonly Mutant[] = [
    setting(pii, "dynamodb-capacity", "fixed", "billingMode", "PROVISIONED", {
        message: "nothing scales dynamodb:table:ReadCapacityUnits and dynamodb:table:WriteCapacityUnits",
    }),
    unsetting(pii, "dynamodb-capacity", "left out", "billingMode"),
    {
        rule: "dynamodb-capacity",
        title: "writes that nothing scales",
        fixture: TABLES,
        change: (stack) => {
            stack.remove(stack.find(TARGET, "Write"));
        },
        message: "nothing scales dynamodb:table:WriteCapacityUnits",
    },
    setting(pii, "dynamodb-point-in-time-recovery", "off", "pointInTimeRecovery.enabled", false),
    unsetting(pii, "dynamodb-point-in-time-recovery", "left out", "pointInTimeRecovery"),
    unsetting(lone, "dynamodb-point-in-time-recovery", "a replica", "replicas[0].pointInTimeRecovery", {
        message: "pointInTimeRecovery of the replica in us-west-2 is not given",
    }),
    setting(replica, "dynamodb-point-in-time-recovery", "a replica of its own", "pointInTimeRecovery", false),
    setting(pii, "dynamodb-deletion-protection", "off", "deletionProtectionEnabled", false),
    unsetting(pii, "dynamodb-deletion-protection", "left out", "deletionProtectionEnabled"),
    setting(
        lone,
        "dynamodb-deletion-protection",
        "a replica",
        "replicas[0].deletionProtectionEnabled",
        false,
        { message: "deletionProtectionEnabled of the replica in us-west-2 is false" },
    ),
    unsetting(replica, "dynamodb-deletion-protection", "a replica of its own", "deletionProtectionEnabled"),
    setting(lone, "dynamodb-customer-key", "off", "serverSideEncryption.enabled", false, {
        message: "serverSideEncryption.enabled is false",
    }),
    unsetting(lone, "dynamodb-customer-key", "left out", "serverSideEncryption", {
        message: "serverSideEncryption.enabled is not given",
    }),
    unsetting(pii, "dynamodb-customer-key", "AWS's key", "serverSideEncryption.kmsKeyArn", {
        message: "serverSideEncryption.kmsKeyArn is not given",
    }),
    unsetting(lone, "dynamodb-customer-key", "a replica", "replicas[0].kmsKeyArn", {
        message: "has a replica in us-west-2 that is not encrypted with a key of the customer's",
    }),
    unsetting(replica, "dynamodb-customer-key", "a replica of its own", "kmsKeyArn"),
    setting(pii, "dynamodb-backup-plan", "another tag than the plan's", "tags.backup", "none"),
    {
        rule: "dynamodb-backup-plan",
        title: "no selection",
        fixture: TABLES,
        change: (stack) => {
            stack.remove(stack.find(SELECTION, "carts"));
        },
        message: "is in no backup plan",
    },
];

export const accepted: readonly Accepted[] = [
    setting(lone, "dynamodb-capacity", "on demand", "billingMode", "PAY_PER_REQUEST"),
    {
        ...setting(
            pii,
            "dynamodb-backup-plan",
            "point-in-time recovery where that will do",
            "tags.backup",
            "none",
        ),
        config: { pointInTimeWillDo: true },
    },
];
