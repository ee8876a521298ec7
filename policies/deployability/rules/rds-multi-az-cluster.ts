import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_CLUSTER } from "../shared/types";
import { choices, judge } from "../shared/values";

/** What such a cluster cannot be made without. */
const NEEDED = ["allocatedStorage", "dbClusterInstanceClass", "iops", "storageType"];

const STORAGE = ["gp3", "io1", "io2"];

/** Classes with disks of their own, of which the readers answer. */
const OWN_DISKS = /^db\.[a-z]+\d+[a-z]*d[a-z]*\./;

export const rule = resourceRule({
    id: "rds-multi-az-cluster",
    severity: "high",
    description:
        "A cluster of MySQL or PostgreSQL that is no Aurora says class, storage and IOPS, and its class has disks of its own.",
    fix: 'Set dbClusterInstanceClass to a class such as db.m8gd.large, storageType to "gp3", allocatedStorage and iops.',
    frameworks: { controls: ["F43.1"] },
    types: [RDS_CLUSTER],
    check: ({ props }, report) => {
        if (!["mysql", "postgres"].includes(text(props.engine) ?? "")) {
            return;
        }
        judge(
            () => {
                const missing = NEEDED.filter((property) => !isGiven(props, property));
                if (missing.length > 0) {
                    report(`is a Multi-AZ cluster without ${choices(missing)}.`);
                }
            },
            () => {
                const type = text(props.dbClusterInstanceClass);
                if (type !== undefined && !OWN_DISKS.test(type)) {
                    report(`has dbClusterInstanceClass "${type}", which has no disks of its own.`);
                }
            },
            () => {
                const storage = text(props.storageType);
                if (storage !== undefined && !STORAGE.includes(storage)) {
                    report(`has storageType "${storage}"; Multi-AZ clusters take ${choices(STORAGE)}.`);
                }
            },
        );
    },
});
