import { flag, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_GLOBAL } from "../shared/types";
import { judge } from "../shared/values";

const FROM_SOURCE = ["engine", "engineVersion", "databaseName", "storageEncrypted"];

export const rule = resourceRule({
    id: "aurora-global-source-arguments",
    severity: "high",
    description: "A global database that is made from a cluster takes engine, name and encryption from it.",
    fix: "With sourceDbClusterIdentifier, an ARN, set forceDestroy true and leave the rest to the source.",
    frameworks: { controls: ["F1.1.2", "F1.1.3"] },
    types: [RDS_GLOBAL],
    check: ({ props }, report) => {
        if (!isGiven(props, "sourceDbClusterIdentifier")) {
            return;
        }
        judge(
            () => {
                for (const property of FROM_SOURCE) {
                    if (isGiven(props, property)) {
                        report(`has ${property} besides sourceDbClusterIdentifier.`);
                    }
                }
            },
            () => {
                if (flag(props.forceDestroy) !== true) {
                    report(
                        "has sourceDbClusterIdentifier without forceDestroy true, which the provider requires.",
                    );
                }
            },
            () => {
                const source = text(props.sourceDbClusterIdentifier) ?? "";
                if (!/^arn:[^:]+:rds:[^:]+:\d+:cluster:/.test(source)) {
                    report(`has sourceDbClusterIdentifier "${source}", which is not the ARN of a cluster.`);
                }
            },
        );
    },
});
