/** Two regions in the emulator, with the stand-in shop in front, and the drill's command line over them. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
    DescribeGlobalClustersCommand,
    FailoverGlobalClusterCommand,
    ModifyDBClusterCommand,
    RDSClient,
    SwitchoverGlobalClusterCommand,
} from "@aws-sdk/client-rds";
import { sdkAws } from "../../../tools/drill/aws/clients";
import { type Aws } from "../../../tools/drill/aws/ports";
import { main } from "../../../tools/drill/cli/main";
import { systemClock } from "../../../tools/shared/clock";
import { type Holder } from "../../../tools/drill/engine/holder";
import { readLock } from "../../../tools/drill/engine/lock";
import { type Checkpoint } from "../../../tools/drill/engine/runner";
import { internet } from "../../../tools/drill/outside";
import { type Report } from "../../../tools/drill/report/types";
import { parseTopology } from "../../../tools/drill/topology/parse";
import { type Topology } from "../../../tools/drill/topology/types";
import { RegionSwitchService } from "../regionSwitch/service";
import { Gate } from "./gate";
import { createResources, type Endpoint, takeSnapshot } from "./resources";
import { Shop } from "./shop";
import { StandIns } from "./standIns";

const root = resolve(__dirname, "../../..");

/** The regions of the tests, by key. */
export const REGIONS = { us: "us-east-1", eu: "eu-central-1" } as const;

/** What a call came to. */
export interface Result {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** How a call is made. */
export interface CallOptions {
    readonly checkpoint?: Checkpoint;
    readonly operator?: string;
    readonly host?: string;
    readonly stateDirectory?: string;
    /** Attempts of a call of AWS; the drill's own number when left out. */
    readonly attempts?: number;
}

/** How a process is started. */
export interface SpawnOptions {
    /** Instead of the keys of the world's account, or beside them. */
    readonly env?: NodeJS.ProcessEnv;
    /** Where the topology comes from; the world's own file when left out. */
    readonly source?: readonly string[];
    /** The words that start it, where another program does. */
    readonly by?: readonly string[];
    readonly stateDirectory?: string;
    /** A module of `test/support/emulator` that is loaded before it begins. */
    readonly preload?: string;
    /** Where its standard output goes. */
    readonly stdout?: number;
}

/** A journal is on the disk before the run goes on, which costs time; memory is as good as a disk for a test. */
const parent = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A world of its own in the emulator. */
export class EmulatedWorld {
    readonly directory = mkdtempSync(join(parent, "meridian-emulator-"));
    private readonly running = new Map<ChildProcess, Promise<Result>>();

    private constructor(
        readonly gate: Gate,
        readonly shop: Shop,
        readonly standIns: StandIns,
        readonly topology: Topology,
        readonly endpoint: Endpoint,
    ) {
        writeFileSync(this.topologyFile, JSON.stringify(topology));
    }

    /** Makes a world. The emulator keeps accounts apart, so no two worlds see each other. */
    static async create(changes: Record<string, unknown> = {}): Promise<EmulatedWorld> {
        const upstream = process.env["AWS_ENDPOINT_URL"];
        if (upstream === undefined) {
            throw new Error("there is no emulator at AWS_ENDPOINT_URL: run `npm run test:emulator`");
        }
        const accountId = String(randomInt(200_000_000_000, 281_000_000_000));
        const endpoint: Endpoint = {
            url: upstream,
            accountId,
            credentials: { accessKeyId: accountId, secretAccessKey: "emulator" },
        };
        const clients = emulatorClients(endpoint);
        const gate = await Gate.open(upstream);
        const standIns = new StandIns(clients);
        gate.rules.push(...standIns.rules());
        const shop = await Shop.open({
            table: "markers",
            regions: REGIONS,
            dynamodb: clients.dynamodb,
            writer: () => writerRegion(clients.rds(REGIONS.eu)),
        });
        standIns.onSwitch = (moment, planned) => {
            shop.onSwitch(moment, planned);
        };
        const made = await createResources(endpoint, gate.url);
        standIns.isHealthy = (id) => {
            const key = Object.keys(made.healthCheckIds).find((name) => made.healthCheckIds[name] === id);
            return !shop.lost.has(REGIONS[(key ?? "us") as keyof typeof REGIONS]);
        };
        const topology = parseTopology(
            { ...topologyJson(accountId, shop.url, made.healthCheckIds), ...changes },
            "the test",
        );
        const { regionSwitchPlanArn } = topology;
        if (regionSwitchPlanArn !== undefined) {
            standIns.regionSwitch = new RegionSwitchService(
                regionSwitchPlanArn,
                Object.values(REGIONS),
                topology.globalClusterIdentifier,
                {
                    now: () => Date.now(),
                    moveWriter: (region, mode) => moveByPlan(gate.url, endpoint, topology, region, mode),
                    grow: () => undefined,
                },
            );
        }
        return new EmulatedWorld(gate, shop, standIns, topology, endpoint);
    }

    get topologyFile(): string {
        return join(this.directory, "topology.json");
    }

    /** Calls the command line in this process, over the gate. */
    async call(argv: readonly string[], options: CallOptions = {}): Promise<Result> {
        const out: string[] = [];
        const err: string[] = [];
        const status = await main(
            [
                ...argv,
                "--topology",
                this.topologyFile,
                "--state-dir",
                options.stateDirectory ?? this.directory,
            ],
            {
                stdout: (text) => void out.push(text),
                stderr: (text) => void err.push(text),
                projectDirectory: root,
                clock: systemClock,
                aws: () =>
                    Promise.resolve(
                        sdkAws({
                            endpoint: this.gate.url,
                            credentials: this.endpoint.credentials,
                            attemptTimeoutMilliseconds: 1000,
                            ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
                        }),
                    ),
                outside: internet,
                stacks: {
                    up: () => Promise.reject(new Error("there is no Pulumi here")),
                    destroy: () => Promise.reject(new Error("there is no Pulumi here")),
                },
                readStacks: () => Promise.reject(new Error("there is no Pulumi here")),
                command: (words) => this.command(words),
                signal: new AbortController().signal,
                operator: {
                    name: options.operator ?? "kim",
                    host: options.host ?? "laptop",
                    pid: process.pid,
                },
                ...(options.checkpoint === undefined ? {} : { checkpoint: options.checkpoint }),
            },
        );
        return { status, stdout: out.join(""), stderr: err.join("") };
    }

    /**
     * Starts the command line as a process of its own, over the gate. A program may start it, such as a shell with
     * limits; it is given the words that do.
     */
    spawn(
        argv: readonly string[],
        options: SpawnOptions = {},
    ): { readonly child: ChildProcess; readonly ended: Promise<Result> } {
        const [program = process.execPath, ...before] = options.by ?? [];
        const { source = ["--topology", this.topologyFile] } = options;
        const child = spawn(
            program,
            [
                ...before,
                ...(options.by === undefined ? [] : [process.execPath]),
                // As `npm run drill` starts it.
                `--require=${join(root, "tools/drill/threads.js")}`,
                "--require=tsx/cjs",
                ...(options.preload === undefined ? [] : [`--require=${join(__dirname, options.preload)}`]),
                join(root, "tools/drill/index.ts"),
                ...argv,
                ...source,
                "--state-dir",
                options.stateDirectory ?? this.directory,
            ],
            {
                cwd: root,
                stdio: ["ignore", options.stdout ?? "pipe", "pipe"],
                env: {
                    ...process.env,
                    AWS_ENDPOINT_URL: this.gate.url,
                    AWS_ACCESS_KEY_ID: this.endpoint.credentials.accessKeyId,
                    AWS_SECRET_ACCESS_KEY: this.endpoint.credentials.secretAccessKey,
                    ...options.env,
                },
            },
        );
        let stdout = "";
        let stderr = "";
        child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
        child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        const ended = new Promise<Result>((fulfil) => {
            child.on("close", (code) => {
                fulfil({ status: code ?? -1, stdout, stderr });
            });
        });
        this.running.set(child, ended);
        void ended.then(() => this.running.delete(child));
        return { child, ended };
    }

    /** The newest report. */
    report(): Report {
        const directory = join(this.directory, "reports");
        const stamp = (file: string): string => /\d{8}t\d{9}z/.exec(file)?.[0] ?? "";
        const newest = readdirSync(directory)
            .filter((file) => file.endsWith(".json"))
            .sort((a, b) => (stamp(a) < stamp(b) ? -1 : 1))
            .at(-1);
        return JSON.parse(readFileSync(join(directory, newest ?? ""), "utf8")) as Report;
    }

    /** AWS as the drill sees it, past the gate. */
    get aws(): Aws {
        const { credentials, url } = this.endpoint;
        return sdkAws({ endpoint: url, credentials });
    }

    /** Who holds the lock in a region. */
    holder(key: keyof typeof REGIONS): Promise<Holder | undefined> {
        return readLock(this.aws, REGIONS[key], this.topology.environment);
    }

    /** What the emulator says of everything that a run might change. */
    snapshot(): Promise<unknown> {
        return takeSnapshot(this.endpoint, this.topology);
    }

    /** The key of the region that writes, as the emulator says. */
    async writer(): Promise<string> {
        const region = await writerRegion(emulatorClients(this.endpoint).rds(REGIONS.eu));
        return Object.entries(REGIONS).find(([, name]) => name === region)?.[0] ?? "";
    }

    /** Moves the writer to eu, as an earlier switchover would have. */
    async moveToEu(): Promise<void> {
        const { rds } = emulatorClients(this.endpoint);
        await rds(REGIONS.us).send(
            new SwitchoverGlobalClusterCommand({
                GlobalClusterIdentifier: this.topology.globalClusterIdentifier,
                TargetDbClusterIdentifier: `arn:aws:rds:${REGIONS.eu}:${this.endpoint.accountId}:cluster:meridian-prod-eu`,
            }),
        );
        for (const [key, MinCapacity] of [
            ["us", 4],
            ["eu", 8],
        ] as const) {
            await rds(REGIONS[key]).send(
                new ModifyDBClusterCommand({
                    DBClusterIdentifier: `meridian-prod-${key}`,
                    ServerlessV2ScalingConfiguration: { MinCapacity, MaxCapacity: 64 },
                }),
            );
        }
    }

    /** Swallows everything that is sent to a region, as a black hole would. */
    swallow(key: keyof typeof REGIONS): void {
        this.shop.lose(REGIONS[key]);
        this.shop.isSilent = true;
        this.gate.silent.add(REGIONS[key]);
    }

    /** Takes a region away, as a disaster would. */
    lose(key: keyof typeof REGIONS): void {
        this.shop.lose(REGIONS[key]);
        this.gate.unreachable.add(REGIONS[key]);
    }

    /**
     * Closes what listens, and removes what is on the disk. What a failed test left running ends here: the next one would
     * be blamed for what it does.
     */
    async dispose(): Promise<void> {
        for (const [child, ended] of [...this.running]) {
            child.kill("SIGKILL");
            child.stdout?.destroy();
            child.stderr?.destroy();
            await ended;
        }
        await this.shop.close();
        await this.gate.close();
        rmSync(this.directory, { recursive: true, force: true });
    }

    private async command([what, key = "us"]: readonly string[]): Promise<void> {
        const name = key as keyof typeof REGIONS;
        if (what === "strike") {
            this.lose(name);
            return;
        }
        this.gate.unreachable.delete(REGIONS[name]);
        await this.shop.giveBack(REGIONS[name]);
    }
}

/** The emulator's clients, past the gate. */
export function emulatorClients({ credentials, url }: Endpoint): {
    readonly rds: (region: string) => RDSClient;
    readonly dynamodb: (region: string) => DynamoDBClient;
} {
    const rds = new Map<string, RDSClient>();
    const dynamodb = new Map<string, DynamoDBClient>();
    return {
        rds: (region) => {
            const client = rds.get(region) ?? new RDSClient({ region, endpoint: url, credentials });
            rds.set(region, client);
            return client;
        },
        dynamodb: (region) => {
            const client = dynamodb.get(region) ?? new DynamoDBClient({ region, endpoint: url, credentials });
            dynamodb.set(region, client);
            return client;
        },
    };
}

/** As a plan does, by its own role: over the gate, so that the change takes as long as any. */
function moveByPlan(
    url: string,
    { accountId, credentials }: Endpoint,
    { globalClusterIdentifier: GlobalClusterIdentifier }: Topology,
    region: string,
    mode: "graceful" | "ungraceful",
): () => boolean {
    const client = new RDSClient({ region, endpoint: url, credentials });
    const [key] = Object.entries(REGIONS).find(([, name]) => name === region) ?? ["us"];
    const request = {
        GlobalClusterIdentifier,
        TargetDbClusterIdentifier: `arn:aws:rds:${region}:${accountId}:cluster:meridian-prod-${key}`,
    };
    let hasMoved = false;
    const move = async (): Promise<void> => {
        if ((await writerRegion(client)) !== region) {
            await (mode === "graceful"
                ? client.send(new SwitchoverGlobalClusterCommand(request))
                : client.send(new FailoverGlobalClusterCommand({ ...request, AllowDataLoss: true })));
        }
        while ((await writerRegion(client)) !== region) {
            await systemClock.sleep(100);
        }
        hasMoved = true;
    };
    // What goes wrong is seen by the writer, which does not move.
    move().catch(() => undefined);
    return () => hasMoved;
}

async function writerRegion(client: RDSClient): Promise<string> {
    const found = await client.send(
        new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: "meridian-prod" }),
    );
    const members = found.GlobalClusters?.[0]?.GlobalClusterMembers ?? [];
    return members.find(({ IsWriter }) => IsWriter)?.DBClusterArn?.split(":")[3] ?? "";
}

function topologyJson(
    accountId: string,
    shopUrl: string,
    healthCheckIds: Readonly<Record<string, string>>,
): Record<string, unknown> {
    return {
        environment: "prod",
        accountId,
        domainName: "shop.example.com",
        globalClusterIdentifier: "meridian-prod",
        home: "us",
        regions: Object.entries(REGIONS).map(([key, region]) => ({
            key,
            region,
            clusterIdentifier: `meridian-prod-${key}`,
            originHost: `origin-${key}.shop.example.com`,
            healthUrl: `${shopUrl}/health/${key}`,
            healthCheckId: healthCheckIds[key],
            // Each region's switch is where it can be turned without that region.
            trafficSwitch: {
                region: key === "us" ? REGIONS.eu : REGIONS.us,
                namespace: "meridian/prod",
                metricName: "TrafficOff",
                dimensions: { Region: key },
            },
            autoScalingGroups: { web: `web-${key}`, api: `api-${key}` },
            backupVault: `vault-${key}`,
            personalDataVault: `personal-${key}`,
            copyVaults: [`copies-${key === "us" ? "eu" : "us"}`],
            restoreRoleArn: `arn:aws:iam::${accountId}:role/restore`,
            personalDataTable: "people",
        })),
        capacity: { writerMin: 8, standbyMin: 4, max: 64 },
        probe: {
            url: `${shopUrl}/markers`,
            regionUrls: Object.fromEntries(
                Object.keys(REGIONS).map((key) => [key, `${shopUrl}/markers/${key}`]),
            ),
            intervalMilliseconds: 200,
            timeoutMilliseconds: 2000,
            readBackMilliseconds: 1000,
            soakMilliseconds: 1000,
        },
        fault: { strike: ["strike", "us"], heal: ["heal", "us"] },
        pollSeconds: 0.1,
    };
}
