/** How much of what is paid by use is used: the keys of a usage profile, and what a resource's share of them is. */
import { matches } from "../../../framework/patterns";

/** One thing that a usage profile may say. */
export interface UsageKey {
    /** Of what, such as `GB` or `requests`. */
    readonly unit: string;
    /**
     * `amount`: by the month, of a whole stack; its resources of a kind share it evenly. `rate`: holds for each
     * resource as it is.
     */
    readonly kind: "amount" | "rate";
    readonly meaning: string;
    /** The most that a rate may be. */
    readonly most?: number;
}

const amount = (unit: string, meaning: string): UsageKey => ({ unit, kind: "amount", meaning });
const rate = (unit: string, meaning: string, most?: number): UsageKey => ({
    unit,
    kind: "rate",
    meaning,
    ...(most === undefined ? {} : { most }),
});

/** Every key, by the service that it belongs to. */
export const USAGE_KEYS = {
    apiGateway: {
        requests: amount("requests", "to REST, HTTP and WebSocket APIs"),
    },
    aurora: {
        backupGb: amount("GB", "of backups beyond what is free"),
        extraUnits: amount("ACU", "on average above the least, all instances together"),
        ioRequests: amount("requests", "of input and output"),
        replicatedWrites: amount("requests", "written to each further region of a global database"),
        storageGb: amount("GB", "stored in all clusters"),
    },
    autoscaling: {
        extraOnDemand: amount("instances", "on demand, on average above the least, all groups together"),
        extraSpot: amount("instances", "of Spot, on average above the least, all groups together"),
        spotShare: rate("part", "of the price on demand that Spot costs; left out: all of it", 1),
    },
    backup: {
        copiedGb: amount("GB", "copied to other regions by AWS Backup"),
        dynamodbGb: amount("GB", "of tables in vaults"),
        s3Gb: amount("GB", "of buckets in vaults"),
    },
    balancer: {
        gb: amount("GB", "through all load balancers"),
        newConnections: amount("connections", "opened to all load balancers"),
    },
    cache: {
        dataGb: amount("GB", "on average in serverless caches"),
        units: amount("ECPU", "that serverless caches process"),
    },
    cloudfront: {
        gbOut: amount("GB", "to viewers"),
        hitRatio: rate("part", "of the requests that the cache answers", 1),
        kbToOrigin: rate("KB", "that one request sends to its origin"),
        requests: amount("requests", "of viewers, over HTTPS"),
    },
    cloudtrail: { dataEvents: amount("events", "about data that trails record") },
    codebuild: { minutes: amount("minutes", "of builds") },
    codepipeline: { minutes: amount("minutes", "of actions") },
    cognito: { activeUsers: amount("users", "who sign in within the month") },
    config: {
        evaluations: amount("evaluations", "of rules of AWS Config"),
        items: amount("items", "that AWS Config records"),
    },
    docdb: {
        backupGb: amount("GB", "of backups beyond what is free"),
        ioRequests: amount("requests", "of input and output"),
        storageGb: amount("GB", "stored in all clusters"),
    },
    dynamodb: {
        reads: amount("units", "read from tables on demand"),
        storageGb: amount("GB", "stored in all tables"),
        writes: amount("units", "written to tables on demand"),
    },
    ebs: { snapshotGb: amount("GB", "in snapshots") },
    ecr: { storageGb: amount("GB", "of images") },
    endpoint: { gb: amount("GB", "through interface endpoints") },
    events: {
        archivedGb: amount("GB", "put into archives"),
        custom: amount("events", "of the system's own, of 64 KB at most"),
        scheduled: amount("invocations", "of EventBridge Scheduler"),
    },
    fargate: { extraTasks: amount("tasks", "on average above the desired number, all services together") },
    firehose: { gb: amount("GB", "taken in") },
    guardduty: {
        flowLogGb: amount("GB", "of flow and DNS logs"),
        lambdaGb: amount("GB", "of functions' network logs"),
        managementEvents: amount("events", "of CloudTrail"),
        s3Events: amount("events", "about objects"),
    },
    kinesis: {
        gbIn: amount("GB", "written to streams on demand"),
        gbOut: amount("GB", "read from streams on demand"),
        putUnits: amount("units", "of 25 KB put into provisioned streams"),
        retainedGb: amount("GB", "kept for longer than a day, on average"),
    },
    kms: { requests: amount("requests", "for symmetric keys") },
    lambda: {
        milliseconds: rate("ms", "that one request takes"),
        requests: amount("requests", "of all functions"),
    },
    logs: {
        gb: amount("GB", "taken in by log groups"),
        storedGb: amount("GB", "stored in log groups"),
    },
    metrics: { custom: amount("metrics", "of the system's own") },
    nat: { gb: amount("GB", "through NAT gateways") },
    rds: { backupGb: amount("GB", "of backups beyond what is free") },
    route53: {
        latencyQueries: amount("queries", "of records by latency"),
        queries: amount("queries", "of other records, but for aliases, which are free"),
    },
    s3: {
        reads: amount("requests", "GET and others"),
        replicatedGb: amount("GB", "replicated to buckets in other regions"),
        storageGb: amount("GB", "stored as S3 Standard"),
        writes: amount("requests", "PUT, COPY, POST and LIST"),
    },
    secrets: { calls: amount("calls", "of Secrets Manager's API") },
    ses: { emails: amount("emails", "sent, by recipients") },
    sns: {
        emails: amount("emails", "delivered"),
        publishes: amount("requests", "to topics"),
    },
    sqs: { requests: amount("requests", "to all queues") },
    stepFunctions: {
        expressGbSeconds: amount("GB-seconds", "of express workflows"),
        expressRequests: amount("requests", "of express workflows"),
        transitions: amount("transitions", "of standard workflows"),
    },
    vpc: {
        gbBetweenZones: amount("GB", "between zones; AWS counts it where it leaves and where it arrives"),
        gbToInternet: amount("GB", "to the internet, but for CloudFront"),
        gbToOtherRegions: amount("GB", "to other regions"),
    },
    waf: { requests: amount("requests", "that web ACLs of a region look at") },
} as const satisfies Readonly<Record<string, Readonly<Record<string, UsageKey>>>>;

type Keys = typeof USAGE_KEYS;
/** A key with its service, such as `nat.gb`. */
export type UsageKeyName = { [S in keyof Keys]: `${S}.${keyof Keys[S] & string}` }[keyof Keys];

export const USAGE_KEY_NAMES: readonly UsageKeyName[] = Object.entries(USAGE_KEYS).flatMap(
    ([service, keys]) => Object.keys(keys).map((key) => `${service}.${key}` as UsageKeyName),
);

/** What a key means. */
export function usageKey(name: UsageKeyName): UsageKey {
    const [service = "", key = ""] = name.split(".");
    return (USAGE_KEYS as Readonly<Record<string, Readonly<Record<string, UsageKey>>>>)[service]?.[
        key
    ] as UsageKey;
}

/** What stacks have of a profile. */
export interface UsageOfStacks {
    /** Pattern of their names. */
    readonly stacks: string;
    /** What part of the amounts they have. */
    readonly share: number;
    /** What is said of them alone, before any share. */
    readonly values: Readonly<Partial<Record<UsageKeyName, number>>>;
}

/** A checked usage profile. */
export interface Usage {
    readonly name: string;
    readonly values: Readonly<Partial<Record<UsageKeyName, number>>>;
    /** The first whose pattern matches a stack holds for it; others have all of the amounts. */
    readonly byStack: readonly UsageOfStacks[];
    /** Where viewers are, by CloudFront's own classes of prices: together 1. */
    readonly viewers: Readonly<Record<string, number>>;
    /** Whether to take off what AWS gives each account for nothing. */
    readonly freeTier: boolean;
}

/** Who tells resources what they use. */
export interface UsageReader {
    readonly viewers: Usage["viewers"];
    /** What one resource of the type has of the key; undefined where the profile does not say. */
    of: (name: UsageKeyName, type: string) => number | undefined;
}

/** What a stack uses. */
export class StackUsage implements UsageReader {
    readonly #readers = new Map<string, number>();
    readonly #part: UsageOfStacks | undefined;
    readonly #usage: Usage;

    constructor(usage: Usage, stack: string) {
        this.#usage = usage;
        this.#part = usage.byStack.find(({ stacks }) => matches(stacks, stack));
    }

    get viewers(): Usage["viewers"] {
        return this.#usage.viewers;
    }

    /** Notes that a resource of the type will ask for its share of the key. */
    expect(name: UsageKeyName, type: string): void {
        const key = `${name} ${type}`;
        this.#readers.set(key, (this.#readers.get(key) ?? 0) + 1);
    }

    of(name: UsageKeyName, type: string): number | undefined {
        const own = this.#part?.values[name];
        const value = own ?? this.#usage.values[name];
        if (value === undefined || usageKey(name).kind === "rate") {
            return value;
        }
        const share = own === undefined ? (this.#part?.share ?? 1) : 1;
        return (value * share) / Math.max(1, this.#readers.get(`${name} ${type}`) ?? 1);
    }
}
