import { type Member, stackRule, type StackView, text } from "../../framework";
import { isInput } from "../../framework/items";
import { clusterOf, isAurora } from "../shared/aurora";
import { majorOf } from "../shared/engineVersions";
import { RDS_CLUSTER, RDS_CLUSTER_INSTANCE } from "../shared/types";

const USES = [
    [RDS_CLUSTER, "dbClusterParameterGroupName", "aws:rds/clusterParameterGroup:ClusterParameterGroup"],
    [RDS_CLUSTER, "dbInstanceParameterGroupName", "aws:rds/parameterGroup:ParameterGroup"],
    [RDS_CLUSTER_INSTANCE, "dbParameterGroupName", "aws:rds/parameterGroup:ParameterGroup"],
] as const;

export const rule = stackRule({
    id: "aurora-parameter-group-family",
    severity: "high",
    description:
        "The parameter groups of an Aurora cluster are of the family of its engine and major version.",
    fix: "Change the parameter group's family, and its parameters with it, when the major version changes.",
    frameworks: { controls: ["C3"] },
    types: [RDS_CLUSTER],
    checkStack: (stack, report) => {
        for (const [type, property, groupType] of USES) {
            stack.each(stack.ofType(type), (user) => {
                const [group] = stack.referencesOf(user, property, groupType);
                const family = group === undefined ? undefined : familyOf(stack, user);
                const given = family === undefined ? undefined : text(group?.props.family);
                if (given !== undefined && given !== family) {
                    report(
                        `has family "${given}", and ${user.name}, which uses it, takes "${family ?? ""}".`,
                        group,
                    );
                }
            });
        }
    },
});

/** The family that the engine of the cluster, or of the instance's cluster, takes. */
function familyOf(stack: StackView, user: Member): string | undefined {
    const cluster = user.type === RDS_CLUSTER ? user : clusterOf(stack, user);
    if (cluster === undefined || !isInput(cluster, "engineVersion")) {
        return undefined;
    }
    const engine = text(cluster.props.engine) ?? "";
    const version = text(cluster.props.engineVersion) ?? "";
    const major = majorOf(engine, version);
    return isAurora(engine) && major !== undefined ? `${engine}${major}` : undefined;
}
