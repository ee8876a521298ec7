/** Key-value stores and caches. Source of the formats: each service's user guide, "Working with ARNs". */
import { type Context } from "../context";
import { type ModelTable, lowerCase, named, settingOf, withId } from "../model";

const STREAM = "2024-01-01T00:00:00.000";

/** The ARN of a table, or of its replica in another region. */
function tableArn({ partition, account, physicalName }: Context, region: string): string {
    return `arn:${partition}:dynamodb:${region}:${account}:table/${physicalName}`;
}

/** The replicas, each with what AWS adds. */
function replicas(context: Context): unknown {
    const given = context.inputs["replicas"];
    return Array.isArray(given)
        ? given.map((replica: Record<string, unknown>) => {
              const arn = tableArn(context, String(replica["regionName"]));
              return { ...replica, arn, streamArn: `${arn}/stream/${STREAM}`, streamLabel: STREAM };
          })
        : undefined;
}

/** A DAX cluster's port: another one for TLS. */
function daxPort({ inputs }: Context): number {
    return inputs["clusterEndpointEncryptionType"] === "TLS" ? 9111 : 8111;
}

/** The short form of a region in names of serverless caches: `euc1` of `eu-central-1`. */
function shortRegion(region: string): string {
    const [area = "", direction = "", number = ""] = region.split("-");
    return `${area}${direction.charAt(0)}${number}`;
}

/** Both endpoints of a serverless cache have one address. */
function serverlessEndpoint(port: number): (context: Context) => unknown {
    return ({ fill, region }) => [
        { address: fill(`{name}-{az:6}.serverless.${shortRegion(region)}.cache.{dns}`), port },
    ];
}

/** The nodes of a replication group without shards, by the numbers that ElastiCache gives them. */
function memberClusters({ inputs, physicalName }: Context): unknown {
    const count = inputs["numCacheClusters"];
    return typeof count === "number"
        ? Array.from({ length: count }, (_, index) => `${physicalName}-${String(index + 1).padStart(3, "0")}`)
        : undefined;
}

export const KEY_VALUE_TABLE: ModelTable = {
    "dynamodb.Table": named("table/{name}", {
        nameLength: 255,
        outputs: {
            streamArn: (context) =>
                context.inputs["streamEnabled"] === true
                    ? `${tableArn(context, context.region)}/stream/${STREAM}`
                    : undefined,
            replicas,
        },
        completed: ["replicas"],
    }),
    "dynamodb.GlobalTable": named("global-table/{name}", { nameLength: 255 }),
    "dynamodb.ResourcePolicy": settingOf("resourceArn"),
    "dynamodb.TableReplica": withId("{region}:{hex:16}"),
    "dynamodb.ContributorInsights": withId("name:{in:tableName}/index:/{account}"),
    "dax.Cluster": named("cache/{name}", {
        nameProperty: "clusterName",
        nameLength: 20,
        outputs: {
            clusterAddress: "{name}.{az:6}.dax-clusters.{region}.{dns}",
            configurationEndpoint: (context) =>
                context.fill(`{name}.{az:6}.dax-clusters.{region}.{dns}:${daxPort(context)}`),
            port: daxPort,
        },
    }),
    "elasticache.ReplicationGroup": named("replicationgroup:{name}", {
        nameProperty: "replicationGroupId",
        nameLength: 40,
        shapeName: lowerCase,
        outputs: {
            primaryEndpointAddress: "master.{name}.{az:6}.{region}.cache.{dns}",
            readerEndpointAddress: "replica.{name}.{az:6}.{region}.cache.{dns}",
            configurationEndpointAddress: "clustercfg.{name}.{az:6}.{region}.cache.{dns}",
            memberClusters,
        },
    }),
    "elasticache.ServerlessCache": named("serverlesscache:{name}", {
        nameLength: 40,
        outputs: { endpoints: serverlessEndpoint(6379), readerEndpoints: serverlessEndpoint(6380) },
    }),
    "elasticache.SubnetGroup": named("subnetgroup:{name}", { nameLength: 255, shapeName: lowerCase }),
    "elasticache.ParameterGroup": named("parametergroup:{name}", { nameLength: 255, shapeName: lowerCase }),
    "elasticache.GlobalReplicationGroup": withId(
        "{az:5}-{in:globalReplicationGroupIdSuffix}",
        "arn:{partition}:elasticache::{account}:globalreplicationgroup:{id}",
        { outputs: { globalReplicationGroupId: "{id}" } },
    ),
    "elasticache.User": withId("{in:userId}", "user:{in:userId}"),
    "elasticache.UserGroup": withId("{in:userGroupId}", "usergroup:{in:userGroupId}"),
};
