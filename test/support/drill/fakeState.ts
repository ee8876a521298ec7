/** What a world in memory holds, and what its ports need of it. */
import {
    type GlobalDatabase,
    type RecoveryPoint,
    type Snapshot,
    type TableShape,
} from "../../../tools/drill/aws/ports";
import { type Topology } from "../../../tools/drill/topology/types";
import { type RegionSwitchService } from "../regionSwitch/service";
import { type FakeClock } from "./fakeClock";

/** The engine of all clusters. */
export const ENGINE = "aurora-postgresql";

/** How a call fails, always or some times: with this error of AWS's, or by no answer at all. */
export type Failure =
    | "hangs"
    | { readonly code: string; readonly unreachable?: boolean; readonly busy?: boolean; times?: number };

/** What can go wrong. */
export interface Faults {
    /** AWS regions whose API does not answer. */
    readonly unreachable: Set<string>;
    /** Calls that fail, by `<operation>`, `<region> <operation>` or `<region> *`. */
    readonly failing: Map<string, Failure>;
    /** Calls that are throttled before one gets through, by `<operation>` or `*`. */
    readonly throttled: Map<string, number>;
    /** Keys of regions that are lost: their application and their checks are down. */
    readonly lost: Set<string>;
    /** AWS takes a switchover up and never finishes it. */
    neverSwitches: boolean;
    /** AWS answers a switchover, does nothing, and says that all is available. */
    ignoresSwitches: boolean;
    /** So many changes of the writer are taken up and cancelled before one goes through. */
    cancels: number;
    /** Milliseconds after a switch in which the application still refuses writes. */
    dropsWritesFor: number;
    /** Keys of regions whose application goes on writing to its own database, whoever writes for AWS. */
    readonly headstrong: Set<string>;
    /** Keys of regions that viewers go on being sent to. */
    readonly clung: Set<string>;
    /** The application names nobody, or somebody else, as what took a marker. */
    namesAs: string | undefined;
    /** Whether the application refuses a write at a time, in milliseconds since 1970. */
    refusesAt: (time: number) => boolean;
    /** Milliseconds that RDS takes for what it takes up at once, while it says that all is available. */
    settlesAfter: number;
    /** What is restored has a database in which nobody has made anything. */
    emptyDatabase: boolean;
    /** Most rows that the Data API answers at once. */
    mostRows: number;
    /** How an experiment ends by itself, once it has run for so long; it takes 10 s to begin. */
    endsExperiment: { readonly after: number; readonly status: string; readonly reason: string } | undefined;
    /** The restore job fails. */
    restoreFails: boolean;
}

/** A table of a database, with its rows. */
export interface FakeTable extends TableShape {
    rows: Readonly<Record<string, string>>[];
}

/** A cluster. */
export interface FakeCluster {
    status: string;
    version: string;
    capacity: { min: number; max: number };
    instances: { identifier: string; status: string }[];
    password?: string;
    /** When the newest password applies. */
    passwordFrom?: number;
    dataApi: boolean;
    /** When the Data API is open. */
    dataApiFrom?: number;
    /** Until when it takes no instance. */
    busyUntil?: number;
    parameterGroup?: string;
    /** What is in its database. */
    data?: FakeTable[];
    /** Whether it has a writer of its own; as it should be when left out. */
    writesItself?: boolean;
    tags: Record<string, string>;
}

/** An Auto Scaling group. */
export interface FakeFleet {
    min: number;
    max: number;
    desired: number;
    /** Instances of these that are not in service yet. */
    pending?: number;
}

/** What a region holds. */
export interface FakeRegion {
    readonly clusters: Map<string, FakeCluster>;
    readonly fleets: Map<string, FakeFleet>;
    readonly tables: Map<string, { status: string; items: number; tags: Record<string, string> }>;
    /** By name, all versions of each. */
    readonly parameters: Map<string, readonly string[]>;
    readonly secrets: Map<string, string>;
    readonly points: (RecoveryPoint & { readonly vault: string })[];
    /** Snapshots of clusters, with what was in the database. */
    readonly snapshots: (Snapshot & { readonly data: FakeTable[] })[];
    readonly jobs: Map<string, { name: string; isCluster: boolean; roleArn: string; token: string }>;
    /** Values of metrics that somebody published, by their dimensions. */
    readonly metrics: Map<string, { readonly at: number; readonly value: number }[]>;
    /** By their ids. While one runs the region is lost. */
    readonly experiments: Map<string, FakeExperiment>;
    lag: number | undefined;
    /** How old the measurement of the lag is, in milliseconds. */
    lagAge: number;
    quota: number;
    certificateDays: number;
}

/** An experiment of AWS FIS. */
export interface FakeExperiment {
    readonly id: string;
    readonly templateId: string;
    readonly token: string;
    readonly startedAt: number;
    status: string;
    reason?: string;
}

/** A marker that the application took. */
export interface Marker {
    readonly marker: number;
    readonly at: number;
    /** Key of the region that took it. */
    readonly by: string;
}

/** The world as its ports see it. */
export interface WorldState {
    readonly topology: Topology;
    readonly clock: FakeClock;
    readonly faults: Faults;
    readonly regions: ReadonlyMap<string, FakeRegion>;
    readonly accountId: string;
    readonly upgradeTargets: string[];
    /** ARC Region switch, with the topology's plan. */
    readonly regionSwitch: RegionSwitchService;
    /** Families of parameter groups by their names. */
    readonly parameterGroups: Map<string, string>;
    /** How far AWS's clock is ahead of the machine's. */
    readonly clockAheadMilliseconds: number;
    /** The cluster of a region of the topology. */
    cluster(key: string): FakeCluster;
    /** What DescribeGlobalClusters says in a region. */
    globalDatabase(region: string): GlobalDatabase;
    /** Whether a cluster is that of the region that writes. */
    isWriter(region: string, identifier: string): boolean;
    /** Answers a call, unless a fault does. */
    answer<T>(region: string, operation: string, reply: () => T): Promise<T>;
    /** AWS's own no. */
    fail(region: string, operation: string, code: string, detail?: string): never;
    /** Begins a change of the writer. */
    begin(region: string, operation: string, targetArn: string, planned: boolean): void;
}
