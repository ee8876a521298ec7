import { ifKnown, list, type Member, type StackView, text } from "../../framework";
import { SUBNETS } from "./types";

/**
 * The subnets of the stack that a list of subnet ids is made of.
 *
 * @returns Undefined where the list has subnets of elsewhere, or where nothing tells which subnets it has.
 */
export function subnetsOf(stack: StackView, member: Member, property: string): readonly Member[] | undefined {
    const related = stack.referencesOf(member, property, ...SUBNETS);
    if (related.length === 0) {
        // Reading throws where the list is unknown as a whole.
        return list(member.props[property]).length === 0 ? [] : undefined;
    }
    const ids = ifKnown(() => member.props[property]);
    if (ids === undefined || list(ids).length === related.length) {
        return related;
    }
    // A list that waits for more subnets than it has tells by its ids alone: reading an unknown one throws.
    const known = new Set(list(ids).map((id) => text(id)));
    return related.filter((subnet) => known.has(ifKnown(() => text(subnet.props["id"]))));
}
