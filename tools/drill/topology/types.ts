/** What is drilled: the regions and what is in them, and how good is good enough. */

import { regionHosts } from "../../../regions/hosts";
import { type MetricName } from "../aws/ports";

/** One region of the shop. */
export interface RegionTopology {
    /** The catalogue's key, such as `us`. */
    readonly key: string;
    /** The AWS region. */
    readonly region: string;
    /** Identifier of the region's Aurora cluster. */
    readonly clusterIdentifier: string;
    /** Host name of the region's balancer alone, which its certificate holds. */
    readonly originHost: string;
    /** What answers 2xx or 3xx from outside while the region is well: the region's own distribution. */
    readonly healthUrl: string;
    /** The Route 53 health check of the region; left out where there is none. */
    readonly healthCheckId?: string;
    /** What turns the region's traffic off; left out where nothing does. */
    readonly trafficSwitch?: TrafficSwitch;
    /** Names of the Auto Scaling groups. */
    readonly autoScalingGroups: { readonly web: string; readonly api: string };
    /** Name of the AWS Backup vault of the region's own backups; left out where there is none. */
    readonly backupVault?: string;
    /** Name of the vault of personal data, of which nothing is copied. */
    readonly personalDataVault?: string;
    /** Names of the vaults in this region that hold copies of other regions' backups. */
    readonly copyVaults: readonly string[];
    /** The role that AWS Backup restores with there; left out where the region's stack has none. */
    readonly restoreRoleArn?: string;
    /** The DynamoDB table of personal data, which that vault protects. */
    readonly personalDataTable?: string;
    /** Ids of the templates of AWS FIS, by the fault; left out where there are none. */
    readonly faultExperiments?: Readonly<Record<string, string>>;
}

/** The metric that turns a region's traffic off (1) and on (0). */
export interface TrafficSwitch extends MetricName {
    /** The AWS region of the metric, which is another one than that whose traffic it turns. */
    readonly region: string;
}

/** What a planned or unplanned change may cost. */
export interface Targets {
    readonly switchoverRtoSeconds: number;
    readonly switchoverRpoSeconds: number;
    readonly failoverRtoSeconds: number;
    readonly failoverRpoSeconds: number;
    /** Longest time from the start of a restore to a verified copy. */
    readonly restoreSeconds: number;
}

/** From where on `status` warns and preflight refuses. */
export interface Limits {
    /** Most that the target may lag behind before a planned switchover. */
    readonly replicationLagMilliseconds: number;
    /** Oldest that a vault's newest recovery point may be. */
    readonly recoveryPointAgeHours: number;
    /** Fewest days that a certificate must still be good for. */
    readonly certificateDays: number;
}

/** Where and how markers are written through the application. */
export interface ProbeTopology {
    /** Takes `POST {"marker": n}` and answers `GET ?after=n` with `{"markers": [n, …]}`. */
    readonly url: string;
    /**
     * The same through each region's own host, by the region's key. Left out: `url` with the region's host in the place
     * of the domain, where `url` is at the domain; else none.
     */
    readonly regionUrls?: Readonly<Record<string, string>>;
    readonly intervalMilliseconds: number;
    readonly timeoutMilliseconds: number;
    /** How long a marker may take to show when they are read back: a reader may be behind the writer. */
    readonly readBackMilliseconds: number;
    /** How long a part of a rehearsal goes on watching after writes go through again: what flaps is not recovered. */
    readonly soakMilliseconds: number;
}

/** How a restored copy is made and looked at. */
export interface RestoreTopology {
    /** The role that AWS Backup restores with, where it is not the region's own. */
    readonly roleArn?: string;
    /** A query of one number; a restored database must answer more than zero. */
    readonly query: string;
}

/** A table whose rows are looked for after a failover. */
export interface MissingTable {
    /** Such as `orders`, which is `public.orders`. */
    readonly name: string;
    /** Columns that name a row together, never null; the primary key's when left out. */
    readonly key?: readonly string[];
    /** The column of the time at which a row was changed last. */
    readonly changedAt?: string;
}

/** How rows that a failover lost are looked for. */
export interface MissingTopology {
    /** ARN of the secret that the Data API reads a region's cluster with, by the region's key. */
    readonly signIns: Readonly<Record<string, string>>;
    /** The tables that are compared; left out: all that have a primary key. */
    readonly tables?: readonly MissingTable[];
    /** Most rows of a table that are compared. */
    readonly maxRows: number;
    /** Most rows of a table that are written down. */
    readonly maxFound: number;
}

/** Commands that take the region that writes away and give it back, each the program and its arguments. */
export interface FaultCommands {
    readonly strike: readonly string[];
    readonly heal: readonly string[];
}

/** An experiment of AWS FIS that takes the region that writes away while it runs. */
export interface FaultExperiment {
    /** A template's id, or a key of the region's `faultExperiments`. */
    readonly experiment: string;
}

/** What takes the region that writes away and gives it back. */
export type FaultTopology = FaultCommands | FaultExperiment;

/** Everything that the drill knows without asking AWS. */
export interface Topology {
    /** The first part of the stacks' names, such as `prod`. */
    readonly environment: string;
    /** The account; every verb that changes something refuses another one. */
    readonly accountId: string;
    readonly domainName: string;
    /** Id of the public hosted zone; left out where it is not known. */
    readonly hostedZoneId?: string;
    readonly globalClusterIdentifier: string;
    /** ARN of the plan of ARC Region switch that activates a region; left out where there is none. */
    readonly regionSwitchPlanArn?: string;
    /** Key of the region that `failback` goes back to. */
    readonly home: string;
    readonly regions: readonly RegionTopology[];
    /** Aurora capacity units of an instance. */
    readonly capacity: { readonly writerMin: number; readonly standbyMin: number; readonly max: number };
    readonly targets: Targets;
    readonly limits: Limits;
    readonly restore: RestoreTopology;
    readonly missing: MissingTopology;
    readonly probe?: ProbeTopology;
    readonly fault?: FaultTopology;
    /** Seconds between two looks at something that is waited for. */
    readonly pollSeconds: number;
    /** Time limits in seconds that replace a step's own, by the step's id. */
    readonly timeouts: Readonly<Record<string, number>>;
}

/** What is used where nothing else is said. */
export const DEFAULTS = {
    targets: {
        // The project's promise for a planned switchover.
        switchoverRtoSeconds: 60,
        switchoverRpoSeconds: 1,
        // An unplanned failover waits for health checks, for a person, and for Aurora to promote the cluster.
        failoverRtoSeconds: 600,
        // What the replication alarm calls too much.
        failoverRpoSeconds: 5,
        restoreSeconds: 7200,
    },
    limits: {
        replicationLagMilliseconds: 1000,
        // The daily backup, and two hours for it to finish.
        recoveryPointAgeHours: 26,
        // ACM renews 60 days ahead; a certificate with fewer than 30 left has failed to renew for a month.
        certificateDays: 30,
    },
    probe: {
        intervalMilliseconds: 1000,
        timeoutMilliseconds: 3000,
        readBackMilliseconds: 30_000,
        // As long as a planned switchover may take: what breaks later is another outage.
        soakMilliseconds: 60_000,
    },
    restore: {
        // PostgreSQL's own schemas are in every database; the others came from the original, with tables in them or not.
        query:
            "select count(*) from pg_catalog.pg_namespace " +
            "where nspname <> 'information_schema' and nspname not like 'pg\\_%'",
    },
    // 500 rows take two calls of the Data API: a million, some minutes.
    missing: { maxRows: 1_000_000, maxFound: 10_000 },
    pollSeconds: 5,
} as const;

/** The region with this key or AWS region; undefined when there is none. */
export function regionOf(topology: Topology, keyOrRegion: string): RegionTopology | undefined {
    return topology.regions.find(({ key, region }) => key === keyOrRegion || region === keyOrRegion);
}

/** The region with this key, which must be there. */
export function requireRegion(topology: Topology, key: string): RegionTopology {
    const found = regionOf(topology, key);
    if (found === undefined) {
        throw new Error(`no region ${key} among ${topology.regions.map((region) => region.key).join(", ")}`);
    }
    return found;
}

/** Where markers are written to through each region's own host, by the region's key. */
export function regionProbeUrls({ domainName, probe, regions }: Topology): Readonly<Record<string, string>> {
    if (probe === undefined || probe.regionUrls !== undefined) {
        return probe?.regionUrls ?? {};
    }
    const url = new URL(probe.url);
    if (url.hostname !== domainName) {
        return {};
    }
    return Object.fromEntries(
        regions.map(({ key }) => {
            const own = new URL(url);
            own.hostname = regionHosts(domainName, key).viewer;
            return [key, own.href];
        }),
    );
}

/** ARN of a region's cluster. */
export function clusterArn(topology: Topology, { clusterIdentifier, region }: RegionTopology): string {
    return `arn:aws:rds:${region}:${topology.accountId}:cluster:${clusterIdentifier}`;
}
