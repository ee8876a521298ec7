import { isPublic, resourceRule, type Statement, statementsOf } from "../../framework";
import { providerAccounts } from "../../framework/accounts";
import { matches } from "../../framework/patterns";
import { accountOf } from "../shared/accounts";
import { labelOf, ROLE } from "../shared/permissions";

interface Config {
    readonly ownAccounts: readonly string[];
    readonly trustedAccounts: readonly string[];
}

const accounts = { type: "array", items: { type: "string", pattern: "^\\d{12}$" }, default: [] } as const;

export const rule = resourceRule<Config>({
    id: "iam-role-trust",
    severity: "critical",
    description:
        "Roles trust nobody unnamed, other accounts only with an external ID, and identity providers only for somebody.",
    fix: "Name who may assume the role; for another account add a StringEquals condition on sts:ExternalId, or on aws:PrincipalOrgID within the organisation, and for an identity provider one on its aud or sub.",
    frameworks: { controls: ["89"], checkov: ["CKV_AWS_60", "CKV_AWS_61"] },
    types: [ROLE],
    config: {
        ownAccounts: {
            ...accounts,
            description:
                "The ids of the accounts of the program, besides those that the provider's allowedAccountIds name. An account that is in neither is another's.",
        },
        trustedAccounts: {
            ...accounts,
            description: "The ids of other accounts of the same owner, which need no external ID.",
        },
    },
    check: (resource, report, { ownAccounts, trustedAccounts }) => {
        const known = [...ownAccounts, ...trustedAccounts, ...providerAccounts(resource)];
        (statementsOf(resource.props.assumeRolePolicy) ?? []).forEach((statement, index) => {
            if (statement.effect === "Deny") {
                return;
            }
            if (isPublic(statement)) {
                report(`can be assumed by anybody: ${labelOf(statement, index)} has a principal "*".`);
            }
            for (const provider of statement.principals.Federated ?? []) {
                if (isWebIdentity(statement) && !namesIdentity(statement)) {
                    report(
                        `trusts everybody who signs in by ${provider}: ${labelOf(statement, index)} has no condition on its aud or sub.`,
                    );
                }
            }
            if (isAgreed(statement)) {
                return;
            }
            // Services and identity providers are kept apart by kinds of their own.
            const others = new Set((statement.principals.AWS ?? []).map(accountOf));
            for (const account of others) {
                if (account !== undefined && !known.includes(account)) {
                    report(
                        `trusts the account ${account} without an external ID: ${labelOf(statement, index)} has no condition on sts:ExternalId.`,
                    );
                }
            }
        });
    },
});

/** Whether a condition demands an external ID, or that the principal is of an organisation. */
function isAgreed({ conditions }: Statement): boolean {
    return Object.entries(conditions).some(
        ([operator, keys]) =>
            /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/.test(operator) &&
            Object.entries(keys).some(
                ([key, values]) =>
                    /^(?:sts:externalid|aws:principalorgid|aws:principalorgpaths)$/i.test(key) &&
                    !values.some((value) => /^\**$/.test(value)),
            ),
    );
}

function isWebIdentity({ actions }: Statement): boolean {
    return actions.some((action) => matches(action.toLowerCase(), "sts:assumerolewithwebidentity"));
}

/** Whether a condition says for which application or for whom the identity provider signed the token. */
function namesIdentity({ conditions }: Statement): boolean {
    return Object.entries(conditions).some(
        ([operator, keys]) =>
            /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/.test(operator) &&
            Object.entries(keys).some(
                ([key, values]) =>
                    /:(?:aud|sub|oaud|azp)$/i.test(key) && !values.some((value) => /^\**$/.test(value)),
            ),
    );
}
