import { ifKnown, list, type Member, object, type Props, type StackView, text } from "../../framework";
import { inputOf, isInput } from "../../framework/items";
import { TEMPLATE } from "./types";

/** The overrides of an Auto Scaling group's mixed instances policy. */
export function overridesOf(group: Props): readonly unknown[] {
    return list(object(object(group.mixedInstancesPolicy).launchTemplate).overrides);
}

/** The specification of the launch template that an Auto Scaling group begins with. */
export function specificationOf(group: Member): Props {
    return isInput(group, "mixedInstancesPolicy")
        ? object(object(object(group.props.mixedInstancesPolicy).launchTemplate).launchTemplateSpecification)
        : object(inputOf(group, "launchTemplate"));
}

/** The launch templates of the stack that an Auto Scaling group uses. */
export function templatesOf(stack: StackView, group: Member): readonly Member[] {
    const related = ["mixedInstancesPolicy", "launchTemplate"].flatMap((property) =>
        (group.propertyDependencies[property] ?? []).filter(({ type }) => type === TEMPLATE),
    );
    if (related.length > 0) {
        return related;
    }
    const given = ifKnown(() => specificationOf(group));
    const name =
        given === undefined ? undefined : ifKnown(() => text(given.name) ?? text(given.launchTemplateName));
    return name === undefined
        ? []
        : stack.ofType(TEMPLATE).filter((template) => ifKnown(() => text(template.props.name)) === name);
}
