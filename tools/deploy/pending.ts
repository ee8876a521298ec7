/** What an update was in the middle of when it was killed: Pulumi notes what it begins, and nobody noted the end. */
import { nameOf, STACK_TYPE, typeOf } from "../preview/urn";
import { RefusedError } from "./errors";
import { type Deployment } from "./session";
import { type StackNode } from "./graph";
import { type PendingOperation, type StackRunner } from "./stackRunner";

/** Words of Pulumi's for what it was doing. */
const CREATING = "creating";

/** A shell's word that stands for a text as it is. */
function quoted(text: string): string {
    return `'${text.replaceAll("'", "'\\''")}'`;
}

function described({ urn }: PendingOperation): string {
    return `${typeOf(urn)} ${nameOf(urn)}`;
}

/**
 * How Pulumi is told of what AWS has: `pulumi refresh --import-pending-creates`, which is meant for it, drops it from the
 * state (3.276).
 */
function importing(stack: string, { parent, provider, urn }: PendingOperation): string {
    return [
        `pulumi import --yes --stack ${stack} --generate-code=false --protect=false`,
        ...(parent === "" || typeOf(parent) === STACK_TYPE ? [] : [`--parent ${quoted(`parent=${parent}`)}`]),
        ...(provider === "" ? [] : [`--provider ${quoted(`provider=${provider}`)}`]),
        `${typeOf(urn)} ${quoted(nameOf(urn))} <id>`,
    ].join(" ");
}

/** How a stack's begun creations are brought to an end. */
function wayOut(stack: string, creations: readonly PendingOperation[]): string {
    return [
        `  ${stack}, once it is certain that no update of it is running:`,
        `    pulumi cancel --yes --stack ${stack}`,
        "  for each of these that AWS has, with its id:",
        ...creations.map((operation) => `    ${importing(stack, operation)}`),
        "  and then:",
        `    pulumi refresh --yes --stack ${stack} --clear-pending-creates`,
    ].join("\n");
}

/**
 * Makes sure that nothing is made twice: of a creation that was begun and never ended, AWS may have made what nobody
 * knows the id of. Changes and deletions are simply begun again.
 *
 * @throws {@link RefusedError} with what was begun, and the way out.
 */
export async function refusePendingCreations(
    { narrator }: Deployment,
    runner: StackRunner,
    stacks: readonly StackNode[],
): Promise<void> {
    const refused: string[] = [];
    for (const { name } of stacks) {
        const operations = await runner.pending(name);
        const creations = operations.filter(({ kind }) => kind === CREATING);
        if (creations.length > 0) {
            refused.push(wayOut(name, creations));
        }
        for (const operation of operations.filter(({ kind }) => kind !== CREATING)) {
            narrator.event(
                name,
                `${operation.kind} ${described(operation)} was interrupted, and is begun again`,
            );
        }
    }
    if (refused.length > 0) {
        throw new RefusedError(
            "an update was killed while it created what AWS may have made or not; going on would make it twice:\n" +
                refused.join("\n"),
        );
    }
}
