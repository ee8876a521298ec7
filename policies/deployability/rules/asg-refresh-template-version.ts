import { flag, isUnknown, object, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { specificationOf, templatesOf } from "../shared/groups";
import { GROUP } from "../shared/types";

const FLOATING = ["$Latest", "$Default"];

export const rule = stackRule({
    id: "asg-refresh-template-version",
    severity: "high",
    description:
        "Auto Scaling groups that refresh their instances name a version of the launch template by its number.",
    fix: "Set version to the launch template's latestVersion, and imageId to an image where a refresh may roll back.",
    frameworks: { controls: ["C19", "F7.3"] },
    types: [GROUP],
    checkStack: (stack, report) => {
        const refreshing = stack.ofType(GROUP).filter((group) => isInput(group, "instanceRefresh"));
        stack.each(refreshing, (group) => {
            const { props } = group;
            const templates = templatesOf(stack, group);
            const specification = specificationOf(group);
            // A version that is not known yet is a number that the stack's launch template gets.
            const isNumber = templates.length > 0 && isUnknown(() => specification.version);
            // Left out, it is the default version, as the provider writes it.
            const given = isNumber ? "" : (specification.version ?? "$Default");
            const version = text(given) ?? "";
            if (FLOATING.includes(version)) {
                report(
                    `has an instanceRefresh and version "${version}", whose changes do not start one.`,
                    group,
                );
            }
            if (flag(object(object(props.instanceRefresh).preferences).autoRollback) !== true) {
                return;
            }
            stack.each(templates, (template) => {
                if (text(template.props.imageId)?.startsWith("resolve:ssm:") === true) {
                    report(
                        `has autoRollback true, and ${template.name} takes its image from an SSM parameter.`,
                        group,
                    );
                }
            });
        });
    },
});
