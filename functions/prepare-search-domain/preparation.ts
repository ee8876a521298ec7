import { messageOf } from "../shared/errors";
import { type Answer, type Ask, errorType, isPassing, type Question } from "../shared/openSearch";
import { type Patience, waitFor } from "../shared/waiting";
import { AUDIT } from "./audit";
import { type AccessLevel, roleOf } from "./roles";

/** What the function is asked to do. */
export interface PreparationEvent {
    /** `EnableAudit`, `GrantAccess` or `CreateIndex`. */
    action: string;
    /** Name of the role inside the domain, for `GrantAccess`. */
    name?: string;
    /** What the role may do, for `GrantAccess`. */
    level?: AccessLevel;
    /** The indexes that the role may do it with, for `GrantAccess`. */
    indexPatterns?: string[];
    /** ARNs of the roles of IAM that have the role, for `GrantAccess`. */
    roleArns?: string[];
    /** Name of the index, for `CreateIndex`. */
    index?: string;
    /** Settings and mappings as JSON, for `CreateIndex`. None when left out. */
    body?: string;
    /** What is happening to the resource that asks. It is being made when left out. */
    tf?: { action: "create" | "update" | "delete" };
}

/** What the function works with. */
export interface PreparationTools {
    ask: Ask;
    patience: Patience;
}

/**
 * Does what it is asked, once or again.
 *
 * @returns What was done, for the log of the deployment.
 */
export async function prepareDomain(event: PreparationEvent, tools: PreparationTools): Promise<string> {
    const isGoing = event.tf?.action === "delete";
    switch (event.action) {
        case "EnableAudit":
            return enableAudit(tools);
        case "GrantAccess":
            return isGoing ? takeAccess(event, tools) : grantAccess(event, tools);
        case "CreateIndex":
            return isGoing
                ? `the index ${needed(event.index, "index")} is left as it is`
                : createIndex(event, tools);
        default:
            throw new Error(
                `"${event.action}" is not an action; there are EnableAudit, GrantAccess and CreateIndex`,
            );
    }
}

async function enableAudit(tools: PreparationTools): Promise<string> {
    await put("/_plugins/_security/api/audit/config", AUDIT, tools);
    return "the domain writes its audit log";
}

async function grantAccess(event: PreparationEvent, tools: PreparationTools): Promise<string> {
    const name = needed(event.name, "name");
    const level = needed(event.level, "level");
    const indexPatterns = needed(event.indexPatterns, "indexPatterns");
    const roleArns = needed(event.roleArns, "roleArns");
    await put(securityPath("roles", name), roleOf(level, indexPatterns), tools);
    await put(securityPath("rolesmapping", name), { backend_roles: roleArns }, tools);
    return `${name} lets ${roleArns.join(", ")} ${level} ${indexPatterns.join(", ")}`;
}

async function takeAccess(event: PreparationEvent, tools: PreparationTools): Promise<string> {
    const name = needed(event.name, "name");
    // The people first, so that nobody is ever mapped to a role that means something else.
    for (const path of [securityPath("rolesmapping", name), securityPath("roles", name)]) {
        const answer = await patient({ method: "DELETE", path }, tools);
        if (answer.status !== 404) {
            expectDone(answer, path);
        }
    }
    return `${name} lets nobody do anything any more`;
}

async function createIndex(event: PreparationEvent, tools: PreparationTools): Promise<string> {
    const index = needed(event.index, "index");
    const path = `/${encodeURIComponent(index)}`;
    const there = await patient({ method: "HEAD", path }, tools);
    if (there.status === 404) {
        expectDone(await patient({ method: "PUT", path, body: event.body ?? "{}" }, tools), path);
        return `the index ${index} is made`;
    }
    expectDone(there, path);
    const { mappings } = JSON.parse(event.body ?? "{}") as { mappings?: object };
    if (mappings === undefined) {
        return `the index ${index} is there already`;
    }
    // Fields can be added to an index that has documents; OpenSearch refuses whatever would change one that is there.
    await put(`${path}/_mapping`, mappings, tools);
    return `the index ${index} has its fields`;
}

function securityPath(kind: "roles" | "rolesmapping", name: string): string {
    return `/_plugins/_security/api/${kind}/${encodeURIComponent(name)}`;
}

async function put(path: string, body: object, tools: PreparationTools): Promise<void> {
    expectDone(await patient({ method: "PUT", path, body: JSON.stringify(body) }, tools), path);
}

/** Asks until the domain has a lasting answer. */
async function patient(question: Question, { ask, patience }: PreparationTools): Promise<Answer> {
    let last = "it was not asked";
    return waitFor(
        async () => {
            try {
                const answer = await ask(question);
                last = `status ${answer.status}, ${errorType(answer.text)}`;
                // All roles are one document inside: who writes at the same time is told of a conflict.
                return isPassing(answer.status) || answer.status === 409 ? undefined : answer;
            } catch (error) {
                // Its name may not be known yet, or a node may have gone in the middle of the answer.
                last = messageOf(error);
                return undefined;
            }
        },
        patience,
        () => `the domain has no answer to ${question.method} ${question.path}: ${last}`,
    );
}

function expectDone({ status, text }: Answer, path: string): void {
    if (status < 200 || status > 299) {
        throw new Error(`the domain refuses ${path}: status ${status}, ${errorType(text)}`);
    }
}

function needed<T>(value: T | undefined, what: string): T {
    if (value === undefined) {
        throw new Error(`the action needs ${what}`);
    }
    return value;
}
