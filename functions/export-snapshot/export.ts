import {
    DescribeExportTasksCommand,
    type ExportTask,
    ExportTaskAlreadyExistsFault,
    type RDSClient,
    StartExportTaskCommand,
} from "@aws-sdk/client-rds";

/** What EventBridge says of a backup job that AWS Backup has completed. */
export interface BackupEvent {
    /** ARN of what the job made. */
    resources: string[];
    detail: {
        /** ARN of what was backed up. */
        resourceArn?: string;
    };
}

/** What an export works with. */
export interface ExportTools {
    rds: Pick<RDSClient, "send">;
    bucket: string;
    /** The role that RDS writes with. */
    roleArn: string;
    /** The key that RDS encrypts with. */
    keyArn: string;
    /** Days between two exports of a database. */
    intervalDays: number;
    /** Days after which somebody must be told that there is no newer export. */
    lateAfterDays: number;
    now: () => Date;
}

const DAY = 86_400_000;

// A day has backups a little sooner and a little later than the day before.
const JITTER = DAY / 4;

/** States of an export that came to nothing. Source: RDS API Reference, ExportTask, Status. */
const FAILED = ["CANCELED", "CANCELING", "FAILED"];

/**
 * Exports a new snapshot, unless its database was exported lately. An export that fails is made up for by the next
 * snapshot.
 *
 * @returns What was done, for the log.
 * @throws Error when no export of the database has been completed for too long, after having started one that is due.
 */
export async function exportSnapshot(event: BackupEvent, tools: ExportTools): Promise<string> {
    const snapshot = event.resources.find((arn) => arn.includes(":cluster-snapshot:"));
    if (snapshot === undefined) {
        return "this was no snapshot of a cluster, so there is nothing to export";
    }
    const cluster = event.detail.resourceArn?.split(":cluster:")[1];
    if (cluster === undefined || cluster === "") {
        throw new Error(`the event does not say which cluster ${snapshot} is of`);
    }
    const tasks = await exportsOf(cluster, tools);
    const done = await startIfDue(snapshot, cluster, tasks, tools);
    const late = lateness(cluster, tasks, tools);
    if (late !== undefined) {
        throw new Error(`${late}; ${done}`);
    }
    return done;
}

/** All exports of the cluster: its name is the folder that they are in. */
async function exportsOf(cluster: string, { bucket, rds }: ExportTools): Promise<ExportTask[]> {
    const found: ExportTask[] = [];
    let marker: string | undefined;
    do {
        const page = await rds.send(
            new DescribeExportTasksCommand({
                Filters: [{ Name: "s3-bucket", Values: [bucket] }],
                Marker: marker,
            }),
        );
        found.push(...(page.ExportTasks ?? []));
        marker = page.Marker;
    } while (marker !== undefined && marker !== "");
    return found.filter((task) => task.S3Prefix === cluster);
}

async function startIfDue(
    snapshot: string,
    cluster: string,
    tasks: readonly ExportTask[],
    tools: ExportTools,
): Promise<string> {
    const standing = tasks.filter(({ Status }) => !FAILED.includes(Status ?? ""));
    if (standing.some(({ SourceArn }) => SourceArn === snapshot)) {
        return `${snapshot} is exported already`;
    }
    const newest = newestOf(standing);
    if (newest !== undefined) {
        const age = tools.now().getTime() - newest.getTime();
        if (age < tools.intervalDays * DAY - JITTER) {
            return `${cluster} was exported as of ${newest.toISOString()}, which is not long enough ago`;
        }
    }
    try {
        await tools.rds.send(
            new StartExportTaskCommand({
                ExportTaskIdentifier: taskIdentifier(snapshot),
                SourceArn: snapshot,
                S3BucketName: tools.bucket,
                S3Prefix: cluster,
                IamRoleArn: tools.roleArn,
                KmsKeyId: tools.keyArn,
            }),
        );
    } catch (error) {
        // The event came twice, or this snapshot's export has failed: then the next snapshot's turn is tomorrow.
        if (error instanceof ExportTaskAlreadyExistsFault) {
            return `${snapshot} has had an export already`;
        }
        throw error;
    }
    return `the export of ${snapshot} has begun`;
}

/** Says so when the newest completed export, or the first try at one, is too long ago. */
function lateness(cluster: string, tasks: readonly ExportTask[], tools: ExportTools): string | undefined {
    const completed = newestOf(tasks.filter(({ Status }) => Status === "COMPLETE"));
    const since = completed ?? oldestOf(tasks);
    if (since === undefined || tools.now().getTime() - since.getTime() <= tools.lateAfterDays * DAY) {
        return undefined;
    }
    return completed === undefined
        ? `${cluster} has had no complete export since the first was tried at ${since.toISOString()}`
        : `the newest complete export of ${cluster} is as of ${since.toISOString()}`;
}

/** The moment that an export shows. */
function momentOf({ SnapshotTime, TaskStartTime }: ExportTask): number[] {
    const moment = SnapshotTime ?? TaskStartTime;
    return moment === undefined ? [] : [moment.getTime()];
}

function newestOf(tasks: readonly ExportTask[]): Date | undefined {
    const moments = tasks.flatMap(momentOf);
    return moments.length === 0 ? undefined : new Date(Math.max(...moments));
}

function oldestOf(tasks: readonly ExportTask[]): Date | undefined {
    const moments = tasks.flatMap(momentOf);
    return moments.length === 0 ? undefined : new Date(Math.min(...moments));
}

/**
 * The export's name: the same for the same snapshot, so that it is not exported twice. RDS takes 60 letters, digits
 * and single hyphens, a letter first.
 */
export function taskIdentifier(snapshot: string): string {
    const name = snapshot.split(":cluster-snapshot:")[1] ?? snapshot;
    const plain = name.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(-53);
    return `export-${plain.replaceAll(/^-|-$/g, "")}`;
}
