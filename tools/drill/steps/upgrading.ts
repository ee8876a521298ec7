/** Upgrades the engine, member by member or, for a new major version, all at once. */
import { RefusedError } from "../errors";
import { insist } from "../engine/insist";
import { type Context, type Step } from "../engine/step";
import { type Look, waitInStep } from "../engine/wait";
import { type RegionTopology, requireRegion, type Topology } from "../topology/types";
import { accountProblems } from "./preflight";
import { clusterOf, globalAnywhere, instancesOf, isWhole, showGlobal, writerOf } from "./state";
import { compareVersions, pathProblems } from "./versions";

/** What is upgraded, in which order. */
export interface UpgradeRequest {
    readonly topology: Topology;
    readonly version: string;
    /** Keys of regions, in the order in which they are upgraded: the one that writes last. */
    readonly order: readonly string[];
    /** Whether it is a new major version. */
    readonly major: boolean;
    /** Key of the region that writes. */
    readonly writer: string;
}

/** What to do when AWS does not take an upgrade up. */
const NOT_TAKEN_UP =
    "Look at the clusters' events in the RDS console, and run the same command again to go on.";

/** Looks whether every member can be upgraded, and whether the order is right now. */
export function upgradePreflight(request: UpgradeRequest): Step {
    const { order, topology, version } = request;
    return {
        id: "preflight",
        title: "Preflight",
        kind: "check",
        why:
            "A secondary that is older than the writer cannot replay what the writer sends, so secondaries go first. A " +
            "switchover needs equal versions on both sides, so an upgrade is not left half done.",
        byHand: order
            .map(
                (key) =>
                    `aws rds describe-db-engine-versions --region ${requireRegion(topology, key).region} ` +
                    "--engine aurora-postgresql --engine-version <now> --query '*[].ValidUpgradeTarget'",
            )
            .join("\n"),
        timeoutSeconds: 180,
        describe: () => `look whether ${order.join(", then ")} can go to ${version}`,
        run: async (context) => {
            const problems = await findProblems(context, request);
            if (problems.length > 0) {
                throw new RefusedError(problems, "Nothing was changed.");
            }
            if (request.major) {
                await warnOfParameterGroups(context, request);
            }
            return `${order.join(", then ")} can go to ${version}${topology.regions.length > order.length ? "; the others stay" : ""}`;
        },
    };
}

/** The fact that names the regions whose clusters had parameter groups of their own. */
const OWN_GROUPS = "own-parameter-groups";

function isOwn(parameterGroup = "default."): boolean {
    return !parameterGroup.startsWith("default.");
}

/**
 * Says what becomes of parameter groups. A new major version has a family of its own, AWS sets cluster and instances to
 * its defaults, and takes no other group meanwhile.
 * Source: Amazon RDS API Reference, ModifyGlobalCluster, AllowMajorVersionUpgrade.
 */
async function warnOfParameterGroups(context: Context, { topology, version }: UpgradeRequest): Promise<void> {
    const found: string[] = [];
    for (const region of topology.regions) {
        const { engine, parameterGroup } = await clusterOf(context, region);
        if (parameterGroup === undefined || !isOwn(parameterGroup)) {
            continue;
        }
        const { database } = context.aws.in(region.region);
        const family = (await database.parameterGroupFamily(parameterGroup)) ?? "a family that is not known";
        const next = await database.engineFamily(engine, version);
        if (family !== next) {
            found.push(region.key);
            context.warn(
                `${region.key}'s parameter group ${parameterGroup} is of ${family}, and ${version} takes groups of ` +
                    `${next ?? "another one"} alone: AWS sets the cluster and its instances to the default groups, and what is ` +
                    "set in their own is off until they have new ones",
            );
        }
    }
    context.facts.set(OWN_GROUPS, found);
}

/** That clusters run with AWS's default parameter groups, which had their own; undefined when none does. */
async function lostGroups(context: Context, topology: Topology): Promise<string | undefined> {
    const owned = (context.facts.get(OWN_GROUPS) as readonly string[] | undefined) ?? [];
    const bare: string[] = [];
    for (const region of topology.regions.filter(({ key }) => owned.includes(key))) {
        const { parameterGroup } = await clusterOf(context, region);
        if (!isOwn(parameterGroup)) {
            bare.push(`${region.key} (${parameterGroup ?? "none"})`);
        }
    }
    return bare.length === 0
        ? undefined
        : `the default parameter groups are in force in ${bare.join(" and ")}: set databaseEngineVersion in all stacks' ` +
              "configuration and run `npm run up` now, which makes groups of the new family; instances restart for those of " +
              "their settings that need it";
}

async function findProblems(context: Context, request: UpgradeRequest): Promise<string[]> {
    const { topology } = context;
    const regions = request.order.map((key) => requireRegion(topology, key));
    const [first] = regions;
    const account = first === undefined ? [] : await accountProblems(context, first);
    if (account.length > 0) {
        return account;
    }
    const database = await globalAnywhere(context, topology.regions);
    const found: string[] = [];
    if (database.status !== "available") {
        found.push(`the global database is ${database.status}, and not available`);
    }
    const writer = writerOf(topology, database)?.key;
    found.push(...(await orderProblems(context, request, writer)));
    for (const region of regions) {
        const { engine, engineVersion, status } = await clusterOf(context, region);
        if (status !== "available") {
            found.push(`the cluster in ${region.key} is ${status}, and not available`);
        }
        const targets = await context.aws.in(region.region).database.upgradeTargets(engine, engineVersion);
        found.push(...pathProblems(region.key, engineVersion, request.version, targets, request.major));
    }
    return found;
}

/** Whether the writer would be upgraded while a secondary is older than the version. */
async function orderProblems(
    context: Context,
    { major, order, version }: UpgradeRequest,
    writer: string | undefined,
): Promise<string[]> {
    if (writer === undefined) {
        return ["no region of the topology writes"];
    }
    const place = order.indexOf(writer);
    if (major || place === -1) {
        return [];
    }
    const found: string[] = [];
    for (const region of context.topology.regions.filter(({ key }) => key !== writer)) {
        const comesBefore = order.slice(0, place).includes(region.key);
        const { engineVersion } = await clusterOf(context, region);
        if (!comesBefore && compareVersions(engineVersion, version) < 0) {
            found.push(
                `the order is wrong: ${writer} writes, and ${region.key} is still on ${engineVersion}; ` +
                    `upgrade ${region.key} first`,
            );
        }
    }
    return found;
}

/** Upgrades one member and waits until it is available again. */
export function upgradeMember(request: UpgradeRequest, key: string): Step[] {
    const region = requireRegion(request.topology, key);
    const { version } = request;
    const isWriterLast = request.order.at(-1) === key;
    return [
        {
            id: `upgrade-${key}`,
            title: `Upgrade ${key}`,
            kind: "change",
            why: isWriterLast
                ? "Last, so that it never sends what a secondary does not understand. Its instances restart: some seconds without a writer."
                : "Its instances restart; readers near by are away for some seconds.",
            byHand:
                `aws rds modify-db-cluster --region ${region.region} --db-cluster-identifier ${region.clusterIdentifier} ` +
                `--engine-version ${version} --apply-immediately`,
            timeoutSeconds: 120,
            pointOfNoReturn: true,
            describe: async (context) => {
                const { engineVersion } = await clusterOf(context, region);
                return `${region.clusterIdentifier} from ${engineVersion} to ${version}`;
            },
            isDone: async (context) => {
                const { engineVersion, status } = await clusterOf(context, region);
                return engineVersion === version || status === "upgrading";
            },
            run: async (context) => {
                await insist(
                    context,
                    { what: `the upgrade of ${region.clusterIdentifier}`, hint: NOT_TAKEN_UP },
                    () =>
                        context.aws
                            .in(region.region)
                            .database.setEngineVersion(region.clusterIdentifier, version),
                );
                return undefined;
            },
        },
        waitForVersion(`wait-${key}`, [region], version),
    ];
}

/** Upgrades all members to a new major version, as AWS does it: with the global database. */
export function upgradeAll(request: UpgradeRequest): Step[] {
    const { topology, version } = request;
    const { region } = requireRegion(topology, request.writer);
    return [
        {
            id: "upgrade-all",
            title: "Upgrade the global database",
            kind: "change",
            why:
                "A new major version is for the global database as a whole; AWS upgrades all members, and sets them to the default " +
                "parameter groups of the new version. Nobody writes for minutes. Restore a copy and try it there first.",
            byHand:
                `aws rds modify-global-cluster --region ${region} ` +
                `--global-cluster-identifier ${topology.globalClusterIdentifier} ` +
                `--engine-version ${version} --allow-major-version-upgrade`,
            timeoutSeconds: 120,
            pointOfNoReturn: true,
            describe: () => `${topology.globalClusterIdentifier} to ${version}; nobody writes for minutes`,
            isDone: async (context) => {
                const { engineVersion, status } = await globalAnywhere(context, topology.regions);
                return engineVersion === version || status === "upgrading";
            },
            run: async (context) => {
                const database = await globalAnywhere(context, topology.regions);
                const writer = writerOf(topology, database);
                if (writer === undefined) {
                    throw new RefusedError(["no region of the topology writes"]);
                }
                await insist(context, { what: "the upgrade of all members", hint: NOT_TAKEN_UP }, () =>
                    context.aws
                        .in(writer.region)
                        .database.setGlobalEngineVersion(topology.globalClusterIdentifier, version),
                );
                return undefined;
            },
        },
        waitForVersion("wait-all", topology.regions, version),
    ];
}

function waitForVersion(id: string, regions: readonly RegionTopology[], version: string): Step {
    const keys = regions.map(({ key }) => key).join(" and ");
    return {
        id,
        title: `Wait for ${keys}`,
        kind: "wait",
        why: "Half an hour for a minor version as a rule, longer for a major one.",
        timeoutSeconds: 7200,
        describe: () => `until ${keys} is available on ${version}`,
        run: (context) =>
            waitInStep(context, {
                what: `${keys} to be available on ${version}`,
                hint:
                    "Look at the cluster's events in the RDS console: Aurora goes back to the old version when an upgrade " +
                    "fails. Run the same command again to go on.",
                look: async (): Promise<Look<string>> => {
                    const seen: string[] = [];
                    let ready = true;
                    for (const region of regions) {
                        const { engineVersion, status } = await clusterOf(context, region);
                        const { available, total } = await instancesOf(context, region);
                        ready &&= engineVersion === version && status === "available" && available === total;
                        seen.push(
                            `${region.key} ${status} on ${engineVersion}, ${available} of ${total} instances`,
                        );
                    }
                    const text = seen.join("; ");
                    return ready ? { done: true, value: text } : { done: false, seen: text };
                },
            }),
    };
}

/** Looks whether all is whole again. */
export function verifyUpgrade({ topology, version }: UpgradeRequest): Step {
    return {
        id: "verify",
        title: "Verify",
        kind: "wait",
        why: "Until the versions are equal and the members connected, neither switchover nor failover works.",
        timeoutSeconds: 1800,
        describe: () => "all members connected, and of which version",
        run: async (context) => {
            const value = await waitInStep(context, {
                what: "the global database to be whole",
                hint: "Look at the global database in the RDS console. Run the same command again to look again.",
                look: async (): Promise<Look<string>> => {
                    const database = await globalAnywhere(context, topology.regions);
                    const seen = showGlobal(topology, database);
                    if (database.status !== "available" || !isWhole(database)) {
                        return { done: false, seen };
                    }
                    const versions = await Promise.all(
                        topology.regions.map(async (region) => {
                            const { engineVersion } = await clusterOf(context, region);
                            return `${region.key} ${engineVersion}`;
                        }),
                    );
                    const behind = versions.filter((text) => !text.endsWith(` ${version}`));
                    return {
                        done: true,
                        value: `${versions.join(", ")}${behind.length === 0 ? "" : `; still to be upgraded: ${behind.join(", ")}`}`,
                    };
                },
            });
            const lost = await lostGroups(context, topology);
            if (lost !== undefined) {
                context.warn(lost);
            }
            return value;
        },
    };
}
