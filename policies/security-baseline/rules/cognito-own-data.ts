import { type Member, type Statement, stackRule, statementsOf } from "../../framework";
import { eachObject, inputOf } from "../../framework/items";
import { matches } from "../../framework/patterns";
import { eachAllowingIn, ROLE } from "../shared/permissions";

const POLICY = "aws:iam/rolePolicy:RolePolicy";

/** Identity-provider principal of all identity pools. */
const IDENTITY_PRINCIPAL = "cognito-identity.amazonaws.com";

/** What names the one who asks: an identity's id, or a tag of its session. */
const WHO = /\$\{(?:cognito-identity\.amazonaws\.com:sub|aws:PrincipalTag\/[^}]+)\}/i;

/** Actions on what users keep: writing and listing of objects, and all that touches items. */
const KEPT = [
    ...["s3:putobject", "s3:deleteobject", "s3:putobjecttagging", "s3:putobjectacl"],
    ...["s3:deleteobjectversion", "s3:listbucket", "s3:listbucketversions"],
    ...["dynamodb:getitem", "dynamodb:batchgetitem", "dynamodb:query", "dynamodb:scan"],
    ...["dynamodb:putitem", "dynamodb:updateitem", "dynamodb:deleteitem"],
];

/** Whether a statement reaches data of users. */
function reaches({ actions }: Statement): boolean {
    return actions.some((action) => KEPT.some((each) => matches(action.toLowerCase(), each)));
}

/** Whether a statement is about what belongs to the one who asks. */
function isOwn({ resources, conditions }: Statement): boolean {
    const demanded = Object.entries(conditions)
        .filter(([operator]) => /^(?:ForA(?:ny|ll)Values:)?String(?:Equals|Like)$/.test(operator))
        .flatMap(([, keys]) => Object.entries(keys))
        .filter(([key]) => /^(?:s3:prefix|dynamodb:leadingkeys)$/i.test(key))
        .map(([, values]) => values);
    return (
        (resources.length > 0 && resources.every((resource) => WHO.test(resource))) ||
        demanded.some((values) => values.length > 0 && values.every((value) => WHO.test(value)))
    );
}

function isForIdentities({ props }: Member): boolean {
    return (statementsOf(props.assumeRolePolicy) ?? []).some(
        ({ effect, principals }) =>
            effect === "Allow" && (principals.Federated ?? []).includes(IDENTITY_PRINCIPAL),
    );
}

export const rule = stackRule({
    id: "cognito-own-data",
    severity: "high",
    description:
        "Users with credentials of an identity pool change and list what is their own, and nobody else's.",
    fix: "Name ${cognito-identity.amazonaws.com:sub} in the resources, or in a condition on s3:prefix or dynamodb:LeadingKeys.",
    frameworks: { controls: ["F44.3"] },
    types: [ROLE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(ROLE), (role) => {
            if (!isForIdentities(role)) {
                return;
            }
            const judge = (member: Member, document: unknown): void => {
                eachAllowingIn(document, (statement, label) => {
                    if (reaches(statement) && !isOwn(statement)) {
                        report(
                            `lets every user at what all users keep: ${label} does not name the one who asks.`,
                            member,
                        );
                    }
                });
            };
            eachObject(inputOf(role, "inlinePolicies"), ({ policy }) => {
                judge(role, policy);
            });
            stack.each(stack.referrersOf(role, POLICY, "role"), (policy) => {
                judge(policy, policy.props.policy);
            });
        });
    },
});
