/** What is kept twice: replication between regions, and copies of backups. */
import { longestGap, spanOf } from "../../../../policies/framework/schedule";
import { matches } from "../../../../policies/framework/patterns";
import { items, textOf } from "../../render/inputs";
import { isRecord } from "../../values";
import { type Inventory, type Item } from "../inventory";
import { type Bound } from "../types";
import { type Scene } from "./scene";

/** A copy by the resources. */
export interface ItemCopy {
    readonly from: Item;
    readonly to: Item;
    readonly how: string;
    readonly writers: "all" | "one";
    readonly loses: Bound;
    readonly promotion?: string;
}

export const TABLE = "aws:dynamodb/table:Table";
const SECRET = "aws:secretsmanager/secret:Secret";
const REPOSITORY = "aws:ecr/repository:Repository";
const BACKED_UP =
    /^aws:(?:rds\/(?:cluster|instance)|dynamodb\/table|docdb\/cluster|s3\/bucket(?:V2)?|ebs\/volume|efs\/fileSystem|neptune\/cluster):/;

/** What nothing bounds. */
export function unbounded(source: string): Bound {
    return { text: "asynchronous: not bounded", source };
}

/**
 * What AWS makes in other regions of a resource, without a resource of its own: replicas of tables and secrets,
 * replicated images and backups.
 */
export function impliedCopies(inventory: Inventory): Item[] {
    const copies: Item[] = [];
    const add = (item: Item, region: string, type = item.type): void => {
        if (region !== item.region) {
            copies.push(copyOf(item, region, type));
        }
    };
    for (const table of inventory.ofType(TABLE)) {
        replicasOf(table).forEach(({ region }) => {
            add(table, region);
        });
    }
    for (const replica of inventory.ofType("aws:dynamodb/tableReplica:TableReplica")) {
        const table = inventory.named(replica.inputs["globalTableArn"]);
        if (table !== undefined && replica.region !== undefined) {
            add(table, replica.region);
        }
    }
    for (const secret of inventory.ofType(SECRET)) {
        for (const replica of items(secret.inputs["replicas"])) {
            const region = isRecord(replica) ? textOf(replica["region"]) : undefined;
            if (region !== undefined) {
                add(secret, region);
            }
        }
    }
    for (const { inputs, region } of inventory.ofType(
        "aws:ecr/replicationConfiguration:ReplicationConfiguration",
    )) {
        const regions = JSON.stringify(inputs).match(/(?<="region":")[^"]+/g) ?? [];
        for (const repository of inventory.ofType(REPOSITORY).filter((each) => each.region === region)) {
            regions.forEach((to) => {
                add(repository, to);
            });
        }
    }
    for (const { inputs, region } of inventory.ofType(
        "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    )) {
        const instance = inventory.named(inputs["sourceDbInstanceArn"]);
        if (instance !== undefined && region !== undefined) {
            add(instance, region, BACKUPS);
        }
    }
    return copies;
}

/** Backups of a database that RDS keeps in another region. */
export const BACKUPS = "picture:index:ReplicatedBackups";

function copyOf(item: Item, region: string, type: string): Item {
    const arn = textOf(item.outputs["arn"])?.replace(/^((?:[^:]*:){3})[^:]*/, `$1${region}`);
    const outputs = { ...item.outputs, region, ...(arn === undefined ? {} : { arn }) };
    return { ...item, type, urn: `${item.urn}@${region}`, region, outputs, id: arn ?? "" };
}

function replicasOf(table: Item): { region: string; strong: boolean }[] {
    return items(table.inputs["replicas"]).flatMap((replica) => {
        const region = isRecord(replica) ? textOf(replica["regionName"]) : undefined;
        return region === undefined || !isRecord(replica)
            ? []
            : [{ region, strong: replica["consistencyMode"] === "STRONG" }];
    });
}

/** All copies of a system. */
export function copiesOf(scene: Scene): ItemCopy[] {
    return [
        ...impliedOnes(scene),
        ...globalDatabases(
            scene,
            "aws:rds/globalCluster:GlobalCluster",
            "aws:rds/cluster:Cluster",
            "Aurora Global Database",
        ),
        ...globalDatabases(
            scene,
            "aws:docdb/globalCluster:GlobalCluster",
            "aws:docdb/cluster:Cluster",
            "DocumentDB global cluster",
        ),
        ...globalCaches(scene),
        ...readReplicas(scene),
        ...buckets(scene),
        ...userPools(scene),
    ];
}

function impliedOnes({ inventory, copies }: Scene): ItemCopy[] {
    return copies.flatMap((to): ItemCopy[] => {
        const from = inventory.get(to.urn.slice(0, to.urn.lastIndexOf("@")));
        if (from === undefined) {
            return [];
        }
        if (to.type === TABLE) {
            const strong = replicasOf(from).some((each) => each.strong && each.region === to.region);
            const loses = strong
                ? {
                      text: "nothing",
                      source: "consistencyMode STRONG: a write is in two regions before it is answered (Amazon DynamoDB Developer Guide, multi-Region strong consistency)",
                  }
                : unbounded("consistencyMode EVENTUAL (Amazon DynamoDB Developer Guide, global tables)");
            return [{ from, to, how: "DynamoDB global table", writers: "all", loses }];
        }
        if (to.type === SECRET) {
            return [
                {
                    from,
                    to,
                    how: "replica of the secret",
                    writers: "one",
                    loses: unbounded("Secrets Manager's replication (AWS Secrets Manager User Guide)"),
                    promotion:
                        "secretsmanager stop-replication-to-replica makes it a secret that can be changed",
                },
            ];
        }
        return to.type === BACKUPS
            ? [
                  {
                      from,
                      to,
                      how: "replicated automated backups",
                      writers: "one",
                      loses: unbounded("RDS's replication of automated backups (Amazon RDS User Guide)"),
                      promotion: "rds restore-db-instance-to-point-in-time makes an instance of it",
                  },
              ]
            : [
                  {
                      from,
                      to,
                      how: "ECR replication",
                      writers: "one",
                      loses: unbounded("ECR's registry replication (Amazon ECR User Guide)"),
                  },
              ];
    });
}

function globalDatabases(
    { inventory }: Scene,
    globalType: string,
    memberType: string,
    how: string,
): ItemCopy[] {
    return inventory.ofType(globalType).flatMap((global) => {
        const name = global.inputs["globalClusterIdentifier"];
        const source = inventory.named(global.inputs["sourceDbClusterIdentifier"]);
        const members = inventory
            .ofType(memberType)
            .filter(({ inputs }) => inputs["globalClusterIdentifier"] === name);
        const primary = source ?? members.find(({ stack }) => stack === global.stack) ?? members[0];
        if (primary === undefined) {
            return [];
        }
        const promotion = `${memberType.split("/")[0]?.replace("aws:", "") ?? ""} failover-global-cluster --allow-data-loss makes it the writer`;
        return members
            .filter((member) => member !== primary)
            .map((to): ItemCopy => ({
                from: primary,
                to,
                how,
                writers: "one",
                loses: lagOf(inventory, primary, how),
                promotion,
            }));
    });
}

/** What a global database may lose: a parameter bounds it where it is set. */
function lagOf(inventory: Inventory, cluster: Item, how: string): Bound {
    const group = inventory.called(
        "aws:rds/clusterParameterGroup:ClusterParameterGroup",
        cluster.inputs["dbClusterParameterGroupName"],
        cluster.region,
    );
    const parameter = items(group?.inputs["parameters"]).find(
        (each) => isRecord(each) && each["name"] === "rds.global_db_rpo",
    );
    return group !== undefined && isRecord(parameter)
        ? { text: `${String(parameter["value"])} s`, source: `parameter rds.global_db_rpo of ${group.name}` }
        : unbounded(`${how}: storage replication; no parameter rds.global_db_rpo bounds it`);
}

function globalCaches({ inventory }: Scene): ItemCopy[] {
    return inventory
        .ofType("aws:elasticache/globalReplicationGroup:GlobalReplicationGroup")
        .flatMap((global) => {
            const groups = inventory.ofType("aws:elasticache/replicationGroup:ReplicationGroup");
            const id = textOf(global.outputs["globalReplicationGroupId"]);
            const primary = groups.find(
                (group) =>
                    [group.id, group.outputs["replicationGroupId"]].includes(
                        String(global.inputs["primaryReplicationGroupId"]),
                    ) ||
                    (global.state.propertyDependencies["primaryReplicationGroupId"] ?? []).includes(
                        group.urn,
                    ),
            );
            return groups
                .filter(
                    (group) =>
                        group !== primary &&
                        (group.inputs["globalReplicationGroupId"] === id ||
                            (group.state.propertyDependencies["globalReplicationGroupId"] ?? []).includes(
                                global.urn,
                            )),
                )
                .flatMap((to): ItemCopy[] =>
                    primary === undefined
                        ? []
                        : [
                              {
                                  from: primary,
                                  to,
                                  how: "ElastiCache Global Datastore",
                                  writers: "one",
                                  loses: unbounded(
                                      "Global Datastore's replication (Amazon ElastiCache User Guide)",
                                  ),
                                  promotion:
                                      "elasticache failover-global-replication-group makes it the writer",
                              },
                          ],
                );
        });
}

function readReplicas({ inventory }: Scene): ItemCopy[] {
    return inventory
        .ofType("aws:rds/instance:Instance", "aws:rds/cluster:Cluster")
        .flatMap((to): ItemCopy[] => {
            const source =
                textOf(to.inputs["replicateSourceDb"]) ?? textOf(to.inputs["replicationSourceIdentifier"]);
            const from = inventory.named(source) ?? inventory.called(to.type, source, to.region);
            return from === undefined
                ? []
                : [
                      {
                          from,
                          to,
                          how: "read replica",
                          writers: "one",
                          loses: unbounded("RDS's read replicas (Amazon RDS User Guide)"),
                          promotion: "rds promote-read-replica makes it a database of its own",
                      },
                  ];
        });
}

function buckets({ inventory }: Scene): ItemCopy[] {
    const types = [
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        "aws:s3/bucketReplicationConfiguration:BucketReplicationConfiguration",
    ];
    return inventory.ofType(...types).flatMap(({ name, inputs }) =>
        items(inputs["rules"]).flatMap((rule): ItemCopy[] => {
            const destination = isRecord(rule) ? rule["destination"] : undefined;
            const to = isRecord(destination) ? inventory.named(destination["bucket"]) : undefined;
            const from = inventory.named(`arn:aws:s3:::${String(inputs["bucket"])}`);
            if (to === undefined || from === undefined || !isRecord(destination)) {
                return [];
            }
            const control = destination["replicationTime"];
            const minutes =
                isRecord(control) && control["status"] === "Enabled" && isRecord(control["time"])
                    ? control["time"]["minutes"]
                    : undefined;
            const loses =
                typeof minutes === "number"
                    ? {
                          text: `${minutes} min for 99.9 % of objects`,
                          source: `${name}: S3 Replication Time Control, whose service level that is (Amazon S3 User Guide)`,
                      }
                    : unbounded(`${name}: no Replication Time Control`);
            return [{ from, to, how: "S3 replication", writers: "one", loses }];
        }),
    );
}

function userPools({ inventory }: Scene): ItemCopy[] {
    return inventory.ofType("aws-native:cognito:UserPoolReplica").flatMap((to): ItemCopy[] => {
        const from = (to.state.propertyDependencies["userPoolId"] ?? [])
            .flatMap((urn) => inventory.get(urn) ?? [])
            .find(({ type }) => type.endsWith(":UserPool"));
        return from === undefined
            ? []
            : [
                  {
                      from,
                      to,
                      how: "Cognito's replication",
                      writers: "one",
                      loses: unbounded("Cognito's multi-Region replication (Amazon Cognito Developer Guide)"),
                  },
              ];
    });
}

/** The backups of a store that are copied to another region. */
export interface BackupCopy {
    readonly store: Item;
    readonly region: string;
    readonly loses: Bound;
}

/** What the plans of AWS Backup copy elsewhere. The shortest time between two copies counts. */
export function backupCopies({ inventory }: Scene): BackupCopy[] {
    const best = new Map<string, BackupCopy & { readonly hours: number }>();
    const kept = inventory.items.filter(({ type }) => BACKED_UP.test(type));
    for (const selection of inventory.ofType("aws:backup/selection:Selection")) {
        const urns = selection.state.propertyDependencies["planId"] ?? [];
        const plan = urns
            .flatMap((urn) => inventory.get(urn) ?? [])
            .find(({ type }) => type === "aws:backup/plan:Plan");
        const stores = kept.filter(
            (item) =>
                item.region === selection.region &&
                item.stack === selection.stack &&
                isSelected(item, selection),
        );
        for (const rule of items(plan?.inputs["rules"]).filter(isRecord)) {
            const hours = longestGap(String(rule["schedule"]));
            for (const action of items(rule["copyActions"]).filter(isRecord)) {
                const region = textOf(action["destinationVaultArn"])?.split(":")[3];
                for (const store of stores) {
                    const key = `${store.urn} ${region ?? ""}`;
                    const known = best.get(key);
                    if (
                        plan === undefined ||
                        region === undefined ||
                        hours === undefined ||
                        region === store.region ||
                        (known !== undefined && known.hours <= hours)
                    ) {
                        continue;
                    }
                    const loses = {
                        text: `${spanOf(hours)} and what the copy takes`,
                        source: `rule ${String(rule["ruleName"])} of backup plan ${plan.name}`,
                    };
                    best.set(key, { store, region, hours, loses });
                }
            }
        }
    }
    return [...best.values()];
}

function isSelected({ outputs, inputs }: Item, { inputs: selection }: Item): boolean {
    const arn = textOf(outputs["arn"]) ?? "";
    const given = isRecord(outputs["tagsAll"]) ? outputs["tagsAll"] : inputs["tags"];
    const tags = isRecord(given) ? given : {};
    const arns = (property: string): string[] => items(selection[property]).map(String);
    const listed = (pattern: string): boolean => matches(pattern, arn);
    if (arns("notResources").some(listed)) {
        return false;
    }
    const named = arns("resources").some(listed);
    const wanted = items(selection["selectionTags"]).filter(isRecord);
    const tagged = wanted.some(({ key, value }) => tags[String(key)] === value);
    const conditions = items(selection["conditions"])
        .filter(isRecord)
        .flatMap((each) => items(each["stringEquals"]).filter(isRecord));
    const fulfilled = conditions.every(
        ({ key, value }) => tags[String(key).replace("aws:ResourceTag/", "")] === value,
    );
    // Tags add to what is named; conditions narrow it. Without either, all of the account is taken in.
    return (named || tagged || (arns("resources").length === 0 && wanted.length === 0)) && fulfilled;
}
