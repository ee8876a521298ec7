import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

const SECRETS: readonly FixtureResource[] = [
    {
        type: SECRET,
        name: "lone",
        inputs: { kmsKeyId: KEY_ARN, replicas: [{ region: "us-west-2", kmsKeyId: KEY_ARN }] },
        options: { protect: true },
    },
    {
        type: ROTATION,
        name: "lone",
        inputs: {
            secretId: refTo(SECRET, "lone"),
            rotationRules: { scheduleExpression: "rate(90 days)" },
        },
    },
];
const master = { type: SECRET, name: "shop-db-master" };
const rotation = { type: ROTATION, name: "shop-db-rotation-schedule" };
const lone = { type: SECRET, name: "lone", fixture: SECRETS };
const loneRotation = { type: ROTATION, name: "lone", fixture: SECRETS };
const SCHEDULE = "rotationRules.scheduleExpression";

export const mutants: readonly Mutant[] = [
    {
        rule: "secretsmanager-rotation",
        title: "no rotation",
        change: (stack) => {
            stack.remove(stack.find(ROTATION));
        },
        decidedBy: "relations",
        message: "is never replaced",
    },
    setting(
        rotation,
        "secretsmanager-rotation",
        "every 91 days",
        "rotationRules.automaticallyAfterDays",
        91,
        { message: "automaticallyAfterDays is 91" },
    ),
    setting(loneRotation, "secretsmanager-rotation", "at a rate", SCHEDULE, "rate(91 days)", {
        message: 'scheduleExpression is "rate(91 days)"',
    }),
    setting(loneRotation, "secretsmanager-rotation", "twice a year", SCHEDULE, "cron(0 8 1 1/6 ? *)"),
    setting(loneRotation, "secretsmanager-rotation", "a schedule that is none", SCHEDULE, "monthly"),
    unsetting(master, "secretsmanager-customer-key", "no key", "kmsKeyId", {
        decidedBy: "relations",
        message: "kmsKeyId is not given",
    }),
    setting(lone, "secretsmanager-customer-key", "AWS's key", "kmsKeyId", "alias/aws/secretsmanager", {
        message: "kmsKeyId is a key of AWS's",
    }),
    unsetting(lone, "secretsmanager-customer-key", "a replica without a key", "replicas[0].kmsKeyId", {
        message: "has a replica in us-west-2 that is not encrypted with a key of the customer's",
    }),
];

export const accepted: readonly Accepted[] = [
    setting(loneRotation, "secretsmanager-rotation", "every month", SCHEDULE, "cron(0 8 1 * ? *)"),
    setting(rotation, "secretsmanager-rotation", "every 90 days", "rotationRules.automaticallyAfterDays", 90),
    {
        rule: "secretsmanager-rotation",
        title: "a secret that something else replaces",
        config: { exemptTags: { rotation: "partner" } },
        change: (stack) => {
            stack.remove(stack.find(ROTATION));
            stack.set(stack.find(SECRET), "tags", { rotation: "partner" });
        },
    },
    setting(lone, "secretsmanager-customer-key", "an alias", "kmsKeyId", "alias/shop"),
];
