import { expect } from "chai";
import {
    DocumentDatabase,
    DocumentDbStorage,
    DocumentGlobalRole,
} from "../../../../components/data/documentDatabase/documentDatabase";
import { at, ofType, one, previewProgram, testProvider } from "../../../support/preview";
import { DOCUMENT_DB, keyIn, preview } from "./programs";

const CLUSTER = "aws:docdb/cluster:Cluster";
const INSTANCE = "aws:docdb/clusterInstance:ClusterInstance";
const GLOBAL = "aws:docdb/globalCluster:GlobalCluster";
const SECRET = "aws:secretsmanager/secret:Secret";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";

const documentDb = (own: object, more: object = {}) => ({ ...DOCUMENT_DB, ...more, documentDb: own });

describe("DocumentDatabase on DocumentDB", () => {
    it("makes an encrypted cluster with an instance in each zone, and a password that AWS keeps", async () => {
        const made = await preview(DOCUMENT_DB);
        const cluster = one(made, CLUSTER);
        expect(cluster.inputs).to.deep.include({
            region: "eu-central-1",
            clusterIdentifier: "orders",
            engine: "docdb",
            engineVersion: "8.0.0",
            port: 27017,
            storageEncrypted: true,
            manageMasterUserPassword: true,
            masterUsername: "meridian",
            backupRetentionPeriod: 35,
            deletionProtection: true,
            skipFinalSnapshot: false,
            enabledCloudwatchLogsExports: ["audit", "profiler"],
        });
        expect(cluster.inputs["kmsKeyId"]).to.equal(one(made, "aws:kms/key:Key").outputs["arn"]);
        for (const left of [
            "masterPassword",
            "globalClusterIdentifier",
            "serverlessV2ScalingConfiguration",
        ]) {
            expect(cluster.inputs).not.to.have.property(left);
        }
        expect(cluster.inputs["finalSnapshotIdentifier"]).to.match(/^orders-final-[0-9a-f]{8}$/);
        expect(cluster.protect).to.equal(true);
        expect(
            ofType(made, INSTANCE).map(({ inputs }) => [
                inputs["identifier"],
                inputs["availabilityZone"],
                inputs["instanceClass"],
                inputs["promotionTier"],
            ]),
        ).to.deep.equal([
            ["orders-1a", "eu-central-1a", "db.r8g.large", 0],
            ["orders-2b", "eu-central-1b", "db.r8g.large", 1],
            ["orders-3c", "eu-central-1c", "db.r8g.large", 2],
        ]);
    });

    it("speaks TLS, keeps an audit log and finds its log groups made", async () => {
        const made = await preview(
            documentDb({ profilerThresholdMilliseconds: 50 }, { engineVersion: "5.0" }),
        );
        const parameters = one(made, "aws:docdb/clusterParameterGroup:ClusterParameterGroup");
        expect(parameters.inputs["family"]).to.equal("docdb5.0");
        expect(one(made, CLUSTER).inputs["engineVersion"]).to.equal("5.0.0");
        expect(parameters.inputs["parameters"]).to.deep.equal([
            { name: "tls", value: "enabled" },
            { name: "audit_logs", value: "enabled" },
            { name: "profiler", value: "enabled" },
            { name: "profiler_threshold_ms", value: "50" },
        ]);
        const groups = ofType(made, LOGS);
        expect(groups.map(({ inputs }) => inputs["name"])).to.deep.equal([
            "/aws/docdb/orders/audit",
            "/aws/docdb/orders/profiler",
        ]);
        expect(one(made, CLUSTER).dependencies).to.include.members(groups.map(({ urn }) => urn));
    });

    it("gives out what a client needs, and no password", async () => {
        const made = await preview(DOCUMENT_DB);
        const { endpoint } = one(made, CLUSTER).outputs;
        expect(made.outputs["connectionString"]).to.equal(
            `mongodb://${String(endpoint)}:27017/?tls=true&tlsCAFile=/etc/ssl/certs/document-database.pem&replicaSet=rs0&retryWrites=false`,
        );
        expect(made.outputs["hosts"]).to.deep.equal([endpoint]);
        expect(made.outputs["secretArn"]).to.equal(
            at(one(made, CLUSTER).outputs, "masterUserSecrets[0].secretArn"),
        );
        expect(made.outputs["connectPermissions"]).to.deep.equal([
            {
                sid: "ReadDatabaseSecret",
                actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                resources: [made.outputs["secretArn"]],
            },
        ]);
        expect(made.outputs).not.to.have.property("caCertificateParameterArn");
    });

    it("lets nobody in, and nothing out", async () => {
        const made = await preview(DOCUMENT_DB);
        const group = one(made, "aws:ec2/securityGroup:SecurityGroup");
        expect(one(made, CLUSTER).inputs["vpcSecurityGroupIds"]).to.deep.equal([group.id]);
        expect(made.outputs["securityGroupId"]).to.equal(group.id);
        expect(made.resources.filter(({ type }) => type.startsWith("aws:vpc/"))).to.deep.equal([]);
    });

    it("is serverless where it is given a capacity, with an alarm on its ceiling", async () => {
        const serverlessCapacity = { minCapacity: 0.5, maxCapacity: 16 };
        const storage = DocumentDbStorage.IoOptimized;
        const made = await preview(documentDb({ serverlessCapacity, storage }));
        expect(one(made, CLUSTER).inputs).to.deep.include({
            serverlessV2ScalingConfiguration: serverlessCapacity,
            storageType: "iopt1",
        });
        expect(new Set(ofType(made, INSTANCE).map(({ inputs }) => inputs["instanceClass"]))).to.deep.equal(
            new Set(["db.serverless"]),
        );
        expect(one(made, ALARM, "shop-documents-capacity-ceiling").inputs).to.deep.include({
            metricName: "ServerlessDatabaseCapacity",
            threshold: 14.4,
        });
        expect(ofType(made, ALARM).map(({ name }) => name)).not.to.include("shop-documents-cpu");
    });

    it("takes a key, and can be thrown away where that is said", async () => {
        const kmsKeyArn = keyIn("eu-central-1");
        const args = documentDb(
            { skipFinalSnapshot: true, backup: "daily" },
            { kmsKeyArn, deletionProtection: false },
        );
        const made = await preview(args);
        const cluster = one(made, CLUSTER);
        expect(cluster.inputs).to.deep.include({
            kmsKeyId: kmsKeyArn,
            deletionProtection: false,
            skipFinalSnapshot: true,
        });
        expect(cluster.inputs).not.to.have.property("finalSnapshotIdentifier");
        expect(at(cluster.inputs, "tags.backup")).to.equal("daily");
        expect(made.resources.filter(({ protect }) => protect)).to.deep.equal([]);
        expect(ofType(made, "aws:kms/key:Key")).to.deep.equal([]);
    });

    it("rings for topics of its region", async () => {
        const made = await preview(DOCUMENT_DB);
        expect(
            ofType(made, ALARM).map(({ name, inputs }) => [name, inputs["metricName"]]),
        ).to.have.deep.members([
            ["shop-documents-cpu", "CPUUtilization"],
            ["shop-documents-memory", "LowMemThrottleQueueDepth"],
            ["shop-documents-replica-lag", "DBClusterReplicaLagMaximum"],
        ]);
        for (const { inputs } of ofType(made, ALARM)) {
            expect(inputs["alarmActions"]).to.deep.equal(DOCUMENT_DB.alarmTopicArns);
            expect(inputs["dimensions"]).to.deep.equal({ DBClusterIdentifier: "orders" });
        }
    });

    describe("in a global cluster", () => {
        const pair = () =>
            previewProgram(() => {
                const providers = [testProvider()];
                const primary = new DocumentDatabase(
                    "home",
                    {
                        ...DOCUMENT_DB,
                        documentDb: {
                            globalCluster: {
                                identifier: "orders-global",
                                role: DocumentGlobalRole.Primary,
                                secretReplicas: [{ region: "us-east-1", kmsKeyArn: keyIn("us-east-1") }],
                            },
                        },
                    },
                    { providers },
                );
                const secondary = new DocumentDatabase(
                    "abroad",
                    {
                        ...DOCUMENT_DB,
                        region: "us-east-1",
                        identifier: "orders-us",
                        availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
                        alarmTopicArns: [],
                        documentDb: {
                            globalCluster: {
                                identifier: primary.globalClusterIdentifier ?? "",
                                role: DocumentGlobalRole.Secondary,
                                secretArn: primary.secretArns.apply((arns) => arns["us-east-1"] ?? ""),
                                secretKmsKeyArn: keyIn("us-east-1"),
                            },
                        },
                    },
                    { providers },
                );
                return { arns: primary.secretArns, permissions: secondary.connectPermissions };
            });

        it("founds it with a password of its own, whose secret is in every region", async () => {
            const made = await pair();
            const cluster = one(made, CLUSTER, "home-cluster");
            const password = one(made, "random:index/randomPassword:RandomPassword");
            expect(one(made, GLOBAL).inputs).to.deep.include({
                globalClusterIdentifier: "orders-global",
                engine: "docdb",
                engineVersion: "8.0.0",
                storageEncrypted: true,
                deletionProtection: true,
            });
            expect(one(made, GLOBAL).protect).to.equal(true);
            expect(cluster.inputs["globalClusterIdentifier"]).to.equal(one(made, GLOBAL).id);
            expect(cluster.inputs["masterPassword"]).to.equal(password.outputs["result"]);
            expect(cluster.inputs["masterPassword"]).to.match(/^[^/"@ ]{8,100}$/);
            expect(cluster.inputs).not.to.have.property("manageMasterUserPassword");
            expect(cluster.ignoreChanges).to.deep.equal(["masterPassword"]);
            const secret = one(made, SECRET);
            expect(secret.inputs["replicas"]).to.deep.equal([
                { region: "us-east-1", kmsKeyId: keyIn("us-east-1") },
            ]);
            expect(secret.protect).to.equal(true);
            const arn = String(secret.outputs["arn"]);
            expect(made.outputs["arns"]).to.deep.equal({
                "eu-central-1": arn,
                "us-east-1": arn.replace(":eu-central-1:", ":us-east-1:"),
            });
        });

        it("joins it without credentials, under its own region's key, once there is a writer", async () => {
            const made = await pair();
            const secondary = one(made, CLUSTER, "abroad-cluster");
            expect(secondary.inputs["region"]).to.equal("us-east-1");
            expect(secondary.inputs["globalClusterIdentifier"]).to.equal(one(made, GLOBAL).id);
            for (const credential of ["masterUsername", "masterPassword", "manageMasterUserPassword"]) {
                expect(secondary.inputs).not.to.have.property(credential);
            }
            expect(secondary.inputs["kmsKeyId"]).to.match(/^arn:aws:kms:us-east-1:/);
            const writers = ofType(made, INSTANCE).filter(({ name }) => name.startsWith("home-"));
            expect(secondary.propertyDependencies["globalClusterIdentifier"]).to.include.members(
                writers.map(({ urn }) => urn),
            );
            expect(one(made, ALARM, "abroad-global-lag").inputs["metricName"]).to.equal(
                "GlobalClusterReplicationLag",
            );
        });

        it("lets programs of the other region read the replica of the secret, by its own key", async () => {
            const made = await pair();
            const arn = String(one(made, SECRET).outputs["arn"]).replace(":eu-central-1:", ":us-east-1:");
            expect(made.outputs["permissions"]).to.deep.equal([
                {
                    sid: "ReadDatabaseSecret",
                    actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                    resources: [arn],
                },
                {
                    sid: "DecryptDatabaseSecret",
                    actions: ["kms:Decrypt"],
                    resources: [keyIn("us-east-1")],
                    conditions: [
                        {
                            operator: "StringEquals",
                            key: "kms:ViaService",
                            values: ["secretsmanager.us-east-1.amazonaws.com"],
                        },
                        {
                            operator: "StringEquals",
                            key: "kms:EncryptionContext:SecretARN",
                            values: [arn],
                        },
                    ],
                },
            ]);
        });
    });
});
