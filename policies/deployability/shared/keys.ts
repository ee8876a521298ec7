import { ifKnown, type Member, type StackView, text } from "../../framework";
import { isInput } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { arnOf } from "./arn";
import { KMS_KEYS } from "./types";

/** What a property may name a key by, and is in the key's region. */
export const KEYS_AND_ALIASES: readonly string[] = [...KMS_KEYS, "aws:kms/alias:Alias"];

/**
 * The region of the key that a property names: by its ARN, else by the key of the stack that it comes from.
 *
 * @throws The error about an unknown value, where nothing tells.
 */
export function keyRegion(stack: StackView, member: Member, property: string): string | undefined {
    if (!isInput(member, property)) {
        return undefined;
    }
    const known = arnOf(ifKnown(() => text(member.props[property])));
    if (known !== undefined) {
        return known.region;
    }
    const related = (member.propertyDependencies[property] ?? []).filter(({ type }) =>
        KEYS_AND_ALIASES.includes(type),
    );
    // By its bare name an alias is another one in each region.
    const keys = related.length > 0 ? related : stack.referencesOf(member, property, ...KMS_KEYS);
    const places = new Set(keys.map((key) => ifKnown(() => placeOf(key))));
    const [place] = places;
    if (places.size === 1 && place !== undefined) {
        return place;
    }
    return arnOf(text(member.props[property]))?.region;
}
