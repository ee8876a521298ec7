/** What a change does to how, how fast and with how much data the system comes back. */
import { isSwitchedOn, items, textOf } from "../render/inputs";
import { STATEFUL_TYPES } from "../render/notable";
import { plural } from "../render/text";
import { type Properties, type ResourceState } from "../types";
import { nameOf } from "../urn";
import { isRecord } from "../values";
import { type RecoveryChange } from "./changes";
import { DELETION_PROTECTIONS } from "./loss";

type Topic = RecoveryChange["topic"];

/** Something that recovery rests on. */
interface Fact {
    readonly topic: Topic;
    readonly urn?: string;
    readonly what: string;
    readonly value: string;
    /** More is better, where values have an order. */
    readonly rank?: number;
    /** Whether that it is there at all says something: else it is told only where both sides have it. */
    readonly existence?: true;
}

/** What a resource's inputs say of recovery. */
type Look = (state: ResourceState) => readonly Fact[];

const TIER_TAG = "recovery-tier";
/** Keys of the configuration that are objectives. */
const OBJECTIVE = /(?:^|:|[a-z])(?:rto|rpo|Rto|Rpo|RTO|RPO)(?:[A-Z].*)?$|(?:recoveryTime|recoveryPoint)/;

const LOOKS: Readonly<Record<string, Look>> = {
    "aws:rds/cluster:Cluster": database,
    "aws:rds/instance:Instance": database,
    "aws:docdb/cluster:Cluster": database,
    "aws:neptune/cluster:Cluster": database,
    "aws:rds/globalCluster:GlobalCluster": (state) => [there("replicas", state, "global database")],
    "aws:docdb/globalCluster:GlobalCluster": (state) => [there("replicas", state, "global database")],
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": (state) => [
        there("backups", state, "copy of the automated backups in another region"),
    ],
    "aws:dynamodb/table:Table": (state) => [
        onOff("backups", state, "point-in-time recovery", isSwitchedOn(state.inputs["pointInTimeRecovery"])),
        ...listed("replicas", state, "replicas", state.inputs["replicas"], "regionName"),
    ],
    "aws:s3/bucketVersioning:BucketVersioning": (state) => [
        onOff(
            "backups",
            state,
            "versions of objects",
            isRecord(state.inputs["versioningConfiguration"]) &&
                state.inputs["versioningConfiguration"]["status"] === "Enabled",
        ),
    ],
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": (state) => [
        there("replicas", state, "replication of the bucket"),
    ],
    "aws:kms/replicaKey:ReplicaKey": (state) => [there("replicas", state, "replica of the key")],
    "aws:secretsmanager/secret:Secret": (state) =>
        listed("replicas", state, "replicas of the secret", state.inputs["replicas"], "region"),
    "aws:backup/plan:Plan": (state) =>
        items(state.inputs["rules"])
            .filter(isRecord)
            .flatMap((rule) => planFacts(state, rule)),
    "aws:backup/selection:Selection": (state) => [there("backups", state, "selection of what is backed up")],
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": (state) => [
        there("backups", state, "lock of the vault"),
        ...numeric(
            "backups",
            state,
            "least retention of the vault's lock",
            state.inputs["minRetentionDays"],
            "day",
        ),
    ],
    "aws:autoscaling/group:Group": (state) => [
        ...numeric("standby", state, "least instances", state.inputs["minSize"]),
        ...numeric("standby", state, "most instances", state.inputs["maxSize"]),
    ],
    "aws:ecs/service:Service": (state) => numeric("standby", state, "tasks", state.inputs["desiredCount"]),
    "aws:appautoscaling/target:Target": (state) => [
        ...numeric("standby", state, "least capacity", state.inputs["minCapacity"]),
        ...numeric("standby", state, "most capacity", state.inputs["maxCapacity"]),
    ],
    "aws:opensearch/domain:Domain": ({ inputs, ...state }) => {
        const cluster = isRecord(inputs["clusterConfig"]) ? inputs["clusterConfig"] : {};
        return numeric("standby", state, "data nodes", cluster["instanceCount"]);
    },
    "aws:route53/healthCheck:HealthCheck": (state) => [
        there("healthChecks", state, "health check"),
        ...detection(state),
    ],
    "aws:route53/record:Record": routed,
};

/** How recovery changes between two states of a stack. URNs of the earlier one are those of the later, where renamed. */
export function recoveryChanges(
    stack: string,
    before: { readonly states: readonly ResourceState[]; readonly config: Readonly<Record<string, string>> },
    after: { readonly states: readonly ResourceState[]; readonly config: Readonly<Record<string, string>> },
): RecoveryChange[] {
    const [was, is] = [factsOf(before.states, before.config), factsOf(after.states, after.config)];
    return [...new Set([...is.keys(), ...was.keys()])].flatMap((key) => {
        const [old, now] = [was.get(key), is.get(key)];
        const told = now ?? old;
        const onlyOne = old === undefined || now === undefined;
        if (told === undefined || old?.value === now?.value || (onlyOne && told.existence !== true)) {
            return [];
        }
        return [
            {
                stack,
                ...(told.urn === undefined ? {} : { urn: told.urn }),
                topic: told.topic,
                what: told.what,
                before: old?.value ?? "none",
                after: now?.value ?? "none",
                direction: directionOf(old, now),
            },
        ];
    });
}

function directionOf(old: Fact | undefined, now: Fact | undefined): RecoveryChange["direction"] {
    if (old === undefined || now === undefined) {
        return now === undefined ? "worse" : "better";
    }
    if (old.rank === undefined || now.rank === undefined || old.rank === now.rank) {
        return "different";
    }
    return now.rank > old.rank ? "better" : "worse";
}

function factsOf(
    states: readonly ResourceState[],
    config: Readonly<Record<string, string>>,
): Map<string, Fact> {
    const facts = [
        ...states.flatMap((state) => [...(LOOKS[state.type]?.(state) ?? []), ...ownFacts(state)]),
        ...instances(states),
        ...zones(states),
        ...Object.entries(config)
            .filter(([key]) => OBJECTIVE.test(key))
            .map(([key, value]): Fact => ({ topic: "objectives", what: key, value, existence: true })),
    ];
    return new Map(facts.map((fact) => [`${fact.urn ?? ""}\n${fact.what}`, fact]));
}

/** What any resource may say: its tier, and whether it is protected. */
function ownFacts(state: ResourceState): Fact[] {
    const tags = isRecord(state.inputs["tags"]) ? state.inputs["tags"] : {};
    const tier = textOf(tags[TIER_TAG]);
    const protection = DELETION_PROTECTIONS.find((property) => typeof state.inputs[property] === "boolean");
    return [
        ...(tier === undefined ? [] : [fact("objectives", state, "recovery tier", tier, -Number(tier))]),
        ...(STATEFUL_TYPES.has(state.type) ? [onOff("protection", state, "protect", state.protect)] : []),
        ...(protection === undefined
            ? []
            : [onOff("protection", state, "deletion protection", state.inputs[protection] === true)]),
    ];
}

function database(state: ResourceState): Fact[] {
    const { inputs } = state;
    const scaling = inputs["serverlessv2ScalingConfiguration"];
    return [
        ...numeric("backups", state, "retention of backups", inputs["backupRetentionPeriod"], "day"),
        ...(typeof inputs["skipFinalSnapshot"] === "boolean"
            ? [onOff("backups", state, "final snapshot", !inputs["skipFinalSnapshot"])]
            : []),
        ...(typeof inputs["multiAz"] === "boolean"
            ? [onOff("replicas", state, "standby in another zone", inputs["multiAz"])]
            : []),
        ...(isRecord(scaling)
            ? [
                  ...numeric("standby", state, "least capacity", scaling["minCapacity"], "ACU"),
                  ...numeric("standby", state, "most capacity", scaling["maxCapacity"], "ACU"),
              ]
            : []),
    ];
}

/** The instances of each cluster: more than one, and in more zones, is what fails over. */
function instances(states: readonly ResourceState[]): Fact[] {
    const clusters = states.filter(({ type }) => /^aws:(?:rds|docdb|neptune)\/cluster:Cluster$/.test(type));
    return clusters.flatMap((cluster) => {
        const members = states.filter(
            ({ type, propertyDependencies, inputs }) =>
                type.endsWith("/clusterInstance:ClusterInstance") &&
                (propertyDependencies["clusterIdentifier"]?.includes(cluster.urn) === true ||
                    inputs["clusterIdentifier"] === cluster.inputs["clusterIdentifier"]),
        );
        const inZones = new Set(
            members
                .map(({ inputs }) => textOf(inputs["availabilityZone"]))
                .filter((zone) => zone !== undefined),
        );
        return [
            fact("replicas", cluster, "database instances", String(members.length), members.length),
            ...(inZones.size > 0
                ? [
                      fact(
                          "replicas",
                          cluster,
                          "zones with a database instance",
                          String(inZones.size),
                          inZones.size,
                      ),
                  ]
                : []),
        ];
    });
}

function zones(states: readonly ResourceState[]): Fact[] {
    const found = new Set(
        states
            .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
            .map(({ inputs }) => textOf(inputs["availabilityZone"]))
            .filter((zone) => zone !== undefined),
    );
    return found.size === 0
        ? []
        : [
              {
                  topic: "standby",
                  what: "zones",
                  value: String(found.size),
                  rank: found.size,
                  existence: true,
              },
          ];
}

function planFacts(state: ResourceState, rule: Properties): Fact[] {
    const name = String(rule["ruleName"]);
    const lifecycle = isRecord(rule["lifecycle"]) ? rule["lifecycle"] : {};
    const copies = items(rule["copyActions"]).length;
    return [
        fact("backups", state, `schedule of ${name}`, textOf(rule["schedule"]) ?? "none"),
        ...numeric("backups", state, `retention of ${name}`, lifecycle["deleteAfter"], "day"),
        fact("backups", state, `copies elsewhere of ${name}`, String(copies), copies),
    ];
}

/** How long Route 53 takes to find an endpoint unhealthy: so many checks that fail, so far apart. */
function detection(state: ResourceState): Fact[] {
    const [threshold, interval] = [
        Number(state.inputs["failureThreshold"]),
        Number(state.inputs["requestInterval"]),
    ];
    const seconds = threshold * interval;
    return Number.isFinite(seconds)
        ? [fact("healthChecks", state, "time until it is found unhealthy", `${seconds} s`, -seconds)]
        : [];
}

function routed(state: ResourceState): Fact[] {
    const { inputs } = state;
    const failover = items(inputs["failoverRoutingPolicies"]).find(isRecord);
    const kinds = [
        ...(failover === undefined ? [] : [`failover ${String(failover["type"])}`]),
        ...(items(inputs["latencyRoutingPolicies"]).length > 0 ? ["latency"] : []),
        ...(items(inputs["weightedRoutingPolicies"]).length > 0 ? ["weighted"] : []),
        ...(items(inputs["geolocationRoutingPolicies"]).length > 0 ? ["geolocation"] : []),
    ];
    if (kinds.length === 0) {
        return [];
    }
    const aliases = items(inputs["aliases"]).filter(isRecord);
    const checked =
        textOf(inputs["healthCheckId"]) !== undefined ||
        aliases.some(({ evaluateTargetHealth }) => evaluateTargetHealth === true);
    return [
        {
            ...fact("failoverRecords", state, "record", `${kinds.join(", ")} ${String(inputs["name"])}`),
            existence: true,
        },
        onOff("failoverRecords", state, "follows health", checked),
        ...numeric("failoverRecords", state, "time to live", inputs["ttl"], "s", -1),
    ];
}

function fact(
    topic: Topic,
    { urn }: Pick<ResourceState, "urn">,
    what: string,
    value: string,
    rank?: number,
): Fact {
    const known = rank === undefined || Number.isNaN(rank) ? {} : { rank };
    return { topic, urn, what: `${what} (${nameOf(urn)})`, value, ...known };
}

function there(topic: Topic, state: Pick<ResourceState, "urn">, what: string): Fact {
    return { ...fact(topic, state, what, "there", 1), existence: true };
}

function onOff(topic: Topic, state: Pick<ResourceState, "urn">, what: string, on: boolean): Fact {
    return fact(topic, state, what, on ? "on" : "off", on ? 1 : 0);
}

function numeric(
    topic: Topic,
    state: Pick<ResourceState, "urn">,
    what: string,
    value: unknown,
    unit = "",
    sign = 1,
): Fact[] {
    const number = Number(value);
    return value === undefined || value === null || value === "" || Number.isNaN(number)
        ? []
        : [fact(topic, state, what, amount(number, unit), sign * number)];
}

function amount(number: number, unit: string): string {
    return unit === "" ? String(number) : unit === "day" ? plural(number, unit) : `${number} ${unit}`;
}

function listed(
    topic: Topic,
    state: Pick<ResourceState, "urn">,
    what: string,
    value: unknown,
    key: string,
): Fact[] {
    const names = items(value)
        .filter(isRecord)
        .map((item) => String(item[key]))
        .sort();
    return names.length === 0
        ? []
        : [{ ...fact(topic, state, what, names.join(", "), names.length), existence: true }];
}
