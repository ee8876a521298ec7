import { flag, ifKnown, resourceRule, type Statement, statementsOf } from "../../framework";
import { providerAccounts } from "../../framework/accounts";
import { isGiven } from "../../framework/items";
import { matchesAny } from "../../framework/patterns";
import { arnOf } from "../shared/arn";
import { isPending } from "../shared/pending";
import { KMS_KEYS } from "../shared/types";

export const rule = resourceRule({
    id: "kms-policy-root",
    severity: "critical",
    description: "A key's policy lets somebody of the account change the policy again.",
    fix: "Keep the statement that lets the account's root use kms:*.",
    frameworks: { controls: ["F15.4"] },
    types: [...KMS_KEYS, "aws:kms/keyPolicy:KeyPolicy"],
    check: (resource, report) => {
        const { props } = resource;
        // Without a policy KMS gives the key its own, which lets the account in.
        if (!isGiven(props, "policy") || isPending(props, "policy")) {
            return;
        }
        const statements = statementsOf(props.policy);
        const own = ifKnown(() => providerAccounts(resource), []);
        const isSafe = statements === undefined || statements.some((statement) => letsChange(statement, own));
        const isForced =
            flag(props.bypassPolicyLockoutSafetyCheck) === true ||
            flag(props.bypassPolicyLockoutCheck) === true;
        if (!isSafe && !isForced) {
            report("has a policy after which nobody of the account can change it.");
        }
    },
});

function letsChange({ effect, actions, principals, conditions }: Statement, own: readonly string[]): boolean {
    const isHuman = (principals.AWS ?? []).some((principal) => {
        const account = /^\d{12}$/.test(principal) ? principal : arnOf(principal)?.account;
        return account === undefined || own.length === 0 || own.includes(account);
    });
    return (
        effect === "Allow" &&
        isHuman &&
        matchesAny(actions, "kms:PutKeyPolicy") &&
        Object.keys(conditions).length === 0
    );
}
