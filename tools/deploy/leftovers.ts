/** What destroying leaves behind, so that nobody has to find out from the bill. */
import { type DatabasePort } from "./database";
import { messageOf } from "./errors";
import { type Outcome } from "./scheduler";
import { type Deployment } from "./session";
import { type StateResource } from "./stackRunner";

/** By stack, what its state says will be left. */
export type Leftovers = ReadonlyMap<string, readonly string[]>;

const KEY = "aws:kms/key:Key";
const REPLICA_KEY = "aws:kms/replicaKey:ReplicaKey";

/** Reads what will be left from the states, while they are there. */
export function leftoversBefore(states: ReadonlyMap<string, readonly StateResource[]>): Leftovers {
    return new Map(
        [...states].map(([stack, resources]) => [
            stack,
            [
                ...resources.filter(({ retainOnDelete }) => retainOnDelete).map(describeRetained),
                ...resources.filter(({ type }) => type === KEY || type === REPLICA_KEY).map(describeKey),
            ],
        ]),
    );
}

function describeRetained({ id, inputs, type, urn }: StateResource): string {
    const name = inputs["name"] ?? id;
    const kind = type.split(":").at(-1) ?? type;
    return `${kind} ${typeof name === "string" && name !== "" ? name : urn} is kept, since others may use it`;
}

function describeKey({ id, inputs }: StateResource): string {
    const days = inputs["deletionWindowInDays"];
    const when = typeof days === "number" ? `in ${days} days` : "after its waiting time";
    return `KMS key ${id} is deleted ${when}; what it encrypts, snapshots too, is lost then`;
}

/** Prints what is left of the stacks that are gone. */
export async function reportLeftovers(
    { graph, narrator, settings }: Deployment,
    database: DatabasePort,
    leftovers: Leftovers,
    outcomes: ReadonlyMap<string, Outcome>,
): Promise<void> {
    const destroyed = new Set([...outcomes].filter(([, { status }]) => status === "done").map(([id]) => id));
    const lines = [...leftovers].flatMap(([stack, left]) =>
        destroyed.has(stack) ? left.map((text) => `${stack}: ${text}`) : [],
    );
    for (const { clusterIdentifier, key, region } of settings.regions) {
        const stacks = graph.stacks.filter((stack) => stack.key === key || stack.reads.length > 0);
        if (stacks.some(({ name }) => destroyed.has(name))) {
            try {
                const backups = await database.backupsOf(region, clusterIdentifier);
                lines.push(...backups.map((text) => `${region}: ${text}`));
            } catch (error) {
                lines.push(`${region}: RDS does not say what backups are left: ${messageOf(error)}`);
            }
        }
    }
    if (lines.length > 0) {
        narrator.line();
        narrator.line("Left behind:");
        lines.forEach((text) => {
            narrator.line(`  ${text}`);
        });
    }
}
