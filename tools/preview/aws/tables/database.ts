/** Databases. Source of the formats: each service's user guide, "Working with ARNs". */
import { type Context } from "../context";
import { type ModelTable, byArn, lowerCase, named, withId } from "../model";
import { hex } from "../../synthetic";

/** The part of an endpoint that is the same for all clusters of an account in a region. */
function endpointKey({ account, region }: Context): string {
    return hex(`rds/${account}/${region}`, 12).replaceAll(/\d/g, (digit) =>
        "ghijklmnop".charAt(Number(digit)),
    );
}

function endpoint(kind: string, service = "rds"): (context: Context) => string {
    return (context) => {
        const { id, region, dnsSuffix } = context;
        return `${id}.${kind}${endpointKey(context)}.${region}.${service}.${dnsSuffix}`;
    };
}

/** The port that an engine listens on where none is given. */
function port({ inputs }: Context): number | undefined {
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
        hostedZoneId: ({ region }: Context) => `Z${hex(`rds/${region}`, 13).toUpperCase()}`,
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
function managedSecret(kind: "cluster" | "db"): (context: Context) => unknown {
    return (context) => {
        const { partition, region, account } = context;
        const name = `rds!${kind}-${context.uuid("secret")}-${context.hex(6, "secret")}`;
        return context.inputs["manageMasterUserPassword"] === true
            ? [
                  {
                      secretArn: `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}`,
                      secretStatus: "active",
                  },
              ]
            : [];
    };
}

const GLOBAL_CLUSTER = {
    arn: "arn:{partition}:rds::{account}:global-cluster:{name}",
    nameProperty: "globalClusterIdentifier",
    nameLength: 63,
    autoName: false,
    outputs: { globalClusterResourceId: "cluster-{hex:16}" },
} as const;

export const DATABASE_TABLE: ModelTable = {
    "rds.Cluster": {
        ...CLUSTER,
        outputs: {
            ...CLUSTER.outputs,
            ...ACTUAL_VERSION,
            masterUserSecrets: managedSecret("cluster"),
        },
    },
    "docdb.Cluster": {
        ...CLUSTER,
        outputs: {
            ...CLUSTER.outputs,
            endpoint: endpoint("cluster-", "docdb"),
            readerEndpoint: endpoint("cluster-ro-", "docdb"),
            masterUserSecrets: managedSecret("cluster"),
        },
    },
    "neptune.Cluster": CLUSTER,
    "rds.ClusterInstance": {
        ...CLUSTER_INSTANCE,
        outputs: { ...CLUSTER_INSTANCE.outputs, ...ACTUAL_VERSION },
    },
    "docdb.ClusterInstance": {
        ...CLUSTER_INSTANCE,
        outputs: { ...CLUSTER_INSTANCE.outputs, endpoint: endpoint("", "docdb") },
    },
    "rds.Instance": {
        arn: "db:{name}",
        nameProperty: "identifier",
        nameLength: 63,
        shapeName: lowerCase,
        outputs: {
            resourceId: "db-{AZ:26}",
            address: endpoint(""),
            endpoint: (context) => `${endpoint("")(context)}:${port(context) ?? 3306}`,
            port,
            masterUserSecrets: managedSecret("db"),
        },
    },
    "rds.InstanceAutomatedBackupsReplication": withId(
        "arn:{partition}:rds:{region}:{account}:auto-backup:ab-{az:26}",
    ),
    "rds.GlobalCluster": {
        ...GLOBAL_CLUSTER,
        outputs: { ...GLOBAL_CLUSTER.outputs, endpoint: "{name}.global-{az:6}.global.rds.{dns}" },
    },
    "docdb.GlobalCluster": GLOBAL_CLUSTER,
    "rds.SubnetGroup": named("subgrp:{name}", { nameLength: 255, shapeName: lowerCase }),
    "docdb.SubnetGroup": named("subgrp:{name}", { nameLength: 255, shapeName: lowerCase }),
    "rds.OptionGroup": named("og:{name}", { nameLength: 255, shapeName: lowerCase }),
    "rds.ParameterGroup": named("pg:{name}", { nameLength: 255, shapeName: lowerCase }),
    "rds.ClusterParameterGroup": named("cluster-pg:{name}", { nameLength: 255, shapeName: lowerCase }),
    "docdb.ClusterParameterGroup": named("cluster-pg:{name}", { nameLength: 255, shapeName: lowerCase }),
    "rds.EventSubscription": named("es:{name}"),
    "rds.Proxy": named("db-proxy:prx-0{hex:16}", {
        nameLength: 60,
        outputs: {
            endpoint: (context) =>
                `${context.physicalName}.proxy-${endpointKey(context)}.${context.region}.rds.${context.dnsSuffix}`,
        },
    }),
    "opensearch.Domain": byArn("domain/{name}", {
        nameProperty: "domainName",
        nameLength: 28,
        outputs: {
            endpoint: "vpc-{in:domainName}-{az:26}.{region}.es.{dns}",
            domainId: "{account}/{in:domainName}",
        },
    }),
};
