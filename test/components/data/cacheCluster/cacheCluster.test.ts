import { expect } from "chai";
import {
    CacheAuthentication,
    CacheCluster,
    type CacheClusterArgs,
    CacheMode,
    CachePurpose,
} from "../../../../components/data/cacheCluster/cacheCluster";
import { type Permission } from "../../../../components/security/permissions";
import { pathsOf, problemsOfProgram } from "../../../support/components/problems";
import { json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../../support/surroundings";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const SERVERLESS = "aws:elasticache/serverlessCache:ServerlessCache";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";
const USER = "aws:elasticache/user:User";
const USERS = "aws:elasticache/userGroup:UserGroup";
const SECRET = "aws:secretsmanager/secret:Secret";
const VALUE = "aws:secretsmanager/secretVersion:SecretVersion";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const GROUP_RULES = /^aws:vpc\/securityGroup(In|E)gressRule:/;

const KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/1234abcd`;
const TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:oncall`;

const good: CacheClusterArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    vpcId: "vpc-0a",
    subnetIds: ["subnet-0a", "subnet-0b"],
    mode: CacheMode.Nodes,
    purpose: CachePurpose.SessionStore,
    nodeType: "cache.m7g.large",
    users: {
        web: { authentication: CacheAuthentication.Iam },
        worker: { authentication: CacheAuthentication.Password, accessString: "on ~job:* -@all +@read" },
    },
    kmsKeyArn: KEY,
};
const { nodeType: _, ...withoutNodes } = good;
const serverless: CacheClusterArgs = { ...withoutNodes, mode: CacheMode.Serverless };

function preview(args: CacheClusterArgs = good) {
    return previewProgram(() => {
        const cache = new CacheCluster("shop-sessions", args, inTestAccount());
        return {
            endpoint: cache.endpoint,
            readerEndpoint: cache.readerEndpoint,
            port: cache.port,
            cacheName: cache.cacheName,
            cacheArn: cache.cacheArn,
            securityGroupId: cache.securityGroupId,
            connect: cache.connectPermissions,
            users: cache.userPermissions,
            names: cache.userNames,
            secrets: cache.userSecretArns,
        };
    });
}

const problemsOf = (args: unknown, name = "shop-sessions") =>
    problemsOfProgram(() => new CacheCluster(name, args as CacheClusterArgs, inTestAccount()));

describe("CacheCluster", () => {
    it("is a primary and a replica over zones, encrypted, with snapshots and logs", async () => {
        const run = await preview();
        const cache = one(run, GROUP, "shop-sessions-cache");
        expect(cache.inputs).to.deep.include({
            engine: "valkey",
            engineVersion: "8.2",
            nodeType: "cache.m7g.large",
            numCacheClusters: 2,
            automaticFailoverEnabled: true,
            multiAzEnabled: true,
            atRestEncryptionEnabled: true,
            kmsKeyId: KEY,
            transitEncryptionEnabled: true,
            transitEncryptionMode: "required",
            snapshotRetentionLimit: 7,
            snapshotWindow: "03:00-04:00",
            maintenanceWindow: "sun:05:00-sun:06:00",
            port: 6379,
        });
        expect(cache.protect).to.equal(true);
        const logs = one(run, "aws:cloudwatch/logGroup:LogGroup", "shop-sessions-logs");
        expect(cache.inputs.logDeliveryConfigurations).to.deep.equal(
            ["engine-log", "slow-log"].map((logType) => ({
                logType,
                logFormat: "json",
                destinationType: "cloudwatch-logs",
                destination: logs.outputs.name,
            })),
        );
        expect(logs.inputs).to.include({ retentionInDays: 365, kmsKeyId: KEY });
        expect(ofType(run, ALARM)).to.deep.equal([]);
        expectRegion(run, TEST_REGION);
    });

    it("keeps sessions as long as it can, and of a cache what is used", async () => {
        for (const [purpose, policy] of [
            [CachePurpose.SessionStore, "volatile-ttl"],
            [CachePurpose.Cache, "allkeys-lru"],
        ] as const) {
            const { inputs } = one(await preview({ ...good, purpose }), PARAMETERS);
            expect(inputs).to.deep.include({
                family: "valkey8",
                parameters: [{ name: "maxmemory-policy", value: policy }],
            });
        }
    });

    it("takes the parameters of the engine's own version", async () => {
        const run = await preview({ ...good, engineVersion: "9.0" });
        const parameters = one(run, PARAMETERS, "shop-sessions-parameters-9");
        expect(parameters.inputs.family).to.equal("valkey9");
        expect(one(run, GROUP).inputs.parameterGroupName).to.equal(parameters.outputs.name);
    });

    it("may be one node alone where nothing is protected", async () => {
        const alone = one(await preview({ ...good, deletionProtection: false, replicaCount: 0 }), GROUP);
        expect(alone.inputs).to.include({
            numCacheClusters: 1,
            automaticFailoverEnabled: false,
            multiAzEnabled: false,
        });
        expect(alone.protect).to.equal(false);
    });

    it("is serverless with limits, in the same group with the same users", async () => {
        const run = await preview({
            ...serverless,
            serverlessLimits: { maxDataStorageGigabytes: 10, maxProcessingUnitsPerSecond: 5000 },
        });
        const { inputs } = one(run, SERVERLESS, "shop-sessions-cache");
        expect(inputs).to.deep.include({
            engine: "valkey",
            majorEngineVersion: "8",
            cacheUsageLimits: {
                dataStorage: { maximum: 10, unit: "GB" },
                ecpuPerSeconds: [{ maximum: 5000 }],
            },
            kmsKeyId: KEY,
            userGroupId: "shop-sessions-users",
            snapshotRetentionLimit: 7,
            dailySnapshotTime: "03:00",
            securityGroupIds: [run.outputs.securityGroupId],
        });
        expect(ofType(run, GROUP)).to.deep.equal([]);
        expect(run.outputs.readerEndpoint).to.equal(undefined);
        expect(run.outputs.endpoint).to.match(
            /^shop-sessions-cache-.*\.serverless\.euc1\.cache\.amazonaws\.com$/,
        );
    });

    it("knows users by IAM and by a password of their own, and nobody else", async () => {
        const run = await preview();
        expect(one(run, USER, "shop-sessions-user-web").inputs).to.deep.include({
            // IAM asks for both alike.
            userId: "shop-sessions-web",
            userName: "shop-sessions-web",
            engine: "valkey",
            accessString: "on ~* +@all -@dangerous +info",
            authenticationMode: { type: "iam" },
        });
        const worker = one(run, USER, "shop-sessions-user-worker");
        expect(worker.inputs).to.deep.include({ accessString: "on ~job:* -@all +@read" });
        const value = one(run, VALUE, "shop-sessions-user-worker-value");
        const held = json(value.inputs.secretString) as Record<string, unknown>;
        expect(worker.inputs.authenticationMode).to.deep.equal({
            type: "password",
            passwords: [held.password],
        });
        expect(held.username).to.equal("shop-sessions-worker");
        expect(JSON.stringify(worker.state.inputsWithUnknowns()), "a password in clear").not.to.contain(
            held.password,
        );
        expect(one(run, USERS).inputs.userIds).to.deep.equal(["shop-sessions-web", "shop-sessions-worker"]);
        expect(one(run, GROUP).inputs.userGroupIds).to.deep.equal(["shop-sessions-users"]);
        expect(one(run, SECRET).inputs.kmsKeyId).to.equal(KEY);
    });

    it("replaces passwords every month, by a function that may change these users alone", async () => {
        const run = await preview({ ...good, alarmTopicArns: [TOPIC] });
        const secret = one(run, SECRET);
        const schedule = one(run, ROTATION, "shop-sessions-user-worker-rotation-schedule");
        expect(schedule.inputs).to.deep.include({
            secretId: secret.outputs.arn,
            rotationRules: { automaticallyAfterDays: 30 },
            rotateImmediately: false,
        });
        // Secrets Manager tries the function at once.
        expect(schedule.dependencies).to.include.members([
            one(run, VALUE).urn,
            one(run, USER, "shop-sessions-user-worker").urn,
            one(run, "aws:lambda/permission:Permission").urn,
        ]);
        expect(one(run, VALUE).ignoreChanges).to.deep.equal(["secretString"]);
        const policy = statements(one(run, "aws:iam/rolePolicy:RolePolicy"));
        expect(policy.SetPassword).to.deep.include({
            Action: ["elasticache:DescribeUsers", "elasticache:ModifyUser"],
            Resource: [one(run, USER, "shop-sessions-user-worker").outputs.arn],
        });
        expect(policy.RotateSecret?.Resource).to.deep.equal([secret.outputs.arn]);
        expect(one(run, ALARM, "shop-sessions-rotation-errors").inputs.metricName).to.equal("Errors");
    });

    it("makes no function where nobody has a password", async () => {
        const run = await preview({ ...good, users: { web: { authentication: CacheAuthentication.Iam } } });
        expect(
            run.resources.filter(({ type }) => /lambda|sqs|secretsmanager|random/.test(type)),
        ).to.deep.equal([]);
    });

    it("lets nobody in by itself", async () => {
        const run = await preview();
        expect(run.resources.filter(({ type }) => GROUP_RULES.test(type))).to.deep.equal([]);
        expect(one(run, "aws:ec2/securityGroup:SecurityGroup").inputs).not.to.have.any.keys(
            "ingress",
            "egress",
        );
    });

    it("gives each user what it takes to sign in as that user alone", async () => {
        const { outputs } = await preview();
        const users = outputs.users as Record<string, Permission[]>;
        const userArn = `arn:aws:elasticache:${TEST_REGION}:${TEST_ACCOUNT}:user:shop-sessions-web`;
        expect(users.web).to.deep.equal([
            {
                sid: "SignInToCache",
                actions: ["elasticache:Connect"],
                resources: [outputs.cacheArn, userArn],
            },
        ]);
        expect(outputs.connect).to.deep.equal(users.web);
        expect(outputs.cacheArn).to.match(/:replicationgroup:shop-sessions-cache-/);
        const secrets = outputs.secrets as Record<string, string>;
        expect(Object.keys(secrets)).to.deep.equal(["worker"]);
        expect(users.worker?.map(({ resources }) => resources)).to.deep.equal([[secrets.worker], [KEY]]);
        expect(outputs.names).to.deep.equal({ web: "shop-sessions-web", worker: "shop-sessions-worker" });
        expect(String(outputs.readerEndpoint)).to.match(/^replica\./);
        expect(outputs.port).to.equal(6379);
    });

    it("rings on what hurts a session store: any session that goes", async () => {
        const run = await preview({ ...good, alarmTopicArns: [TOPIC], replicaCount: 2 });
        expect(ofType(run, ALARM).map(({ name }) => name)).to.have.members([
            "shop-sessions-engine-cpu",
            "shop-sessions-memory",
            "shop-sessions-evictions",
            "shop-sessions-replication-lag",
            "shop-sessions-rotation-errors",
        ]);
        const evictions = one(run, ALARM, "shop-sessions-evictions").inputs;
        expect(evictions.threshold).to.equal(0);
        const cacheName = String(run.outputs.cacheName);
        expect(evictions.metricQueries).to.deep.nested.property("[2].metric.dimensions", {
            CacheClusterId: `${cacheName}-003`,
        });
        // What AWS calls its nodes.
        expect(one(run, GROUP).outputs.memberClusters).to.deep.equal(
            ["001", "002", "003"].map((number) => `${cacheName}-${number}`),
        );
        const cache = await preview({ ...good, purpose: CachePurpose.Cache, alarmTopicArns: [TOPIC] });
        expect(one(cache, ALARM, "shop-sessions-evictions").inputs.threshold).to.equal(10_000);
    });

    it("rings on the limits of a serverless cache where it has them", async () => {
        const alarmTopicArns = [TOPIC];
        const free = await preview({ ...serverless, alarmTopicArns });
        expect(ofType(free, ALARM).map(({ name }) => name)).to.have.members([
            "shop-sessions-throttled",
            "shop-sessions-evictions",
            "shop-sessions-rotation-errors",
        ]);
        const serverlessLimits = { maxDataStorageGigabytes: 10, maxProcessingUnitsPerSecond: 5000 };
        const limited = await preview({ ...serverless, alarmTopicArns, serverlessLimits });
        expect(one(limited, ALARM, "shop-sessions-storage").inputs).to.deep.include({
            threshold: 8 * 1024 ** 3,
            dimensions: { clusterId: limited.outputs.cacheName },
        });
        expect(one(limited, ALARM, "shop-sessions-processing-units").inputs.threshold).to.equal(240_000);
    });

    describe("refuses", () => {
        const users = good.users;
        const cases: [string, object, string[]][] = [
            ["nothing of good arguments", {}, []],
            ["nodes without a type", { nodeType: undefined }, ["nodeType"]],
            ["types with data tiering", { nodeType: "cache.r6gd.xlarge" }, ["nodeType"]],
            ["types of databases", { nodeType: "db.m7g.large" }, ["nodeType"]],
            [
                "limits of nodes",
                { serverlessLimits: { maxDataStorageGigabytes: 1, maxProcessingUnitsPerSecond: 1000 } },
                ["serverlessLimits"],
            ],
            ["a protected primary alone", { replicaCount: 0 }, ["replicaCount"]],
            ["six replicas", { replicaCount: 6 }, ["replicaCount"]],
            ["a version that ElastiCache does not have", { engineVersion: "8.3" }, ["engineVersion"]],
            ["a short window", { maintenanceWindow: "sun:05:00-sun:05:59" }, ["maintenanceWindow"]],
            ["no users", { users: {} }, ["users"]],
            ["users by strange names", { users: { Web: users.web } }, ["users"]],
            [
                "users that are off",
                { users: { web: { authentication: "Iam", accessString: "off ~*" } } },
                ['users["web"].accessString'],
            ],
            ["long names of users", { users: { ["u".repeat(20)]: users.web } }, []],
            ["to keep no snapshots", { snapshotRetentionDays: 0 }, ["snapshotRetentionDays"]],
            [
                "what only nodes have",
                {
                    mode: "Serverless",
                    replicaCount: 1,
                    maintenanceWindow: "sun:05:00-sun:06:00",
                },
                ["nodeType", "replicaCount", "maintenanceWindow"],
            ],
            [
                "four subnets of a serverless cache",
                {
                    ...serverless,
                    nodeType: undefined,
                    subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c", "subnet-0d"],
                },
                ["subnetIds"],
            ],
            [
                "tiny limits",
                {
                    ...serverless,
                    nodeType: undefined,
                    serverlessLimits: { maxDataStorageGigabytes: 0, maxProcessingUnitsPerSecond: 999 },
                },
                ["serverlessLimits.maxDataStorageGigabytes", "serverlessLimits.maxProcessingUnitsPerSecond"],
            ],
        ];
        for (const [what, change, paths] of cases) {
            it(what, async () => {
                expect(pathsOf(await problemsOf({ ...good, ...change }))).to.have.members(paths);
            });
        }

        it("names that a cache cannot have, and takes the longest that it can", async () => {
            const one = { users: { a: { authentication: "Iam" } } };
            expect(await problemsOf({ ...good, ...one }, "c".repeat(26))).to.deep.equal([]);
            expect(pathsOf(await problemsOf({ ...good, ...one }, "c".repeat(27)))).to.deep.equal(["name"]);
            expect(pathsOf(await problemsOf({ ...good, ...one }, "shop--cache"))).to.include("name");
            const long = { users: { ["u".repeat(14)]: { authentication: "Iam" } } };
            expect(pathsOf(await problemsOf({ ...good, ...long }, "c".repeat(26)))).to.have.lengthOf(1);
        });
    });
});
