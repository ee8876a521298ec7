import { expect } from "chai";

import {
    DatabaseInsights,
    RelationalDatabase,
    type RelationalDatabaseArgs,
    RelationalEngine,
    RelationalTopology,
} from "../../../components";
import { memoryOf } from "../../../components/data/relationalDatabase/instanceClasses";
import { pathsOf, problemsIn } from "../../support/components/problems";
import {
    DATABASE_KEY,
    DATABASE_TOPIC,
    goodCluster,
    goodInstance,
} from "../../support/components/relationalArguments";
import { at, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount } from "../../support/surroundings";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const REPLICATION = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const GIBIBYTE = 2 ** 30;

const mysql: RelationalDatabaseArgs = { ...goodInstance, engine: RelationalEngine.MySql };

function make(args: RelationalDatabaseArgs = goodInstance, name = "shop-orders") {
    return previewProgram(() => {
        const database = new RelationalDatabase(name, args, inTestAccount());
        const { endpoint, port, databaseName, databaseArn, securityGroupId } = database;
        const { masterUserSecretArn, resourceId, connectPermissions, readerEndpoint } = database;
        return {
            ...{ endpoint, port, databaseName, databaseArn, securityGroupId },
            ...{ masterUserSecretArn, resourceId, connectPermissions },
            ...(readerEndpoint === undefined ? {} : { readerEndpoint }),
        };
    });
}

async function problemsOf(args: object, name?: string): Promise<string[]> {
    return pathsOf(problemsIn(await make(args as RelationalDatabaseArgs, name)));
}

/** What an instance and a cluster call the same. */
const COMMON = {
    storageType: "gp3",
    allocatedStorage: 100,
    storageEncrypted: true,
    kmsKeyId: DATABASE_KEY,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: DATABASE_KEY,
    iamDatabaseAuthenticationEnabled: true,
    backupRetentionPeriod: 35,
    copyTagsToSnapshot: true,
    deletionProtection: true,
    skipFinalSnapshot: false,
    deleteAutomatedBackups: false,
    autoMinorVersionUpgrade: true,
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    monitoringInterval: 60,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: DATABASE_KEY,
    performanceInsightsRetentionPeriod: 7,
    databaseInsightsMode: "standard",
    applyImmediately: false,
};

describe("RelationalDatabase", () => {
    it("is an instance with a standby, whose zone AWS chooses and whose storage grows", async () => {
        const { inputs, protect } = one(await make(), INSTANCE);
        expect(inputs).to.deep.include({
            ...COMMON,
            identifier: "shop-orders",
            engine: "postgres",
            engineVersion: "18",
            instanceClass: "db.m8g.large",
            multiAz: true,
            publiclyAccessible: false,
            dbName: "orders",
            username: "meridian_admin",
            port: 5432,
            maxAllocatedStorage: 1000,
            backupWindow: "02:00-03:00",
            maintenanceWindow: "sun:04:00-sun:05:00",
        });
        expect(inputs).to.not.have.any.keys("availabilityZone", "password", "iops", "optionGroupName");
        expect(protect).to.equal(true);
    });

    it("is a cluster over three zones, on disks of its own, that is told its IOPS", async () => {
        const preview = await make(goodCluster);
        expect(one(preview, CLUSTER).inputs).to.deep.include({
            ...COMMON,
            clusterIdentifier: "shop-orders",
            engine: "postgres",
            dbClusterInstanceClass: "db.m8gd.large",
            databaseName: "orders",
            masterUsername: "meridian_admin",
            iops: 3000,
            preferredBackupWindow: "02:00-03:00",
            preferredMaintenanceWindow: "sun:04:00-sun:05:00",
        });
        expect(ofType(preview, INSTANCE)).to.deep.equal([]);
        expect(preview.outputs.readerEndpoint).to.match(/^shop-orders\.cluster-ro-/);
    });

    it("gives out a host name without port, and the readers' where there are any", async () => {
        const { outputs } = await make();
        expect(outputs.endpoint).to.match(/^shop-orders\.[a-z]+\.eu-central-1\.rds\.amazonaws\.com$/);
        expect(outputs).to.not.have.property("readerEndpoint");
        expect(outputs).to.deep.include({ port: 5432, databaseName: "orders" });
        expect(outputs.masterUserSecretArn).to.match(/:secret:rds!db-/);
        expect((await make(goodCluster)).outputs.masterUserSecretArn).to.match(/:secret:rds!cluster-/);
    });

    it("forces TLS, in the parameter group of its kind and family", async () => {
        const groups: [RelationalDatabaseArgs, string, string, object][] = [
            [
                goodInstance,
                "aws:rds/parameterGroup:ParameterGroup",
                "postgres18",
                { name: "rds.force_ssl", value: "1" },
            ],
            [
                goodCluster,
                "aws:rds/clusterParameterGroup:ClusterParameterGroup",
                "postgres18",
                { name: "rds.force_ssl", value: "1" },
            ],
            [
                { ...mysql, topology: RelationalTopology.ThreeZoneCluster },
                "aws:rds/clusterParameterGroup:ClusterParameterGroup",
                "mysql8.4",
                { name: "require_secure_transport", value: "ON" },
            ],
        ];
        for (const [args, type, family, parameter] of groups) {
            const { inputs } = one(await make(args), type);
            expect(inputs.family).to.equal(family);
            expect(inputs.parameters).to.deep.include(parameter);
        }
    });

    it("exports the logs that its engine has in its topology, into groups that are there", async () => {
        const logs: [RelationalDatabaseArgs, string, string, string[]][] = [
            [goodInstance, INSTANCE, "instance", ["postgresql", "upgrade", "iam-db-auth-error"]],
            [goodCluster, CLUSTER, "cluster", ["postgresql", "upgrade", "iam-db-auth-error"]],
            [mysql, INSTANCE, "instance", ["audit", "error", "slowquery", "iam-db-auth-error"]],
            [
                { ...mysql, topology: RelationalTopology.ThreeZoneCluster },
                CLUSTER,
                "cluster",
                ["error", "slowquery", "iam-db-auth-error"],
            ],
        ];
        for (const [args, type, kind, exported] of logs) {
            const preview = await make(args);
            const database = one(preview, type);
            expect(database.inputs.enabledCloudwatchLogsExports).to.deep.equal(exported);
            const groups = ofType(preview, "aws:cloudwatch/logGroup:LogGroup");
            expect(groups.map(({ inputs }) => inputs.name)).to.have.members(
                exported.map((log) => `/aws/rds/${kind}/shop-orders/${log}`),
            );
            for (const group of groups) {
                expect(database.dependencies).to.include(group.urn);
                expect(group.inputs).to.deep.include({ retentionInDays: 365, kmsKeyId: DATABASE_KEY });
            }
        }
    });

    it("has MySQL write who came and who changed the schema, and no statements with data", async () => {
        const preview = await make(mysql);
        const options = one(preview, "aws:rds/optionGroup:OptionGroup");
        expect(options.inputs).to.deep.include({ engineName: "mysql", majorEngineVersion: "8.4" });
        expect(at(options.inputs, "options[0].optionSettings")).to.deep.equal([
            { name: "SERVER_AUDIT_EVENTS", value: "CONNECT,QUERY_DDL,QUERY_DCL" },
        ]);
        expect(one(preview, INSTANCE).inputs.optionGroupName).to.equal(options.outputs.name);
    });

    it("lets each user of the database sign in by IAM, and each one alone", async () => {
        const { outputs } = await make({ ...goodInstance, databaseUsers: ["orders", "reports"] });
        const resource = (user: string) =>
            `arn:aws:rds-db:${TEST_REGION}:${TEST_ACCOUNT}:dbuser:${String(outputs.resourceId)}/${user}`;
        const permission = (user: string) => [
            { sid: "SignInToDatabase", actions: ["rds-db:connect"], resources: [resource(user)] },
        ];
        expect(outputs.connectPermissions).to.deep.equal({
            orders: permission("orders"),
            reports: permission("reports"),
        });
        expect((await make()).outputs.connectPermissions).to.deep.equal({});
    });

    it("lets nobody in and nothing out by itself", async () => {
        const preview = await make();
        expect(ofType(preview, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")).to.deep.equal(
            [],
        );
        expect(ofType(preview, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).to.deep.equal([]);
        expect(one(preview, INSTANCE).inputs.vpcSecurityGroupIds).to.deep.equal([
            preview.outputs.securityGroupId,
        ]);
    });

    it("has its backups copied by the other region, under that region's key", async () => {
        const copy = {
            region: "eu-west-1",
            kmsKeyArn: `arn:aws:kms:eu-west-1:${TEST_ACCOUNT}:key/orders`,
        };
        const preview = await make({ ...goodInstance, backupReplication: copy });
        expect(one(preview, REPLICATION).inputs).to.deep.equal({
            region: "eu-west-1",
            sourceDbInstanceArn: preview.outputs.databaseArn,
            kmsKeyId: copy.kmsKeyArn,
            retentionPeriod: 35,
        });
        const shorter = { ...goodInstance, backupReplication: { ...copy, retentionDays: 7 } };
        expect(one(await make(shorter), REPLICATION).inputs.retentionPeriod).to.equal(7);
        expect(ofType(await make(), REPLICATION)).to.deep.equal([]);
        // RDS copies instances' backups alone (facts 43.3).
        expect(await problemsOf({ ...goodCluster, backupReplication: copy })).to.deep.equal([
            "backupReplication",
        ]);
        const here = { region: TEST_REGION, kmsKeyArn: DATABASE_KEY };
        expect(await problemsOf({ ...goodInstance, backupReplication: here })).to.deep.equal([
            "backupReplication.region",
        ]);
        const foreignKey = { ...copy, kmsKeyArn: DATABASE_KEY, retentionDays: 36 };
        expect(await problemsOf({ ...goodInstance, backupReplication: foreignKey })).to.deep.equal([
            "backupReplication.kmsKeyArn",
            "backupReplication.retentionDays",
        ]);
    });

    it("asks for IOPS where gp3 lets it", async () => {
        const large = { ...goodInstance, allocatedStorage: 400 };
        expect(one(await make(large), INSTANCE).inputs).to.not.have.property("iops");
        expect(one(await make({ ...large, storageIops: 12_000 }), INSTANCE).inputs).to.not.have.property(
            "iops",
        );
        expect(one(await make({ ...large, storageIops: 20_000 }), INSTANCE).inputs.iops).to.equal(20_000);
        expect(one(await make({ ...goodCluster, allocatedStorage: 400 }), CLUSTER).inputs.iops).to.equal(
            12_000,
        );
        expect(await problemsOf({ ...large, storageIops: 20_001 })).to.deep.equal(["storageIops"]);
        expect(await problemsOf({ ...large, storageIops: 11_999 })).to.deep.equal(["storageIops"]);
        expect(await problemsOf({ ...goodInstance, storageIops: 4000 })).to.deep.equal(["storageIops"]);
    });

    it("leaves its backup window to AWS Backup where a plan holds it", async () => {
        const instance = one(await make({ ...goodInstance, backup: "hourly" }), INSTANCE);
        expect(instance.inputs.tags).to.deep.include({ backup: "hourly" });
        expect(instance.ignoreChanges).to.deep.equal(["backupWindow"]);
        expect(one(await make({ ...goodCluster, backup: "hourly" }), CLUSTER).ignoreChanges).to.deep.equal([
            "preferredBackupWindow",
        ]);
        expect(one(await make(), INSTANCE).ignoreChanges).to.deep.equal([]);
    });

    it("keeps what advanced insights need, and goes on with an old version only where told so", async () => {
        const advanced = { ...goodInstance, databaseInsights: DatabaseInsights.Advanced };
        expect(one(await make({ ...advanced, extendedSupport: true }), INSTANCE).inputs).to.deep.include({
            databaseInsightsMode: "advanced",
            performanceInsightsRetentionPeriod: 465,
            engineLifecycleSupport: "open-source-rds-extended-support",
        });
        expect(await problemsOf({ ...advanced, performanceInsightsRetentionDays: 434 })).to.deep.equal([
            "performanceInsightsRetentionDays",
        ]);
        expect((await make({ ...advanced, performanceInsightsRetentionDays: 731 })).error).to.equal(
            undefined,
        );
    });

    it("can be thrown away where nothing protects it", async () => {
        const preview = await make({
            ...goodInstance,
            deletionProtection: false,
            skipFinalSnapshot: true,
        });
        const { inputs, protect } = one(preview, INSTANCE);
        expect(inputs).to.deep.include({
            deletionProtection: false,
            skipFinalSnapshot: true,
            deleteAutomatedBackups: true,
        });
        expect(inputs).to.not.have.property("finalSnapshotIdentifier");
        expect(protect).to.equal(false);
        expect(await problemsOf({ ...goodInstance, skipFinalSnapshot: true })).to.deep.equal([
            "skipFinalSnapshot",
        ]);
    });

    it("rings by what the class and the storage have, and without topics not at all", async () => {
        expect(ofType(await make(), ALARM)).to.deep.equal([]);
        const topics = { alarmTopicArns: [DATABASE_TOPIC] };
        const instance = await make({ ...goodInstance, ...topics });
        const of = (name: string) => one(instance, ALARM, `shop-orders-${name}`).inputs;
        for (const { inputs } of ofType(instance, ALARM)) {
            expect(inputs.dimensions).to.deep.equal({ DBInstanceIdentifier: "shop-orders" });
            expect(inputs.alarmActions).to.deep.equal([DATABASE_TOPIC]);
        }
        // 8 GiB: 901 connections, four fifths of them.
        expect(of("connections").threshold).to.equal(720);
        expect(of("memory").threshold).to.equal(Math.floor(8 * GIBIBYTE * 0.05));
        expect(of("storage").threshold).to.equal(8 * GIBIBYTE);
        // A standby commits with the instance and has no lag.
        expect(ofType(instance, ALARM)).to.have.lengthOf(4);

        const cluster = await make({ ...goodCluster, ...topics });
        expect(one(cluster, ALARM, "shop-orders-replica-lag").inputs).to.deep.include({
            metricName: "ReplicaLag",
            dimensions: { DBClusterIdentifier: "shop-orders" },
        });
        expect(one(cluster, ALARM, "shop-orders-storage").inputs.threshold).to.equal(25 * GIBIBYTE);
    });

    it("knows the memory of classes as the RDS User Guide has it", () => {
        const gibibytes = {
            "db.t4g.micro": 1,
            "db.t4g.medium": 4,
            "db.t4g.xlarge": 16,
            "db.m8g.large": 8,
            "db.m6gd.2xlarge": 32,
            "db.r8gd.4xlarge": 128,
            "db.c6gd.medium": 2,
            "db.x2iedn.xlarge": 128,
            "db.x2idn.16xlarge": 1024,
        };
        for (const [instanceClass, memory] of Object.entries(gibibytes)) {
            expect(memoryOf(instanceClass) / GIBIBYTE, instanceClass).to.equal(memory);
        }
    });

    it("is in its region with everything that belongs to it", async () => {
        expectRegion(await make({ ...mysql, alarmTopicArns: [DATABASE_TOPIC] }), TEST_REGION);
    });

    it("takes what AWS takes and nothing beside", async () => {
        const fine: RelationalDatabaseArgs[] = [
            { ...goodInstance, engineVersion: "15", port: 1150, instanceClass: "db.t4g.medium" },
            { ...goodInstance, allocatedStorage: 20, maxAllocatedStorage: 22 },
            { ...goodInstance, allocatedStorage: 100, maxAllocatedStorage: 110 },
            { ...goodCluster, instanceClass: "db.c6gd.medium", port: 65_535 },
            { ...mysql, databaseUsers: ["a".repeat(32)] },
            { ...goodInstance, databaseUsers: ["a".repeat(63)] },
            { ...goodInstance, subnetIds: ["subnet-0a", "subnet-0b"] },
        ];
        for (const args of fine) {
            expect((await make(args)).error?.message, JSON.stringify(args)).to.equal(undefined);
        }
        const wrong: [object, string][] = [
            [{ ...goodInstance, engineVersion: "14" }, "engineVersion"],
            // AWS keeps the minor version, and a program that names one would take it back.
            [{ ...goodInstance, engineVersion: "18.6" }, "engineVersion"],
            [{ ...mysql, engineVersion: "8.0" }, "engineVersion"],
            [{ ...goodInstance, port: 1149 }, "port"],
            // Clusters take classes with disks of their own (facts 43.1).
            [{ ...goodCluster, instanceClass: "db.m8g.large" }, "instanceClass"],
            [{ ...goodInstance, instanceClass: "db.serverless" }, "instanceClass"],
            [{ ...goodInstance, instanceClass: "m8g.large" }, "instanceClass"],
            [{ ...goodInstance, allocatedStorage: 19 }, "allocatedStorage"],
            [{ ...goodInstance, maxAllocatedStorage: 109 }, "maxAllocatedStorage"],
            [{ ...goodCluster, maxAllocatedStorage: 200 }, "maxAllocatedStorage"],
            [{ ...goodCluster, subnetIds: ["subnet-0a", "subnet-0b"] }, "subnetIds"],
            [{ ...goodInstance, databaseName: "postgres" }, "databaseName"],
            [{ ...goodInstance, masterUsername: "admin" }, "masterUsername"],
            [{ ...goodInstance, databaseUsers: ["meridian_admin"] }, "databaseUsers[0]"],
            [{ ...goodInstance, databaseUsers: ["a", "a"] }, "databaseUsers[1]"],
            [{ ...mysql, databaseUsers: ["a".repeat(33)] }, "databaseUsers[0]"],
            [{ ...goodInstance, maintenanceWindow: "mon:02:30-mon:03:30" }, "maintenanceWindow"],
            [{ ...goodInstance, monitoringIntervalSeconds: 0 }, "monitoringIntervalSeconds"],
        ];
        for (const [args, path] of wrong) {
            expect(await problemsOf(args), JSON.stringify(args)).to.deep.equal([path]);
        }
    });

    it("names all that is wrong at once, whatever it is that is wrong", async () => {
        expect(
            await problemsOf({ engine: "Oracle", topology: "One", identifier: "Shop" }, "Shop"),
        ).to.include.members([
            "engine",
            "topology",
            "identifier",
            "region",
            "accountId",
            "databaseName",
            "vpcId",
            "subnetIds",
            "kmsKeyArn",
            "name",
        ]);
    });
});
