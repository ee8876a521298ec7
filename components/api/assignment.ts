import { objectOf } from "../shared/argumentRules";
import { type Given, type Refusal } from "../shared/argumentTable";
import { show } from "../shared/validation";
import { type ApiDocument, type ApiOperation } from "./openApi/document";

/** Which integration answers which operation, by the operation's id, and what is wrong with that. */
export interface Assignment {
    readonly integrations: ReadonlyMap<string, string>;
    readonly problems: readonly Refusal[];
}

interface Claim {
    readonly integration: string;
    /** What the integration names; undefined where it takes the rest. */
    readonly name?: string;
    readonly at: string;
}

/** Says of each operation what answers it, and notes operations without an answer and integrations without an operation. */
export function assign({ operations }: ApiDocument, integrations: Given): Assignment {
    const claims = Object.entries(integrations).flatMap(([integration, given]): Claim[] => {
        const at = `[${show(integration)}]`;
        const { operations: names } = objectOf(given);
        return Array.isArray(names)
            ? names
                  .filter((name) => typeof name === "string")
                  .map((name, index) => ({ integration, name, at: `${at}.operations[${index}]` }))
            : [{ integration, at }];
    });
    const problems: Refusal[] = [];
    const unanswered: string[] = [];
    const assigned = new Map<string, string>();
    for (const operation of operations) {
        const claiming = claims.filter((claim) => rank(claim, operation) > 0);
        const best = Math.max(0, ...claiming.map((claim) => rank(claim, operation)));
        const [first, ...others] = claiming.filter((claim) => rank(claim, operation) === best);
        if (first === undefined) {
            unanswered.push(operation.operationId);
            continue;
        }
        assigned.set(operation.operationId, first.integration);
        for (const other of others) {
            problems.push({
                at: other.at,
                shown: operation.operationId,
                allowed: `operations that ${first.integration} does not answer`,
            });
        }
    }
    if (unanswered.length > 0) {
        problems.push({
            shown: unanswered,
            allowed: "an integration for each operation",
            remedy: "Name them in the operations of one, or leave the operations of one out",
        });
    }
    for (const claim of claims) {
        const { name, at } = claim;
        if (name !== undefined && !operations.some((operation) => rank(claim, operation) > 0)) {
            problems.push({ at, shown: name, allowed: "an operationId or a path of the document" });
        } else if (
            ![...assigned.values()].includes(claim.integration) &&
            !problems.some((problem) => problem.at === at) &&
            claims.find(({ integration }) => integration === claim.integration) === claim
        ) {
            problems.push({
                at: `[${show(claim.integration)}]`,
                shown: "given",
                allowed: "integrations that answer an operation: others answer all of its",
            });
        }
    }
    return { integrations: assigned, problems };
}

/** How closely a claim is about an operation; 0 where it is not. */
function rank({ name }: Claim, { operationId, path }: ApiOperation): number {
    if (name === undefined) {
        return 1;
    }
    if (name === operationId) {
        return Number.MAX_SAFE_INTEGER;
    }
    if (name.endsWith("/*")) {
        const above = name.slice(0, -2);
        return path === above || path.startsWith(`${above}/`) ? 2 + 2 * above.length : 0;
    }
    return name === path ? 3 + 2 * name.length : 0;
}
