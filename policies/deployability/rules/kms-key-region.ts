import { type Member, stackRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { arnOf } from "../shared/arn";
import { keyRegion } from "../shared/keys";
import { leavesOf } from "../shared/walk";

/** Properties that name a key, however they are called. */
const KEY = /^kms(?:Master)?Key(?:Id|Arn)?$|KmsKey(?:Id|Arn)?$/;

/** Properties in which the key is of where the data goes, not of the resource's own region. */
const CROSS = ["replicaKmsKeyId", "primaryKeyArn", "destinationVaultArn"];

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
        const users = stack.resources.filter(({ type }) => type.startsWith("aws:"));
        stack.each(users, (member) => {
            const direct = Object.keys(member.props).filter((property) => KEY.test(property));
            const nested = leavesOf(member.props).texts.filter(
                ({ value, keys }) =>
                    keys.length > 1 && arnOf(value)?.service === "kms" && KEY.test(keys.at(-1) ?? ""),
            );
            if (direct.length === 0 && nested.length === 0) {
                return;
            }
            const place = placeOf(member);
            eachKnown(direct, (property) => {
                const region = keyRegion(stack, member, property);
                judge(member, property, place, region === "" ? undefined : region);
            });
            for (const { value, at, keys, owner } of nested) {
                if (!CROSS.includes(keys.at(-1) ?? "")) {
                    const other = text(owner.region) ?? text(owner.regionName);
                    judge(member, at, other ?? place, arnOf(value)?.region);
                }
            }
        });
    },
});
