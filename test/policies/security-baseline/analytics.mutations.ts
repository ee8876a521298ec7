/** Warehouses, graphs, catalogues, queries and search without servers. */
import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const REDSHIFT = "aws:redshift/cluster:Cluster";
const PARAMETERS = "aws:redshift/parameterGroup:ParameterGroup";
const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";
const NEPTUNE = "aws:neptune/cluster:Cluster";
const NEPTUNE_INSTANCE = "aws:neptune/clusterInstance:ClusterInstance";
const GRAPH = "aws:neptunegraph/graph:Graph";
const MEMORY = "aws:memorydb/cluster:Cluster";
const SECURITY = "aws:glue/securityConfiguration:SecurityConfiguration";
const CATALOGUE = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings";
const CONNECTION = "aws:glue/connection:Connection";
const ATHENA = "aws:athena/workgroup:Workgroup";
const DATABASE = "aws:athena/database:Database";
const COLLECTION_POLICY = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy";

const networkPolicy = (AllowFromPublic: boolean): string =>
    JSON.stringify([
        {
            Rules: [{ ResourceType: "collection", Resource: ["collection/products"] }],
            AllowFromPublic,
            ...(AllowFromPublic ? {} : { SourceVPCEs: ["vpce-0a1b2c3d4e5f60718"] }),
        },
    ]);

const ANALYTICS: readonly FixtureResource[] = [
    {
        type: REDSHIFT,
        name: "sales",
        inputs: {
            clusterIdentifier: "sales",
            nodeType: "ra3.large",
            encrypted: "true",
            kmsKeyId: KEY_ARN,
            publiclyAccessible: false,
            enhancedVpcRouting: true,
            clusterParameterGroupName: "default.redshift-2.0",
        },
    },
    {
        type: PARAMETERS,
        name: "sales",
        inputs: { family: "redshift-2.0", parameters: [{ name: "require_ssl", value: "true" }] },
    },
    {
        type: WORKGROUP,
        name: "sales",
        inputs: {
            workgroupName: "sales",
            namespaceName: "sales",
            publiclyAccessible: false,
            enhancedVpcRouting: true,
            configParameters: [{ parameterKey: "require_ssl", parameterValue: "true" }],
        },
    },
    {
        type: NEPTUNE,
        name: "friends",
        inputs: {
            clusterIdentifier: "friends",
            storageEncrypted: true,
            iamDatabaseAuthenticationEnabled: true,
        },
        options: { protect: true },
    },
    {
        type: NEPTUNE_INSTANCE,
        name: "friends",
        inputs: { clusterIdentifier: "friends", instanceClass: "db.r6g.large", publiclyAccessible: false },
    },
    {
        type: GRAPH,
        name: "friends",
        inputs: { graphName: "friends", provisionedMemory: 16, publicConnectivity: false },
    },
    {
        type: MEMORY,
        name: "baskets",
        inputs: { nodeType: "db.r7g.large", aclName: "baskets", tlsEnabled: true },
    },
    {
        type: SECURITY,
        name: "jobs",
        inputs: {
            encryptionConfiguration: {
                cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: KEY_ARN },
                jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: KEY_ARN },
                s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: KEY_ARN },
            },
        },
    },
    {
        type: CATALOGUE,
        name: "catalogue",
        inputs: {
            dataCatalogEncryptionSettings: {
                connectionPasswordEncryption: {
                    returnConnectionPasswordEncrypted: true,
                    awsKmsKeyId: KEY_ARN,
                },
                encryptionAtRest: { catalogEncryptionMode: "SSE-KMS", sseAwsKmsKeyId: KEY_ARN },
            },
        },
    },
    {
        type: CONNECTION,
        name: "orders",
        inputs: {
            connectionProperties: {
                JDBC_CONNECTION_URL: "jdbc:postgresql://orders.example.com:5432/orders",
                JDBC_ENFORCE_SSL: "true",
                SECRET_ID: "shop/db/reader",
            },
        },
    },
    {
        type: ATHENA,
        name: "reports",
        inputs: {
            configuration: {
                enforceWorkgroupConfiguration: true,
                resultConfiguration: {
                    outputLocation: "s3://reports/results/",
                    encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: KEY_ARN },
                },
            },
        },
    },
    {
        type: DATABASE,
        name: "reports",
        inputs: {
            name: "reports",
            bucket: "reports",
            encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKey: KEY_ARN },
        },
    },
    {
        type: COLLECTION_POLICY,
        name: "products",
        inputs: { name: "products", type: "network", policy: networkPolicy(false) },
    },
];
const of = (type: string, name: string) => ({ type, name, fixture: ANALYTICS });
const redshift = of(REDSHIFT, "sales");
const parameters = of(PARAMETERS, "sales");
const workgroup = of(WORKGROUP, "sales");
const neptune = of(NEPTUNE, "friends");
const memory = of(MEMORY, "baskets");
const security = of(SECURITY, "jobs");
const catalogue = of(CATALOGUE, "catalogue");
const connection = of(CONNECTION, "orders");
const athena = of(ATHENA, "reports");
const SETTINGS = "dataCatalogEncryptionSettings";

export const mutants: readonly Mutant[] = [
    setting(redshift, "redshift-public-access", "a cluster", "publiclyAccessible", true),
    setting(workgroup, "redshift-public-access", "a workgroup", "publiclyAccessible", true),
    setting(redshift, "redshift-encryption", "off", "encrypted", "false"),
    setting(redshift, "redshift-vpc-routing", "off", "enhancedVpcRouting", false),
    unsetting(workgroup, "redshift-vpc-routing", "left out of a workgroup", "enhancedVpcRouting"),
    setting(parameters, "redshift-tls", "off", "parameters", [{ name: "require_ssl", value: "false" }]),
    {
        rule: "redshift-tls",
        title: "left out of an old family",
        fixture: ANALYTICS,
        change: (stack) => {
            const found = stack.find(PARAMETERS, "sales");
            stack.set(found, "family", "redshift-1.0");
            stack.unset(found, "parameters");
        },
    },
    setting(redshift, "redshift-tls", "the old group", "clusterParameterGroupName", "default.redshift-1.0", {
        message: "default.redshift-1.0",
    }),
    setting(workgroup, "redshift-tls", "off in a workgroup", "configParameters", [
        { parameterKey: "require_ssl", parameterValue: "false" },
    ]),
    setting(neptune, "neptune-encryption", "off", "storageEncrypted", false),
    unsetting(neptune, "neptune-encryption", "left out", "storageEncrypted"),
    setting(
        of(NEPTUNE_INSTANCE, "friends"),
        "neptune-public-access",
        "an instance",
        "publiclyAccessible",
        true,
    ),
    setting(of(GRAPH, "friends"), "neptune-public-access", "a graph", "publicConnectivity", true),
    unsetting(neptune, "neptune-iam-authentication", "left out", "iamDatabaseAuthenticationEnabled"),
    setting(memory, "memorydb-tls", "off", "tlsEnabled", false),
    setting(memory, "memorydb-tls", "everybody", "aclName", "open-access"),
    setting(
        security,
        "glue-encryption",
        "logs in plain",
        "encryptionConfiguration.cloudwatchEncryption.cloudwatchEncryptionMode",
        "DISABLED",
    ),
    unsetting(
        security,
        "glue-encryption",
        "bookmarks left out",
        "encryptionConfiguration.jobBookmarksEncryption.jobBookmarksEncryptionMode",
    ),
    setting(
        security,
        "glue-encryption",
        "data in plain",
        "encryptionConfiguration.s3Encryption.s3EncryptionMode",
        "DISABLED",
    ),
    setting(
        catalogue,
        "glue-encryption",
        "a catalogue in plain",
        `${SETTINGS}.encryptionAtRest.catalogEncryptionMode`,
        "DISABLED",
    ),
    setting(
        catalogue,
        "glue-encryption",
        "passwords in plain",
        `${SETTINGS}.connectionPasswordEncryption.returnConnectionPasswordEncrypted`,
        false,
    ),
    setting(connection, "glue-connection-tls", "off", "connectionProperties.JDBC_ENFORCE_SSL", "false"),
    unsetting(connection, "glue-connection-tls", "left out", "connectionProperties.JDBC_ENFORCE_SSL"),
    unsetting(
        athena,
        "athena-encryption",
        "left out",
        "configuration.resultConfiguration.encryptionConfiguration",
        { decidedBy: "structure" },
    ),
    setting(
        athena,
        "athena-encryption",
        "clients may say otherwise",
        "configuration.enforceWorkgroupConfiguration",
        false,
    ),
    unsetting(of(DATABASE, "reports"), "athena-encryption", "a database", "encryptionConfiguration", {
        decidedBy: "structure",
    }),
    setting(
        of(COLLECTION_POLICY, "products"),
        "opensearch-serverless-public",
        "everybody",
        "policy",
        networkPolicy(true),
    ),
];

export const accepted: readonly Accepted[] = [
    unsetting(redshift, "redshift-encryption", "left out, which is on", "encrypted"),
    unsetting(redshift, "redshift-tls", "left out, which is the new group", "clusterParameterGroupName"),
    unsetting(parameters, "redshift-tls", "left out of a new family", "parameters"),
    unsetting(workgroup, "redshift-tls", "left out of a workgroup", "configParameters"),
    {
        rule: "neptune-encryption",
        title: "a member of a global database",
        fixture: ANALYTICS,
        change: (stack) => {
            const found = stack.find(NEPTUNE, "friends");
            stack.unset(found, "storageEncrypted");
            stack.set(found, "globalClusterIdentifier", "friends");
        },
    },
    {
        rule: "glue-connection-tls",
        title: "a way into a network",
        fixture: ANALYTICS,
        change: (stack) => {
            const found = stack.find(CONNECTION, "orders");
            stack.set(found, "connectionType", "NETWORK");
            stack.unset(found, "connectionProperties");
        },
    },
    {
        rule: "athena-encryption",
        title: "results that Athena keeps",
        fixture: ANALYTICS,
        change: (stack) => {
            stack.set(stack.find(ATHENA, "reports"), "configuration", {
                managedQueryResultsConfiguration: { enabled: true },
            });
        },
    },
    setting(
        of(COLLECTION_POLICY, "products"),
        "opensearch-serverless-public",
        "a policy about encryption",
        "type",
        "encryption",
    ),
];
