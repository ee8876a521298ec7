import { resourceRule, type Statement, statementsOf } from "../../framework";
import { providerAccounts } from "../../framework/accounts";
import { listed, matchesAny } from "../../framework/patterns";
import { accountOf } from "../shared/accounts";
import { labelOf } from "../shared/permissions";
import { typesOf } from "../shared/policyTypes";

interface Config {
    readonly ownAccounts: readonly string[];
}

/** What Security Hub forbids to other accounts: whoever may do it can open the bucket further. */
const SENSITIVE = [
    "s3:DeleteBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutBucketPolicy",
    "s3:PutEncryptionConfiguration",
    "s3:PutObjectAcl",
];

export const rule = resourceRule<Config>({
    id: "s3-bucket-policy-accounts",
    severity: "high",
    description:
        "Policies of S3 buckets let no other account change the bucket's policy, ACLs or encryption, or its objects' ACLs.",
    fix: `Take ${listed(SENSITIVE)}, and wildcards that stand for them, from what other accounts may do.`,
    frameworks: { controls: ["65"], securityHub: ["S3.6"] },
    types: typesOf("s3-bucket-policy-public"),
    config: {
        ownAccounts: {
            type: "array",
            items: { type: "string", pattern: "^\\d{12}$" },
            default: [],
            description:
                "The ids of the accounts of the program, besides those that the provider's allowedAccountIds name. An account that is in neither is another's.",
        },
    },
    check: (resource, report, { ownAccounts }) => {
        const own = [...ownAccounts, ...providerAccounts(resource)];
        (statementsOf(resource.props.policy) ?? []).forEach((statement, index) => {
            const actions = statement.effect === "Allow" ? SENSITIVE.filter(isOf(statement)) : [];
            if (actions.length === 0) {
                return;
            }
            for (const other of othersIn(statement, own)) {
                report(`lets ${other} do ${listed(actions)}: ${labelOf(statement, index)}.`);
            }
        });
    },
});

/** Whether a statement is about the action. */
function isOf({ actions, notActions }: Statement): (action: string) => boolean {
    const lower = (patterns: readonly string[]): string[] => patterns.map((each) => each.toLowerCase());
    return (action) =>
        notActions.length > 0
            ? !matchesAny(lower(notActions), action.toLowerCase())
            : matchesAny(lower(actions), action.toLowerCase());
}

/** Whom a statement lets in of other accounts. Whoever lets everybody in, `s3-bucket-policy-public` reports. */
function othersIn({ principals, conditions }: Statement, own: readonly string[]): readonly string[] {
    const named = (principals.AWS ?? []).map(accountOf);
    const isForAll = Object.values(principals).some((names) => names.includes("*"));
    const narrowed = isForAll ? valuesOf(conditions, /^aws:principal(?:account|arn)$/i).map(accountOf) : [];
    const accounts = new Set(
        [...named, ...narrowed].filter((account) => account !== undefined && !own.includes(account)),
    );
    const organisations = isForAll ? valuesOf(conditions, /^aws:principalorg(?:id|paths)$/i) : [];
    return [
        ...[...accounts].map((account) => `the account ${account}`),
        ...(organisations.length > 0 && narrowed.length === 0
            ? [`every account of ${listed([...new Set(organisations)])}`]
            : []),
    ];
}

function valuesOf(conditions: Statement["conditions"], key: RegExp): readonly string[] {
    return Object.entries(conditions)
        .filter(([operator]) => !/Not|Null|IfExists/.test(operator))
        .flatMap(([, keys]) => Object.entries(keys))
        .filter(([name]) => key.test(name))
        .flatMap(([, values]) => values);
}
