import { type Statement, statementsOf, type Subject } from "../../framework";
import { eachObject } from "../../framework/items";

export const ROLE = "aws:iam/role:Role";

/** Resources that are an identity-based policy each, with the property that holds the document. */
export const PERMISSION_DOCUMENTS: Readonly<Record<string, string>> = {
    "aws:iam/policy:Policy": "policy",
    "aws:iam/rolePolicy:RolePolicy": "policy",
    "aws:iam/userPolicy:UserPolicy": "policy",
    "aws:iam/groupPolicy:GroupPolicy": "policy",
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
};

/** Resources that hold identity-based policies; roles do inline. */
export const PERMISSION_TYPES: readonly string[] = [...Object.keys(PERMISSION_DOCUMENTS), ROLE];

/**
 * Looks at each statement that allows something in the identity-based policies of a resource.
 *
 * @param check Gets what to call the statement in a message, too.
 */
export function eachAllowing(
    { type, props }: Subject,
    check: (statement: Statement, label: string) => void,
): void {
    if (type === ROLE) {
        eachObject(props.inlinePolicies, ({ policy }) => {
            eachAllowingIn(policy, check);
        });
    } else {
        eachAllowingIn(props[PERMISSION_DOCUMENTS[type] ?? "policy"], check);
    }
}

/** Looks at each statement of a document that allows something. */
export function eachAllowingIn(
    document: unknown,
    check: (statement: Statement, label: string) => void,
): void {
    (statementsOf(document) ?? []).forEach((statement, index) => {
        if (statement.effect === "Allow") {
            check(statement, labelOf(statement, index));
        }
    });
}

/** What to call a statement in a message. */
export function labelOf({ sid }: Statement, index: number): string {
    return sid === undefined ? `statement ${index}` : `statement "${sid}"`;
}

/** Whether an action stands for all actions of all services. */
export function isEveryAction(action: string): boolean {
    return /^\*+(?::\*+)?$/.test(action);
}

/** Whether an action stands for all actions of a service. */
export function isServiceWildcard(action: string): boolean {
    return /^[^:*]+:\*+$/.test(action);
}

/** Whether a statement is about any resource: it names `*`, or excepts some from all. */
export function isEveryResource({ resources, notResources }: Statement): boolean {
    return resources.includes("*") || notResources.length > 0;
}

const KINDS =
    "document|event-bus|function|group|instance|parameter|policy|role|secret|stack|stateMachine|stream|table|task-definition|user";

/** ARNs of all resources of a service, or of all of a kind. */
const ALL_OF = new RegExp(`^arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:\\*+(?:/\\*)?|(?:${KINDS})[/:]\\*+)$`);

/** A resource of a statement that stands for all of a service or of a kind, such as `arn:aws:s3:::*`. */
export function everyOfKind({ resources }: Statement): string | undefined {
    return resources.find((resource) => ALL_OF.test(resource));
}
