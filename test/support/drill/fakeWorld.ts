/** Two regions of AWS in memory, with the shop in front, whose faults a test sets. */
import { type Aws, type GlobalDatabase, type SignIn } from "../../../tools/drill/aws/ports";
import { type Holder, readHolder } from "../../../tools/drill/engine/holder";
import { lockName } from "../../../tools/drill/engine/lock";
import { isStateFault } from "../../../tools/drill/aws/stateFaults";
import { AwsCallError } from "../../../tools/drill/errors";
import { type Answer, type Outside } from "../../../tools/drill/outside";
import { clusterArn, type RegionTopology, type Topology } from "../../../tools/drill/topology/types";
import { RegionSwitchService } from "../regionSwitch/service";
import { type FakeClock } from "./fakeClock";
import { fakeRegionalAws } from "./fakePorts";
import {
    ENGINE,
    type FakeCluster,
    type FakeRegion,
    type Faults,
    type Marker,
    type WorldState,
} from "./fakeState";

/** The world. */
export class FakeWorld implements WorldState {
    readonly faults: Faults = {
        unreachable: new Set(),
        failing: new Map(),
        throttled: new Map(),
        lost: new Set(),
        neverSwitches: false,
        ignoresSwitches: false,
        cancels: 0,
        dropsWritesFor: 0,
        headstrong: new Set(),
        clung: new Set(),
        namesAs: undefined,
        refusesAt: () => false,
        settlesAfter: 0,
        emptyDatabase: false,
        mostRows: Infinity,
        endsExperiment: undefined,
        restoreFails: false,
    };
    readonly regions = new Map<string, FakeRegion>();
    /** Every call, as `<region> <operation>`. */
    readonly calls: string[] = [];
    markers: Marker[] = [];
    /** Markers that only viewers of a region that was left can read. */
    readonly strays: number[] = [];
    writer: string;
    accountId: string;
    globalStatus = "available";
    /** What AWS regions say of who writes, by key, where that is not the truth. */
    readonly saysWriter = new Map<string, string>();
    upgradeTargets: string[] = ["18.7", "18.8", "19.1"];
    readonly parameterGroups = new Map<string, string>();
    clockAheadMilliseconds = 0;
    signIn: SignIn = { profile: "" };
    /** ARC Region switch, with the topology's plan. */
    readonly regionSwitch: RegionSwitchService;
    /** What a failover loses of what was written last. */
    lagMilliseconds = -1;
    /** How long a change of the writer takes. */
    switchMilliseconds = 40_000;
    private change:
        { to: string; until: number; planned: boolean; applied: boolean; isCancelled: boolean } | undefined;
    private writableFrom = 0;

    constructor(
        readonly topology: Topology,
        readonly clock: FakeClock,
    ) {
        this.writer = topology.home;
        this.accountId = topology.accountId;
        this.regionSwitch = new RegionSwitchService(
            topology.regionSwitchPlanArn ?? "",
            topology.regions.map(({ region }) => region),
            topology.globalClusterIdentifier,
            {
                now: () => clock.now(),
                moveWriter: (name, mode) => this.moveByPlan(name, mode),
                grow: (name) => {
                    this.growByPlan(name);
                },
            },
        );
        for (const region of topology.regions) {
            this.regions.set(region.region, this.newRegion(region));
            this.parameterGroups.set(`own-18-${region.key}`, "aurora-postgresql18");
        }
    }

    private newRegion(region: RegionTopology): FakeRegion {
        const { accountId, capacity } = this.topology;
        const point = (
            vault: string | undefined,
            resourceType: string,
            resourceArn: string,
            hours: number,
        ): FakeRegion["points"][number] => ({
            vault: vault ?? "",
            arn: `arn:aws:backup:${region.region}:${accountId}:recovery-point:${resourceType}-${hours}`,
            resourceArn,
            resourceType,
            createdAt: this.clock.now() - hours * 3_600_000,
            status: "COMPLETED",
        });
        return {
            clusters: new Map([
                [
                    region.clusterIdentifier,
                    {
                        status: "available",
                        version: "18.6",
                        capacity: {
                            min: region.key === this.topology.home ? capacity.writerMin : capacity.standbyMin,
                            max: capacity.max,
                        },
                        instances: [1, 2].map((number) => ({
                            identifier: `${region.clusterIdentifier}-${number}`,
                            status: "available",
                        })),
                        dataApi: true,
                        parameterGroup: `own-18-${region.key}`,
                        tags: {},
                    },
                ],
            ]),
            fleets: new Map(
                Object.values(region.autoScalingGroups).map((name: string) => [
                    name,
                    { min: 2, max: 12, desired: region.key === this.topology.home ? 4 : 2 },
                ]),
            ),
            tables: new Map([[region.personalDataTable ?? "", { status: "ACTIVE", items: 3, tags: {} }]]),
            parameters: new Map(),
            secrets: new Map(),
            points: [
                point(region.backupVault, "Aurora", clusterArn(this.topology, region), 3),
                point(region.backupVault, "Aurora", clusterArn(this.topology, region), 27),
                point(
                    region.personalDataVault,
                    "DynamoDB",
                    `arn:aws:dynamodb:${region.region}:${accountId}:table/${region.personalDataTable ?? ""}`,
                    2,
                ),
                ...region.copyVaults.map((vault) =>
                    point(vault, "Aurora", `arn:aws:rds:elsewhere:${accountId}:cluster:the-other`, 5),
                ),
            ],
            snapshots: [],
            jobs: new Map(),
            experiments: new Map(),
            metrics: new Map(),
            lag: region.key === this.topology.home ? undefined : 120,
            lagAge: 30_000,
            quota: 64,
            certificateDays: 200,
        };
    }

    /** The region of a key. */
    at(key: string): FakeRegion {
        return this.regions.get(this.regionOf(key).region)!;
    }

    /** The cluster of a region of the topology. */
    cluster(key: string): FakeCluster {
        return this.at(key).clusters.get(this.regionOf(key).clusterIdentifier)!;
    }

    /** The state that two runs are compared by: everything but what is of the run itself. */
    snapshot(): unknown {
        this.settle();
        return {
            writer: this.writer,
            status: this.globalStatus,
            executions: this.regionSwitch.executions.map(({ executionId, state }) => [executionId, state]),
            regions: [...this.regions].map(([name, region]) => ({
                name,
                clusters: [...region.clusters],
                fleets: [...region.fleets],
                tables: [...region.tables],
                lock: this.holder(name)?.journal,
                secrets: [...region.secrets.keys()],
            })),
        };
    }

    /** Who holds the lock in an AWS region. */
    holder(region: string): Holder | undefined {
        const versions = this.regions.get(region)?.parameters.get(lockName(this.topology.environment)) ?? [];
        // Of two who write at once, the second one's value counts for nothing.
        const values = versions.map(
            (text, index) => [index, JSON.parse(text) as Record<string, unknown>] as const,
        );
        return readHolder(values.findLast(([index, { after = index }]) => after === index)?.[1]);
    }

    acceleratedRecovery = "ENABLED";

    /** AWS as the drill sees it. */
    readonly aws: Aws = {
        in: (region) => fakeRegionalAws(this, region),
        signIn: () => Promise.resolve(this.signIn),
        acceleratedRecovery: () => this.answer("us-east-1", "GetHostedZone", () => this.acceleratedRecovery),
        checkerReports: (id) =>
            this.answer("us-east-1", "GetHealthCheckStatus", () => {
                const lost = this.faults.lost.has(id.replace("check-", ""));
                return ["eu-west-1", "us-west-1", "us-west-2"].map((checker) => ({
                    checker,
                    healthy: !lost,
                    text: lost ? "Failure: connection timed out" : "Success: HTTP Status Code 200",
                }));
            }),
    };

    /** The world outside: the shop and its regions' health paths. */
    readonly outside: Outside = {
        get: (url) => Promise.resolve(this.outsideGet(new URL(url))),
        post: (url, body) =>
            Promise.resolve(this.write(new URL(url), (JSON.parse(body) as { marker: number }).marker)),
    };

    /** Takes a region away, as a disaster would. */
    lose(key: string): void {
        this.faults.lost.add(key);
        this.faults.unreachable.add(this.regionOf(key).region);
    }

    /** Stands in for the operator's commands of `fault`. */
    readonly command = ([what, key = ""]: readonly string[]): Promise<void> => {
        if (what === "strike") {
            this.lose(key);
        } else {
            this.faults.lost.delete(key);
            this.faults.unreachable.delete(this.regionOf(key).region);
        }
        return Promise.resolve();
    };

    private regionOf(key: string): RegionTopology {
        return this.topology.regions.find((region) => region.key === key)!;
    }

    /** Answers a call, unless a fault does. */
    answer<T>(region: string, operation: string, reply: () => T): Promise<T> {
        this.calls.push(`${region} ${operation}`);
        const call = { service: "AWS", operation, region };
        if (this.faults.unreachable.has(region)) {
            return Promise.reject(new AwsCallError(call, "ETIMEDOUT", "no answer", true, false));
        }
        const failure = [`${region} ${operation}`, operation, `${region} *`]
            .map((name) => this.faults.failing.get(name))
            .find((found) => found !== undefined);
        if (failure === "hangs") {
            return new Promise(() => undefined);
        }
        if (failure !== undefined && failure.times !== 0) {
            failure.times = failure.times === undefined ? undefined : failure.times - 1;
            const { busy = false, code, unreachable = false } = failure;
            return Promise.reject(new AwsCallError(call, code, "no", unreachable, false, busy));
        }
        for (const name of [operation, "*"]) {
            const left = this.faults.throttled.get(name) ?? 0;
            if (left > 0) {
                this.faults.throttled.set(name, left - 1);
                return Promise.reject(
                    new AwsCallError(call, "ThrottlingException", "Rate exceeded", false, true),
                );
            }
        }
        this.settle();
        return new Promise((resolve) => {
            resolve(reply());
        });
    }

    /** AWS's own no. */
    fail(region: string, operation: string, code: string, detail = "no"): never {
        const call = { service: "AWS", operation, region };
        throw new AwsCallError(call, code, detail, false, false, isStateFault(operation, code));
    }

    /** Lets what was begun come to its end. */
    private settle(): void {
        const { change } = this;
        if (
            change === undefined ||
            change.applied ||
            this.faults.neverSwitches ||
            this.clock.now() < change.until
        ) {
            return;
        }
        change.applied = true;
        if (change.isCancelled) {
            this.globalStatus = "available";
            return;
        }
        if (!this.faults.ignoresSwitches) {
            const before = this.writer;
            this.writer = change.to;
            this.at(change.to).lag = undefined;
            this.at(before).lag = 150;
            this.writableFrom = change.until + this.faults.dropsWritesFor;
        }
        this.globalStatus = "available";
    }

    /** Begins to move the writer. */
    begin(region: string, operation: string, targetArn: string, planned: boolean): void {
        const target = this.topology.regions.find((entry) => clusterArn(this.topology, entry) === targetArn);
        if (target === undefined || target.key === this.writer || this.globalStatus !== "available") {
            this.fail(region, operation, "InvalidGlobalClusterStateFault");
        }
        if (!planned) {
            // What was taken within the lag before the loss and not sent yet is gone.
            const lastTaken = Math.max(0, ...this.markers.map(({ at }) => at));
            const cut = lastTaken - this.lagMilliseconds;
            this.markers = this.markers.filter(({ at, by }) => by !== this.writer || at <= cut);
        }
        this.globalStatus = planned ? "switching-over" : "failing-over";
        const until = this.clock.now() + this.switchMilliseconds;
        const isCancelled = this.faults.cancels > 0;
        this.faults.cancels -= isCancelled ? 1 : 0;
        this.change = { to: target.key, until, planned, applied: false, isCancelled };
    }

    /** As a plan of Region switch does; a writer that is there already need not move. */
    private moveByPlan(name: string, mode: string): () => boolean {
        const target = this.topology.regions.find(({ region }) => region === name)!;
        if (target.key !== this.writer) {
            const planned = mode === "graceful";
            const operation = planned ? "SwitchoverGlobalCluster" : "FailoverGlobalCluster";
            this.begin(name, operation, clusterArn(this.topology, target), planned);
        }
        return () => {
            this.settle();
            return this.writer === target.key;
        };
    }

    /** A plan makes groups as large as those of the other region. */
    private growByPlan(name: string): void {
        for (const fleet of this.regions.get(name)!.fleets.values()) {
            fleet.desired = Math.max(fleet.desired, 4);
        }
    }

    /** Whether a cluster is that of the region that writes. */
    isWriter(region: string, identifier: string): boolean {
        const { clusterIdentifier, region: name } = this.regionOf(this.writer);
        return region === name && identifier === clusterIdentifier;
    }

    /** What DescribeGlobalClusters says in a region. */
    globalDatabase(asked: string): GlobalDatabase {
        const writer = this.saysWriter.get(asked) ?? this.writer;
        const isHalfway =
            this.change !== undefined && this.clock.now() > this.change.until - this.switchMilliseconds / 2;
        const changing = this.change !== undefined && !this.change.applied;
        return {
            identifier: this.topology.globalClusterIdentifier,
            status: this.globalStatus,
            engine: ENGINE,
            // The writer's cluster may be gone.
            engineVersion: [...this.at(this.writer).clusters.values()][0]?.version ?? "18.6",
            members: this.topology.regions.map((region) => ({
                clusterArn: clusterArn(this.topology, region),
                isWriter: region.key === writer,
                synchronization: this.faults.lost.has(region.key) ? "pending-resync" : "connected",
            })),
            ...(changing
                ? {
                      change: {
                          status:
                              this.change?.isCancelled === true && isHalfway
                                  ? "cancelling"
                                  : this.globalStatus,
                          toArn: clusterArn(this.topology, this.regionOf(this.change?.to ?? "")),
                      },
                  }
                : {}),
        };
    }

    private write(url: URL, marker: number): Answer {
        this.settle();
        const { clung, headstrong, namesAs, refusesAt } = this.faults;
        const host = this.keyOfHost(url);
        const app = host ?? [...clung][0];
        const answer = (key: string): Answer => {
            const name = namesAs ?? this.regionOf(key).region;
            return { status: 200, body: JSON.stringify(name === "" ? {} : { region: name }) };
        };
        if (app !== undefined && headstrong.has(app)) {
            // Into a database that nobody else reads.
            if (app === this.writer) {
                this.markers.push({ marker, at: this.clock.now(), by: app });
            } else if (host === undefined) {
                this.strays.push(marker);
            }
            return answer(app);
        }
        if (host === undefined && refusesAt(this.clock.now())) {
            return { status: 503, body: "" };
        }
        const changing = this.change !== undefined && !this.change.applied;
        if (
            (host !== undefined && this.faults.lost.has(host)) ||
            this.faults.lost.has(this.writer) ||
            (changing && !this.faults.neverSwitches)
        ) {
            return { status: 503, body: "" };
        }
        if (this.clock.now() < this.writableFrom) {
            return { status: 503, body: "" };
        }
        this.markers.push({ marker, at: this.clock.now(), by: this.writer });
        return answer(this.writer);
    }

    private keyOfHost(url: URL): string | undefined {
        return this.topology.regions.find(({ healthUrl }) => new URL(healthUrl).host === url.host)?.key;
    }

    private outsideGet(url: URL): Answer {
        this.settle();
        const key = this.keyOfHost(url);
        if (key !== undefined) {
            return this.faults.lost.has(key) ? { body: "", error: "timed out" } : { status: 200, body: "ok" };
        }
        const after = Number(url.searchParams.get("after"));
        const markers = [...this.markers.map(({ marker }) => marker), ...this.strays].filter(
            (marker) => marker > after,
        );
        return { status: 200, body: JSON.stringify({ markers }) };
    }
}
