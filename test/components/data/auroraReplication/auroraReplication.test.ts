import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { allAliases } from "@pulumi/pulumi/resource";
import { expect } from "chai";

import { AuroraGlobal } from "../../../../components/data/auroraGlobal/auroraGlobal";
import { MEMBER_IGNORE_CHANGES } from "../../../../components/data/auroraMember/cluster";
import {
    AuroraReplication,
    type AuroraReplicationArgs,
    type AuroraSecondary,
} from "../../../../components/data/auroraReplication/auroraReplication";
import {
    childrenOf,
    json,
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
    memberOf,
    NAME,
    PRIMARY,
    previewDatabase,
    previewReplication,
    REPLICATION,
    SECONDARY,
    secondaryOf,
    SOURCE,
    THIRD,
} from "../../../support/components/databaseMembers";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const GLOBAL = "aws:rds/globalCluster:GlobalCluster";

/** The names of a resource's inputs, as the provider's declarations have them. */
function declaredInputs(declaration: string): Set<string> {
    const start = declaration.indexOf("Args {");
    return new Set([...declaration.slice(start).matchAll(/^ {4}(\w+)\??:/gm)].map((match) => match[1] ?? ""));
}

describe("AuroraReplication", () => {
    let preview: ProgramPreview;
    let globalCluster: RegisteredResource;
    let cluster: RegisteredResource;
    before(async () => {
        preview = await previewReplication(REPLICATION, (database) => ({
            members: database.members,
            globalClusterIdentifier: database.globalClusterIdentifier,
            globalClusterArn: database.globalClusterArn,
        }));
        globalCluster = one(preview, GLOBAL);
        cluster = one(preview, CLUSTER);
    });

    it("makes the global cluster from the founding cluster, and says nothing that the source says", () => {
        expect(globalCluster.inputs).to.deep.equal({
            region: HOME,
            globalClusterIdentifier: "meridian-prod",
            sourceDbClusterIdentifier: SOURCE.clusterArn,
            forceDestroy: true,
        });
        expect(globalCluster.protect).to.equal(true);
    });

    it("tells regions without a member where the one is that they use", async () => {
        const address = { endpoint: "founding.example", readerEndpoint: "founding-ro.example", port: 5433 };
        const clientRegions = [
            { region: THIRD, memberRegion: HOME },
            { region: "eu-west-1", memberRegion: ABROAD },
        ];
        const told = await previewReplication({
            ...REPLICATION,
            source: { ...SOURCE, address },
            clientRegions,
        });
        const valueOf = (region: string, parameter: string): unknown => {
            const { inputs } = one(told, "aws:ssm/parameter:Parameter", `${NAME}-${region}-${parameter}`);
            expect(inputs["region"]).to.equal(region);
            return inputs["insecureValue"];
        };
        expect(valueOf(THIRD, "endpoint")).to.equal("founding.example");
        expect(valueOf(THIRD, "reader-endpoint")).to.equal("founding-ro.example");
        expect(valueOf(THIRD, "port")).to.equal("5433");
        for (const parameter of ["endpoint", "reader-endpoint", "port", "connection-string"]) {
            expect(valueOf("eu-west-1", parameter)).to.equal(valueOf(ABROAD, parameter));
        }
        const untold = await previewReplication({ ...REPLICATION, clientRegions });
        expect(untold.error?.message).to.contain(
            "the stack of us-east-1 does not say where its cluster answers: update that one first",
        );
    });

    it("joins a cluster without credentials, database or source of its own", () => {
        expect(cluster.inputs).not.to.have.any.keys(
            "databaseName",
            "masterUsername",
            "masterPassword",
            "masterPasswordWo",
            "manageMasterUserPassword",
            "replicationSourceIdentifier",
            "snapshotIdentifier",
            "sourceRegion",
            "engineMode",
            "availabilityZones",
            "enableHttpEndpoint",
        );
    });

    it("gives the cluster what its region prepared", () => {
        const member = memberOf(ABROAD, "meridian-prod-eu");
        expect(cluster.inputs).to.deep.include({
            region: ABROAD,
            clusterIdentifier: "meridian-prod-eu",
            globalClusterIdentifier: "meridian-prod",
            engine: "aurora-postgresql",
            engineVersion: SOURCE.engineVersion,
            storageEncrypted: true,
            kmsKeyId: member.kmsKeyArn,
            dbSubnetGroupName: member.subnetGroupName,
            vpcSecurityGroupIds: [member.securityGroupId],
            dbClusterParameterGroupName: member.clusterParameterGroupName,
            port: 5432,
            enableGlobalWriteForwarding: true,
            iamDatabaseAuthenticationEnabled: true,
            enabledCloudwatchLogsExports: ["postgresql", "iam-db-auth-error"],
            backupRetentionPeriod: 35,
            preferredBackupWindow: "02:00-03:00",
            copyTagsToSnapshot: true,
            deletionProtection: true,
            skipFinalSnapshot: false,
            tags: { "data-classification": "confidential", "meridian:global-database": "meridian-prod" },
        });
        expect(String(cluster.inputs["kmsKeyId"]).split(":")[3]).to.equal(ABROAD);
        expect(cluster.inputs["finalSnapshotIdentifier"]).to.match(/^meridian-prod-eu-final-[0-9a-f]{8}$/);
        expect(cluster.protect).to.equal(true);
    });

    it("keeps the cluster's floor low while another region writes", () => {
        expect(cluster.inputs["serverlessv2ScalingConfiguration"]).to.deep.equal({
            minCapacity: 2,
            maxCapacity: 32,
        });
        expect(ofType(preview, INSTANCE).map(({ inputs }) => inputs["promotionTier"])).to.deep.equal([0, 2]);
    });

    it("keeps out of what AWS changes when regions swap roles", () => {
        expect(cluster.ignoreChanges).to.deep.equal([
            "globalClusterIdentifier",
            "replicationSourceIdentifier",
            "engineVersion",
            "masterPassword",
        ]);
    });

    it("runs what the founding cluster runs, patches included", async () => {
        const patched = await previewReplication({
            ...REPLICATION,
            source: { ...SOURCE, engineVersion: "18.9" },
        });
        expect(one(patched, CLUSTER).inputs["engineVersion"]).to.equal("18.9");
    });

    it("makes the cluster after the global cluster, and its instances after it", () => {
        expect(cluster.dependencies).to.include(globalCluster.urn);
        const instances = ofType(preview, INSTANCE);
        expect(
            instances.map(({ inputs }) => [
                inputs["identifier"],
                inputs["availabilityZone"],
                inputs["region"],
            ]),
        ).to.deep.equal([
            ["meridian-prod-eu-1a", `${ABROAD}a`, ABROAD],
            ["meridian-prod-eu-2b", `${ABROAD}b`, ABROAD],
        ]);
        for (const instance of instances) {
            expect(instance.dependencies).to.include(cluster.urn);
            expect(instance.inputs).to.include({
                instanceClass: "db.serverless",
                performanceInsightsKmsKeyId: memberOf(ABROAD, "").kmsKeyArn,
                monitoringRoleArn: memberOf(ABROAD, "").monitoringRoleArn,
                publiclyAccessible: false,
            });
        }
    });

    it("has the founding cluster forward writes, after everybody has joined", () => {
        const invocation = one(preview, "aws:lambda/invocation:Invocation");
        expect(invocation.inputs).to.deep.include({
            region: HOME,
            functionName: SOURCE.preparationFunctionName,
            triggers: { globalCluster: globalCluster.outputs["globalClusterResourceId"] },
        });
        expect(json(invocation.inputs["input"])).to.deep.equal({ action: "ForwardWrites" });
        expect(invocation.dependencies).to.include.members(ofType(preview, INSTANCE).map(({ urn }) => urn));
    });

    it("writes the region's parameters under the names that the founding region uses", async () => {
        const founder = await previewDatabase(PRIMARY);
        const parameters = (from: ProgramPreview) => ofType(from, "aws:ssm/parameter:Parameter");
        expect(parameters(preview).map(({ inputs }) => inputs["name"])).to.have.members(
            parameters(founder).map(({ inputs }) => inputs["name"]),
        );
        for (const { inputs } of parameters(preview)) {
            expect(inputs["region"]).to.equal(ABROAD);
        }
        const text = parameters(preview).find(({ name }) => name.endsWith("connection-string"))?.inputs[
            "insecureValue"
        ];
        const { endpoint, readerEndpoint } = cluster.outputs;
        expect(text).to.include(
            `@${String(endpoint)}:5432,${String(readerEndpoint)}:5432/shop?sslmode=verify-full&`,
        );
    });

    it("rings in the member's region, at that region's topic", () => {
        const alarms = ofType(preview, "aws:cloudwatch/metricAlarm:MetricAlarm");
        expect(alarms.map(({ name }) => name)).to.have.members([
            `${NAME}-${ABROAD}-replication-lag`,
            `${NAME}-${ABROAD}-capacity-ceiling`,
            `${NAME}-${ABROAD}-connections`,
        ]);
        for (const { inputs } of alarms) {
            expect(inputs["region"]).to.equal(ABROAD);
            expect(inputs["alarmActions"]).to.deep.equal([`arn:aws:sns:${ABROAD}:${TEST_ACCOUNT}:alarms`]);
        }
    });

    it("gives out who is where", () => {
        expect(preview.outputs).to.deep.equal({
            members: { "meridian-prod-us": HOME, "meridian-prod-eu": ABROAD },
            globalClusterIdentifier: "meridian-prod",
            globalClusterArn: `arn:aws:rds::${TEST_ACCOUNT}:global-cluster:meridian-prod`,
        });
    });

    it("adds one region after the other", async () => {
        const three = await previewReplication({
            ...REPLICATION,
            secondaries: [
                secondaryOf(ABROAD, "meridian-prod-eu"),
                { ...secondaryOf(THIRD, "meridian-prod-ap"), instanceCount: 3 },
            ],
        });
        const second = one(three, CLUSTER, `${NAME}-${ABROAD}-cluster`);
        const third = one(three, CLUSTER, `${NAME}-${THIRD}-cluster`);
        expect(third.dependencies).to.include(second.urn);
        expect(second.dependencies).not.to.include(third.urn);
        expect(ofType(three, INSTANCE).filter(({ inputs }) => inputs["region"] === THIRD)).to.have.length(3);
        expect(String(third.inputs["kmsKeyId"]).split(":")[3]).to.equal(THIRD);
    });

    it("refuses a member that is not the one that it was told of, before anything and when it becomes known", async () => {
        const member = memberOf(ABROAD, "meridian-test-eu");
        const refused = async (given: AuroraSecondary["member"]): Promise<string | undefined> => {
            const secondary = { ...secondaryOf(ABROAD, "meridian-prod-eu"), member: given };
            return (await previewReplication({ ...REPLICATION, secondaries: [secondary] })).error?.message;
        };
        expect(await refused(member)).to.include(
            'secondaries[0].member.clusterIdentifier is "meridian-test-eu"; allowed: meridian-prod-eu, as ' +
                "secondaries[0].clusterIdentifier",
        );
        expect(await refused(pulumi.output(member))).to.include(
            "the stack of eu-central-1 prepared a member whose clusterIdentifier is meridian-test-eu, and here it is " +
                "meridian-prod-eu: give both stacks the same and update that one first",
        );
    });

    it("warns of a writer that may shrink too far", async () => {
        const member = {
            ...memberOf(ABROAD, "meridian-prod-eu"),
            capacity: { minCapacity: 4, maxCapacity: 16 },
        };
        const args: AuroraReplicationArgs = {
            ...REPLICATION,
            secondaries: [{ ...secondaryOf(ABROAD, "meridian-prod-eu"), member }],
        };
        expect((await previewReplication(args)).messages).to.deep.equal([]);
        expect((await previewReplication({ ...args, writerRegion: ABROAD })).messages.join()).to.include(
            "eu-central-1: the writer's capacity may fall to 4 ACU",
        );
    });

    it("can be let go: no lock, no deletion protection", async () => {
        const open = await previewReplication({ ...REPLICATION, deletionProtection: false });
        expect(open.resources.filter(({ protect }) => protect)).to.deep.equal([]);
        expect(one(open, CLUSTER).inputs["deletionProtection"]).to.equal(false);
    });
});

describe("AuroraReplication in place of AuroraGlobal's role of that name", () => {
    const OLD = "meridian:index:AuroraGlobal";
    const NEW = "meridian:index:AuroraReplication";

    interface Child {
        readonly type: string;
        readonly name: string;
    }

    class Leaf extends pulumi.CustomResource {}

    /** The component of before, with children of these types and names. */
    class Former extends pulumi.ComponentResource {
        constructor(children: readonly Child[], opts: pulumi.ComponentResourceOptions) {
            super(OLD, NAME, {}, opts);
            for (const { name, type } of children) {
                new Leaf(type, name, {}, { parent: this });
            }
        }
    }

    const opts = () => ({ providers: [testProvider(HOME)] });

    it("keeps what was deployed: the component's alias, and what follows from it for each child, is its former URN", async () => {
        const after = await previewReplication(REPLICATION);
        const present = one(after, NEW);
        const children = childrenOf(after, present);
        expect(children).to.have.length(15);
        const before = await previewProgram(() => {
            new Former(children, opts());
        });
        const former = one(before, OLD);
        expect(present.urn).not.to.equal(former.urn);
        expect(present.state.aliases).to.deep.equal([former.urn]);

        // As the engine does, the SDK works out what a parent's alias means for its children.
        const { outputs } = await previewProgram(() => {
            const component = new AuroraReplication(NAME, REPLICATION, opts());
            return {
                aliases: children.map(({ name, type }) =>
                    pulumi.all(allAliases([], name, type, component, NAME)),
                ),
            };
        });
        expect(outputs["aliases"]).to.deep.equal(childrenOf(before, former).map(({ urn }) => [urn]));
        expect(children.filter(({ state }) => state.aliases !== undefined)).to.deep.equal([]);
    });

    it("takes aliases of the program's own beside it", async () => {
        const preview = await previewProgram(() => {
            new AuroraReplication(NAME, REPLICATION, {
                ...opts(),
                aliases: [{ name: "database" }],
            });
        });
        expect(one(preview, NEW).state.aliases?.map((urn) => urn.split("::").slice(2))).to.have.deep.members([
            [NEW, "database"],
            [OLD, NAME],
        ]);
    });
});

describe("Aurora over three stacks in one", () => {
    it("hands the parts to each other as they are", async () => {
        const whole = await previewProgram(() => {
            const founder = new AuroraGlobal("home", PRIMARY, {
                providers: [testProvider(HOME, "home-aws")],
            });
            const other = new AuroraGlobal("abroad", SECONDARY, {
                providers: [testProvider(ABROAD, "abroad-aws")],
            });
            new AuroraReplication(
                "global",
                {
                    ...REPLICATION,
                    ...(founder.source === undefined ? {} : { source: founder.source }),
                    secondaries:
                        other.member === undefined
                            ? []
                            : [{ ...secondaryOf(ABROAD, "meridian-prod-eu"), member: other.member }],
                },
                { providers: [testProvider(HOME, "global-aws")] },
            );
        });
        const joined = one(whole, CLUSTER, `global-${ABROAD}-cluster`);
        expect(joined.inputs["kmsKeyId"]).to.equal(
            one(whole, "aws:kms/key:Key", "abroad-encryption-key").outputs["arn"],
        );
        // A region joins a database that has a writer, and finds its log groups.
        const globalCluster = one(whole, GLOBAL);
        const founders = ofType(whole, INSTANCE).filter(({ inputs }) => inputs["region"] === HOME);
        expect(globalCluster.dependencies).to.include.members(founders.map(({ urn }) => urn));
        const groups = ofType(whole, "aws:cloudwatch/logGroup:LogGroup").filter(({ name }) =>
            name.startsWith("abroad-"),
        );
        expect(joined.dependencies).to.include.members(groups.map(({ urn }) => urn));
        // Nobody's identifier is anybody else's.
        const identifiers = ofType(whole, CLUSTER).map(({ inputs }) => inputs["clusterIdentifier"]);
        expect(new Set(identifiers).size).to.equal(identifiers.length);
        expect(new Set(ofType(whole, CLUSTER).map(({ inputs }) => inputs["engineVersion"])).size).to.equal(1);
    });
});

describe("what Pulumi must not touch on a member", () => {
    it("is spelled as the provider spells it, because it takes any spelling", async () => {
        const { readFile } = await import("node:fs/promises");
        const declared = declaredInputs(
            await readFile(require.resolve("@pulumi/aws/rds/cluster.d.ts"), "utf8"),
        );
        expect(declared.size).to.be.greaterThan(50);
        for (const property of [...MEMBER_IGNORE_CHANGES, "enableGlobalWriteForwarding"]) {
            expect([...declared], property).to.include(property);
        }
        const version = declaredInputs(
            await readFile(require.resolve("@pulumi/aws/secretsmanager/secretVersion.d.ts"), "utf8"),
        );
        expect([...version]).to.include("secretString");
        expect(aws.rds.Cluster.name).to.equal("Cluster");
    });
});
