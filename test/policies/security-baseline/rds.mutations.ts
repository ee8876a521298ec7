import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const INSTANCE = "aws:rds/instance:Instance";
const GLOBAL = "aws:rds/globalCluster:GlobalCluster";
const CLUSTER_PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
const ROUTE = "aws:ec2/route:Route";
const SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

/** A database instance that is no member of a cluster. */
const instance: FixtureResource = {
    type: INSTANCE,
    name: "orders",
    inputs: {
        engine: "postgres",
        instanceClass: "db.t4g.medium",
        username: "orders_admin",
        manageMasterUserPassword: true,
        multiAz: true,
        storageEncrypted: true,
        kmsKeyId: refTo("aws:kms/key:Key", "shop-db-encryption-key"),
        deletionProtection: true,
        backupRetentionPeriod: 7,
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        monitoringInterval: 60,
        monitoringRoleArn: refTo("aws:iam/role:Role", "shop-db-monitoring-role"),
        enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
        port: 6432,
        copyTagsToSnapshot: true,
        iamDatabaseAuthenticationEnabled: true,
        tags: { backup: "standard" },
    },
    options: { protect: true },
};

const proxy: FixtureResource = {
    type: "aws:rds/proxy:Proxy",
    name: "proxy",
    inputs: { engineFamily: "POSTGRESQL", requireTls: true },
};

function parameters(type: string, family: string, list: readonly unknown[]): FixtureResource {
    return { type, name: "parameters", inputs: { family, parameters: list } };
}

export const mutants: readonly Mutant[] = [
    {
        rule: "rds-backup-plan",
        title: "a cluster with another tag than the plan's",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "tags.backup", "none");
        },
        message: "is in no backup plan: no aws.backup.Selection takes it in.",
    },
    {
        rule: "rds-backup-plan",
        title: "an instance without the plan's tag",
        fixture: [instance],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "tags.backup");
        },
    },
    {
        rule: "rds-public-access",
        title: "a public member of a cluster",
        change: (stack) => {
            stack.set(stack.find(MEMBER), "publiclyAccessible", true);
        },
    },
    {
        rule: "rds-public-access",
        title: "a public instance",
        fixture: [instance],
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "publiclyAccessible", true);
        },
    },
    {
        rule: "rds-private-subnets",
        title: "a data subnet with a route to the internet gateway",
        // Which of the network's subnets something is in is known once they are there.
        assumed: true,
        change: (stack) => {
            stack.add({
                type: ROUTE,
                name: "way-in",
                inputs: {
                    routeTableId: refTo("aws:ec2/routeTable:RouteTable", "shop-vpc-network-data-2"),
                    destinationCidrBlock: "0.0.0.0/0",
                    gatewayId: refTo("aws:ec2/internetGateway:InternetGateway", "shop-vpc-network"),
                },
            });
        },
        message: 'has subnet "shop-vpc-network-data-2", which leads to an internet gateway.',
    },
    {
        rule: "rds-private-subnets",
        title: "an edge subnet among those of the database",
        decidedBy: "relations",
        change: (stack) => {
            stack.refer(
                stack.find("aws:rds/subnetGroup:SubnetGroup"),
                "subnetIds",
                stack.find("aws:ec2/subnet:Subnet", "shop-vpc-network-data-1"),
                stack.find("aws:ec2/subnet:Subnet", "shop-vpc-network-edge-2"),
            );
        },
        message: 'has subnet "shop-vpc-network-edge-2"',
    },
    {
        rule: "rds-private-subnets",
        title: "a main route table with an inline route to an internet gateway",
        decidedBy: "relations",
        fixture: [
            { type: "aws:ec2/vpc:Vpc", name: "old", inputs: { cidrBlock: "10.99.0.0/16" } },
            {
                type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
                name: "old",
                inputs: { vpcId: refTo("aws:ec2/vpc:Vpc", "old") },
            },
            {
                type: "aws:ec2/flowLog:FlowLog",
                name: "old",
                inputs: { vpcId: refTo("aws:ec2/vpc:Vpc", "old"), trafficType: "ALL" },
            },
            ...["ec2", "ecr.api", "ecr.dkr", "ssm"].map((service) => ({
                type: "aws:ec2/vpcEndpoint:VpcEndpoint",
                name: `old-${service}`,
                inputs: {
                    vpcId: refTo("aws:ec2/vpc:Vpc", "old"),
                    serviceName: `com.amazonaws.us-east-1.${service}`,
                    vpcEndpointType: "Interface",
                    privateDnsEnabled: true,
                },
            })),
            {
                type: "aws:ec2/subnet:Subnet",
                name: "old",
                inputs: { vpcId: refTo("aws:ec2/vpc:Vpc", "old"), cidrBlock: "10.99.0.0/24" },
            },
            {
                type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
                name: "old",
                inputs: { defaultRouteTableId: refTo("aws:ec2/vpc:Vpc", "old"), routes: [] },
            },
            {
                type: "aws:rds/subnetGroup:SubnetGroup",
                name: "old",
                inputs: { subnetIds: [refTo("aws:ec2/subnet:Subnet", "old")] },
            },
        ],
        change: (stack) => {
            stack.refer(
                stack.find("aws:ec2/defaultRouteTable:DefaultRouteTable"),
                "routes",
                stack.find("aws:ec2/internetGateway:InternetGateway"),
            );
        },
    },
    {
        rule: "rds-instance-encryption",
        title: "an instance without encryption",
        fixture: [instance],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "storageEncrypted");
        },
        message: "storageEncrypted is not given.",
    },
    {
        rule: "rds-cluster-encryption",
        title: "a cluster without encryption",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "storageEncrypted", false);
        },
        message: "storageEncrypted is false.",
    },
    {
        rule: "rds-cluster-encryption",
        title: "a secondary cluster with AWS's key",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "kmsKeyId");
        },
        message: "kmsKeyId is not given.",
    },
    {
        rule: "rds-global-cluster-encryption",
        title: "a global database of its own without encryption",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(GLOBAL), "storageEncrypted", false);
        },
    },
    {
        rule: "rds-instance-multi-az",
        title: "an instance in one zone",
        fixture: [instance],
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "multiAz", false);
        },
    },
    {
        rule: "rds-cluster-members",
        title: "one instance",
        stack: "prod-global",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(MEMBER));
        },
        message: "has 1 instance; at least 2 are wanted.",
    },
    {
        rule: "rds-deletion-protection",
        title: "a cluster that can be deleted",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "deletionProtection", false);
        },
    },
    {
        rule: "rds-deletion-protection",
        title: "an instance that can be deleted",
        fixture: [instance],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "deletionProtection");
        },
    },
    {
        rule: "rds-backup-retention",
        title: "a cluster with backups of a day, AWS's default",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "backupRetentionPeriod");
        },
        message: "keeps backups for 1 day;",
    },
    {
        rule: "rds-backup-retention",
        title: "an instance without backups",
        fixture: [instance],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "backupRetentionPeriod");
        },
        message: "keeps backups for 0 days;",
    },
    {
        rule: "rds-backup-retention",
        title: "fewer days than the configuration asks for",
        config: { minDays: 35 },
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "backupRetentionPeriod", 34);
        },
        message: "at least 35 are wanted.",
    },
    {
        rule: "rds-cluster-iam-authentication",
        title: "passwords alone",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "iamDatabaseAuthenticationEnabled");
        },
    },
    {
        rule: "rds-minor-upgrades",
        title: "a member that stays at its minor version",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(MEMBER), "autoMinorVersionUpgrade", false);
        },
    },
    {
        rule: "rds-enhanced-monitoring",
        title: "monitoring that is off",
        change: (stack) => {
            stack.set(stack.find(MEMBER), "monitoringInterval", 0);
        },
    },
    {
        rule: "rds-enhanced-monitoring",
        title: "monitoring without a role",
        fixture: [instance],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "monitoringRoleArn");
        },
        message: "monitoringRoleArn is not given.",
    },
    {
        rule: "rds-log-exports",
        title: "a cluster that keeps its log to itself",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "enabledCloudwatchLogsExports", ["iam-db-auth-error"]);
        },
        message: "does not export its postgresql log",
    },
    {
        rule: "rds-snapshot-tags",
        title: "snapshots without tags",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER), "copyTagsToSnapshot");
        },
    },
    {
        rule: "rds-port",
        title: "the port that PostgreSQL has by default",
        fixture: [instance],
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "port", 5432);
        },
        message: "listens on its engine's default port, 5432.",
    },
    {
        rule: "rds-admin-name",
        title: "a name that everybody guesses",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "masterUsername", "Postgres");
        },
    },
    {
        rule: "rds-master-password",
        title: "a password in the program",
        fixture: [instance],
        change: (stack) => {
            const database = stack.find(INSTANCE);
            stack.unset(database, "manageMasterUserPassword");
            stack.set(database, "password", "correct-horse-battery");
        },
        message: "has a password that the program or its configuration holds.",
        // One that comes from another resource is not in the program.
        unknownsFrom: "nowhere",
    },
    {
        rule: "rds-master-password",
        title: "a generated password that is kept nowhere",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(SECRET_VERSION));
        },
        message: "has a generated masterPassword that no secret of Secrets Manager holds.",
    },
    {
        rule: "rds-master-password",
        title: "an instance with a password of its own",
        fixture: [instance],
        change: (stack) => {
            const database = stack.find(INSTANCE);
            stack.unset(database, "manageMasterUserPassword");
            stack.set(database, "passwordWoVersion", 1);
        },
        message: "has a passwordWo that",
    },
    {
        rule: "rds-proxy-tls",
        title: "a proxy that takes plain connections",
        fixture: [proxy],
        change: (stack) => {
            stack.unset(stack.find(proxy.type), "requireTls");
        },
    },
    {
        rule: "rds-parameter-tls",
        title: "PostgreSQL that takes plain connections",
        change: (stack) => {
            stack.set(stack.find(CLUSTER_PARAMETERS), "parameters[0].value", "0");
        },
        message: 'rds.force_ssl is "0".',
    },
    {
        rule: "rds-parameter-tls",
        title: "an old PostgreSQL with AWS's default",
        fixture: [parameters(PARAMETERS, "postgres14", [{ name: "rds.force_ssl", value: "1" }])],
        change: (stack) => {
            stack.set(stack.find(PARAMETERS, "parameters"), "parameters", [
                { name: "log_statement", value: "ddl" },
            ]);
        },
    },
    {
        rule: "rds-parameter-tls",
        title: "Aurora MySQL with AWS's default",
        fixture: [
            parameters(CLUSTER_PARAMETERS, "aurora-mysql8.0", [
                { name: "require_secure_transport", value: "ON" },
            ]),
        ],
        change: (stack) => {
            stack.unset(stack.find(CLUSTER_PARAMETERS, "parameters"), "parameters");
        },
        message: 'require_secure_transport is "OFF".',
    },
    {
        rule: "rds-parameter-tls",
        title: "SQL Server with AWS's default",
        fixture: [parameters(PARAMETERS, "sqlserver-ex-16.0", [{ name: "rds.force_ssl", value: "1" }])],
        change: (stack) => {
            stack.unset(stack.find(PARAMETERS, "parameters"), "parameters");
        },
        message: 'rds.force_ssl is "0".',
    },
    {
        rule: "rds-snapshot-tags",
        title: "snapshots of an instance without tags",
        fixture: [instance],
        change: (stack) => {
            stack.set(stack.find(INSTANCE, "orders"), "copyTagsToSnapshot", false);
        },
    },
    {
        rule: "rds-admin-name",
        title: "a name of an instance that everybody guesses",
        fixture: [instance],
        change: (stack) => {
            stack.set(stack.find(INSTANCE, "orders"), "username", "admin");
        },
        message: 'the master user "admin"',
    },
    {
        rule: "rds-instance-iam-authentication",
        title: "passwords alone",
        fixture: [instance],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE, "orders"), "iamDatabaseAuthenticationEnabled");
        },
        message: "iamDatabaseAuthenticationEnabled is not given",
    },
    {
        rule: "rds-minor-upgrades",
        title: "a cluster that stays at its minor version",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "autoMinorVersionUpgrade", false);
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "rds-instance-iam-authentication",
        title: "Oracle, which has none",
        fixture: [instance],
        change: (stack) => {
            const found = stack.find(INSTANCE, "orders");
            stack.set(found, "engine", "oracle-se2");
            stack.unset(found, "iamDatabaseAuthenticationEnabled");
        },
    },
    {
        rule: "rds-backup-plan",
        title: "a replica, which is made anew from its source",
        fixture: [instance],
        change: (stack) => {
            stack.add({
                type: INSTANCE,
                name: "copy",
                inputs: { replicateSourceDb: refTo(INSTANCE, "orders") },
            });
        },
    },
    {
        rule: "rds-backup-plan",
        title: "a cluster that another stack's plan takes in",
        config: { elsewhere: ["prod-*"] },
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "tags.backup", "none");
        },
    },
    {
        rule: "rds-instance-encryption",
        title: "a replica, encrypted as its source",
        fixture: [instance],
        change: (stack) => {
            const replica = stack.find(INSTANCE);
            stack.unset(replica, "storageEncrypted");
            stack.set(replica, "replicateSourceDb", "orders-1");
        },
    },
    {
        rule: "rds-cluster-members",
        title: "a cluster that is not Aurora, and brings its instances along",
        change: (stack) => {
            stack.set(stack.find(CLUSTER), "engine", "postgres");
            for (const member of stack.all(MEMBER)) {
                stack.remove(member);
            }
        },
    },
    {
        rule: "rds-backup-retention",
        title: "a replica without backups",
        fixture: [instance],
        change: (stack) => {
            const replica = stack.find(INSTANCE);
            stack.set(replica, "backupRetentionPeriod", 0);
            stack.set(replica, "replicateSourceDb", "orders-1");
        },
    },
    {
        rule: "rds-master-password",
        title: "a password that comes from Secrets Manager",
        change: (stack) => {
            stack.refer(stack.find(CLUSTER), "masterPassword", stack.find(SECRET_VERSION));
        },
    },
    {
        rule: "rds-master-password",
        title: "a password that RDS manages",
        change: (stack) => {
            const cluster = stack.find(CLUSTER);
            stack.unset(cluster, "masterPassword");
            stack.set(cluster, "manageMasterUserPassword", true);
        },
    },
    {
        rule: "rds-parameter-tls",
        title: "a new Aurora PostgreSQL with AWS's default",
        change: (stack) => {
            stack.unset(stack.find(CLUSTER_PARAMETERS), "parameters");
        },
    },
];
