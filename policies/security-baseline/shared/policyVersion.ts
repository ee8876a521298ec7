/** The version of the policy language that documents are written in. */
import { object, type Props, text } from "../../framework";
import { PERMISSION_DOCUMENTS } from "./permissions";
import { RESOURCE_POLICIES } from "./policyTypes";

export const CURRENT = "2012-10-17";

/** Properties that are policy documents, by type. */
const DOCUMENTS: Readonly<Record<string, string>> = {
    ...Object.fromEntries(
        Object.entries(RESOURCE_POLICIES)
            // Queues wait for theirs without end, which deployability knows.
            .filter(([type, { property }]) => !type.startsWith("aws:sqs/") && !property.includes("."))
            .map(([type, { property }]) => [type, property]),
    ),
    ...PERMISSION_DOCUMENTS,
    "aws:iam/role:Role": "assumeRolePolicy",
};

/** The types that {@link olderPolicy} looks at. */
export const DOCUMENT_TYPES: readonly string[] = Object.keys(DOCUMENTS);

/** A policy in an older version of the language than the current one. */
export interface OlderPolicy {
    readonly property: string;
    /** Left out where the document has none. */
    readonly version: string | undefined;
    /** A variable in it, which is plain text in that version. */
    readonly variable: string | undefined;
}

/** The policy of a resource, if it is in an older version. Undefined for anything else. */
export function olderPolicy({
    type,
    props,
}: {
    readonly type: string;
    readonly props: Props;
}): OlderPolicy | undefined {
    const property = DOCUMENTS[type] ?? "policy";
    const given = text(props[property]);
    let document: Props;
    try {
        document = object(JSON.parse(given ?? ""));
    } catch {
        return undefined;
    }
    if (!("Statement" in document)) {
        return undefined;
    }
    const version = text(document.Version);
    return version === CURRENT
        ? undefined
        : { property, version, variable: /\$\{[a-zA-Z][\w-]*:[^}]+\}/.exec(given ?? "")?.[0] };
}
