import { resourceRule, statementsOf } from "../../framework";
import {
    demandsOn,
    IDENTITY_PROVIDER_CONTROLS,
    issuersOf,
    isWebIdentity,
} from "../../framework/identityProviders";
import { isPending } from "../shared/pending";

export const rule = resourceRule({
    id: "iam-identity-provider-controls",
    severity: "high",
    description:
        "Roles that trust an identity provider which many customers share have the condition that IAM demands for it.",
    fix: "Add the condition, with a value that is not of wildcards alone; IAM answers MalformedPolicyDocument without it, for a new role and for any change of its trust policy.",
    frameworks: { controls: ["89"] },
    types: ["aws:iam/role:Role"],
    check: ({ props }, report) => {
        if (isPending(props, "assumeRolePolicy")) {
            return;
        }
        (statementsOf(props.assumeRolePolicy) ?? []).filter(isWebIdentity).forEach((statement) => {
            for (const issuer of issuersOf(statement)) {
                const key = IDENTITY_PROVIDER_CONTROLS[issuer];
                if (key === undefined) {
                    continue;
                }
                const values = demandsOn(statement, key).flat();
                if (values.length === 0) {
                    report(`trusts ${issuer} without a condition on ${key}.`);
                } else if (values.every((value) => /^[*?]*$/.test(value))) {
                    report(`trusts ${issuer} with the condition that ${key} is "${values.join('", "')}".`);
                }
            }
        });
    },
});
