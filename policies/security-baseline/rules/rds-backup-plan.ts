import { stackRule, text } from "../../framework";
import { isInPlan } from "../../framework/backups";
import { inputOf } from "../../framework/items";
import { matchesAny, stackNameOf } from "../../framework/patterns";
import { DB_CLUSTER, DB_INSTANCE, isReadReplica } from "../shared/databases";

interface Config {
    readonly elsewhere: readonly string[];
}

export const rule = stackRule<Config>({
    id: "rds-backup-plan",
    severity: "medium",
    level: "advisory",
    description: "Databases are in a plan of AWS Backup.",
    fix: "Add an aws.backup.Selection that takes the database in, by its tag or its ARN.",
    frameworks: { controls: ["45"], securityHub: ["RDS.26"], checkov: ["CKV2_AWS_8"] },
    types: [DB_CLUSTER, DB_INSTANCE],
    config: {
        elsewhere: {
            type: "array",
            items: { type: "string" },
            default: ["*-global"],
            description:
                "Names of stacks, as patterns, whose databases the plans of other stacks take in, by their tags and in their regions.",
        },
    },
    checkStack: (stack, report, { elsewhere }) => {
        if (matchesAny(elsewhere, stackNameOf(stack.urn))) {
            return;
        }
        stack.each(stack.ofType(DB_CLUSTER, DB_INSTANCE), (database) => {
            // A replica is made anew from its source, and members of Aurora are backed up with their cluster.
            const isCovered =
                database.type === DB_INSTANCE &&
                (isReadReplica(database.props) ||
                    (text(inputOf(database, "engine")) ?? "").startsWith("aurora"));
            if (!isCovered && !isInPlan(stack, database)) {
                report("is in no backup plan: no aws.backup.Selection takes it in.", database);
            }
        });
    },
});
