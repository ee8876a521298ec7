import { expect } from "chai";
import { DaxCluster, type DaxClusterArgs } from "../../../components/data/daxCluster/daxCluster";
import { KeyValueTable } from "../../../components/data/keyValueTable/keyValueTable";
import { pathsOf, problemsOfProgram } from "../../support/components/problems";
import { json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../support/surroundings";

const CLUSTER = "aws:dax/cluster:Cluster";
const PARAMETERS = "aws:dax/parameterGroup:ParameterGroup";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/1234abcd`;
const TABLE = `arn:aws:dynamodb:${TEST_REGION}:${TEST_ACCOUNT}:table/products`;

const good: DaxClusterArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    vpcId: "vpc-0a",
    subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
    permissions: [[{ sid: "ReadItems", actions: ["dynamodb:GetItem"], resources: [TABLE] }]],
};

function preview(args: DaxClusterArgs = good) {
    return previewProgram(() => {
        const cluster = new DaxCluster("shop-catalogue", args, inTestAccount());
        return {
            endpoint: cluster.endpoint,
            port: cluster.port,
            clusterArn: cluster.clusterArn,
            securityGroupId: cluster.securityGroupId,
            connect: cluster.connectPermissions,
        };
    });
}

const problemsOf = (args: unknown, name = "shop-catalogue") =>
    problemsOfProgram(() => new DaxCluster(name, args as DaxClusterArgs, inTestAccount()));

describe("DaxCluster", () => {
    it("is three encrypted nodes that speak TLS, over the zones of its subnets", async () => {
        const run = await preview();
        const cluster = one(run, CLUSTER, "shop-catalogue-cluster");
        expect(cluster.inputs).to.deep.include({
            clusterName: "shop-catalogue",
            nodeType: "dax.r5.large",
            replicationFactor: 3,
            clusterEndpointEncryptionType: "TLS",
            serverSideEncryption: { enabled: true },
            securityGroupIds: [run.outputs.securityGroupId],
            maintenanceWindow: "sun:05:00-sun:06:00",
        });
        // DAX spreads nodes over zones by itself, where it is not told which.
        expect(cluster.inputs).not.to.have.property("availabilityZones");
        expect(cluster.inputs.subnetGroupName).to.equal(
            one(run, "aws:dax/subnetGroup:SubnetGroup").outputs.name,
        );
        expect(run.outputs.endpoint).to.match(/^daxs:\/\/shop-catalogue\.[^:/]+\.dax-clusters\./);
        expect(run.outputs.port).to.equal(9111);
        expect(cluster.outputs.port).to.equal(9111);
        expect(ofType(run, ALARM)).to.deep.equal([]);
        expectRegion(run, TEST_REGION);
    });

    it("forgets items and results after the times given, in milliseconds", async () => {
        const plain = one(await preview(), PARAMETERS).inputs.parameters;
        expect(plain).to.deep.equal([
            { name: "query-ttl-millis", value: "60000" },
            { name: "record-ttl-millis", value: "300000" },
        ]);
        const given = one(await preview({ ...good, itemTtlSeconds: 1, queryTtlSeconds: 2 }), PARAMETERS);
        expect(given.inputs.parameters).to.deep.equal([
            { name: "query-ttl-millis", value: "2000" },
            { name: "record-ttl-millis", value: "1000" },
        ]);
    });

    it("may do with its tables exactly what it was given, for this account alone", async () => {
        const run = await previewProgram(() => {
            const options = inTestAccount();
            const place = { region: TEST_REGION, accountId: TEST_ACCOUNT };
            const table = new KeyValueTable(
                "shop-products",
                { ...place, tableName: "products", hashKey: { name: "pk" }, kmsKeyArn: KEY },
                options,
            );
            const permissions = [table.readPermissions, table.writePermissions];
            new DaxCluster("shop-catalogue", { ...good, permissions }, options);
        });
        const policy = statements(one(run, POLICY));
        expect(Object.keys(policy)).to.deep.equal([
            "ReadItems",
            "DecryptTables",
            "WriteItems",
            "EncryptTables",
        ]);
        expect(policy.ReadItems?.Resource).to.deep.equal([TABLE, `${TABLE}/index/*`]);
        // Amazon DynamoDB Developer Guide, "DAX access control": what a cluster's role needs of a table.
        const actions = Object.values(policy).flatMap(({ Action }) => Action as string[]);
        expect(actions).to.include.members(
            [
                ...["DescribeTable", "PutItem", "GetItem", "UpdateItem", "DeleteItem", "Query", "Scan"],
                ...["BatchGetItem", "BatchWriteItem", "ConditionCheckItem"],
            ].map((action) => `dynamodb:${action}`),
        );
        expect(json(one(run, ROLE).inputs.assumeRolePolicy)).to.have.nested.property(
            "Statement[0].Principal.Service",
            "dax.amazonaws.com",
        );
        // DAX checks the role's rights when it makes the cluster.
        expect(one(run, CLUSTER).dependencies).to.include(one(run, POLICY).urn);
    });

    it("lets nobody in by itself, and clients use the cluster alone", async () => {
        const { resources, outputs } = await preview();
        expect(resources.filter(({ type }) => type.startsWith("aws:vpc/"))).to.deep.equal([]);
        expect(outputs.clusterArn).to.equal(
            `arn:aws:dax:${TEST_REGION}:${TEST_ACCOUNT}:cache/shop-catalogue`,
        );
        expect(outputs.connect).to.have.deep.nested.property("[0].resources", [outputs.clusterArn]);
    });

    it("rings on nodes that are busy or full, and on failures", async () => {
        const alarmTopicArns = [`arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:oncall`];
        const run = await preview({ ...good, alarmTopicArns });
        expect(ofType(run, ALARM).map(({ name }) => name)).to.have.members([
            "shop-catalogue-cpu",
            "shop-catalogue-memory",
            "shop-catalogue-faults",
        ]);
        for (const { inputs } of ofType(run, ALARM)) {
            expect(inputs.dimensions).to.deep.equal({ ClusterId: "shop-catalogue" });
        }
    });

    describe("refuses", () => {
        const cases: [string, object, string[]][] = [
            ["nothing of good arguments", {}, []],
            ["nodes on Graviton", { nodeType: "dax.r7g.large" }, ["nodeType"]],
            ["families that not every region has", { nodeType: "dax.r3.large" }, ["nodeType"]],
            ["no nodes", { replicationFactor: 0 }, ["replicationFactor"]],
            ["eleven nodes", { replicationFactor: 11 }, ["replicationFactor"]],
            ["nothing of ten small ones", { replicationFactor: 10, nodeType: "dax.t3.small" }, []],
            ["a name of 21 characters", { clusterName: "c".repeat(21) }, ["clusterName"]],
            ["a name with two hyphens", { clusterName: "a--b" }, ["clusterName"]],
            [
                "to remember nothing",
                { itemTtlSeconds: 0, queryTtlSeconds: 0 },
                ["itemTtlSeconds", "queryTtlSeconds"],
            ],
            ["a window of half an hour", { maintenanceWindow: "sun:05:00-sun:05:30" }, ["maintenanceWindow"]],
            ["one subnet", { subnetIds: ["subnet-0a"] }, ["subnetIds"]],
        ];
        for (const [what, change, paths] of cases) {
            it(what, async () => {
                expect(pathsOf(await problemsOf({ ...good, ...change }))).to.have.members(paths);
            });
        }

        it("names of components that a cluster cannot have, unless it has another", async () => {
            expect(pathsOf(await problemsOf(good, "c".repeat(21)))).to.deep.equal(["name"]);
            expect(await problemsOf({ ...good, clusterName: "c" }, "c".repeat(21))).to.deep.equal([]);
            expect(await problemsOf(good, "c".repeat(20))).to.deep.equal([]);
        });
    });
});
