import { isNarrowing } from "./narrowing";
import { isUnknownError } from "./unknowns";

/** One statement of a policy document, with lists where the document may have a single value. */
export interface Statement {
    readonly sid?: string;
    readonly effect: "Allow" | "Deny";
    readonly actions: readonly string[];
    readonly notActions: readonly string[];
    readonly resources: readonly string[];
    readonly notResources: readonly string[];
    /** Principals by kind (`AWS`, `Service`, `Federated`, `CanonicalUser`); `"*"` alone is kind `AWS`, value `*`. */
    readonly principals: Readonly<Record<string, readonly string[]>>;
    /** Whether it is about everybody except those it names (`NotPrincipal`). */
    readonly hasNotPrincipal: boolean;
    readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * Reads a policy document given as JSON text or as an object.
 *
 * @returns Its statements, or undefined where it is not a policy document.
 */
export function statementsOf(document: unknown): readonly Statement[] | undefined {
    let value: unknown = document;
    if (typeof value === "string") {
        try {
            value = JSON.parse(value);
        } catch {
            return undefined;
        }
    }
    try {
        const statements = (value as { Statement?: unknown } | null | undefined)?.Statement;
        if (statements === undefined) {
            return undefined;
        }
        return (Array.isArray(statements) ? (statements as unknown[]) : [statements]).map(statementOf);
    } catch (error) {
        if (isUnknownError(error)) {
            throw error;
        }
        return undefined;
    }
}

function statementOf(value: unknown): Statement {
    const raw = value as Record<string, unknown>;
    return {
        ...(typeof raw.Sid === "string" ? { sid: raw.Sid } : {}),
        effect: raw.Effect === "Deny" ? "Deny" : "Allow",
        actions: listOf(raw.Action),
        notActions: listOf(raw.NotAction),
        resources: listOf(raw.Resource),
        notResources: listOf(raw.NotResource),
        principals: principalsOf(raw.Principal),
        hasNotPrincipal: raw.NotPrincipal !== undefined,
        conditions: conditionsOf(raw.Condition),
    };
}

function listOf(value: unknown): readonly string[] {
    if (value === undefined || value === null) {
        return [];
    }
    return (Array.isArray(value) ? (value as unknown[]) : [value]).map(String);
}

function principalsOf(value: unknown): Record<string, readonly string[]> {
    if (typeof value === "string") {
        return { AWS: [value] };
    }
    return Object.fromEntries(
        Object.entries((value ?? {}) as Record<string, unknown>).map(([kind, names]) => [
            kind,
            listOf(names),
        ]),
    );
}

function conditionsOf(value: unknown): Record<string, Record<string, readonly string[]>> {
    return Object.fromEntries(
        Object.entries((value ?? {}) as Record<string, Record<string, unknown>>).map(([operator, keys]) => [
            operator,
            Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, listOf(values)])),
        ]),
    );
}

/** Whether a statement lets anybody in: a `*` principal, or everybody but some, that no condition narrows to known accounts or sources. */
export function isPublic(statement: Statement): boolean {
    const anybody =
        statement.hasNotPrincipal || Object.values(statement.principals).some((names) => names.includes("*"));
    return statement.effect === "Allow" && anybody && !isNarrowing(statement.conditions);
}
