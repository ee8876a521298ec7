import * as aws from "@pulumi/aws";
import { expect } from "chai";

import { AuroraGlobal } from "../../../../components/data/auroraGlobal/auroraGlobal";
import {
    at,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    type RegisteredResource,
    TEST_ACCOUNT,
    testProvider,
} from "../../../support/preview";
import {
    ABROAD,
    HOME,
    NAME,
    PRIMARY,
    previewDatabase,
    SOURCE,
} from "../../../support/components/databaseMembers";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

/** Whether one resource is made before another. */
function waitsFor(later: RegisteredResource, earlier: RegisteredResource): boolean {
    return later.dependencies.includes(earlier.urn);
}

describe("AuroraGlobal in the role Primary", () => {
    let preview: ProgramPreview;
    let cluster: RegisteredResource;
    before(async () => {
        preview = await previewDatabase(PRIMARY, (database) => ({
            clusterArn: database.clusterArn,
            clusterIdentifier: database.clusterIdentifier,
            endpoint: database.endpoint,
            readerEndpoint: database.readerEndpoint,
            port: database.port,
            secretArn: database.secretArn,
            kmsKeyArn: database.kmsKeyArn,
            subnetGroupName: database.subnetGroupName,
            monitoringRoleArn: database.monitoringRoleArn,
            connectResourceArn: database.connectResourceArn,
            parameterNames: database.parameterNames,
            parameterArns: database.parameterArns,
            globalClusterIdentifier: database.globalClusterIdentifier,
            source: database.source,
            member: database.member,
        }));
        cluster = one(preview, CLUSTER);
    });

    describe("makes a cluster that", () => {
        it("is complete and works alone", () => {
            expect(cluster.inputs).to.deep.include({
                region: HOME,
                clusterIdentifier: "meridian-prod-us",
                engine: "aurora-postgresql",
                engineVersion: "18.6",
                databaseName: "shop",
                masterUsername: "meridian_admin",
                port: 5432,
                vpcSecurityGroupIds: ["sg-0data"],
                serverlessv2ScalingConfiguration: { minCapacity: 8, maxCapacity: 32 },
                iamDatabaseAuthenticationEnabled: true,
                enableHttpEndpoint: true,
                enabledCloudwatchLogsExports: ["postgresql", "iam-db-auth-error"],
                backupRetentionPeriod: 35,
                preferredBackupWindow: "02:00-03:00",
                preferredMaintenanceWindow: "sun:04:00-sun:05:00",
                copyTagsToSnapshot: true,
                applyImmediately: false,
            });
        });

        it("has nothing that a founding cluster must not have", () => {
            expect(cluster.inputs).not.to.have.any.keys(
                "engineMode",
                "globalClusterIdentifier",
                "replicationSourceIdentifier",
                "enableGlobalWriteForwarding",
                "manageMasterUserPassword",
                "sourceRegion",
                "snapshotIdentifier",
                "availabilityZones",
                "storageType",
                "allocatedStorage",
                "backtrackWindow",
            );
        });

        it("is encrypted under the region's own key", () => {
            const key = one(preview, "aws:kms/key:Key", `${NAME}-encryption-key`);
            expect(cluster.inputs["storageEncrypted"]).to.equal(true);
            expect(cluster.inputs["kmsKeyId"]).to.equal(key.outputs["arn"]);
            expect(key.inputs).to.include({ region: HOME, enableKeyRotation: true, multiRegion: false });
        });

        it("keeps out of what AWS changes when regions swap roles", () => {
            expect(cluster.ignoreChanges).to.deep.equal([
                "globalClusterIdentifier",
                "replicationSourceIdentifier",
                "engineVersion",
                "masterPassword",
                "enableGlobalWriteForwarding",
            ]);
        });

        it("leaves a last snapshot under a name that is not used twice, and its backups", () => {
            const suffix = one(preview, "random:index/randomId:RandomId");
            expect(cluster.inputs["skipFinalSnapshot"]).to.equal(false);
            expect(cluster.inputs["finalSnapshotIdentifier"]).to.equal(
                `meridian-prod-us-final-${String(suffix.outputs["hex"])}`,
            );
            expect(cluster.inputs["finalSnapshotIdentifier"]).to.match(/^[a-z](-?[0-9a-z])*$/);
            expect(cluster.inputs["deleteAutomatedBackups"]).to.equal(false);
        });

        it("finds its log groups, encrypted and with an end", () => {
            const groups = ofType(preview, "aws:cloudwatch/logGroup:LogGroup").filter(({ inputs }) =>
                String(inputs["name"]).startsWith("/aws/rds/"),
            );
            expect(groups.map(({ inputs }) => inputs["name"])).to.have.members([
                "/aws/rds/cluster/meridian-prod-us/postgresql",
                "/aws/rds/cluster/meridian-prod-us/iam-db-auth-error",
            ]);
            for (const group of groups) {
                expect(group.inputs["retentionInDays"]).to.equal(365);
                expect(group.inputs["kmsKeyId"]).to.equal(cluster.inputs["kmsKeyId"]);
                expect(waitsFor(cluster, group), group.name).to.equal(true);
            }
        });

        it("takes no client without TLS and logs changes of the schema", () => {
            const group = one(preview, "aws:rds/clusterParameterGroup:ClusterParameterGroup");
            expect(group.inputs["family"]).to.equal("aurora-postgresql18");
            expect(group.inputs["parameters"]).to.deep.include.members([
                { name: "rds.force_ssl", value: "1" },
                { name: "log_statement", value: "ddl" },
            ]);
            expect(cluster.inputs["dbClusterParameterGroupName"]).to.equal(group.outputs["name"]);
        });

        it("carries the tag by which the functions know it, and says how sensitive its data is", () => {
            expect(at(cluster.inputs, "tags")).to.deep.equal({
                "data-classification": "confidential",
                "meridian:global-database": "meridian-prod",
            });
        });
    });

    describe("makes instances that", () => {
        it("are two, in different zones, with names that say so", () => {
            const instances = ofType(preview, INSTANCE);
            expect(
                instances.map(({ inputs }) => [inputs["identifier"], inputs["availabilityZone"]]),
            ).to.deep.equal([
                ["meridian-prod-us-1a", "us-east-1a"],
                ["meridian-prod-us-2b", "us-east-1b"],
            ]);
        });

        it("go round the zones when there are more of them", async () => {
            const many = await previewDatabase({ ...PRIMARY, instanceCount: 4 });
            expect(ofType(many, INSTANCE).map(({ inputs }) => inputs["availabilityZone"])).to.deep.equal([
                "us-east-1a",
                "us-east-1b",
                "us-east-1c",
                "us-east-1a",
            ]);
        });

        it("are serverless, private, monitored and encrypted", () => {
            const key = one(preview, "aws:kms/key:Key", `${NAME}-encryption-key`).outputs["arn"];
            const role = one(preview, "aws:iam/role:Role", `${NAME}-monitoring-role`).outputs["arn"];
            for (const instance of ofType(preview, INSTANCE)) {
                expect(instance.inputs).to.deep.include({
                    region: HOME,
                    engine: "aurora-postgresql",
                    instanceClass: "db.serverless",
                    clusterIdentifier: "meridian-prod-us",
                    dbSubnetGroupName: cluster.inputs["dbSubnetGroupName"],
                    publiclyAccessible: false,
                    autoMinorVersionUpgrade: true,
                    monitoringInterval: 60,
                    monitoringRoleArn: role,
                    performanceInsightsEnabled: true,
                    performanceInsightsKmsKeyId: key,
                    performanceInsightsRetentionPeriod: 7,
                });
                expect(instance.inputs).not.to.have.any.keys(
                    "engineVersion",
                    "storageEncrypted",
                    "deletionProtection",
                );
            }
        });

        it("take over in order: the first, then the others, which keep pace with it", () => {
            expect(ofType(preview, INSTANCE).map(({ inputs }) => inputs["promotionTier"])).to.deep.equal([
                0, 1,
            ]);
        });
    });

    it("writes connection parameters under names that say nothing of the role", () => {
        const parameters = ofType(preview, "aws:ssm/parameter:Parameter");
        const { endpoint, readerEndpoint } = cluster.outputs;
        const prefix = "/meridian/prod/database";
        expect(
            Object.fromEntries(parameters.map(({ inputs }) => [inputs["name"], inputs["insecureValue"]])),
        ).to.deep.equal({
            [`${prefix}/endpoint`]: endpoint,
            [`${prefix}/reader-endpoint`]: readerEndpoint,
            [`${prefix}/port`]: "5432",
            [`${prefix}/database-name`]: "shop",
            [`${prefix}/username`]: "shop_app",
            [`${prefix}/connection-string`]:
                `postgresql://shop_app@${String(endpoint)}:5432,${String(readerEndpoint)}:5432/shop?sslmode=verify-full` +
                "&sslrootcert=/etc/ssl/certs/aws-rds-global-bundle.pem&target_session_attrs=any&connect_timeout=3",
        });
        expect(new Set(parameters.map(({ inputs }) => inputs["type"]))).to.deep.equal(new Set(["String"]));
    });

    it("rings on what would wake somebody, at the region's own topic", () => {
        const alarms = ofType(preview, "aws:cloudwatch/metricAlarm:MetricAlarm");
        expect(alarms.map(({ name }) => name)).to.have.members([
            `${NAME}-replication-lag`,
            `${NAME}-capacity-ceiling`,
            `${NAME}-connections`,
            `${NAME}-rotation-errors`,
        ]);
        for (const alarm of alarms) {
            expect(alarm.inputs["region"], alarm.name).to.equal(HOME);
            expect(alarm.inputs["alarmActions"], alarm.name).to.deep.equal(PRIMARY.alarmTopicArns);
        }
        expect(
            one(preview, "aws:cloudwatch/metricAlarm:MetricAlarm", `${NAME}-capacity-ceiling`).inputs,
        ).to.deep.include({
            namespace: "AWS/RDS",
            metricName: "ACUUtilization",
            dimensions: { DBClusterIdentifier: "meridian-prod-us" },
            statistic: "Maximum",
            threshold: 90,
        });
        expect(
            one(preview, "aws:cloudwatch/metricAlarm:MetricAlarm", `${NAME}-connections`).inputs["threshold"],
        ).to.equal(4000);
    });

    it("finds the lag whichever region writes, because it asks by cluster alone", () => {
        const { inputs } = one(preview, "aws:cloudwatch/metricAlarm:MetricAlarm", `${NAME}-replication-lag`);
        expect(inputs["metricQueries"]).to.deep.equal([
            {
                id: "lag",
                label: "Milliseconds of commits that a failover would lose",
                expression: `SELECT MAX(AuroraGlobalDBRPOLag) FROM "AWS/RDS" WHERE DBClusterIdentifier = 'meridian-prod-us'`,
                period: 60,
                returnData: true,
            },
        ]);
        expect(inputs).not.to.have.any.keys("dimensions", "metricName", "statistic");
    });

    it("gives out what others need", () => {
        const prefix = "/meridian/prod/database";
        expect(preview.outputs).to.deep.include({
            clusterArn: SOURCE.clusterArn,
            clusterIdentifier: "meridian-prod-us",
            endpoint: cluster.outputs["endpoint"],
            readerEndpoint: cluster.outputs["readerEndpoint"],
            port: 5432,
            secretArn: one(preview, "aws:secretsmanager/secret:Secret").outputs["arn"],
            kmsKeyArn: cluster.inputs["kmsKeyId"],
            subnetGroupName: cluster.inputs["dbSubnetGroupName"],
            monitoringRoleArn: one(preview, "aws:iam/role:Role", `${NAME}-monitoring-role`).outputs["arn"],
            globalClusterIdentifier: "meridian-prod",
            connectResourceArn: `arn:aws:rds-db:${HOME}:${TEST_ACCOUNT}:dbuser:${String(cluster.outputs["clusterResourceId"])}/shop_app`,
        });
        expect(preview.outputs["source"]).to.deep.equal({
            clusterArn: SOURCE.clusterArn,
            engineVersion: "18.6",
            preparationFunctionName: one(preview, "aws:lambda/function:Function", `${NAME}-preparation`)
                .outputs["name"],
            address: {
                endpoint: cluster.outputs["endpoint"],
                readerEndpoint: cluster.outputs["readerEndpoint"],
                port: 5432,
            },
        });
        expect(at(preview.outputs, "parameterNames.connection-string")).to.equal(
            `${prefix}/connection-string`,
        );
        expect(preview.outputs["parameterArns"]).to.include(
            `arn:aws:ssm:${HOME}:${TEST_ACCOUNT}:parameter${prefix}/connection-string`,
        );
        expect(preview.outputs["member"]).to.equal(undefined);
    });

    it("gives out the cluster's ARN only when its instances are there", async () => {
        const used = await previewProgram(() => {
            const provider = testProvider(HOME);
            const database = new AuroraGlobal(NAME, PRIMARY, { providers: [provider] });
            new aws.ssm.Parameter(
                "probe",
                { type: "String", value: database.clusterArn ?? "" },
                { provider },
            );
            new aws.ssm.Parameter(
                "probe-source",
                { type: "String", value: database.source?.apply((source) => source.clusterArn) ?? "" },
                { provider },
            );
        });
        for (const name of ["probe", "probe-source"]) {
            const probe = one(used, "aws:ssm/parameter:Parameter", name);
            expect(probe.inputs["value"]).to.equal(SOURCE.clusterArn);
            expect(probe.dependencies, name).to.include.members(ofType(used, INSTANCE).map(({ urn }) => urn));
        }
    });

    it("monitors with a role that has its permissions", () => {
        const role = one(preview, "aws:iam/role:Role", `${NAME}-monitoring-role`);
        const attachment = one(preview, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
        for (const instance of ofType(preview, INSTANCE)) {
            expect(instance.propertyDependencies["monitoringRoleArn"]).to.include.members([
                role.urn,
                attachment.urn,
            ]);
        }
    });

    describe("guards what holds data", () => {
        const guarded = (from: ProgramPreview) =>
            from.resources.filter(({ protect }) => protect).map(({ name }) => name);

        it("unless told not to", async () => {
            expect(guarded(preview)).to.have.members([
                `${NAME}-cluster`,
                `${NAME}-encryption-key`,
                `${NAME}-master`,
                `${NAME}-secret-encryption-key`,
                `${NAME}-secret-encryption-${ABROAD}`,
            ]);
            expect(cluster.inputs["deletionProtection"]).to.equal(true);

            const open = await previewDatabase({ ...PRIMARY, deletionProtection: false });
            expect(guarded(open)).to.deep.equal([]);
            expect(one(open, CLUSTER).inputs["deletionProtection"]).to.equal(false);
            expect(one(open, CLUSTER).inputs["skipFinalSnapshot"]).to.equal(false);
        });

        it("and leaves nothing of a throw-away database", async () => {
            const thrown = await previewDatabase({
                ...PRIMARY,
                deletionProtection: false,
                skipFinalSnapshot: true,
            });
            const { inputs } = one(thrown, CLUSTER);
            expect(inputs).to.include({ skipFinalSnapshot: true, deleteAutomatedBackups: true });
            expect(inputs).not.to.have.property("finalSnapshotIdentifier");
            expect(ofType(thrown, "random:index/randomId:RandomId")).to.have.length(0);
        });
    });

    it("warns of a writer that may shrink too far, and of a version that it does not know", async () => {
        const small = await previewDatabase({
            ...PRIMARY,
            capacity: { minCapacity: 2, maxCapacity: 8 },
            engineVersion: "19.1",
        });
        expect(small.messages).to.have.length(2);
        expect(small.messages.join("\n")).to.include("the writer's capacity may fall to 2 ACU");
        expect(small.messages.join("\n")).to.include("Aurora PostgreSQL 19.1 was not on offer");
        expect(preview.messages.filter((message) => !message.startsWith("Undefined value"))).to.deep.equal(
            [],
        );
    });

    it("puts everything in its region, but for what belongs to the secret's replica", () => {
        for (const resource of preview.resources.filter(({ type }) => type.startsWith("aws:"))) {
            const replica = resource.name.includes(ABROAD);
            const region = resource.inputs["region"];
            if (resource.type.startsWith("aws:iam/")) {
                expect(region, resource.name).to.equal(undefined);
            } else {
                expect(region, resource.name).to.equal(replica ? ABROAD : HOME);
            }
        }
    });

    it("calls every child after the component, and passes it the component's provider", () => {
        const provider = one(preview, "pulumi:providers:aws");
        for (const resource of preview.resources.filter(
            ({ parent }) => parent !== "" && !parent.includes("pulumi:Stack"),
        )) {
            expect(resource.name).to.match(new RegExp(`^${NAME}-`));
            if (resource.type.startsWith("aws:")) {
                expect(resource.provider.startsWith(provider.urn), resource.name).to.equal(true);
            }
        }
    });

    it("calls no function of a provider", () => {
        expect(preview.invokes).to.deep.equal([]);
    });

    it("pauses, and watches no replication, where it stays alone", async () => {
        const { replicaRegions, ...alone } = PRIMARY;
        expect(replicaRegions).to.deep.equal([ABROAD]);
        const capacity = { minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 900 };
        const standalone = await previewDatabase({ ...alone, capacity, standalone: true });
        expect(standalone.error).to.equal(undefined);
        expect(one(standalone, CLUSTER).inputs["serverlessv2ScalingConfiguration"]).to.deep.equal(capacity);
        // What AWS changes on members of a global database alone is watched here.
        expect(one(standalone, CLUSTER).ignoreChanges).to.deep.equal(["engineVersion", "masterPassword"]);
        expect(one(preview, CLUSTER).ignoreChanges).to.include.members([
            "globalClusterIdentifier",
            "replicationSourceIdentifier",
        ]);
        const alarms = (of: ProgramPreview): string[] =>
            ofType(of, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);
        expect(alarms(preview).filter((name) => !alarms(standalone).includes(name))).to.deep.equal([
            `${NAME}-replication-lag`,
        ]);
        expect(standalone.messages.filter((message) => message.includes("capacity"))).to.deep.equal([]);
    });
});
