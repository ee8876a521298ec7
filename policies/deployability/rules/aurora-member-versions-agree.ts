import { type Member, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { instancesOf, membersOf } from "../shared/aurora";
import { RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_GLOBAL } from "../shared/types";

export const rule = stackRule({
    id: "aurora-member-versions-agree",
    severity: "high",
    description:
        "Members of a global database, and the instances of a cluster, have one engine and one version.",
    fix: "Give all of them the same engine and engineVersion, best from one value.",
    frameworks: { controls: ["C3"] },
    types: [RDS_CLUSTER, RDS_GLOBAL, RDS_CLUSTER_INSTANCE],
    checkStack: (stack, report) => {
        const compare = (leader: Member, others: readonly Member[]): void => {
            stack.each(others, (other) => {
                for (const property of ["engine", "engineVersion"]) {
                    if (!isInput(leader, property) || !isInput(other, property)) {
                        continue;
                    }
                    const expected = text(leader.props[property]);
                    const given = text(other.props[property]);
                    if (given !== undefined && expected !== undefined && given !== expected) {
                        report(
                            `has ${property} "${given}", and ${leader.name}, which it belongs with, has "${expected}".`,
                            other,
                        );
                    }
                }
            });
        };
        for (const global of stack.ofType(RDS_GLOBAL)) {
            const [first, ...rest] = membersOf(stack, global);
            if (first !== undefined) {
                compare(first, rest);
                compare(global, [first]);
            }
        }
        for (const cluster of stack.ofType(RDS_CLUSTER)) {
            compare(cluster, instancesOf(stack, cluster));
        }
    },
});
