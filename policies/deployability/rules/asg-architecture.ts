import { ifKnown, type Member, object, stackRule, type StackView, text } from "../../framework";
import { eachKnown, isGiven, isInput } from "../../framework/items";
import { architectureOf, architectureOfParameter } from "../shared/architectures";
import { overridesOf, templatesOf } from "../shared/groups";
import { GROUP } from "../shared/types";

export const rule = stackRule({
    id: "asg-architecture",
    severity: "high",
    description:
        "The instance types of an Auto Scaling group have one processor architecture, which is the image's.",
    fix: "Keep types of one architecture, or give the others a launchTemplateSpecification with an image of theirs.",
    frameworks: { controls: ["C19", "F7.5"] },
    types: [GROUP],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(GROUP), (group) => {
            const types = new Map<string, string>();
            const note = (type: string | undefined): void => {
                if (type !== undefined && type !== "") {
                    types.set(architectureOf(type), types.get(architectureOf(type)) ?? type);
                }
            };
            const overrides = isInput(group, "mixedInstancesPolicy") ? overridesOf(group.props) : [];
            eachKnown(overrides, (override) => {
                // An override with a launch template of its own brings its own image.
                if (!isGiven(object(override), "launchTemplateSpecification")) {
                    note(text(object(override).instanceType));
                }
            });
            const [template] = templatesOf(stack, group);
            if (types.size === 0 && template !== undefined) {
                note(text(template.props.instanceType));
            }
            if (types.size > 1) {
                report(`has both ${[...types.values()].join(" and ")} for one image.`, group);
                return;
            }
            const [architecture] = types.keys();
            const image = template === undefined ? undefined : imageOf(stack, template);
            if (architecture !== undefined && image !== undefined && image !== architecture) {
                report(`has instance types of ${architecture} and an image of ${image}.`, group);
            }
        });
    },
});

/** The architecture of a launch template's image, where its name tells. */
function imageOf(stack: StackView, template: Member): string | undefined {
    const id = ifKnown(() => text(template.props.imageId));
    if (id?.startsWith("resolve:ssm:") === true) {
        return architectureOfParameter(id);
    }
    const [ami] = stack.referencesOf(template, "imageId", "aws:ec2/ami:Ami");
    return ami === undefined ? undefined : text(ami.props.architecture);
}
