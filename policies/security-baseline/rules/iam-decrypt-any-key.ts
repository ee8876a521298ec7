import { resourceRule } from "../../framework";
import { matches } from "../../framework/patterns";
import { eachAllowing, isEveryAction, PERMISSION_TYPES } from "../shared/permissions";

const DECRYPTING = ["kms:decrypt", "kms:reencryptfrom"];

export const rule = resourceRule({
    id: "iam-decrypt-any-key",
    severity: "medium",
    description: "No policy allows to decrypt with any KMS key.",
    fix: "Name the ARNs of the keys in Resource.",
    frameworks: { controls: ["85"], securityHub: ["KMS.1", "KMS.2"] },
    // Policies of keys speak of the key that they belong to as `*`, and are not among these.
    types: PERMISSION_TYPES,
    check: (resource, report) => {
        eachAllowing(resource, ({ actions, resources, notResources }, label) => {
            // Everything on everything is another rule's. As in Security Hub, conditions make no difference.
            const decrypting = actions.filter(
                (action) =>
                    !isEveryAction(action) && DECRYPTING.some((each) => matches(action.toLowerCase(), each)),
            );
            const anyKey = resources.find(isAnyKey) ?? (notResources.length > 0 ? "NotResource" : undefined);
            if (decrypting.length > 0 && anyKey !== undefined) {
                report(
                    `allows to decrypt with any key: ${label} has ${decrypting.join(", ")} on "${anyKey}".`,
                );
            }
        });
    },
});

function isAnyKey(resource: string): boolean {
    return /^(?:\*|arn:[^:]*:kms:[^:]*:[^:]*:(?:key\/)?\*)$/.test(resource);
}
