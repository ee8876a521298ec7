/** What is lost with a resource that holds data, and what holds against it. */
import { isSwitchedOn, items, textOf } from "../render/inputs";
import { STATEFUL_TYPES } from "../render/notable";
import { type Properties, type ResourceState } from "../types";
import { nameOf } from "../urn";
import { isRecord } from "../values";
import { type Loss } from "./changes";

type Hold = Loss["holds"][number];

/** What is lost, by type; else what every such resource holds. */
const WHAT: Readonly<Record<string, string>> = {
    "aws-native:cognito:UserPool": "its users, with their passwords and second factors",
    "aws-native:cognito:UserPoolReplica": "the copy of the users in the other region",
    "aws:backup/vault:Vault": "the recovery points in it",
    "aws:cloudtrail/trail:Trail": "the record of what is done from then on, until there is another trail",
    "aws:cognito/userPool:UserPool": "its users, with their passwords and second factors",
    "aws:docdb/cluster:Cluster": "every document of the cluster",
    "aws:docdb/globalCluster:GlobalCluster": "the tie between the regions' clusters",
    "aws:dynamodb/table:Table": "every item of the table",
    "aws:ebs/volume:Volume": "the volume's data",
    "aws:ecr/repository:Repository": "every image in it",
    "aws:efs/fileSystem:FileSystem": "every file in it",
    "aws:kms/key:Key": "all that is encrypted with the key",
    "aws:kms/replicaKey:ReplicaKey": "the region's way to read what the key encrypts",
    "aws:opensearch/domain:Domain": "every index of the domain",
    "aws:rds/cluster:Cluster": "every row of the cluster",
    "aws:rds/globalCluster:GlobalCluster": "the tie between the regions' clusters, which replication needs",
    "aws:rds/instance:Instance": "every row of the database",
    "aws:s3/bucket:Bucket": "every object in the bucket",
    "aws:s3/bucketV2:BucketV2": "every object in the bucket",
    "aws:secretsmanager/secret:Secret": "every version of the secret",
};

/** Inputs that make AWS refuse to delete a resource. */
export const DELETION_PROTECTIONS = ["deletionProtection", "deletionProtectionEnabled"];

/**
 * What is lost with a resource; undefined for what holds nothing.
 *
 * @param state As it is before the change: what is deployed decides what AWS refuses and keeps.
 * @param others The stack's resources before the change: backups and replicas are among them.
 */
export function lossOf(state: ResourceState, others: readonly ResourceState[]): Loss | undefined {
    if (!STATEFUL_TYPES.has(state.type)) {
        return undefined;
    }
    const holds = [
        ...protections(state),
        ...snapshots(state),
        ...backups(state, others),
        ...copies(state, others),
        ...delays(state),
    ];
    const held = (guards: readonly Hold["guard"][]): boolean =>
        holds.some((hold) => hold.holds && guards.includes(hold.guard));
    return {
        what: WHAT[state.type] ?? "what it holds",
        holds,
        outcome: held(["protect", "deletionProtection", "notEmpty"])
            ? "refused"
            : held(["finalSnapshot", "backup", "replica", "retained", "recoveryWindow"])
              ? "recoverable"
              : "lost",
    };
}

function hold(guard: Hold["guard"], holds: Hold["holds"], text: string): Hold {
    return { guard, holds, text };
}

function protections(state: ResourceState): Hold[] {
    const { type, inputs } = state;
    const found = [
        state.protect
            ? hold("protect", true, "protect is set: pulumi up refuses")
            : hold("protect", false, "protect is not set"),
    ];
    for (const property of DELETION_PROTECTIONS) {
        if (property in inputs) {
            const on = inputs[property] === true || inputs[property] === "ACTIVE";
            found.push(
                hold("deletionProtection", on, on ? `${property} is on: AWS refuses` : `${property} is off`),
            );
        }
    }
    if (type.startsWith("aws:s3/bucket") || type.startsWith("aws:ecr/")) {
        const force = inputs["forceDestroy"] === true || inputs["forceDelete"] === true;
        found.push(
            force
                ? hold("notEmpty", false, "it is emptied before it is deleted")
                : hold("notEmpty", true, "AWS refuses while anything is in it"),
        );
    }
    if (type === "aws:backup/vault:Vault" && inputs["forceDestroy"] !== true) {
        found.push(hold("notEmpty", true, "AWS refuses while a recovery point is in it"));
    }
    if (state.retainOnDelete === true) {
        found.push(hold("retained", true, "retainOnDelete leaves it at AWS"));
    }
    return found;
}

function snapshots({ inputs }: ResourceState): Hold[] {
    if ("skipFinalSnapshot" in inputs || "finalSnapshotIdentifier" in inputs) {
        const name = textOf(inputs["finalSnapshotIdentifier"]);
        const made = inputs["skipFinalSnapshot"] !== true && name !== undefined;
        return [
            hold(
                "finalSnapshot",
                made,
                made ? `a final snapshot ${name} is made` : "no final snapshot is made",
            ),
        ];
    }
    return "finalSnapshot" in inputs
        ? [
              hold(
                  "finalSnapshot",
                  inputs["finalSnapshot"] === true,
                  "a snapshot of the volume is made at its end",
              ),
          ]
        : [];
}

function backups(state: ResourceState, others: readonly ResourceState[]): Hold[] {
    const { inputs } = state;
    const found: Hold[] = [];
    const days = Number(inputs["backupRetentionPeriod"] ?? 0);
    if (days > 0) {
        const kept = inputs["deleteAutomatedBackups"] === false;
        found.push(
            hold(
                "backup",
                kept,
                kept ? `automated backups of ${days} days are kept` : "automated backups go with it",
            ),
        );
    }
    if (isSwitchedOn(inputs["pointInTimeRecovery"])) {
        found.push(
            hold(
                "backup",
                true,
                "DynamoDB keeps a last backup for 35 days, since point-in-time recovery is on",
            ),
        );
    }
    const selection = others.find(
        ({ type, inputs: of }) => type === "aws:backup/selection:Selection" && selects(of, state),
    );
    if (selection !== undefined) {
        found.push(
            hold(
                "backup",
                true,
                `recovery points of AWS Backup stay in their vault (${nameOf(selection.urn)})`,
            ),
        );
    }
    return found;
}

/** Whether a selection of AWS Backup names the resource, or one of its tags. */
function selects(selection: Properties, { outputs, inputs }: ResourceState): boolean {
    const arn = textOf(outputs["arn"]);
    const named = items(selection["resources"]).some(
        (pattern) => typeof pattern === "string" && arn !== undefined && matches(arn, pattern),
    );
    const tags = isRecord(outputs["tagsAll"])
        ? outputs["tagsAll"]
        : isRecord(inputs["tags"])
          ? inputs["tags"]
          : {};
    const tagged = items(selection["selectionTags"]).some(
        (tag) => isRecord(tag) && tags[String(tag["key"])] === tag["value"],
    );
    return named || tagged;
}

function matches(text: string, pattern: string): boolean {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(text);
}

function copies(state: ResourceState, others: readonly ResourceState[]): Hold[] {
    const { type, inputs } = state;
    if (type.startsWith("aws:s3/bucket")) {
        const replication = others.find(
            ({ type: of, propertyDependencies }) =>
                of.startsWith("aws:s3/bucketReplicationConfig") &&
                propertyDependencies["bucket"]?.includes(state.urn) === true,
        );
        return replication === undefined
            ? []
            : [hold("replica", true, `its objects are replicated (${nameOf(replication.urn)})`)];
    }
    const replicas = items(inputs["replicas"])
        .filter(isRecord)
        .map(({ regionName, region }) => regionName ?? region);
    return replicas.length === 0
        ? []
        : [hold("replica", false, `its replicas in ${replicas.map(String).join(", ")} go with it`)];
}

function delays({ type, inputs }: ResourceState): Hold[] {
    if (type === "aws:secretsmanager/secret:Secret") {
        const days = Number(inputs["recoveryWindowInDays"] ?? 30);
        return [
            hold(
                "recoveryWindow",
                days > 0,
                days > 0 ? `it can be restored for ${days} days` : "it is deleted at once",
            ),
        ];
    }
    if (type === "aws:kms/key:Key" || type === "aws:kms/replicaKey:ReplicaKey") {
        const days = Number(inputs["deletionWindowInDays"] ?? 30);
        return [hold("recoveryWindow", true, `its deletion can be called off for ${days} days`)];
    }
    return [];
}
