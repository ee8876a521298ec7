import { type Member, stackRule } from "../../framework";
import { joins, sourceOf } from "../shared/aurora";
import { RDS_GLOBAL } from "../shared/types";

const PROPERTY = "globalClusterIdentifier";

export const rule = stackRule({
    id: "aurora-source-ignores-global",
    severity: "critical",
    description: "A cluster that a global database is made from ignores changes of globalClusterIdentifier.",
    fix: 'Add "globalClusterIdentifier" to the cluster\'s ignoreChanges.',
    frameworks: { controls: ["C2"] },
    types: [RDS_GLOBAL],
    checkStack: (stack, report) => {
        const sources = stack
            .ofType(RDS_GLOBAL)
            .map((global) => sourceOf(stack, global))
            .filter((source): source is Member => source !== undefined);
        for (const source of sources) {
            if (!joins(source) && !source.opts.ignoreChanges.includes(PROPERTY)) {
                report(
                    `is the source of a global database and does not ignore changes of ${PROPERTY}: after the next refresh, an update takes it out of the global database.`,
                    source,
                );
            }
        }
    },
});
