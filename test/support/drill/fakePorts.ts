/** The ports of a world in memory. */
import {
    type BackupPort,
    type DatabasePort,
    type ExperimentPort,
    type MetricValue,
    type Place,
    type RegionalAws,
    type RowMark,
    type TablePort,
    type TableView,
} from "../../../tools/drill/aws/ports";
import { planPort } from "../../../tools/drill/aws/regionSwitch/port";
import { shortCircuit } from "../regionSwitch/client";
import { SwitchError } from "../regionSwitch/service";
import {
    ENGINE,
    type FakeCluster,
    type FakeExperiment,
    type FakeRegion,
    type FakeTable,
    type WorldState,
} from "./fakeState";

/** AWS in a region of the world. */
export function fakeRegionalAws(world: WorldState, name: string): RegionalAws {
    const region = world.regions.get(name)!;
    const answer = <T>(operation: string, reply: () => T): Promise<T> => world.answer(name, operation, reply);
    return {
        region: name,
        accountId: () => answer("GetCallerIdentity", () => world.accountId),
        database: databasePort(world, name, region),
        fleets: {
            fleet: (group) =>
                answer("DescribeAutoScalingGroups", () => {
                    const fleet = region.fleets.get(group);
                    return fleet === undefined
                        ? undefined
                        : { name: group, ...fleet, inService: fleet.desired - (fleet.pending ?? 0) };
                }),
            resize: (group, size) =>
                answer("UpdateAutoScalingGroup", () => {
                    Object.assign(region.fleets.get(group)!, size);
                }),
        },
        backup: backupPort(world, name, region),
        experiments: experimentPort(world, name, region),
        plans: planPort(
            shortCircuit((operation, input) =>
                answer(operation, () => {
                    try {
                        return world.regionSwitch.call(name, operation, input);
                    } catch (error) {
                        throw error instanceof SwitchError
                            ? Object.assign(error, { name: error.code })
                            : error;
                    }
                }),
            ),
            name,
        ),
        tables: tablePort(world, name, region),
        parameters: {
            create: (parameter, value) =>
                answer("PutParameter", () => {
                    const isFree = !region.parameters.has(parameter);
                    if (isFree) {
                        region.parameters.set(parameter, [value]);
                    }
                    return isFree;
                }),
            replace: (parameter, value) =>
                answer("PutParameter", () => {
                    const versions = [...(region.parameters.get(parameter) ?? []), value];
                    region.parameters.set(parameter, versions);
                    return versions.length;
                }),
            read: (parameter, version) =>
                answer("GetParameter", () => {
                    const versions = region.parameters.get(parameter) ?? [];
                    const number = version ?? versions.length;
                    const value = versions[number - 1];
                    return value === undefined ? undefined : { value, version: number };
                }),
        },
        observe: {
            replicationLag: () =>
                answer("GetMetricData", () =>
                    region.lag === undefined
                        ? undefined
                        : {
                              milliseconds: region.lag,
                              ageMilliseconds: region.lagAge,
                              clockAheadMilliseconds: world.clockAheadMilliseconds,
                          },
                ),
            newest: (metric) =>
                answer("GetMetricData", () => ({
                    ...newestMinute(region.metrics.get(JSON.stringify(metric.dimensions)) ?? []),
                    clockAheadMilliseconds: world.clockAheadMilliseconds,
                })),
            publish: (metric, values) =>
                answer("PutMetricData", () => {
                    const name = JSON.stringify(metric.dimensions);
                    region.metrics.set(name, [...(region.metrics.get(name) ?? []), ...values]);
                }),
            certificates: (host) =>
                answer("ListCertificates", () => [
                    {
                        arn: `arn:aws:acm:${name}:certificate/1`,
                        status: "ISSUED",
                        names: [host, "origin.shop.example.com"],
                        expiresAt: world.clock.now() + region.certificateDays * 86_400_000,
                    },
                ]),
            quota: () => answer("GetServiceQuota", () => region.quota),
        },
        query: {
            createSecret: (secret, value) =>
                answer("CreateSecret", () => {
                    region.secrets.set(secret, value);
                    return `arn:aws:secretsmanager:${name}:secret:${secret}`;
                }),
            secretArn: (secret) =>
                answer("DescribeSecret", () =>
                    region.secrets.has(secret)
                        ? `arn:aws:secretsmanager:${name}:secret:${secret}`
                        : undefined,
                ),
            replaceSecret: (secret, value) =>
                answer("PutSecretValue", () => void region.secrets.set(secret, value)),
            deleteSecret: (secret) => answer("DeleteSecret", () => void region.secrets.delete(secret)),
            tables: (place) => answer("ExecuteStatement", () => dataOf(world, name, region, place)),
            marks: (place, view, { after, limit }) =>
                answer("ExecuteStatement", () => {
                    const rows = rowsOf(dataOf(world, name, region, place), view);
                    tooLarge(world, name, limit);
                    const begin =
                        after === undefined
                            ? 0
                            : rows.findIndex(({ key }) => key.join() === after.join()) + 1;
                    return rows.slice(begin, begin + limit);
                }),
            marksOf: (place, view, keys) =>
                answer("ExecuteStatement", () => {
                    const rows = rowsOf(dataOf(world, name, region, place), view);
                    tooLarge(world, name, keys.length + 1);
                    return keys.map((key) => rows.find((row) => row.key.join() === key.join()));
                }),
            contents: (place, view, keys) =>
                answer("ExecuteStatement", () => {
                    const rows = rowsOf(dataOf(world, name, region, place), view);
                    tooLarge(world, name, keys.length);
                    return keys.map((key) => {
                        const found = rows.find((row) => row.key.join() === key.join())?.json;
                        tooLarge(world, name, found?.includes("huge") === true ? Infinity : 0);
                        return found;
                    });
                }),
            firstNumber: ({ clusterArn: arn, secretArn, sql }) =>
                answer("ExecuteStatement", () => {
                    signedIn(world, name, region, { clusterArn: arn, secretArn });
                    // As PostgreSQL answers in a database that was made and never used.
                    return !world.faults.emptyDatabase ? 12 : sql.includes("pg_catalog.pg_namespace") ? 1 : 0;
                }),
        },
    };
}

/** The cluster of a place, when its secret is good; AWS's own no where it is not. */
function signedIn(
    world: WorldState,
    name: string,
    region: FakeRegion,
    { clusterArn: arn, secretArn }: Place,
): FakeCluster {
    const cluster = region.clusters.get(arn.split(":").at(-1) ?? "");
    const secret = region.secrets.get(secretArn.split(":secret:")[1] ?? "") ?? "{}";
    const { password } = JSON.parse(secret) as { password?: string };
    const now = world.clock.now();
    if (cluster?.dataApi !== true || now < (cluster.dataApiFrom ?? 0)) {
        world.fail(name, "ExecuteStatement", "HttpEndpointNotEnabledException");
    }
    if (cluster.password !== password || now < (cluster.passwordFrom ?? 0)) {
        const detail = 'FATAL: password authentication failed for user "meridian_admin"; SQLState: 28P01';
        world.fail(name, "ExecuteStatement", "BadRequestException", detail);
    }
    return cluster;
}

function dataOf(world: WorldState, name: string, region: FakeRegion, place: Place): FakeTable[] {
    return signedIn(world, name, region, place).data ?? [];
}

function rowsOf(data: readonly FakeTable[], view: TableView): (RowMark & { readonly json: string })[] {
    const { changedAt, hashed, key, shape } = view;
    const found = data.find(({ schema, table }) => schema === shape.schema && table === shape.table);
    return (found?.rows ?? [])
        .map((row) => ({
            key: key.map((column) => row[column] ?? ""),
            hash: hashed.map((column) => row[column]).join("|"),
            ...(changedAt === undefined ? {} : { changedAt: Number(row[changedAt]) }),
            json: JSON.stringify(row),
        }))
        .sort((a, b) => a.key.join().localeCompare(b.key.join()));
}

/** The Data API's no to an answer of too many rows. */
function tooLarge(world: WorldState, name: string, rows: number): void {
    if (rows > world.faults.mostRows || rows === Infinity) {
        const detail = "Database returned more than the allowed response size limit";
        world.fail(name, "ExecuteStatement", "BadRequestException", detail);
    }
}

/** AWS FIS: the same token is the same experiment; one that is over cannot be stopped. */
function experimentPort(world: WorldState, name: string, region: FakeRegion): ExperimentPort {
    const { lost } = world.faults;
    const { key = "" } = world.topology.regions.find((entry) => entry.region === name) ?? {};
    const settled = (id: string): FakeExperiment => {
        const found = region.experiments.get(id);
        if (found === undefined) {
            return world.fail(name, "GetExperiment", "ResourceNotFoundException");
        }
        const ran = world.clock.now() - found.startedAt - 10_000;
        const end = world.faults.endsExperiment;
        if (found.status === "stopping") {
            found.status = "stopped";
        } else if (
            end !== undefined &&
            ran >= end.after &&
            ["initiating", "running"].includes(found.status)
        ) {
            Object.assign(found, { status: end.status, reason: end.reason });
            lost.delete(key);
        } else if (found.status === "initiating" && ran >= 0) {
            found.status = "running";
            lost.add(key);
        }
        return found;
    };
    return {
        start: (templateId, token) =>
            world.answer(name, "StartExperiment", () => {
                const known = [...region.experiments.values()].find((each) => each.token === token);
                const id = known?.id ?? `EXP${region.experiments.size + 1}`;
                if (known === undefined) {
                    const startedAt = world.clock.now();
                    region.experiments.set(id, { id, templateId, token, startedAt, status: "initiating" });
                }
                return settled(id);
            }),
        find: (token) =>
            world.answer(name, "ListExperiments", () =>
                [...region.experiments.values()].find((each) => each.token === token),
            ),
        experiment: (id) => world.answer(name, "GetExperiment", () => ({ ...settled(id) })),
        stop: (id) =>
            world.answer(name, "StopExperiment", () => {
                const found = settled(id);
                if (["completed", "stopped", "failed"].includes(found.status)) {
                    world.fail(name, "StopExperiment", "ValidationException");
                }
                found.status = "stopping";
                lost.delete(key);
            }),
    };
}

function databasePort(world: WorldState, name: string, region: FakeRegion): DatabasePort {
    const answer = <T>(operation: string, reply: () => T): Promise<T> => world.answer(name, operation, reply);
    const find = (identifier: string): FakeCluster =>
        region.clusters.get(identifier) ?? world.fail(name, "DescribeDBClusters", "DBClusterNotFoundFault");
    const isOver = (time: number | undefined, early: number): boolean =>
        world.clock.now() >= (time ?? 0) + early;
    const arn = (identifier: string): string =>
        `arn:aws:rds:${name}:${world.topology.accountId}:cluster:${identifier}`;
    return {
        globalDatabase: () => answer("DescribeGlobalClusters", () => world.globalDatabase(name)),
        cluster: (identifier) =>
            answer("DescribeDBClusters", () => {
                const found = region.clusters.get(identifier);
                return found === undefined
                    ? undefined
                    : {
                          identifier,
                          arn: arn(identifier),
                          status: found.status,
                          engine: ENGINE,
                          engineVersion: found.version,
                          encrypted: true,
                          subnetGroup: "data",
                          securityGroupIds: ["sg-1"],
                          databaseName: "shop",
                          masterUsername: "meridian_admin",
                          capacity: { ...found.capacity },
                          // As AWS: said a moment before it is so.
                          httpEndpoint: found.dataApi && isOver(found.dataApiFrom, -10_000),
                          passwordPending: !isOver(found.passwordFrom, -10_000),
                          ...(found.parameterGroup === undefined
                              ? {}
                              : { parameterGroup: found.parameterGroup }),
                          hasWriter: found.writesItself ?? world.isWriter(name, identifier),
                      };
            }),
        instances: (identifier) =>
            answer("DescribeDBInstances", () =>
                (region.clusters.get(identifier)?.instances ?? []).map((instance) => ({ ...instance })),
            ),
        switchover: (_global, target) =>
            answer("SwitchoverGlobalCluster", () => {
                world.begin(name, "SwitchoverGlobalCluster", target, true);
            }),
        failover: (_global, target) =>
            answer("FailoverGlobalCluster", () => {
                world.begin(name, "FailoverGlobalCluster", target, false);
            }),
        setCapacity: (identifier, capacity) =>
            answer("ModifyDBCluster", () => {
                find(identifier).capacity = { ...capacity };
            }),
        setEngineVersion: (identifier, version) =>
            answer("ModifyDBCluster", () => {
                find(identifier).version = version;
            }),
        setGlobalEngineVersion: (_global, version) =>
            answer("ModifyGlobalCluster", () => {
                for (const { key } of world.topology.regions) {
                    const cluster = world.cluster(key);
                    cluster.version = version;
                    cluster.parameterGroup = `default.${ENGINE}${version.split(".")[0] ?? ""}`;
                }
            }),
        upgradeTargets: () => answer("DescribeDBEngineVersions", () => [...world.upgradeTargets]),
        parameterGroupFamily: (group) =>
            answer("DescribeDBClusterParameterGroups", () => world.parameterGroups.get(group)),
        engineFamily: (engine, version) =>
            answer("DescribeDBEngineVersions", () => `${engine}${version.split(".")[0] ?? ""}`),
        snapshots: (prefix) =>
            answer("DescribeDBClusterSnapshots", () =>
                region.snapshots
                    .filter(({ identifier }) => identifier.startsWith(prefix))
                    .map(({ data: _, ...snapshot }) => snapshot)
                    .sort((a, b) => b.createdAt - a.createdAt),
            ),
        restoreSnapshot: ({ identifier, snapshot, tags }) =>
            answer("RestoreDBClusterFromSnapshot", () => {
                if (!region.clusters.has(identifier)) {
                    makeRestored(region, identifier, true, world.clock.now() + world.faults.settlesAfter);
                    const made = find(identifier);
                    made.tags = { ...tags };
                    made.data = region.snapshots.find(
                        (other) => other.identifier === snapshot.identifier,
                    )!.data;
                }
            }),
        createInstance: ({ clusterIdentifier, identifier }) =>
            answer("CreateDBInstance", () => {
                const { busyUntil, instances } = find(clusterIdentifier);
                if (!isOver(busyUntil, 0)) {
                    world.fail(name, "CreateDBInstance", "InvalidDBClusterStateFault");
                }
                if (!instances.some((instance) => instance.identifier === identifier)) {
                    instances.push({ identifier, status: "available" });
                }
            }),
        deleteInstance: (identifier) =>
            answer("DeleteDBInstance", () => {
                for (const cluster of region.clusters.values()) {
                    cluster.instances = cluster.instances.filter((other) => other.identifier !== identifier);
                }
            }),
        deleteCluster: (identifier) =>
            answer("DeleteDBCluster", () => {
                if (find(identifier).instances.length > 0) {
                    world.fail(name, "DeleteDBCluster", "InvalidDBClusterStateFault");
                }
                region.clusters.delete(identifier);
            }),
        setMasterPassword: (identifier, password) =>
            answer("ModifyDBCluster", () => {
                const cluster = find(identifier);
                cluster.password = password;
                cluster.passwordFrom = world.clock.now() + world.faults.settlesAfter;
            }),
        enableDataApi: (clusterArnText) =>
            answer("EnableHttpEndpoint", () => {
                const cluster = find(clusterArnText.split(":").at(-1) ?? "");
                cluster.dataApi = true;
                cluster.dataApiFrom = world.clock.now() + world.faults.settlesAfter;
            }),
        addTags: (arnText, tags) =>
            answer("AddTagsToResource", () => {
                Object.assign(find(arnText.split(":").at(-1) ?? "").tags, tags);
            }),
    };
}

function backupPort(world: WorldState, name: string, region: FakeRegion): BackupPort {
    const answer = <T>(operation: string, reply: () => T): Promise<T> => world.answer(name, operation, reply);
    return {
        recoveryPoints: (vault) =>
            answer("ListRecoveryPointsByBackupVault", () =>
                region.points
                    .filter((point) => point.vault === vault)
                    .sort((a, b) => b.createdAt - a.createdAt),
            ),
        restoreMetadata: () =>
            answer("GetRecoveryPointRestoreMetadata", () => ({
                dbClusterIdentifier: "old",
                targetTableName: "old",
            })),
        startRestore: ({ metadata, resourceType, roleArn, token }) =>
            answer("StartRestoreJob", () => {
                const isCluster = resourceType === "Aurora";
                const made = isCluster ? metadata["dbClusterIdentifier"] : metadata["targetTableName"];
                for (const [id, job] of region.jobs) {
                    if (job.token === token) {
                        return id;
                    }
                }
                const id = `job-${region.jobs.size + 1}`;
                region.jobs.set(id, { name: made ?? "", isCluster, roleArn, token });
                if (!world.faults.restoreFails) {
                    makeRestored(
                        region,
                        made ?? "",
                        isCluster,
                        world.clock.now() + world.faults.settlesAfter,
                    );
                }
                return id;
            }),
        restoreJob: (id) =>
            answer("DescribeRestoreJob", () =>
                world.faults.restoreFails
                    ? { status: "FAILED", message: "the key is not accessible" }
                    : { status: "COMPLETED", createdArn: `arn:${region.jobs.get(id)?.name ?? ""}` },
            ),
    };
}

function makeRestored(region: FakeRegion, name: string, isCluster: boolean, busyUntil: number): void {
    if (isCluster) {
        region.clusters.set(name, {
            status: "available",
            version: "18.6",
            capacity: { min: 0, max: 1 },
            instances: [],
            dataApi: false,
            busyUntil,
            tags: {},
        });
    } else {
        region.tables.set(name, { status: "ACTIVE", items: 3, tags: {} });
    }
}

function tablePort(world: WorldState, name: string, region: FakeRegion): TablePort {
    const answer = <T>(operation: string, reply: () => T): Promise<T> => world.answer(name, operation, reply);
    return {
        table: (table) =>
            answer("DescribeTable", () => {
                const found = region.tables.get(table);
                return found === undefined ? undefined : { arn: `table/${table}`, status: found.status };
            }),
        hasItems: (table) => answer("Scan", () => (region.tables.get(table)?.items ?? 0) > 0),
        deleteTable: (table) => answer("DeleteTable", () => void region.tables.delete(table)),
        addTags: (arn, tags) =>
            answer("TagResource", () => {
                Object.assign(region.tables.get(arn.replace("table/", ""))!.tags, tags);
            }),
    };
}

/** What CloudWatch says of the newest minute that has values: the highest of them. */
function newestMinute(values: readonly MetricValue[]): { readonly newest?: MetricValue } {
    const minuteOf = ({ at }: MetricValue): number => Math.floor(at / 60_000) * 60_000;
    const at = Math.max(...values.map(minuteOf));
    const own = values.filter((value) => minuteOf(value) === at);
    return own.length === 0 ? {} : { newest: { at, value: Math.max(...own.map(({ value }) => value)) } };
}
