/** Restores the newest recovery point of a region's vault, looks whether it is good, and takes it away again. */
import { isRestorable, type RecoveryPoint } from "../aws/ports";
import { isoTime, showDuration } from "../../shared/clock";
import { DrillError, RefusedError } from "../errors";
import { type Context, type Step } from "../engine/step";
import { type Look, waitInStep } from "../engine/wait";
import { type RegionTopology, requireRegion } from "../topology/types";
import { clusterRestoreSteps, destroyCluster } from "./restoringCluster";
import { destroyTable, tableRestoreSteps } from "./restoringTable";
import { accountProblems } from "./preflight";
import { restoredName, type RestoreRequest, throwAwaySuffix } from "./restoreRequest";

/** The recovery point that a run restores, as the journal keeps it. */
export interface ChosenPoint extends RecoveryPoint {
    /** How old it was when it was chosen. */
    readonly ageMilliseconds: number;
}

/** The steps of a restore test, from the search for a recovery point to the last trace being gone. */
export function restoreSteps(request: RestoreRequest): Step[] {
    const isCluster = request.resource === "Aurora";
    return [
        choosePoint(request),
        startRestore(request),
        waitForRestore(request),
        ...(isCluster ? clusterRestoreSteps(request) : tableRestoreSteps(request)),
        isCluster ? destroyCluster(request) : destroyTable(request),
    ];
}

/** The recovery point that was chosen. */
export function chosenPoint({ facts }: Pick<Context, "facts">, { scope }: RestoreRequest): ChosenPoint {
    const found = facts.get(`${scope}recovery-point`) as ChosenPoint | undefined;
    if (found === undefined) {
        throw new DrillError("no recovery point has been chosen yet");
    }
    return found;
}

/** The vault that is restored from: personal data has one of its own. */
function vaultOf({ region, resource, topology, vault }: RestoreRequest): string | undefined {
    const { backupVault, personalDataVault } = requireRegion(topology, region);
    return vault ?? (resource === "Aurora" ? backupVault : personalDataVault);
}

/** The role that AWS Backup restores with: the region's own, where the settings name no other. */
function roleOf({ region, topology }: RestoreRequest): string | undefined {
    return topology.restore.roleArn ?? requireRegion(topology, region).restoreRoleArn;
}

function choosePoint(request: RestoreRequest): Step {
    const region = requireRegion(request.topology, request.region);
    return {
        id: `${request.scope}choose-point`,
        title: "Find the newest recovery point",
        kind: "check",
        why: "The newest is what would be restored tonight; its age is what would be lost.",
        byHand:
            `aws backup list-recovery-points-by-backup-vault --region ${region.region} ` +
            `--backup-vault-name ${vaultOf(request) ?? "<vault>"}`,
        timeoutSeconds: 120,
        looksAgain: true,
        describe: () => `of type ${request.resource} in the vault ${vaultOf(request) ?? ""} of ${region.key}`,
        run: async (context) => {
            const problems = await accountProblems(context, region);
            if (vaultOf(request) === undefined) {
                const what = request.resource === "Aurora" ? "vault" : "vault of personal data";
                problems.push(`${region.key} has no ${what} in the topology`);
            }
            if (roleOf(request) === undefined) {
                problems.push(
                    `${region.key} has no role to restore with: turn its restore tests on, or give restore.roleArn in the drill's settings`,
                );
            }
            if (problems.length > 0) {
                throw new RefusedError(problems, "Nothing was restored.");
            }
            const point = await context.facts.remember(`${request.scope}recovery-point`, () =>
                newestPoint(context, request, region),
            );
            return `${point.arn}, made ${isoTime(point.createdAt)}, ${showDuration(point.ageMilliseconds)} ago`;
        },
    };
}

async function newestPoint(
    { aws, clock, topology }: Context,
    request: RestoreRequest,
    region: RegionTopology,
): Promise<ChosenPoint> {
    const { resource } = request;
    const vault = vaultOf(request) ?? "";
    const points = await aws.in(region.region).backup.recoveryPoints(vault);
    const name =
        resource === "Aurora"
            ? `arn:aws:rds:${region.region}:${topology.accountId}:cluster:${region.clusterIdentifier}`
            : `arn:aws:dynamodb:${region.region}:${topology.accountId}:table/${region.personalDataTable ?? ""}`;
    const newest = points
        .filter((point) => point.resourceType === resource && isRestorable(point))
        // A continuous backup is restored to a time of one's choice, and is as old as its beginning.
        .filter(({ arn }) => !arn.includes(":continuous:"))
        // AWS Backup may name a cluster by its resource id, and a copy from abroad by the cluster there: any will do.
        .filter((point) => resource === "Aurora" || point.resourceArn === name)
        .sort((a, b) => b.createdAt - a.createdAt)[0];
    if (newest === undefined) {
        throw new RefusedError(
            [`the vault ${vault} in ${region.key} has no completed recovery point of ${resource}`],
            "Look at the vault's backup jobs: nothing could be restored tonight.",
        );
    }
    return { ...newest, ageMilliseconds: Math.max(0, clock.now() - newest.createdAt) };
}

function startRestore(request: RestoreRequest): Step {
    const region = requireRegion(request.topology, request.region);
    const fact = `${request.scope}restore-job`;
    return {
        id: `${request.scope}start-restore`,
        title: "Start the restore",
        kind: "change",
        why: "Into something new beside the original, named after this run, in the region's own data subnets.",
        byHand: `aws backup start-restore-job --region ${region.region} --recovery-point-arn <arn> --metadata <json> --iam-role-arn <role>`,
        timeoutSeconds: 120,
        cleanedBy: `${request.scope}destroy`,
        describe: (context) => `into ${restoredName(context, request)}`,
        isDone: ({ facts }) => Promise.resolve(facts.get(fact) !== undefined),
        run: async (context) => {
            const point = chosenPoint(context, request);
            const { backup } = context.aws.in(region.region);
            context.facts.set(`${request.scope}restore-began`, context.clock.now());
            const offered = await backup.restoreMetadata(vaultOf(request) ?? "", point.arn);
            const job = await backup.startRestore({
                recoveryPointArn: point.arn,
                resourceType: request.resource,
                metadata: await restoreMetadata(context, request, region, offered),
                roleArn: roleOf(request) ?? "",
                // The same run asking twice, because it was interrupted, gets the same job.
                token: throwAwaySuffix(context.runId),
            });
            context.facts.set(fact, job);
            return `restore job ${job}`;
        },
    };
}

/** What AWS Backup offers, with the names of this run in it. */
async function restoreMetadata(
    context: Context,
    request: RestoreRequest,
    region: RegionTopology,
    offered: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
    const name = restoredName(context, request);
    if (request.resource === "DynamoDB") {
        return withValues(offered, { targetTableName: name });
    }
    const cluster = await context.aws.in(region.region).database.cluster(region.clusterIdentifier);
    return withValues(offered, {
        DBClusterIdentifier: name,
        ...(cluster?.engine === undefined ? {} : { Engine: cluster.engine }),
        ...(cluster?.subnetGroup === undefined ? {} : { DBSubnetGroupName: cluster.subnetGroup }),
        ...(cluster === undefined || cluster.securityGroupIds.length === 0
            ? {}
            : { VpcSecurityGroupIds: JSON.stringify(cluster.securityGroupIds) }),
    });
}

/** Puts values in the place of those of the same key, whatever its case. */
export function withValues(
    offered: Readonly<Record<string, string>>,
    values: Readonly<Record<string, string>>,
): Record<string, string> {
    const merged: Record<string, string> = { ...offered };
    for (const [key, value] of Object.entries(values)) {
        const known = Object.keys(offered).find((other) => other.toLowerCase() === key.toLowerCase());
        merged[known ?? key] = value;
    }
    return merged;
}

function waitForRestore(request: RestoreRequest): Step {
    const region = requireRegion(request.topology, request.region);
    return {
        id: `${request.scope}wait-restore`,
        title: "Wait for the restore",
        kind: "wait",
        why: "As long as there is data: minutes for a small table, an hour or more for a large cluster.",
        byHand: `aws backup describe-restore-job --region ${region.region} --restore-job-id <id>`,
        timeoutSeconds: 7200,
        describe: () => "until AWS Backup says that it is complete",
        run: async (context) => {
            const { aws, facts } = context;
            const job = facts.get(`${request.scope}restore-job`) as string;
            return waitInStep(context, {
                what: `restore job ${job} to complete`,
                hint: "Look at the job in the AWS Backup console.",
                look: async (): Promise<Look<string>> => {
                    const { createdArn, message, status } = await aws
                        .in(region.region)
                        .backup.restoreJob(job);
                    if (status === "COMPLETED") {
                        return { done: true, value: createdArn ?? restoredName(context, request) };
                    }
                    if (status === "FAILED" || status === "ABORTED") {
                        throw new DrillError(
                            `restore job ${job} is ${status}: ${message ?? "no reason given"}`,
                        );
                    }
                    return { done: false, seen: `${status}${message === undefined ? "" : ` (${message})`}` };
                },
            });
        },
    };
}
