import { expect } from "chai";

import {
    at,
    json,
    ofType,
    one,
    type ProgramPreview,
    type RegisteredResource,
    TEST_ACCOUNT,
} from "../../../support/preview";
import { ABROAD, HOME, NAME, PRIMARY, previewDatabase } from "../../../support/components/databaseMembers";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

interface Statement {
    Sid: string;
    Action: string | string[];
    Resource: string | string[];
    Condition?: unknown;
}

/** The statement of this name in a role's policy. */
function statement(preview: ProgramPreview, policy: string, sid: string): Statement | undefined {
    const document = json(one(preview, "aws:iam/rolePolicy:RolePolicy", policy).inputs["policy"]) as {
        Statement: Statement[];
    };
    return document.Statement.find((candidate) => candidate.Sid === sid);
}

/** Whether one resource is made before another. */
function waitsFor(later: RegisteredResource, earlier: RegisteredResource): boolean {
    return later.dependencies.includes(earlier.urn);
}

describe("AuroraGlobal in the role Primary, for its people and applications,", () => {
    let preview: ProgramPreview;
    let cluster: RegisteredResource;
    before(async () => {
        preview = await previewDatabase(PRIMARY);
        cluster = one(preview, CLUSTER);
    });

    describe("makes a master password that", () => {
        it("RDS takes", () => {
            const { inputs } = one(preview, "random:index/randomPassword:RandomPassword");
            expect(inputs["length"]).to.be.within(8, 41);
            expect(inputs["overrideSpecial"]).to.match(/^[^/"@ ]+$/);
            const password = one(preview, "random:index/randomPassword:RandomPassword").outputs["result"];
            expect(cluster.inputs["masterPassword"]).to.equal(password);
        });

        it("is a secret wherever it goes", () => {
            const password = String(cluster.inputs["masterPassword"]);
            for (const { name, state } of preview.resources) {
                expect(JSON.stringify([state.inputs, state.outputs]).includes(password), name).to.equal(
                    false,
                );
            }
        });

        it("lies in a secret under a key of several regions, with a replica under that region's copy of it", () => {
            const key = one(preview, "aws:kms/key:Key", `${NAME}-secret-encryption-key`);
            const replica = one(preview, "aws:kms/replicaKey:ReplicaKey");
            const secret = one(preview, "aws:secretsmanager/secret:Secret");
            expect(key.inputs).to.include({ region: HOME, multiRegion: true });
            expect(replica.inputs).to.include({ region: ABROAD, primaryKeyArn: key.outputs["arn"] });
            expect(secret.inputs["kmsKeyId"]).to.equal(key.outputs["arn"]);
            expect(secret.inputs["replicas"]).to.deep.equal([
                { region: ABROAD, kmsKeyId: replica.outputs["arn"] },
            ]);
            expect(String(replica.outputs["arn"]).split(":")[3]).to.equal(ABROAD);
            expect(at(json(replica.inputs["policy"]), "Statement[0].Principal.AWS")).to.equal(
                `arn:aws:iam::${TEST_ACCOUNT}:root`,
            );
        });

        it("stays at home where no replica is asked for", async () => {
            const alone = await previewDatabase({ ...PRIMARY, replicaRegions: [] });
            expect(ofType(alone, "aws:kms/replicaKey:ReplicaKey")).to.have.length(0);
            expect(one(alone, "aws:secretsmanager/secret:Secret").inputs["replicas"]).to.deep.equal([]);
            expect(statement(alone, `${NAME}-rotation-policy`, "SetPasswordElsewhere")).to.equal(undefined);
        });

        it("is in the secret as AWS's own tools read it, and left alone from then on", () => {
            const version = one(preview, "aws:secretsmanager/secretVersion:SecretVersion");
            expect(json(version.inputs["secretString"])).to.deep.equal({
                engine: "aurora-postgresql",
                host: cluster.outputs["endpoint"],
                port: 5432,
                username: "meridian_admin",
                password: cluster.inputs["masterPassword"],
                dbname: "shop",
                dbClusterIdentifier: "meridian-prod-us",
            });
            expect(version.ignoreChanges).to.deep.equal(["secretString"]);
        });

        it("is replaced every month, first when the deployment is long over", () => {
            const rotation = one(preview, "aws:secretsmanager/secretRotation:SecretRotation");
            const lambda = one(preview, "aws:lambda/function:Function", `${NAME}-rotation`);
            expect(rotation.inputs).to.deep.include({
                rotationLambdaArn: lambda.outputs["arn"],
                rotationRules: { automaticallyAfterDays: 30 },
                rotateImmediately: false,
            });
            for (const earlier of [
                one(preview, "aws:lambda/permission:Permission"),
                one(preview, "aws:secretsmanager/secretVersion:SecretVersion"),
                ...ofType(preview, INSTANCE),
            ]) {
                expect(waitsFor(rotation, earlier), earlier.name).to.equal(true);
            }
        });
    });

    describe("makes functions that", () => {
        const names = [`${NAME}-preparation`, `${NAME}-rotation`];

        for (const name of names) {
            it(`run as they should: ${name}`, () => {
                const lambda = one(preview, "aws:lambda/function:Function", name);
                const key = one(preview, "aws:kms/key:Key", `${NAME}-encryption-key`).outputs["arn"];
                expect(lambda.inputs).to.deep.include({
                    region: HOME,
                    runtime: "nodejs24.x",
                    architectures: ["arm64"],
                    handler: "index.handler",
                    kmsKeyArn: key,
                    reservedConcurrentExecutions: 1,
                    tracingConfig: { mode: "Active" },
                    deadLetterConfig: { targetArn: one(preview, "aws:sqs/queue:Queue").outputs["arn"] },
                });
                expect(at(lambda.inputs, "environment.variables.CLUSTER_ARN")).to.equal(
                    cluster.outputs["arn"],
                );
                expect(at(lambda.inputs, "environment.variables.GLOBAL_CLUSTER_IDENTIFIER")).to.equal(
                    "meridian-prod",
                );
                expect(JSON.stringify(lambda.inputs["environment"])).not.to.include(
                    String(cluster.inputs["masterPassword"]),
                );
                const logs = one(preview, "aws:cloudwatch/logGroup:LogGroup", `${name}-logs`);
                expect(lambda.inputs["loggingConfig"]).to.deep.equal({
                    logGroup: logs.outputs["name"],
                    logFormat: "JSON",
                });
                expect(logs.inputs).to.include({ kmsKeyId: key, retentionInDays: 365 });
                expect(
                    waitsFor(lambda, one(preview, "aws:iam/rolePolicy:RolePolicy", `${name}-policy`)),
                ).to.equal(true);
            });
        }

        it("only Secrets Manager may call for a rotation, and only for this secret", () => {
            expect(one(preview, "aws:lambda/permission:Permission").inputs).to.deep.include({
                action: "lambda:InvokeFunction",
                function: one(preview, "aws:lambda/function:Function", `${NAME}-rotation`).outputs["name"],
                principal: "secretsmanager.amazonaws.com",
                sourceArn: one(preview, "aws:secretsmanager/secret:Secret").outputs["arn"],
                sourceAccount: TEST_ACCOUNT,
            });
        });

        it("may set a password on this database's clusters alone, wherever they are", () => {
            expect(statement(preview, `${NAME}-rotation-policy`, "SetPassword")).to.deep.equal({
                Sid: "SetPassword",
                Effect: "Allow",
                Action: "rds:ModifyDBCluster",
                Resource: cluster.outputs["arn"],
            });
            expect(statement(preview, `${NAME}-rotation-policy`, "SetPasswordElsewhere")).to.deep.equal({
                Sid: "SetPasswordElsewhere",
                Effect: "Allow",
                Action: "rds:ModifyDBCluster",
                Resource: [`arn:aws:rds:${ABROAD}:${TEST_ACCOUNT}:cluster:*`],
                Condition: { StringEquals: { "aws:ResourceTag/meridian:global-database": "meridian-prod" } },
            });
        });

        it("may write the secret under its key in each region", () => {
            expect(statement(preview, `${NAME}-rotation-policy`, "WriteUnderKeys")?.Resource).to.deep.equal([
                one(preview, "aws:kms/key:Key", `${NAME}-secret-encryption-key`).outputs["arn"],
                one(preview, "aws:kms/replicaKey:ReplicaKey").outputs["arn"],
            ]);
        });

        it("may read the secret where the writer may come to be", () => {
            const arn = String(one(preview, "aws:secretsmanager/secret:Secret").outputs["arn"]);
            expect(
                statement(preview, `${NAME}-preparation-policy`, "ReadMasterSecret")?.Resource,
            ).to.deep.equal([arn, arn.replace(HOME, ABROAD)]);
        });

        it("allow no action on everything, where the action has something to name", () => {
            for (const name of names) {
                const document = json(
                    one(preview, "aws:iam/rolePolicy:RolePolicy", `${name}-policy`).inputs["policy"],
                ) as { Statement: Statement[] };
                const broad = document.Statement.filter(({ Resource }) => Resource === "*").map(
                    ({ Sid }) => Sid,
                );
                expect(broad, name).to.have.members(
                    name.endsWith("rotation") ? ["WriteTraces", "ThinkOfPassword"] : ["WriteTraces"],
                );
                expect(JSON.stringify(document), name).not.to.match(/"[a-z-]+:\*"/);
            }
        });

        it("create the application's user once there is an instance to sign in to", () => {
            const invocation = one(preview, "aws:lambda/invocation:Invocation");
            expect(json(invocation.inputs["input"])).to.deep.equal({
                action: "CreateApplicationUser",
                username: "shop_app",
            });
            expect(invocation.inputs["triggers"]).to.deep.equal({
                cluster: cluster.outputs["clusterResourceId"],
            });
            for (const earlier of [
                one(preview, "aws:secretsmanager/secretVersion:SecretVersion"),
                ...ofType(preview, INSTANCE),
            ]) {
                expect(waitsFor(invocation, earlier), earlier.name).to.equal(true);
            }
        });

        it("create no user without the Data API, and can still be asked to forward writes", async () => {
            const without = await previewDatabase({ ...PRIMARY, dataApi: false });
            expect(ofType(without, "aws:lambda/invocation:Invocation")).to.have.length(0);
            expect(one(without, CLUSTER).inputs["enableHttpEndpoint"]).to.equal(false);
            expect(
                one(without, "aws:lambda/function:Function", `${NAME}-preparation`).inputs["region"],
            ).to.equal(HOME);
        });
    });
});
