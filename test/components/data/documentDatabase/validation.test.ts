import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
    DocumentEngine,
    DocumentGlobalRole,
} from "../../../../components/data/documentDatabase/documentDatabase";
import { DOCUMENT_DB, keyIn, MONGO_DB, problemsOf } from "./programs";

const documentDb = (own: object, more: object = {}) => ({ ...DOCUMENT_DB, ...more, documentDb: own });
const mongoDb = (own: object, more: object = {}) => ({ ...MONGO_DB, ...more, mongoDb: own });
const primary = { identifier: "orders-global", role: DocumentGlobalRole.Primary };

/** The paths of what is refused. */
const paths = async (args: unknown): Promise<string[]> => Object.keys(await problemsOf(args));

describe("DocumentDatabase's arguments", () => {
    it("are refused all at once, before anything is registered", async () => {
        const problems = await problemsOf({
            engine: "Cassandra",
            region: "europe",
            identifier: "Orders",
            vpcId: "orders",
            subnetIds: [],
            availabilityZones: [],
            documentDB: {},
        });
        expect(Object.keys(problems)).to.have.members([
            "engine",
            "region",
            "identifier",
            "vpcId",
            "subnetIds",
            "availabilityZones",
            "accountId",
            "documentDB",
        ]);
        expect(problems["engine"]).to.equal('is "Cassandra"; allowed: DocumentDb, MongoDbOnEc2');
        expect(problems["documentDB"]).to.contain("Did you mean documentDb?");
    });

    it("are refused for a name that children cannot have", async () => {
        expect(Object.keys(await problemsOf(DOCUMENT_DB, "Orders"))).to.deep.equal(["name"]);
        expect(await problemsOf(MONGO_DB, "o".repeat(41))).to.deep.equal({});
        expect(Object.keys(await problemsOf(MONGO_DB, "o".repeat(42)))).to.deep.equal(["name"]);
    });

    it("of one engine do not count with the other, so that one value chooses between the two", async () => {
        const both = {
            documentDb: {
                instanceClass: "db.none",
                serverlessCapacity: { minCapacity: 7.3, maxCapacity: 900 },
            },
            mongoDb: { instanceTypes: ["m5.large"], volumeIops: 1, snapshotIntervalHours: 5 },
        };
        const other = { instanceClass: "db.r8g.large" };
        expect(await paths({ ...DOCUMENT_DB, ...both, documentDb: other })).to.deep.equal([]);
        expect(await paths({ ...MONGO_DB, ...both, mongoDb: {} })).to.deep.equal([]);
    });

    for (const [engine, accepted, refused] of [
        [DocumentEngine.DocumentDb, ["5.0", "8.0", "5.0.1", "8.0.0"], ["3.6", "4.0", "7.0", "8", "8.2"]],
        [DocumentEngine.MongoDbOnEc2, ["7.0", "8.0", "8.0.17"], ["5.0", "6.0", "8.2", "8.0.x"]],
    ] as const) {
        it(`take the versions of ${engine}`, async () => {
            const common = engine === DocumentEngine.DocumentDb ? DOCUMENT_DB : MONGO_DB;
            for (const engineVersion of accepted) {
                expect(await paths({ ...common, engineVersion }), engineVersion).to.deep.equal([]);
            }
            for (const engineVersion of refused) {
                expect(await paths({ ...common, engineVersion }), engineVersion).to.deep.equal([
                    "engineVersion",
                ]);
            }
        });
    }

    it("have a subnet for each zone", async () => {
        expect(await paths({ ...DOCUMENT_DB, subnetIds: ["subnet-0a", "subnet-0b"] })).to.deep.equal([
            "subnetIds",
        ]);
        const outputs = pulumi.output(["subnet-0a", "subnet-0b", "subnet-0c"]);
        expect(await paths({ ...DOCUMENT_DB, subnetIds: outputs })).to.deep.equal([]);
    });

    it("have exactly three zones with MongoDB, and two or more with DocumentDB", async () => {
        const zones = (count: number) => ({
            subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c", "subnet-0d"].slice(0, count),
            availabilityZones: ["a", "b", "c", "d"].slice(0, count).map((letter) => `eu-central-1${letter}`),
        });
        for (const [common, accepted] of [
            [MONGO_DB, [3]],
            [DOCUMENT_DB, [2, 3, 4]],
        ] as const) {
            for (const count of [2, 3, 4]) {
                const problems = await problemsOf({ ...common, ...zones(count) });
                expect(Object.keys(problems)).to.deep.equal(
                    (accepted as readonly number[]).includes(count) ? [] : ["availabilityZones"],
                );
            }
        }
        const problems = await problemsOf({ ...MONGO_DB, ...zones(2) });
        expect(problems["availabilityZones"]).to.contain(
            "exactly 3 zones with the engine MongoDbOnEc2. Of two members none may write once the other is lost",
        );
        const twice = { availabilityZones: ["eu-central-1a", "eu-central-1a", "us-east-1a"] };
        expect(await paths({ ...DOCUMENT_DB, ...twice })).to.deep.equal([
            "availabilityZones[1]",
            "availabilityZones[2]",
        ]);
    });

    describe("of DocumentDB", () => {
        it("make it serverless or a member of a global cluster, and not both", async () => {
            const serverlessCapacity = { minCapacity: 1, maxCapacity: 8 };
            expect(await paths(documentDb({ serverlessCapacity }))).to.deep.equal([]);
            expect(await paths(documentDb({ globalCluster: primary }))).to.deep.equal([]);
            expect(await paths(documentDb({ serverlessCapacity, globalCluster: primary }))).to.deep.equal([
                "documentDb.serverlessCapacity",
            ]);
            expect(
                await paths(documentDb({ serverlessCapacity, instanceClass: "db.r8g.large" })),
            ).to.deep.equal(["documentDb.instanceClass"]);
        });

        it("bound the capacity in half units", async () => {
            for (const [minCapacity, maxCapacity, refused] of [
                [0.5, 1, []],
                [256, 256, []],
                [0, 1, ["minCapacity"]],
                [0.5, 0.5, ["maxCapacity"]],
                [1, 256.5, ["maxCapacity"]],
                [0.7, 8, ["minCapacity"]],
                [9, 8, ["minCapacity"]],
            ] as const) {
                expect(
                    await paths(documentDb({ serverlessCapacity: { minCapacity, maxCapacity } })),
                    `${minCapacity} to ${maxCapacity}`,
                ).to.deep.equal(refused.map((property) => `documentDb.serverlessCapacity.${property}`));
            }
        });

        it("keep burstable classes out of global clusters", async () => {
            expect(await paths(documentDb({ instanceClass: "db.t4g.medium" }))).to.deep.equal([]);
            const inGlobal = { instanceClass: "db.t4g.medium", globalCluster: primary };
            expect(await paths(documentDb(inGlobal))).to.deep.equal(["documentDb.instanceClass"]);
            for (const instanceClass of ["db.serverless", "r8g.large", "db.m5.large"]) {
                expect(await paths(documentDb({ instanceClass }))).to.deep.equal([
                    "documentDb.instanceClass",
                ]);
            }
        });

        it("of a global cluster go with its role", async () => {
            const secondary = { identifier: "orders-global", role: DocumentGlobalRole.Secondary };
            const replica = {
                secretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders-a1b2c3",
                secretKmsKeyArn: keyIn("eu-central-1"),
            };
            const secretReplicas = [{ region: "us-east-1", kmsKeyArn: keyIn("us-east-1") }];
            const of = (globalCluster: object) => paths(documentDb({ globalCluster }));
            const at = (...properties: string[]) =>
                properties.map((property) => `documentDb.globalCluster.${property}`);
            expect(await of({ ...secondary, ...replica })).to.deep.equal([]);
            expect(await of(secondary)).to.deep.equal(at("secretArn", "secretKmsKeyArn"));
            expect(await of({ ...secondary, ...replica, secretReplicas })).to.deep.equal(
                at("secretReplicas"),
            );
            expect(await of({ ...primary, secretReplicas })).to.deep.equal([]);
            expect(await of({ ...primary, ...replica })).to.deep.equal(at("secretArn", "secretKmsKeyArn"));
            expect(await of({ ...primary, identifier: pulumi.output("orders") })).to.deep.equal(
                at("identifier"),
            );
            expect(await of({ ...secondary, ...replica, identifier: pulumi.output("orders") })).to.deep.equal(
                [],
            );
        });

        it("copy the secret to other regions, once to each, under keys of theirs", async () => {
            const of = (...secretReplicas: object[]) =>
                paths(documentDb({ globalCluster: { ...primary, secretReplicas } }));
            const copyTo = (region: string, key = region) => ({ region, kmsKeyArn: keyIn(key) });
            const at = (index: number, property: string) =>
                `documentDb.globalCluster.secretReplicas[${index}].${property}`;
            expect(await of(copyTo("us-east-1"), copyTo("us-west-2"))).to.deep.equal([]);
            expect(await of(copyTo("eu-central-1"))).to.deep.equal([at(0, "region")]);
            expect(await of(copyTo("us-east-1"), copyTo("us-east-1"))).to.deep.equal([at(1, "region")]);
            expect(await of(copyTo("us-east-1", "us-west-2"))).to.deep.equal([at(0, "kmsKeyArn")]);
        });

        it("have two instances at least, and a last snapshot, under deletion protection", async () => {
            expect(await paths(documentDb({ instanceCount: 1 }))).to.deep.equal(["documentDb.instanceCount"]);
            expect(await paths(documentDb({ instanceCount: 17 }))).to.deep.equal([
                "documentDb.instanceCount",
            ]);
            expect(await paths(documentDb({ skipFinalSnapshot: true }))).to.deep.equal([
                "documentDb.skipFinalSnapshot",
            ]);
            const throwAway = documentDb(
                { instanceCount: 1, skipFinalSnapshot: true },
                { deletionProtection: false },
            );
            expect(await paths(throwAway)).to.deep.equal([]);
        });

        it("have windows apart from each other", async () => {
            expect(await paths(documentDb({ backupWindow: "04:30-05:30" }))).to.deep.equal([]);
            expect(
                await paths(
                    documentDb({ backupWindow: "04:30-05:30", maintenanceWindow: "mon:05:00-mon:06:00" }),
                ),
            ).to.deep.equal(["documentDb.maintenanceWindow"]);
            expect(await paths(documentDb({ backupWindow: "4-5" }))).to.deep.equal([
                "documentDb.backupWindow",
            ]);
        });

        it("name a master user that DocumentDB takes", async () => {
            for (const masterUsername of ["admin", "1shop", "shop_admin"]) {
                expect(await paths(documentDb({ masterUsername })), masterUsername).to.deep.equal([
                    "documentDb.masterUsername",
                ]);
            }
            expect(await paths(documentDb({ masterUsername: "shopAdmin1" }))).to.deep.equal([]);
        });
    });

    describe("of MongoDB", () => {
        it("name types with Graviton2 or later, all of one size", async () => {
            for (const instanceTypes of [["r8g.large"], ["m6g.xlarge", "m7g.xlarge"], ["i4g.large"]]) {
                expect(await paths(mongoDb({ instanceTypes }))).to.deep.equal([]);
            }
            for (const instanceTypes of [
                [],
                ["a1.large"],
                ["m5.large"],
                ["r8g.large", "m5.large"],
                ["r8g.large", "r8g.xlarge"],
                ["r8g.large", "r8g.large"],
            ]) {
                expect(await paths(mongoDb({ instanceTypes })), instanceTypes.join()).to.deep.equal([
                    "mongoDb.instanceTypes",
                ]);
            }
        });

        it("describe a volume that gp3 can be", async () => {
            for (const [volume, refused] of [
                [{ volumeSizeGb: 10 }, []],
                [{ volumeSizeGb: 9 }, ["volumeSizeGb"]],
                [{ volumeSizeGb: 16_384, volumeIops: 16_000, volumeThroughput: 1000 }, []],
                [{ volumeSizeGb: 16_385 }, ["volumeSizeGb"]],
                [{ volumeIops: 2999 }, ["volumeIops"]],
                [{ volumeIops: 16_001 }, ["volumeIops"]],
                // 500 operations for each GiB at most.
                [{ volumeSizeGb: 10, volumeIops: 5000 }, []],
                [{ volumeSizeGb: 10, volumeIops: 5001 }, ["volumeIops"]],
                // A quarter of the operations at most.
                [{ volumeThroughput: 750 }, []],
                [{ volumeThroughput: 751 }, ["volumeThroughput"]],
                [{ volumeThroughput: 124 }, ["volumeThroughput"]],
            ] as const) {
                expect(await paths(mongoDb(volume)), JSON.stringify(volume)).to.deep.equal(
                    refused.map((property) => `mongoDb.${property}`),
                );
            }
        });

        it("make snapshots at hours that divide a day, and copy them to three regions at most", async () => {
            expect(await paths(mongoDb({ snapshotIntervalHours: 24 }))).to.deep.equal([]);
            expect(await paths(mongoDb({ snapshotIntervalHours: 5 }))).to.deep.equal([
                "mongoDb.snapshotIntervalHours",
            ]);
            const copies = (...regions: string[]) => ({
                snapshotCopies: regions.map((region) => ({ region, kmsKeyArn: keyIn(region) })),
            });
            const three = ["us-east-1", "us-west-2", "eu-west-1"];
            expect(await paths(mongoDb(copies(...three)))).to.deep.equal([]);
            expect(await paths(mongoDb(copies(...three, "eu-west-2")))).to.deep.equal([
                "mongoDb.snapshotCopies",
            ]);
            expect(await paths(mongoDb(copies("eu-central-1")))).to.deep.equal([
                "mongoDb.snapshotCopies[0].region",
            ]);
        });

        it("leave the instances a way out", async () => {
            expect(await paths(mongoDb({ internetEgressCidrBlocks: [] }))).to.deep.equal([
                "mongoDb.internetEgressCidrBlocks",
            ]);
            expect(await paths(mongoDb({ internetEgressCidrBlocks: ["10.0.0.1/8"] }))).to.deep.equal([
                "mongoDb.internetEgressCidrBlocks[0]",
            ]);
        });
    });
});
