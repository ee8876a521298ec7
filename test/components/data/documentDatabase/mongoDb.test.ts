import { expect } from "chai";
import { secretsIn } from "../../../../policies/security-baseline/shared/secrets";
import { at, json, ofType, one, type ProgramPreview } from "../../../support/preview";
import { bootScript } from "../../../support/mongodb/world";
import { keyIn, MONGO_DB, preview } from "./programs";

const VOLUME = "aws:ebs/volume:Volume";
const INTERFACE = "aws:ec2/networkInterface:NetworkInterface";
const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const RECORD = "aws:route53/record:Record";
const SECRET = "aws:secretsmanager/secret:Secret";
const PARAMETER = "aws:ssm/parameter:Parameter";
const SNAPSHOTS = "aws:dlm/lifecyclePolicy:LifecyclePolicy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const MEMBERS = [1, 2, 3];

const mongoDb = (own: object, more: object = {}) => ({ ...MONGO_DB, ...more, mongoDb: own });

interface Statement {
    Sid: string;
    Effect: string;
    Action: string | string[];
    Resource: string | string[];
    Condition?: Record<string, Record<string, string>>;
}

function statementsOf(made: ProgramPreview, member: number): Statement[] {
    const policy = one(made, POLICY, `shop-documents-member-${member}-permissions`);
    return (json(policy.inputs["policy"]) as { Statement: Statement[] }).Statement;
}

function scriptOf(made: ProgramPreview, member: number): string {
    const template = one(made, TEMPLATE, `shop-documents-member-${member}-template`);
    return Buffer.from(String(template.inputs["userData"]), "base64").toString("utf8");
}

describe("DocumentDatabase on MongoDB", () => {
    it("has a group of one in each zone, whose old instance goes before the new one comes", async () => {
        const made = await preview(MONGO_DB);
        const groups = ofType(made, GROUP);
        expect(groups).to.have.length(3);
        for (const [index, { inputs, dependencies }] of groups.entries()) {
            const prefix = `shop-documents-member-${index + 1}`;
            expect(inputs).to.deep.include({
                region: "eu-central-1",
                minSize: 1,
                maxSize: 1,
                desiredCapacity: 1,
                vpcZoneIdentifiers: [["subnet-0a", "subnet-0b", "subnet-0c"][index]],
                healthCheckType: "EC2",
                healthCheckGracePeriod: 1800,
                instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
            });
            // An update may not begin a refresh of all three at once.
            expect(inputs).not.to.have.property("instanceRefresh");
            expect(inputs).not.to.have.property("maxInstanceLifetime");
            expect(
                at(inputs, "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity"),
            ).to.equal(100);
            expect(at(inputs, "mixedInstancesPolicy.launchTemplate.overrides")).to.deep.equal([
                { instanceType: "r8g.large" },
                { instanceType: "r7g.large" },
            ]);
            const before = [
                one(made, VOLUME, `${prefix}-volume`),
                one(made, INTERFACE, `${prefix}-interface`),
                one(made, RECORD, `shop-documents-host-${index + 1}`),
                one(made, POLICY, `${prefix}-permissions`),
                one(made, "aws:secretsmanager/secretVersion:SecretVersion", "shop-documents-key-file-value"),
                one(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
            ];
            expect(dependencies).to.include.members(before.map(({ urn }) => urn));
        }
    });

    it("keeps data, address and name of each member outside its instances", async () => {
        const made = await preview(mongoDb({ volumeSizeGb: 50, volumeIops: 4000, volumeThroughput: 500 }));
        for (const member of MEMBERS) {
            const tags = { "meridian:document-database": "orders", "meridian:member": String(member) };
            const volume = one(made, VOLUME, `shop-documents-member-${member}-volume`);
            expect(volume.inputs).to.deep.include({
                availabilityZone: `eu-central-1${"abc".charAt(member - 1)}`,
                type: "gp3",
                size: 50,
                iops: 4000,
                throughput: 500,
                encrypted: true,
                finalSnapshot: true,
            });
            expect(volume.inputs["kmsKeyId"]).to.equal(one(made, "aws:kms/key:Key").outputs["arn"]);
            expect(volume.inputs).not.to.have.property("snapshotId");
            expect(volume.inputs["tags"]).to.deep.include(tags);
            expect(volume.protect).to.equal(true);
            const face = one(made, INTERFACE, `shop-documents-member-${member}-interface`);
            expect(face.inputs["tags"]).to.deep.include(tags);
            const record = one(made, RECORD, `shop-documents-host-${member}`);
            expect(record.inputs).to.deep.include({
                name: `member-${member}.orders.internal`,
                records: [face.outputs["privateIp"]],
            });
        }
        expect(one(made, "aws:route53/zone:Zone").inputs).to.deep.include({
            name: "orders.internal",
            vpcs: [{ vpcId: "vpc-0shop", vpcRegion: "eu-central-1" }],
        });
    });

    it("gives the member's tags to its instance, and to neither its root volume nor its first interface", async () => {
        const made = await preview(MONGO_DB);
        for (const member of MEMBERS) {
            const { inputs } = one(made, TEMPLATE, `shop-documents-member-${member}-template`);
            const tagged = (inputs["tagSpecifications"] as { resourceType: string; tags: object }[]).map(
                ({ resourceType, tags }) => [resourceType, Object.keys(tags).includes("meridian:member")],
            );
            expect(tagged).to.deep.equal([
                ["instance", true],
                ["volume", false],
                ["network-interface", false],
            ]);
            expect(inputs["metadataOptions"]).to.deep.equal({
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
            });
            const devices = inputs["blockDeviceMappings"] as { deviceName: string }[];
            expect(devices.map(({ deviceName }) => deviceName)).to.deep.equal(["/dev/xvda"]);
            expect(at(devices, "0.ebs.encrypted")).to.equal("true");
        }
    });

    it("tells each instance its member's part, and no secret", async () => {
        const made = await preview({ ...MONGO_DB, engineVersion: "7.0.28" });
        for (const member of MEMBERS) {
            const script = scriptOf(made, member);
            expect(script).to.contain(
                `readonly member='${member}'\nreadonly hosts=('member-${member}.orders.internal'`,
            );
            expect(script).to.contain("readonly mongodb_package='mongodb-org-server-7.0.28'");
            for (const role of ["master", "key-file", "authority"]) {
                expect(script).to.contain(
                    `'${String(one(made, SECRET, `shop-documents-${role}`).outputs["arn"])}'`,
                );
            }
            expect(script).not.to.contain("@@");
            expect(secretsIn(script)).to.deep.equal([]);
        }
        expect(secretsIn(bootScript(1))).to.deep.equal([]);
    });

    it("lets each member take its own volume and interface alone", async () => {
        const made = await preview(MONGO_DB);
        for (const member of MEMBERS) {
            const attaching = statementsOf(made, member).filter(({ Action }) =>
                [Action].flat().some((action) => action.startsWith("ec2:Attach")),
            );
            expect(attaching.map(({ Action }) => Action)).to.deep.equal([
                "ec2:AttachVolume",
                "ec2:AttachNetworkInterface",
            ]);
            for (const { Condition } of attaching) {
                expect(Condition).to.deep.equal({
                    StringEquals: {
                        "aws:ResourceTag/meridian:document-database": "orders",
                        "aws:ResourceTag/meridian:member": String(member),
                    },
                });
            }
        }
    });

    it("lets the first member alone write what is written once", async () => {
        const made = await preview(MONGO_DB);
        const writing = MEMBERS.map((member) =>
            statementsOf(made, member)
                .flatMap(({ Action }) => Action)
                .filter((action) => /:Put(?!LogEvents|MetricData)|GenerateDataKey$/.test(action)),
        );
        expect(writing).to.deep.equal([
            ["kms:GenerateDataKey", "secretsmanager:PutSecretValue", "ssm:PutParameter"],
            [],
            [],
        ]);
        const names = ["certificate", "initiation"].map(
            (last) => `/meridian/document-database/orders/${last}`,
        );
        const parameters = ofType(made, PARAMETER);
        expect(parameters.map(({ inputs }) => inputs["name"])).to.deep.equal(names);
        for (const { inputs, ignoreChanges } of parameters) {
            expect(inputs["insecureValue"]).to.equal("pending");
            expect(ignoreChanges).to.include("insecureValue");
        }
    });

    it("allows what the boot script calls", async () => {
        const made = await preview(MONGO_DB);
        const called = [...bootScript(1).matchAll(/aws (ec2|secretsmanager|ssm|cloudwatch) ([a-z-]+)/g)].map(
            ([, service, call = ""]) =>
                `${String(service)}:${call.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`,
        );
        const allowed = statementsOf(made, 1)
            .filter(({ Effect }) => Effect === "Allow")
            .flatMap(({ Action }) => Action);
        expect(new Set(called))
            .to.include("ec2:AttachNetworkInterface")
            .and.include("cloudwatch:PutMetricData");
        expect(allowed).to.include.members([...new Set(called)]);
    });

    it("keeps a key of a thousand characters of Base64 for the members", async () => {
        const made = await preview(MONGO_DB);
        const { inputs, ignoreChanges } = one(
            made,
            "aws:secretsmanager/secretVersion:SecretVersion",
            "shop-documents-key-file-value",
        );
        // MongoDB takes 6 to 1024.
        expect(inputs["secretString"]).to.match(/^[A-Za-z0-9+/=]{1008}$/);
        expect(ignoreChanges).to.deep.equal(["secretString"]);
        // The authority's key is made where it is used: no version of it is in a state.
        const versions = ofType(made, "aws:secretsmanager/secretVersion:SecretVersion");
        const authority = one(made, SECRET, "shop-documents-authority");
        expect(versions.map((version) => version.inputs["secretId"])).not.to.include(
            authority.outputs["arn"],
        );
        for (const secret of ofType(made, SECRET)) {
            expect(secret.protect).to.equal(true);
            expect(at(secret.inputs, "tags.replaced-by")).to.equal("runbook");
        }
    });

    it("makes snapshots of the data volumes by their tag, and copies of them under keys abroad", async () => {
        const snapshotCopies = [{ region: "us-east-1", kmsKeyArn: keyIn("us-east-1") }];
        const made = await preview(
            mongoDb({ snapshotIntervalHours: 4, snapshotCopies }, { backupRetentionDays: 14 }),
        );
        const { inputs } = one(made, SNAPSHOTS);
        const kept = { interval: 14, intervalUnit: "DAYS" };
        expect(inputs["policyDetails"]).to.deep.equal({
            policyType: "EBS_SNAPSHOT_MANAGEMENT",
            resourceTypes: ["VOLUME"],
            targetTags: { "meridian:document-database": "orders" },
            schedules: [
                {
                    name: "Every 4 hours",
                    createRule: { interval: 4, intervalUnit: "HOURS", times: "02:00" },
                    retainRule: kept,
                    copyTags: true,
                    crossRegionCopyRules: [
                        {
                            target: "us-east-1",
                            encrypted: true,
                            cmkArn: keyIn("us-east-1"),
                            copyTags: true,
                            retainRule: kept,
                        },
                    ],
                },
            ],
        });
        const keys = json(one(made, POLICY, "shop-documents-snapshots-keys").inputs["policy"]);
        expect(at(keys, "Statement[0].Resource")).to.deep.equal([
            one(made, "aws:kms/key:Key").outputs["arn"],
            keyIn("us-east-1"),
        ]);
        // The password that is in the copies goes with them.
        expect(one(made, SECRET, "shop-documents-master").inputs["replicas"]).to.deep.equal([
            { region: "us-east-1", kmsKeyId: keyIn("us-east-1") },
        ]);
        expect(Object.keys(made.outputs["secretArns"] as object)).to.deep.equal([
            "eu-central-1",
            "us-east-1",
        ]);
    });

    it("makes the volumes of a snapshot in a restore", async () => {
        const made = await preview(mongoDb({ volumeSnapshotId: "snap-0abc" }, { deletionProtection: false }));
        for (const { inputs, protect } of ofType(made, VOLUME)) {
            expect(inputs["snapshotId"]).to.equal("snap-0abc");
            expect(protect).to.equal(false);
        }
    });

    it("lets its members talk, calls out on 443, and lets nobody in", async () => {
        const made = await preview(mongoDb({ internetEgressCidrBlocks: ["198.51.100.0/24"] }));
        const group = one(made, "aws:ec2/securityGroup:SecurityGroup").id;
        const ingress = one(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
        expect(ingress.inputs).to.deep.include({
            securityGroupId: group,
            referencedSecurityGroupId: group,
            fromPort: 27017,
            toPort: 27017,
        });
        const egress = ofType(made, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");
        expect(
            egress.map(({ inputs }) => [
                inputs["fromPort"],
                inputs["cidrIpv4"] ?? inputs["referencedSecurityGroupId"],
            ]),
        ).to.have.deep.members([
            [443, "198.51.100.0/24"],
            [27017, group],
        ]);
    });

    it("gives out the same as the other engine, and the certificate of its own authority", async () => {
        const made = await preview(MONGO_DB);
        expect(made.outputs).to.deep.include({
            endpoint: "member-1.orders.internal",
            readerEndpoint: "member-2.orders.internal",
            hosts: MEMBERS.map((member) => `member-${member}.orders.internal`),
            port: 27017,
            replicaSetName: "rs0",
            connectionString:
                "mongodb://member-1.orders.internal:27017,member-2.orders.internal:27017,member-3.orders.internal:27017/" +
                "?tls=true&tlsCAFile=/etc/ssl/certs/document-database.pem&replicaSet=rs0&retryWrites=true",
            caCertificateParameterArn:
                "arn:aws:ssm:eu-central-1:111122223333:parameter/meridian/document-database/orders/certificate",
            secretArn: one(made, SECRET, "shop-documents-master").outputs["arn"],
        });
        const permissions = made.outputs["connectPermissions"] as { sid: string; resources: string[] }[];
        expect(permissions.map(({ sid, resources }) => [sid, resources])).to.deep.equal([
            ["ReadDatabaseSecret", [made.outputs["secretArn"]]],
            ["DecryptDatabaseSecret", [one(made, "aws:kms/key:Key").outputs["arn"]]],
            ["ReadDatabaseCertificate", [made.outputs["caCertificateParameterArn"]]],
        ]);
    });

    it("rings for each member, and for one that is silent", async () => {
        const made = await preview(MONGO_DB);
        const alarms = ofType(made, ALARM);
        expect(alarms).to.have.length(12);
        for (const member of MEMBERS) {
            const lag = one(made, ALARM, `shop-documents-member-${member}-lag`);
            expect(lag.inputs).to.deep.include({
                namespace: "Meridian/DocumentDatabase",
                metricName: "ReplicationLag",
                dimensions: { Database: "orders", Member: String(member) },
                treatMissingData: "breaching",
            });
            const status = one(made, ALARM, `shop-documents-member-${member}-status`);
            expect(status.inputs["dimensions"]).to.deep.equal({
                AutoScalingGroupName: one(made, GROUP, `shop-documents-member-${member}-group`).outputs[
                    "name"
                ],
            });
            // What the agent's configuration in the boot script makes of the disk.
            const disk = one(made, ALARM, `shop-documents-member-${member}-disk`);
            expect(disk.inputs["metricName"]).to.equal("disk_used_percent");
        }
        expect(new Set(alarms.map(({ inputs }) => JSON.stringify(inputs["alarmActions"])))).to.deep.equal(
            new Set([JSON.stringify(MONGO_DB.alarmTopicArns)]),
        );
    });
});
