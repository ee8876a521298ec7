import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_GLOBAL } from "../shared/types";
import { judge } from "../shared/values";

const ENGINES = ["aurora-mysql", "aurora-postgresql"];

export const rule = resourceRule({
    id: "aurora-global-engine",
    severity: "high",
    description: "A global database that starts empty names one of the engines that have global databases.",
    fix: 'Set engine to "aurora-postgresql" or "aurora-mysql".',
    frameworks: { controls: ["F1.1.4", "F1.1.8"] },
    types: [RDS_GLOBAL],
    check: ({ props }, report) => {
        if (isGiven(props, "sourceDbClusterIdentifier")) {
            return;
        }
        // The provider's default is the engine of MySQL 5.6, which is gone.
        const engine = text(props.engine) ?? "aurora";
        judge(
            () => {
                if (!ENGINES.includes(engine)) {
                    report(`has engine "${engine}".`);
                }
            },
            () => {
                if (engine === "aurora-mysql" && isGiven(props, "engineLifecycleSupport")) {
                    report("has engineLifecycleSupport, which only aurora-postgresql takes.");
                }
            },
        );
    },
});
