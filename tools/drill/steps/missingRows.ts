/** Restores the snapshot that Aurora took of a lost primary, and says which of its rows the writer has not. */
import { isoTime } from "../../shared/clock";
import { type Snapshot } from "../aws/ports";
import { DrillError, RefusedError } from "../errors";
import { type Context, type Step } from "../engine/step";
import { throwIfStopped } from "../engine/wait";
import { requireRegion } from "../topology/types";
import { compareDatabases, type FoundRow, lineOf, type Side, type TableResult } from "./comparing";
import { accountProblems } from "./preflight";
import {
    clusterOpenSteps,
    destroyCluster,
    onceOpen,
    ownTags,
    placeOfCopy,
    waitForCluster,
} from "./restoringCluster";
import { restoredName, type RestoreRequest } from "./restoreRequest";
import { clusterOf } from "./state";

/** What is looked for, and where. */
export interface MissingRequest extends RestoreRequest {
    /** Key of the region that writes. */
    readonly writer: string;
}

/** The fact with the results, which no other machine needs; and with the file of the rows. */
export const COMPARED = "compared/measured";

/** What a comparison came to. */
export interface Compared {
    readonly tables: readonly TableResult[];
    /** The file with the rows; left out where there are none. */
    readonly file?: string;
}

/** The steps from the search for the snapshot to the last trace being gone. */
export function missingSteps(request: MissingRequest): Step[] {
    return [
        findSnapshot(request),
        restoreSnapshot(request),
        ...clusterOpenSteps(request),
        compare(request),
        destroyCluster(request),
    ];
}

function findSnapshot(request: MissingRequest): Step {
    const { topology } = request;
    const old = requireRegion(topology, request.region);
    const writer = requireRegion(topology, request.writer);
    const prefix = `rds:unplanned-global-failover-${old.clusterIdentifier}-`;
    return {
        id: "find-snapshot",
        title: "Find the snapshot of the old primary",
        kind: "check",
        why:
            "Before Aurora gives the old primary a new volume it tries to take a snapshot of the old one: when the region is " +
            "back, and after a failover with FailoverGlobalCluster alone. It goes away with the cluster's backup retention.",
        byHand: `aws rds describe-db-cluster-snapshots --region ${old.region} --query "DBClusterSnapshots[?starts_with(DBClusterSnapshotIdentifier, '${prefix}')]"`,
        timeoutSeconds: 120,
        looksAgain: true,
        describe: () => `${prefix}… in ${old.key}`,
        run: async (context) => {
            const problems = await accountProblems(context, old);
            if (topology.missing.signIns[writer.key] === undefined) {
                problems.push(
                    `missing.signIns.${writer.key} is missing in the drill's settings: the ARN, in ${writer.region}, of a ` +
                        "secret with user name and password of somebody who may read the tables",
                );
            }
            const cluster = await clusterOf(context, writer);
            if (!cluster.httpEndpoint) {
                problems.push(`the Data API of ${cluster.identifier} is off, and nothing is changed there`);
            }
            if (problems.length > 0) {
                throw new RefusedError(problems, "Nothing was restored.");
            }
            const { identifier, createdAt } = await context.facts.remember("snapshot", () =>
                newestSnapshot(context, request, prefix),
            );
            return `${identifier}, made ${isoTime(createdAt)}`;
        },
    };
}

async function newestSnapshot(context: Context, request: MissingRequest, prefix: string): Promise<Snapshot> {
    const { key, region } = requireRegion(request.topology, request.region);
    const [newest] = await context.aws.in(region).database.snapshots(prefix);
    if (newest === undefined) {
        throw new RefusedError(
            [`${key} has no snapshot ${prefix}…`],
            "Aurora tries to take it when the region is back, and keeps it as long as the cluster keeps backups. After a " +
                "switchover, or where the region has not rejoined yet, there is none.",
        );
    }
    if (newest.status !== "available") {
        throw new RefusedError(
            [`${newest.identifier} is ${newest.status}`],
            "Run it again when the snapshot is available.",
        );
    }
    return newest;
}

function restoreSnapshot(request: MissingRequest): Step {
    const old = requireRegion(request.topology, request.region);
    return {
        id: "restore-snapshot",
        title: "Restore the snapshot beside the original",
        kind: "change",
        why: "Into a cluster named after this run, in the region's own data subnets. The snapshot stays as it is.",
        byHand: `aws rds restore-db-cluster-from-snapshot --region ${old.region} --snapshot-identifier <snapshot> --db-cluster-identifier <restored> --engine aurora-postgresql …`,
        timeoutSeconds: 7200,
        cleanedBy: "destroy",
        describe: (context) => `into ${restoredName(context, request)}`,
        run: async (context) => {
            const { database } = context.aws.in(old.region);
            const name = restoredName(context, request);
            const original = await database.cluster(old.clusterIdentifier);
            await database.restoreSnapshot({
                identifier: name,
                snapshot: context.facts.get("snapshot") as Snapshot,
                securityGroupIds: original?.securityGroupIds ?? [],
                tags: ownTags(context),
                ...(original?.subnetGroup === undefined ? {} : { subnetGroup: original.subnetGroup }),
            });
            await waitForCluster(context, request);
            return `${name} is available`;
        },
    };
}

function compare(request: MissingRequest): Step {
    const old = requireRegion(request.topology, request.region);
    const writer = requireRegion(request.topology, request.writer);
    return {
        id: "compare",
        title: "Compare the rows",
        kind: "measure",
        why:
            "Each row of the copy is looked for in the cluster that writes, by key; one that is there is compared by a hash. " +
            "Only reads are made, of both. A row that was deleted since the failover is missing too, and one that was " +
            "changed since differs too: whoever knows the shop judges that.",
        timeoutSeconds: 14_400,
        describe: () => `the copy in ${old.key} with ${writer.clusterIdentifier} in ${writer.key}`,
        run: async (context) => {
            const { aws, facts, keep, signal, topology } = context;
            const place = await placeOfCopy(context, request);
            const copy: Side = { query: aws.in(old.region).query, place };
            await onceOpen(context, () => copy.query.tables(place));
            const { arn, databaseName } = await clusterOf(context, writer);
            const database = place.database ?? databaseName;
            const secretArn = topology.missing.signIns[writer.key];
            if (secretArn === undefined) {
                throw new DrillError(`missing.signIns.${writer.key} is missing in the drill's settings`);
            }
            let file: string | undefined;
            const tables = await compareDatabases({
                copy,
                writer: {
                    query: aws.in(writer.region).query,
                    place: { clusterArn: arn, secretArn, ...(database === undefined ? {} : { database }) },
                },
                settings: topology.missing,
                onFound: (rows: readonly FoundRow[]) => {
                    const lines = rows.map(lineOf).join("");
                    file = keep("missing.jsonl", lines, file === undefined);
                },
                onTable: ({ differs, missing, rows, skipped, table }) => {
                    context.log(
                        skipped === undefined
                            ? `${table}: ${rows} rows, ${missing} missing, ${differs} differ`
                            : `${table}: ${skipped}`,
                    );
                },
                goOn: () => {
                    throwIfStopped(signal);
                },
            });
            facts.set(COMPARED, { tables, ...(file === undefined ? {} : { file }) } satisfies Compared);
            const sum = (of: (table: TableResult) => number): number =>
                tables.reduce((total, table) => total + of(table), 0);
            return `${tables.length} tables, ${sum(({ rows }) => rows)} rows: ${sum(({ missing }) => missing)} missing, ${sum(({ differs }) => differs)} differ`;
        },
    };
}
