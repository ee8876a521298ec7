import { type Accepted, type Mutant, type MutableStack } from "../../support/policies/mutation";
import { backupFixture, PLAN, SELECTION } from "../../support/policies/backupStack";

const CLUSTER = "aws:rds/cluster:Cluster";
const fixture = backupFixture;

function tagCluster(stack: MutableStack, tags: Readonly<Record<string, string>>): void {
    const cluster = stack.find(CLUSTER);
    for (const [key, value] of Object.entries(tags)) {
        stack.set(cluster, ["tags", key], value);
    }
}

function setRule(stack: MutableStack, path: string, value: unknown): void {
    stack.set(stack.find(PLAN, "fixture-plan"), `rules[0].${path}`, value);
}

export const mutants: readonly Mutant[] = [
    {
        rule: "backup-stores-selected",
        title: "the database without the plan's selection",
        change: (stack) => {
            stack.remove(stack.find(SELECTION, "shop-backup-standard-tagged"));
        },
        message: 'has the tag backup "standard" and is in no backup plan.',
    },
    {
        rule: "backup-stores-selected",
        title: "the table of personal data without the plan's selection",
        stack: "prod-eu",
        change: (stack) => {
            stack.remove(stack.find(SELECTION, "shop-backup-personal-snapshots-tagged"));
        },
        message: 'has the tag backup "pii" and is in no backup plan.',
    },
    {
        rule: "backup-meets-rpo",
        title: "a database that may lose five minutes",
        change: (stack) => {
            tagCluster(stack, { rpo: "5m" });
        },
        message: 'runs every 15 min, and "shop-db-cluster" may lose 5 min at most.',
    },
    {
        rule: "backup-meets-rpo",
        title: "personal data's snapshots once a week",
        change: (stack) => {
            const plan = stack.find(PLAN, "shop-backup-personal-snapshots");
            stack.set(plan, "rules[0].schedule", "cron(0 5 ? * MON *)");
        },
        message: "runs every 7 d, and a plan without the tag may lose 24 h at most.",
    },
    {
        rule: "backup-meets-rpo",
        title: "personal data's snapshots for five days",
        change: (stack) => {
            const plan = stack.find(PLAN, "shop-backup-personal-snapshots");
            stack.set(plan, "rules[0].lifecycle.deleteAfter", 5);
        },
        message: 'keeps backups for 5 days, and tier 2 of "shop-pii-table" asks for 14.',
    },
    {
        rule: "backup-stores-selected",
        title: "a database that is tagged for a backup that no plan makes",
        change: (stack) => {
            tagCluster(stack, { backup: "hourly" });
        },
        message: 'has the tag backup "hourly" and is in no backup plan.',
    },
    {
        rule: "backup-stores-selected",
        title: "a database with two tags that ask for backups",
        change: (stack) => {
            tagCluster(stack, { backup: "hourly", rpo: "1h" });
        },
        message: 'has the tags backup "hourly" and rpo "1h" and is in no backup plan.',
    },
    {
        rule: "backup-stores-selected",
        title: "a bucket that asks for an rpo and is not selected",
        change: (stack) => {
            stack.set(stack.find("aws:s3/bucket:Bucket", "shop-edge-static-bucket"), "tags.rpo", "4h");
        },
        message: 'has the tag rpo "4h"',
    },
    {
        rule: "backup-stores-selected",
        title: "a selection in another region",
        fixture,
        change: (stack) => {
            tagCluster(stack, { backup: "fixture" });
            stack.set(stack.find(SELECTION, "fixture-selection"), "region", "eu-central-1");
        },
    },
    {
        rule: "backup-stores-selected",
        title: "a store that the selection leaves out",
        fixture,
        change: (stack) => {
            tagCluster(stack, { backup: "fixture" });
            const selection = stack.find(SELECTION, "fixture-selection");
            stack.set(selection, "notResources", ["arn:aws:rds:*:*:cluster:meridian-*"]);
        },
    },
    {
        rule: "backup-stores-selected",
        title: "a store of a kind that the selection does not name",
        fixture,
        change: (stack) => {
            tagCluster(stack, { backup: "fixture" });
            const selection = stack.find(SELECTION, "fixture-selection");
            stack.set(selection, "resources", ["arn:aws:dynamodb:*:*:table/*"]);
        },
    },
    {
        rule: "backup-meets-rpo",
        title: "a weekly schedule for what may lose a day",
        fixture,
        change: (stack) => {
            setRule(stack, "schedule", "cron(0 5 ? * SUN *)");
        },
        message: "runs every 7 d, and the plan may lose 24 h at most.",
    },
    {
        rule: "backup-meets-rpo",
        title: "a schedule that is none",
        fixture,
        change: (stack) => {
            setRule(stack, "schedule", "every day at five");
        },
        message:
            'has the schedule "every day at five", which is no cron or rate expression, or stops at some time.',
    },
    {
        rule: "backup-meets-rpo",
        title: "backups that are kept for less than the tier asks",
        fixture,
        change: (stack) => {
            setRule(stack, "lifecycle.deleteAfter", 8);
        },
        message: "keeps backups for 8 days, and tier 2 of the plan asks for 14.",
    },
    {
        rule: "backup-meets-rpo",
        title: "backups that are kept for a day",
        fixture,
        change: (stack) => {
            setRule(stack, "lifecycle.deleteAfter", 1);
        },
        message: "keeps backups for 1 day, and tier 2 of the plan asks for 14.",
    },
    {
        rule: "backup-meets-rpo",
        title: "a store that may lose an hour in a plan that runs daily",
        fixture,
        change: (stack) => {
            tagCluster(stack, { backup: "fixture", rpo: "1h", "recovery-tier": "2" });
        },
        message: 'runs every 24 h, and "shop-db-cluster" may lose 1 h at most.',
    },
    {
        rule: "backup-meets-rpo",
        title: "a store of the first tier in a plan for the second",
        fixture,
        change: (stack) => {
            tagCluster(stack, { backup: "fixture", "recovery-tier": "1" });
        },
        message: 'keeps backups for 14 days, and tier 1 of "shop-db-cluster" asks for 35.',
    },
    {
        rule: "backup-meets-rpo",
        title: "an rpo that is no span of time",
        fixture,
        change: (stack) => {
            stack.set(stack.find(PLAN, "fixture-plan"), "tags.rpo", "soon");
        },
        message: 'is to meet the rpo "soon" of the plan, which is no span of time such as 15m, 4h or 1d.',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "backup-stores-selected",
        title: "a store that its tag, its ARN or everything selects",
        fixture,
        change: (stack) => {
            tagCluster(stack, { backup: "fixture" });
        },
    },
    {
        rule: "backup-stores-selected",
        title: "a store that a selection refers to",
        fixture,
        change: (stack) => {
            const cluster = stack.find(CLUSTER);
            tagCluster(stack, { backup: "yes" });
            const selection = stack.find(SELECTION, "fixture-selection");
            stack.set(selection, "selectionTags", []);
            stack.set(selection, "resources", []);
            stack.refer(selection, "resources", cluster);
        },
    },
    {
        rule: "backup-stores-selected",
        title: "a store that a pattern of ARNs and a condition select",
        fixture,
        change: (stack) => {
            tagCluster(stack, { backup: "yes" });
            const selection = stack.find(SELECTION, "fixture-selection");
            stack.set(selection, "selectionTags", []);
            stack.set(selection, "resources", ["arn:aws:rds:*:*:cluster:*"]);
            stack.set(selection, "conditions", [
                { stringLikes: [{ key: "aws:ResourceTag/backup", value: "y*" }] },
            ]);
        },
    },
    {
        rule: "backup-stores-selected",
        title: "a store whose tag asks for no backup",
        change: (stack) => {
            tagCluster(stack, { backup: "none" });
        },
    },
    {
        rule: "backup-meets-rpo",
        title: "continuous backups that are kept for ever",
        fixture,
        change: (stack) => {
            setRule(stack, "enableContinuousBackup", true);
            stack.unset(stack.find(PLAN, "fixture-plan"), "rules[0].lifecycle");
            stack.set(stack.find(PLAN, "fixture-plan"), "tags.rpo", "15m");
        },
    },
];
