/** What a restored Aurora cluster needs to be looked into, and how it goes away. */
import { randomBytes } from "node:crypto";
import { type Cluster, type Place } from "../aws/ports";
import { AwsCallError, DrillError, messageOf } from "../errors";
import { insist } from "../engine/insist";
import { type Context, type Step } from "../engine/step";
import { type Look, waitFor, waitInStep } from "../engine/wait";
import { requireRegion } from "../topology/types";
import { restoredName, type RestoreRequest, throwAwaySuffix } from "./restoreRequest";

/** Enough to answer a query, and no more: the copy carries no load. */
const CAPACITY = { min: 0.5, max: 4 };

/** The steps between a restored cluster and a verified one. */
export function clusterRestoreSteps(request: RestoreRequest): Step[] {
    return [...clusterOpenSteps(request), verifyData(request)];
}

/** The steps between a restored cluster and one that answers queries. */
export function clusterOpenSteps(request: RestoreRequest): Step[] {
    return [addInstance(request), openForQueries(request)];
}

/** Where the copy answers queries. */
export async function placeOfCopy(context: Context, request: RestoreRequest): Promise<Place> {
    const cluster = await restoredCluster(context, request);
    const { query } = context.aws.in(requireRegion(request.topology, request.region).region);
    return {
        clusterArn: cluster.arn,
        secretArn: (await query.secretArn(secretName(context))) ?? "",
        ...(cluster.databaseName === undefined ? {} : { database: cluster.databaseName }),
    };
}

/** Asks the copy, and waits while it does not let anybody in yet. */
export function onceOpen<T>(context: Context, ask: () => Promise<T>): Promise<T> {
    return waitInStep(context, {
        what: "the restored database to answer",
        hint: "Try the query in the RDS console's query editor, with the secret of this run.",
        look: async (): Promise<Look<T>> => {
            try {
                return { done: true, value: await ask() };
            } catch (error) {
                if (!isNotYetOpen(error)) {
                    throw error;
                }
                return { done: false, seen: messageOf(error) };
            }
        },
    });
}

async function restoredCluster(context: Context, request: RestoreRequest): Promise<Cluster> {
    const { region } = requireRegion(request.topology, request.region);
    const name = restoredName(context, request);
    const found = await context.aws.in(region).database.cluster(name);
    if (found === undefined) {
        throw new DrillError(`there is no restored cluster ${name} in ${region}`);
    }
    return found;
}

function instanceName(context: Context, request: RestoreRequest): string {
    return `${restoredName(context, request)}-1`;
}

/** Tags what a run makes, so that people find what an interrupted one left. */
export function ownTags(context: Context): Record<string, string> {
    return { "meridian:drill": context.runId };
}

function addInstance(request: RestoreRequest): Step {
    const { region } = requireRegion(request.topology, request.region);
    return {
        id: `${request.scope}add-instance`,
        title: "Add an instance",
        kind: "change",
        why: "What is restored is the cluster's storage alone; without an instance nobody can look into it.",
        byHand:
            `aws rds create-db-instance --region ${region} --db-cluster-identifier <restored> ` +
            "--db-instance-class db.serverless --engine aurora-postgresql …",
        timeoutSeconds: 2700,
        cleanedBy: `${request.scope}destroy`,
        describe: (context) => instanceName(context, request),
        isDone: async (context) => {
            const instances = await context.aws.in(region).database.instances(restoredName(context, request));
            return instances.some(({ status }) => status === "available");
        },
        run: async (context) => {
            const { database } = context.aws.in(region);
            const identifier = instanceName(context, request);
            const tags = ownTags(context);
            const cluster = await waitForCluster(context, request);
            await patiently(context, "the tags of the copy", () => database.addTags(cluster.arn, tags));
            await patiently(context, "the capacity of the copy", () =>
                database.setCapacity(cluster.identifier, CAPACITY),
            );
            await waitForCluster(context, request);
            // A cluster that is available may still be at work, and takes no instance then.
            await patiently(context, `the instance ${identifier}`, () =>
                database.createInstance({
                    identifier,
                    clusterIdentifier: cluster.identifier,
                    engine: cluster.engine,
                    tags,
                }),
            );
            return waitInStep(context, {
                what: `${identifier} to be available`,
                hint: "Look at the instance's events in the RDS console.",
                look: async (): Promise<Look<string>> => {
                    const instances = await database.instances(cluster.identifier);
                    const status = instances.find((instance) => instance.identifier === identifier)?.status;
                    return status === "available"
                        ? { done: true, value: `${identifier} is available` }
                        : { done: false, seen: status ?? "not there yet" };
                },
            });
        },
    };
}

/** Asks AWS for a change of the copy until it is taken up: a copy that is just being made is often not ready for it. */
function patiently<T>(context: Context, what: string, call: () => Promise<T>): Promise<T> {
    return insist(context, { what, hint: "Look at the copy's events in the RDS console." }, call);
}

/** Waits until the copy is available, with nothing pending and what else is wanted. */
export async function waitForCluster(
    context: Context,
    request: RestoreRequest,
    wanted: { readonly what: string; readonly is: (cluster: Cluster) => boolean } = {
        what: "available",
        is: () => true,
    },
): Promise<Cluster> {
    const { region } = requireRegion(request.topology, request.region);
    const { database } = context.aws.in(region);
    const name = restoredName(context, request);
    return waitInStep(context, {
        what: `${name} to be ${wanted.what}`,
        hint: "Look at the cluster's events in the RDS console.",
        look: async (): Promise<Look<Cluster>> => {
            const cluster = await database.cluster(name);
            if (cluster === undefined) {
                return { done: false, seen: "not there yet" };
            }
            if (cluster.status !== "available") {
                return { done: false, seen: cluster.status };
            }
            if (cluster.passwordPending) {
                return { done: false, seen: "the new password is pending" };
            }
            return wanted.is(cluster)
                ? { done: true, value: cluster }
                : { done: false, seen: `available, and not yet ${wanted.what}` };
        },
    });
}

function openForQueries(request: RestoreRequest): Step {
    const { region } = requireRegion(request.topology, request.region);
    return {
        id: `${request.scope}open`,
        title: "Open the copy for queries",
        kind: "change",
        why:
            "A master password of the copy's own, in a secret that goes away with it: the original's stays where it is. " +
            "The RDS Data API needs no network path.",
        byHand: `aws rds modify-db-cluster --region ${region} --db-cluster-identifier <restored> --master-user-password …; aws rds enable-http-endpoint --region ${region} …`,
        timeoutSeconds: 1200,
        cleanedBy: `${request.scope}destroy`,
        describe: (context) => `a new master password of ${restoredName(context, request)}, and the Data API`,
        run: async (context) => {
            const { database, query } = context.aws.in(region);
            const cluster = await restoredCluster(context, request);
            const secret = secretName(context);
            const password = randomBytes(24).toString("base64url");
            const value = JSON.stringify({ username: cluster.masterUsername ?? "", password });
            if ((await query.secretArn(secret)) === undefined) {
                await query.createSecret(secret, value, ownTags(context));
            } else {
                await query.replaceSecret(secret, value);
            }
            await patiently(context, "the new password", () =>
                database.setMasterPassword(cluster.identifier, password),
            );
            await waitForCluster(context, request);
            await patiently(context, "the Data API", () => database.enableDataApi(cluster.arn));
            await waitForCluster(context, request, {
                what: "open for the Data API",
                is: ({ httpEndpoint }) => httpEndpoint,
            });
            return "the Data API is open";
        },
    };
}

function secretName({ runId }: Pick<Context, "runId">): string {
    return `meridian/drill/${throwAwaySuffix(runId)}`;
}

function verifyData(request: RestoreRequest): Step {
    const { region } = requireRegion(request.topology, request.region);
    return {
        id: `${request.scope}verify-data`,
        title: "Verify the data",
        kind: "measure",
        why:
            "A backup that nobody has read is a hope: the query of restore.query must find more than nothing. The one that is " +
            "used when nothing is said counts the schemas that are not PostgreSQL's own: a shop that has sold nothing yet " +
            "has them too. Say one of yours that counts what is never empty.",
        timeoutSeconds: 900,
        describe: ({ topology }) => topology.restore.query,
        run: async (context) => {
            const sql = context.topology.restore.query;
            const cluster = await restoredCluster(context, request);
            if (!cluster.encrypted) {
                throw new DrillError(`${cluster.identifier} was restored without encryption`);
            }
            const { query } = context.aws.in(region);
            const place = await placeOfCopy(context, request);
            const count = await onceOpen(context, () => query.firstNumber({ ...place, sql }));
            if (count === undefined || count <= 0) {
                throw new DrillError(
                    `the restored database answers ${count ?? "nothing"} to "${sql}"`,
                    "Either the backup is empty, or the query is not one of this database.",
                );
            }
            context.facts.set(`${request.scope}verified`, context.clock.now());
            return `the restored database answers ${count}`;
        },
    };
}

/**
 * Whether the Data API refuses what will be taken in a moment: AWS says that a cluster is available before its new
 * password and the endpoint are, and says so under names that stand for much else.
 */
function isNotYetOpen(error: unknown): boolean {
    return (
        error instanceof AwsCallError &&
        (error.code === "SecretsErrorException" ||
            /SQLState: 28P01|password authentication failed|HttpEndpoint is not enabled/i.test(error.message))
    );
}

/** Takes the copy and its secret away. */
export function destroyCluster(request: RestoreRequest): Step {
    const { region } = requireRegion(request.topology, request.region);
    return {
        id: `${request.scope}destroy`,
        title: "Destroy the copy",
        kind: "cleanup",
        why: "Also when a step before it failed. Only what bears this run's own suffix is deleted.",
        byHand: `aws rds delete-db-instance --region ${region} …; aws rds delete-db-cluster --region ${region} --db-cluster-identifier <restored> --skip-final-snapshot`,
        timeoutSeconds: 3600,
        describe: (context) => restoredName(context, request),
        run: async (context) => {
            const { aws, topology } = context;
            const { database, query } = aws.in(region);
            const name = restoredName(context, request);
            guardName(
                name,
                context,
                topology.regions.map(({ clusterIdentifier }) => clusterIdentifier),
            );
            await query.deleteSecret(secretName(context));
            await awaitJobEnd(context, request);
            return waitInStep(context, {
                what: `${name} to be gone`,
                hint: `Delete the cluster ${name} in ${region} by hand: it costs money.`,
                look: async (): Promise<Look<string>> => {
                    const instances = await database.instances(name);
                    for (const { identifier, status } of instances) {
                        if (status !== "deleting") {
                            await database.deleteInstance(identifier);
                        }
                    }
                    const cluster = await database.cluster(name);
                    if (cluster === undefined) {
                        return { done: true, value: `${name} is gone` };
                    }
                    if (instances.length === 0 && cluster.status !== "deleting") {
                        await database.deleteCluster(name);
                    }
                    return { done: false, seen: `cluster ${cluster.status}, ${instances.length} instances` };
                },
            });
        },
    };
}

/** A job that is still at work would make the copy after it was looked for. */
export async function awaitJobEnd(context: Context, request: RestoreRequest): Promise<void> {
    const { aws, clock, facts, signal, timeoutSeconds, topology } = context;
    const { region } = requireRegion(request.topology, request.region);
    const job = facts.get(`${request.scope}restore-job`);
    if (typeof job !== "string") {
        return;
    }
    await waitFor({
        what: `restore job ${job} to end`,
        timeoutSeconds,
        pollSeconds: topology.pollSeconds,
        clock,
        signal,
        hint: "Look at the job in the AWS Backup console, and delete what it makes by hand.",
        look: async (): Promise<Look<undefined>> => {
            const { status } = await aws.in(region).backup.restoreJob(job);
            return ["COMPLETED", "FAILED", "ABORTED"].includes(status)
                ? { done: true, value: undefined }
                : { done: false, seen: status };
        },
    });
}

/** @throws DrillError unless the name is one that this run made. */
export function guardName(name: string, context: Pick<Context, "runId">, originals: readonly string[]): void {
    if (!name.endsWith(`-${throwAwaySuffix(context.runId)}`) || originals.includes(name)) {
        throw new DrillError(`${name} is not of this run's making, and is not deleted`);
    }
}
