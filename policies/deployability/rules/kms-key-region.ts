import { type Member, type Props, stackRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { isOfAws, placeOf } from "../../framework/places";
import { arnOf } from "../shared/arn";
import { keyRegion, KEYS_AND_ALIASES } from "../shared/keys";
import { leavesOf, type Place } from "../shared/walk";

/** Properties that name a key, however they are called. */
const KEY = /^kms(?:Master)?Key(?:Id|Arn)?$|KmsKey(?:Id|Arn)?$/;

/** Properties in which the key is of where the data goes, not of the resource's own region. */
const CROSS = ["replicaKmsKeyId", "primaryKeyArn", "destinationVaultArn"];

// Its outputs may be keys of any region.
const STACK_REFERENCE = "pulumi:pulumi:StackReference";

export const rule = stackRule({
    id: "kms-key-region",
    severity: "high",
    description: "Resources are encrypted with keys of their own region, and replicas with keys of theirs.",
    fix: "Use a key of the region, or a replica of a multi-region key there.",
    frameworks: { controls: ["C11"] },
    checkStack: (stack, report) => {
        // Reports once, whichever way the key is found.
        const judge = (
            member: Member,
            at: string,
            place: string | undefined,
            key: string | undefined,
        ): void => {
            if (place !== undefined && key !== undefined && place !== key) {
                report(`is in ${place} and has ${at} of ${key}.`, member);
            }
        };
        const users = stack.resources.filter(({ type }) => isOfAws(type));
        stack.each(users, (member) => {
            const direct = Object.keys(member.props).filter((property) => KEY.test(property));
            const { texts, unknown } = leavesOf(member.props);
            const nested = texts.filter((leaf) => isNestedKey(leaf) && arnOf(leaf.value)?.service === "kms");
            const pending = unknown.filter(isNestedKey);
            if (direct.length + nested.length + pending.length === 0) {
                return;
            }
            const place = placeOf(member);
            eachKnown(direct, (property) => {
                const region = keyRegion(stack, member, property);
                judge(member, property, place, region === "" ? undefined : region);
            });
            for (const { value, at, owner } of nested) {
                judge(member, at, placeAt(owner) ?? place, arnOf(value)?.region);
            }
            eachKnown(pending, ({ at, keys, owner }) => {
                const wanted = placeAt(owner) ?? place;
                const places = keyPlaces(member, keys[0] ?? "");
                if (places === undefined) {
                    // Nothing tells which key it is: reading it says so.
                    text(owner[keys.at(-1) ?? ""]);
                } else if (wanted !== undefined && !places.includes(wanted)) {
                    // Which of several keys it is nobody knows; where none is right, this one is wrong.
                    judge(member, at, wanted, places[0]);
                }
            });
        });
    },
});

/** Whether a key is named inside a structure, and is not one of where the data goes. */
function isNestedKey({ keys }: Place): boolean {
    const name = keys.at(-1) ?? "";
    return keys.length > 1 && KEY.test(name) && !CROSS.includes(name);
}

/** The region of which a structure, such as a replica, says that it is. */
function placeAt(owner: Props): string | undefined {
    return text(owner.region) ?? text(owner.regionName);
}

/** The regions of the keys that a property can name; undefined where it may be another's. */
function keyPlaces(member: Member, property: string): readonly string[] | undefined {
    const related = member.propertyDependencies[property] ?? [];
    const places = related.filter(({ type }) => KEYS_AND_ALIASES.includes(type)).map(placeOf);
    return places.length === 0 || related.some(({ type }) => type === STACK_REFERENCE)
        ? undefined
        : places.filter((place) => place !== undefined);
}
