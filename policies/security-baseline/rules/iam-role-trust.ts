import { isPublic, resourceRule, type Statement, statementsOf } from "../../framework";
import { providerAccounts } from "../../framework/accounts";
import { demandsOn, isSaml, isWebIdentity, issuersOf } from "../../framework/identityProviders";
import { accountOf } from "../shared/accounts";
import { labelOf, ROLE } from "../shared/permissions";
import { isJudged, openTenancy } from "../shared/tenants";

interface Config {
    readonly ownAccounts: readonly string[];
    readonly trustedAccounts: readonly string[];
}

const accounts = { type: "array", items: { type: "string", pattern: "^\\d{12}$" }, default: [] } as const;

export const rule = resourceRule<Config>({
    id: "iam-role-trust",
    severity: "critical",
    description:
        "Roles trust nobody unnamed, other accounts only with an external ID, and identity providers only for somebody: shared ones such as GitHub's for a named organisation and repository.",
    fix: "Name who may assume the role; for another account add a StringEquals condition on sts:ExternalId, or on aws:PrincipalOrgID within the organisation, and for an identity provider one on its aud or sub, for a shared one with the organisation and the repository written out before the first wildcard, such as repo:my-org/my-repo:*.",
    frameworks: { controls: ["89"], checkov: ["CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_358"] },
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
            judgeProviders(statement, labelOf(statement, index), report);
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

/** Reports identity providers that a statement trusts for everybody whom they sign in. */
function judgeProviders(statement: Statement, label: string, report: (reason: string) => void): void {
    const providers = statement.principals.Federated ?? [];
    if (isSaml(statement) && !namesAssertion(statement)) {
        for (const provider of providers.filter((each) => each.includes(":saml-provider/"))) {
            report(`trusts everybody who signs in by ${provider}: ${label} has no condition on SAML:aud.`);
        }
    }
    if (!isWebIdentity(statement)) {
        return;
    }
    const issuers = issuersOf(statement);
    for (const issuer of issuers) {
        const reason = openTenancy(statement, issuer, label);
        if (reason !== undefined) {
            report(reason);
        } else if (issuer === COGNITO && demandsOn(statement, `${COGNITO}:amr`).flat().length === 0) {
            report(
                `trusts guests of the identity pool like users: ${label} has no condition on ${COGNITO}:amr.`,
            );
        }
    }
    if (!issuers.some((issuer) => isJudged(statement, issuer)) && !namesIdentity(statement)) {
        for (const provider of providers) {
            report(
                `trusts everybody who signs in by ${provider}: ${label} has no condition on its aud or sub.`,
            );
        }
    }
}

const COGNITO = "cognito-identity.amazonaws.com";

/** Whether a condition says for which application or for whom the identity provider signed the token. */
function namesIdentity(statement: Statement): boolean {
    return hasValueOf(statement, /:(?:aud|sub|azp)$/i);
}

/** Whether a condition says what the assertion of a SAML provider has to say. */
function namesAssertion(statement: Statement): boolean {
    return hasValueOf(statement, /^saml:/i);
}

/** Whether a condition demands a value, other than any, of a key that matches. */
function hasValueOf(statement: Statement, key: RegExp): boolean {
    const keys = Object.values(statement.conditions).flatMap((each) => Object.keys(each));
    return keys
        .filter((each) => key.test(each))
        .some((each) =>
            demandsOn(statement, each).some((values) => !values.some((value) => /^[*?]*$/.test(value))),
        );
}
