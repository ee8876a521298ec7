import { stackRule, text } from "../../framework";
import { inputOf } from "../../framework/items";

const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const GROUP = "aws:elasticache/parameterGroup:ParameterGroup";

export const rule = stackRule({
    id: "elasticache-parameter-group-family",
    severity: "high",
    description: "The parameter group of a cache is of the family of its engine and major version.",
    fix: "Change the parameter group's family when the major version changes, or make another group.",
    frameworks: { controls: ["F11.4"] },
    types: [CACHE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(CACHE), (cache) => {
            const [group] = stack.referencesOf(cache, "parameterGroupName", GROUP);
            const version = text(inputOf(cache, "engineVersion"));
            if (group === undefined || version === undefined) {
                return;
            }
            // The provider's default is Redis, of which each major version before 7 has a form of its own.
            const engine = text(inputOf(cache, "engine")) ?? "redis";
            const major = version.split(".")[0] ?? "";
            if (engine !== "valkey" && Number(major) < 7) {
                return;
            }
            const family = `${engine}${major}`;
            const given = text(group.props.family);
            if (given !== undefined && given !== family) {
                report(`has family "${given}", and ${cache.name}, which uses it, takes "${family}".`, group);
            }
        });
    },
});
