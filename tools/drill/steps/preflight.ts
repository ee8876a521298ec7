/** Whether a change of the writer would work: everything that forbids it, at once. */
import { type Cluster, type GlobalDatabase } from "../aws/ports";
import { messageOf, RefusedError } from "../errors";
import { type Context, type Step } from "../engine/step";
import { type RegionTopology, type Topology } from "../topology/types";
import { databaseWord, viewOf } from "./outsideView";
import { executionProblems } from "./planExecutions";
import { type ChangeRequest, regionsOf } from "./roles";
import { clusterOf, globalIn, instancesOf, isApart, memberOf, writerOf } from "./state";
import { disagreements, viewsOfWriter } from "./whoWrites";

/** Looks at everything that a planned change needs. */
export function preflight(request: ChangeRequest): Step {
    const { source, target } = regionsOf(request);
    return {
        id: `${request.scope}preflight`,
        title: "Preflight",
        kind: "check",
        why:
            "A planned change is only worth making when nothing is wrong: both clusters available, connected and of " +
            "one engine version, instances to take over, room to scale, and the target well as seen from outside.",
        byHand:
            `aws rds describe-global-clusters --region ${target.region} ` +
            `--global-cluster-identifier ${request.topology.globalClusterIdentifier}`,
        timeoutSeconds: 120,
        describe: () => `look whether ${target.key} could take over from ${source.key}`,
        run: async (context) => {
            const down = await databaseWord(context, source);
            if ("missing" in down || down.service === "down") {
                throw new RefusedError(
                    [
                        "missing" in down
                            ? `${source.key}'s database could not be looked at: ${down.missing}`
                            : `the database in ${source.key} is down: ${down.text}`,
                    ],
                    "A switchover needs both databases. When this one is lost, " +
                        `\`npm run drill -- failover --to ${target.key} --accept-data-loss\` promotes ${target.key}.`,
                );
            }
            const problems = [
                ...(await findProblems(context, source, target)),
                ...(await executionProblems(context, request)),
            ];
            if (problems.length > 0) {
                throw new RefusedError(problems, "Mend this first.");
            }
            return `${target.key} is ready to take over from ${source.key}`;
        },
    };
}

async function findProblems(
    context: Context,
    source: RegionTopology,
    target: RegionTopology,
): Promise<string[]> {
    const account = await accountProblems(context, target);
    if (account.length > 0) {
        // Everything else would be said of somebody else's database.
        return account;
    }
    const [database, views] = await Promise.all([globalIn(context, target), viewsOfWriter(context)]);
    const [from, to] = await Promise.all([clusterOf(context, source), clusterOf(context, target)]);
    return [
        ...disagreements(context.topology, views),
        ...globalProblems(context, database, source, target),
        ...clusterProblems(source, from, target, to),
        ...(await instanceProblems(context, target)),
        ...(await fleetProblems(context, target)),
        ...(await healthProblems(context, target)),
    ];
}

/** Whether the credentials are those of the account that the topology names. */
export async function accountProblems(
    { aws, topology }: Pick<Context, "aws" | "topology">,
    { region }: RegionTopology,
): Promise<string[]> {
    const actual = await aws.in(region).accountId();
    return actual === topology.accountId
        ? []
        : [
              `the credentials are of account ${actual}, and ${topology.environment} is in ${topology.accountId}`,
          ];
}

function globalProblems(
    { topology }: Context,
    database: GlobalDatabase,
    source: RegionTopology,
    target: RegionTopology,
): string[] {
    return [
        ...writerProblems(topology, database, source),
        ...(database.status === "available"
            ? []
            : [`the global database is ${database.status}, and not available`]),
        ...memberProblems(topology, database, target, "it is still catching up"),
    ];
}

/** Whether another region writes than the one that is to be left. */
export function writerProblems(
    topology: Topology,
    database: GlobalDatabase,
    source: RegionTopology,
): string[] {
    const writer = writerOf(topology, database);
    return writer?.key === source.key
        ? []
        : [`${writer?.key ?? "a cluster that the topology lacks"} writes now, and not ${source.key}`];
}

/**
 * Whether the target is a connected member of the global database.
 *
 * @param apart What it means that it is not connected.
 */
export function memberProblems(
    topology: Topology,
    database: GlobalDatabase,
    target: RegionTopology,
    apart: string,
): string[] {
    const member = memberOf(topology, database, target);
    if (member === undefined) {
        return [`${target.clusterIdentifier} is no member of the global database`];
    }
    return isApart(member)
        ? [`${target.key} is ${member.synchronization ?? ""}, and not connected: ${apart}`]
        : [];
}

function clusterProblems(
    source: RegionTopology,
    from: Cluster,
    target: RegionTopology,
    to: Cluster,
): string[] {
    const found: string[] = [];
    for (const [region, cluster] of [
        [source, from],
        [target, to],
    ] as const) {
        if (cluster.status !== "available") {
            found.push(`the cluster in ${region.key} is ${cluster.status}, and not available`);
        }
    }
    if (from.engineVersion !== to.engineVersion) {
        found.push(
            `${source.key} runs ${from.engineVersion} and ${target.key} ${to.engineVersion}: ` +
                "Aurora switches over between equal versions alone; finish the upgrade",
        );
    }
    if (from.capacity !== undefined && to.capacity !== undefined && to.capacity.max < from.capacity.max) {
        found.push(
            `${target.key} may grow to ${to.capacity.max} ACU and ${source.key} to ${from.capacity.max}: ` +
                "it could not carry the load",
        );
    }
    return found;
}

/** Whether a region has an instance that could write. */
async function instanceProblems(
    context: Pick<Context, "aws" | "topology">,
    region: RegionTopology,
): Promise<string[]> {
    const { available, text } = await instancesOf(context, region);
    return available > 0
        ? []
        : [`${region.key} has no instance that is available${text === "" ? "" : `: ${text}`}`];
}

/** Whether a region's fleets are there and in service. */
export async function fleetProblems(
    { aws }: Pick<Context, "aws">,
    region: RegionTopology,
): Promise<string[]> {
    const { fleets } = aws.in(region.region);
    const found: string[] = [];
    for (const name of Object.values(region.autoScalingGroups)) {
        const fleet = await fleets.fleet(name);
        if (fleet === undefined) {
            found.push(`there is no Auto Scaling group ${name} in ${region.key}`);
        } else if (fleet.inService < Math.max(fleet.min, 1)) {
            found.push(
                `${name} has ${fleet.inService} instances in service, and needs ${Math.max(fleet.min, 1)}`,
            );
        }
    }
    return found;
}

async function healthProblems(context: Context, region: RegionTopology): Promise<string[]> {
    try {
        const { colour, seen } = await viewOf(context, region);
        return colour === "green"
            ? []
            : [`${region.key} is ${colour} as seen from outside: ${seen.join("; ")}`];
    } catch (error) {
        return [`${region.key} could not be looked at from outside: ${messageOf(error)}`];
    }
}
