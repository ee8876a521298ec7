/** Databases and caches. Source of the formats: each service's user guide, "Working with ARNs". */
import { type ModelContext, type ModelTable, byArn, lowerCase, named, settingOf, withId } from "../model";
import { hex } from "../../synthetic";

/** The part of an endpoint that is the same for all clusters of an account in a region. */
function endpointKey({ account, region }: ModelContext): string {
    return hex(`rds/${account}/${region}`, 12).replaceAll(/\d/g, (digit) =>
        "ghijklmnop".charAt(Number(digit)),
    );
}

function endpoint(kind: string): (context: ModelContext) => string {
    return (context) => {
        const { id, region, dnsSuffix } = context;
        return `${id}.${kind}${endpointKey(context)}.${region}.rds.${dnsSuffix}`;
    };
}

/** The port that an engine listens on where none is given. */
function port({ inputs }: ModelContext): number | undefined {
    const engine = inputs["engine"];
    if (typeof engine !== "string") {
        return undefined;
    }
    return engine.includes("postgres")
        ? 5432
        : engine === "docdb"
          ? 27017
          : engine === "neptune"
            ? 8182
            : 3306;
}

const CLUSTER = {
    arn: "cluster:{name}",
    nameProperty: "clusterIdentifier",
    nameLength: 63,
    autoName: false,
    outputs: {
        clusterIdentifier: "{id}",
        clusterResourceId: "cluster-{AZ:26}",
        endpoint: endpoint("cluster-"),
        readerEndpoint: endpoint("cluster-ro-"),
        hostedZoneId: ({ region }: ModelContext) => `Z${hex(`rds/${region}`, 13).toUpperCase()}`,
        port,
    },
} as const;
const CLUSTER_INSTANCE = {
    arn: "db:{name}",
    nameProperty: "identifier",
    nameLength: 63,
    autoName: false,
    outputs: {
        identifier: "{id}",
        dbiResourceId: "db-{AZ:26}",
        endpoint: endpoint(""),
        port,
        writer: false,
    },
} as const;
const ACTUAL_VERSION = { engineVersionActual: "{in:engineVersion}" } as const;

/** The secret that AWS keeps where it is told to manage the master password. */
function managedSecret(context: ModelContext): unknown {
    const { partition, region, account } = context;
    const name = `rds!cluster-${context.uuid("secret")}-${context.hex(6, "secret")}`;
    return context.inputs["manageMasterUserPassword"] === true
        ? [
              {
                  secretArn: `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}`,
                  secretStatus: "active",
              },
          ]
        : [];
}

const GLOBAL_CLUSTER = {
    arn: "arn:{partition}:rds::{account}:global-cluster:{name}",
    nameProperty: "globalClusterIdentifier",
    nameLength: 63,
    autoName: false,
    outputs: { globalClusterResourceId: "cluster-{hex:16}" },
} as const;

export const DATABASE_TABLE: ModelTable = {
    "aws:rds/cluster:Cluster": {
        ...CLUSTER,
        outputs: { ...CLUSTER.outputs, ...ACTUAL_VERSION, masterUserSecrets: managedSecret },
    },
    "aws:docdb/cluster:Cluster": {
        ...CLUSTER,
        outputs: { ...CLUSTER.outputs, masterUserSecrets: managedSecret },
    },
    "aws:neptune/cluster:Cluster": CLUSTER,
    "aws:rds/clusterInstance:ClusterInstance": {
        ...CLUSTER_INSTANCE,
        outputs: { ...CLUSTER_INSTANCE.outputs, ...ACTUAL_VERSION },
    },
    "aws:docdb/clusterInstance:ClusterInstance": CLUSTER_INSTANCE,
    "aws:rds/instance:Instance": {
        arn: "db:{name}",
        nameProperty: "identifier",
        nameLength: 63,
        shapeName: lowerCase,
        outputs: {
            resourceId: "db-{AZ:26}",
            address: endpoint(""),
            endpoint: (context) => `${endpoint("")(context)}:${port(context) ?? 3306}`,
            port,
        },
    },
    "aws:rds/globalCluster:GlobalCluster": {
        ...GLOBAL_CLUSTER,
        outputs: { ...GLOBAL_CLUSTER.outputs, endpoint: "{name}.global-{az:6}.global.rds.{dns}" },
    },
    "aws:docdb/globalCluster:GlobalCluster": GLOBAL_CLUSTER,
    "aws:rds/subnetGroup:SubnetGroup": named("subgrp:{name}", { nameLength: 255, shapeName: lowerCase }),
    "aws:docdb/subnetGroup:SubnetGroup": named("subgrp:{name}", { nameLength: 255, shapeName: lowerCase }),
    "aws:rds/parameterGroup:ParameterGroup": named("pg:{name}", { nameLength: 255, shapeName: lowerCase }),
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": named("cluster-pg:{name}", {
        nameLength: 255,
        shapeName: lowerCase,
    }),
    "aws:docdb/clusterParameterGroup:ClusterParameterGroup": named("cluster-pg:{name}", {
        nameLength: 255,
        shapeName: lowerCase,
    }),
    "aws:rds/eventSubscription:EventSubscription": named("es:{name}"),
    "aws:rds/proxy:Proxy": named("db-proxy:prx-0{hex:16}", {
        nameLength: 60,
        outputs: {
            endpoint: (context) =>
                `${context.physicalName}.proxy-${endpointKey(context)}.${context.region}.rds.${context.dnsSuffix}`,
        },
    }),
    "aws:dynamodb/table:Table": named("table/{name}", {
        nameLength: 255,
        outputs: {
            streamArn: ({ inputs, fill }) =>
                inputs["streamEnabled"] === true
                    ? fill(
                          "arn:{partition}:dynamodb:{region}:{account}:table/{name}/stream/2024-01-01T00:00:00.000",
                      )
                    : undefined,
        },
    }),
    "aws:dynamodb/globalTable:GlobalTable": named("global-table/{name}", { nameLength: 255 }),
    "aws:dynamodb/resourcePolicy:ResourcePolicy": settingOf("resourceArn"),
    "aws:dynamodb/tableReplica:TableReplica": withId("{region}:{hex:16}"),
    "aws:dynamodb/contributorInsights:ContributorInsights": withId("name:{in:tableName}/index:/{account}"),
    "aws:dax/cluster:Cluster": named("cache/{name}", {
        nameProperty: "clusterName",
        nameLength: 20,
        outputs: {
            clusterAddress: "{name}.{az:6}.dax-clusters.{region}.{dns}",
            configurationEndpoint: "{name}.{az:6}.dax-clusters.{region}.{dns}:8111",
            port: 8111,
        },
    }),
    "aws:elasticache/replicationGroup:ReplicationGroup": named("replicationgroup:{name}", {
        nameProperty: "replicationGroupId",
        nameLength: 40,
        shapeName: lowerCase,
        outputs: {
            primaryEndpointAddress: "master.{name}.{az:6}.{region}.cache.{dns}",
            readerEndpointAddress: "replica.{name}.{az:6}.{region}.cache.{dns}",
            configurationEndpointAddress: "clustercfg.{name}.{az:6}.{region}.cache.{dns}",
        },
    }),
    "aws:elasticache/serverlessCache:ServerlessCache": named("serverlesscache:{name}", { nameLength: 40 }),
    "aws:elasticache/subnetGroup:SubnetGroup": named("subnetgroup:{name}", {
        nameLength: 255,
        shapeName: lowerCase,
    }),
    "aws:elasticache/parameterGroup:ParameterGroup": named("parametergroup:{name}", {
        nameLength: 255,
        shapeName: lowerCase,
    }),
    "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": withId(
        "{az:5}-{in:globalReplicationGroupIdSuffix}",
        "arn:{partition}:elasticache::{account}:globalreplicationgroup:{id}",
        { outputs: { globalReplicationGroupId: "{id}" } },
    ),
    "aws:opensearch/domain:Domain": byArn("domain/{name}", {
        nameProperty: "domainName",
        nameLength: 28,
        outputs: {
            endpoint: "vpc-{in:domainName}-{az:26}.{region}.es.{dns}",
            domainId: "{account}/{in:domainName}",
        },
    }),
};
