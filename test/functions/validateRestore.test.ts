import { ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { DBClusterNotFoundFault } from "@aws-sdk/client-rds";
import { expect } from "chai";

import { clustersOf, tablesOf, verdictsOf } from "../../functions/validate-restore/aws";
import {
    bucketCheck,
    type Buckets,
    clusterCheck,
    type RestoredCluster,
    type RestoredObject,
    type RestoredTable,
    tableCheck,
} from "../../functions/validate-restore/checks";
import {
    type RestoreEvent,
    validate,
    type ValidationTools,
    type Verdict,
} from "../../functions/validate-restore/validation";
import { type Call, countingPatience, rejection } from "./fakeAws";

const PLAN = "arn:aws:backup:eu-central-1:111122223333:restore-testing-plan:meridian_prod_eu_restores-1";
const COPIES = "arn:aws:backup:eu-central-1:111122223333:restore-testing-plan:meridian_prod_eu_copies-1";
const RESTORED = "arn:aws:rds:eu-central-1:111122223333:cluster:awsbackup-restore-test-1";
const SOURCE = "arn:aws:rds:eu-central-1:111122223333:cluster:meridian-prod-eu";

describe("validate-restore", () => {
    const event: RestoreEvent = {
        detail: {
            restoreJobId: "job-1",
            restoreTestingPlanArn: PLAN,
            resourceType: "Aurora",
            createdResourceArn: RESTORED,
            sourceResourceArn: SOURCE,
            backupSizeInBytes: "4096",
        },
    };

    function situation(verdict: Verdict | Error = { good: true, message: "it is fine" }) {
        const looked: unknown[] = [];
        const known = new Map<string, Verdict>();
        const tools: ValidationTools = {
            planArns: [PLAN, COPIES],
            checks: {
                Aurora: (restored) => {
                    looked.push(restored);
                    return verdict instanceof Error ? Promise.reject(verdict) : Promise.resolve(verdict);
                },
            },
            recorded: (job) => Promise.resolve(known.get(job)),
            record: (job, found) => {
                known.set(job, found);
                return Promise.resolve();
            },
        };
        const run = (changes: RestoreEvent["detail"] = {}) =>
            validate({ detail: { ...event.detail, ...changes } }, tools);
        return { known, looked, run };
    }

    it("looks into what was restored and tells AWS Backup that it is good", async () => {
        const { known, looked, run } = situation();
        expect(await run()).to.equal("Aurora of the restore job job-1: it is fine");
        expect(looked).to.deep.equal([{ arn: RESTORED, sourceArn: SOURCE, bytes: 4096 }]);
        expect(known.get("job-1")).to.deep.equal({ good: true, message: "it is fine" });
    });

    it("looks into a restored copy too, and asks nothing of the region that it is from", async () => {
        const { looked, run } = situation();
        const sourceResourceArn = "arn:aws:rds:us-east-1:111122223333:cluster:meridian-prod-us";
        await run({ restoreTestingPlanArn: COPIES, sourceResourceArn });
        expect(looked).to.deep.equal([{ arn: RESTORED, sourceArn: undefined, bytes: 4096 }]);
    });

    it("tells AWS Backup that it is bad, and raises the alarm", async () => {
        const { known, run } = situation({ good: false, message: "it is empty" });
        expect(await rejection(run())).to.equal("Aurora of the restore job job-1: it is empty");
        expect(known.get("job-1")).to.deep.equal({ good: false, message: "it is empty" });
    });

    it("says the same when it is called again, without looking again", async () => {
        for (const verdict of [
            { good: true, message: "it is fine" },
            { good: false, message: "it is empty" },
        ]) {
            const { looked, run } = situation(verdict);
            const outcome = () => run().then(String, (error: unknown) => (error as Error).message);
            const first = await outcome();
            expect(await outcome()).to.equal(first);
            expect(looked).to.have.length(1);
        }
    });

    it("gives no verdict when it could not look, so that it is tried again", async () => {
        const { known, run } = situation(new Error("throttled"));
        expect(await rejection(run())).to.equal("throttled");
        expect(known.size).to.equal(0);
    });

    it("refuses what it has not been made for", async () => {
        const { looked, run } = situation();
        expect(await rejection(run({ resourceType: "EFS" }))).to.equal(
            "nothing is known of how to look into a restored EFS",
        );
        expect(await rejection(run({ restoreTestingPlanArn: "another" }))).to.equal(
            `the restore job job-1 is not one of the restore testing plans ${PLAN}, ${COPIES}`,
        );
        for (const missing of ["restoreJobId", "createdResourceArn"] as const) {
            expect(await rejection(run({ [missing]: undefined }))).to.equal(
                "the event names no restore job, or nothing that it restored",
            );
        }
        expect(looked).to.deep.equal([]);
    });

    describe("takes a cluster", () => {
        const fine: RestoredCluster = {
            status: "available",
            engine: "aurora-postgresql",
            engineVersion: "18.6",
            masterUsername: "meridian_admin",
            encrypted: true,
        };

        async function verdictOn(
            restored: Partial<RestoredCluster>,
            source: Partial<RestoredCluster> | undefined = {},
        ): Promise<Verdict> {
            const { patience } = countingPatience(1);
            const check = clusterCheck(
                (arn) =>
                    Promise.resolve(arn === RESTORED ? { ...fine, ...restored } : { ...fine, ...source }),
                patience,
            );
            return check({ arn: RESTORED, sourceArn: SOURCE, bytes: 1 });
        }

        it("that is like the original, patches aside", async () => {
            expect(await verdictOn({ engineVersion: "18.4" })).to.deep.equal({
                good: true,
                message: "the cluster is available with aurora-postgresql 18.4, like the original",
            });
        });

        for (const [what, change, message] of [
            ["is not encrypted", { encrypted: false }, "the restored cluster is not encrypted"],
            [
                "has another engine",
                { engine: "aurora-mysql" },
                "the engine of the restored cluster is aurora-mysql, and the original's aurora-postgresql",
            ],
            [
                "is of another major version",
                { engineVersion: "17.9" },
                "the major version of the restored cluster is 17, and the original's 18",
            ],
            [
                "has another master user",
                { masterUsername: "somebody" },
                "the master user of the restored cluster is somebody, and the original's meridian_admin",
            ],
        ] as const) {
            it(`for a bad one that ${what}`, async () => {
                expect(await verdictOn(change)).to.deep.equal({ good: false, message });
            });
        }

        it("whose original is gone", async () => {
            const { patience } = countingPatience(1);
            const check = clusterCheck(
                (arn) => Promise.resolve(arn === RESTORED ? fine : undefined),
                patience,
            );
            for (const sourceArn of [SOURCE, undefined]) {
                expect(await check({ arn: RESTORED, sourceArn, bytes: 1 })).to.deep.equal({
                    good: true,
                    message: "the cluster is available with aurora-postgresql 18.6",
                });
            }
        });

        it("when it has become available, and not for ever", async () => {
            const states = ["creating", "available"];
            const { patience, pauses } = countingPatience(3);
            const check = clusterCheck(
                () => Promise.resolve({ ...fine, status: states.shift() ?? "available" }),
                patience,
            );
            expect((await check({ arn: RESTORED, sourceArn: undefined, bytes: 1 })).good).to.equal(true);
            expect(pauses).to.have.length(1);
            const never = clusterCheck(() => Promise.resolve({ ...fine, status: "creating" }), patience);
            expect(await rejection(never({ arn: RESTORED, sourceArn: undefined, bytes: 1 }))).to.equal(
                "the restored cluster is creating and not available",
            );
        });
    });

    describe("takes a table", () => {
        const fine: RestoredTable = { status: "ACTIVE", key: "pk S, sk S", itemCount: 3 };

        function verdictOn(
            restored: Partial<RestoredTable> & { hasItem: boolean },
            source: RestoredTable | undefined = fine,
        ): Promise<Verdict> {
            const { hasItem, ...changes } = restored;
            const check = tableCheck(
                {
                    describe: (arn) => Promise.resolve(arn === "restored" ? { ...fine, ...changes } : source),
                    hasItem: (arn) => Promise.resolve(arn === "restored" && hasItem),
                },
                countingPatience(1).patience,
            );
            return check({ arn: "restored", sourceArn: "source", bytes: 1 });
        }

        it("that can be read", async () => {
            expect(await verdictOn({ hasItem: true })).to.deep.equal({
                good: true,
                message: "the table is active and can be read",
            });
        });

        it("for a bad one that is empty, when the original is not", async () => {
            expect(await verdictOn({ hasItem: false })).to.deep.equal({
                good: false,
                message: "the restored table is empty, and the original has 3 items",
            });
            expect(await verdictOn({ hasItem: false }, { ...fine, itemCount: 0 })).to.deep.equal({
                good: true,
                message: "the table is active, and empty like the original",
            });
        });

        it("for a bad one that has another key", async () => {
            expect(await verdictOn({ hasItem: true, key: "id N" })).to.deep.equal({
                good: false,
                message: "the key of the restored table is id N, and the original's pk S, sk S",
            });
        });

        it("for none while it is being made", async () => {
            expect(await rejection(verdictOn({ hasItem: true, status: "CREATING" }))).to.equal(
                "the restored table is CREATING and not ACTIVE",
            );
        });
    });

    describe("takes a bucket", () => {
        function situationOf(objects: RestoredObject[], refusal?: Error) {
            const touched: string[] = [];
            const buckets: Buckets = {
                list: (bucket) => Promise.resolve(bucket === "awsbackup-restore-test-1" ? objects : []),
                touch: (bucket, key) => {
                    touched.push(`${bucket}/${key}`);
                    return refusal === undefined ? Promise.resolve() : Promise.reject(refusal);
                },
            };
            const run = (bytes: number) =>
                bucketCheck(buckets)({
                    arn: "arn:aws:s3:::awsbackup-restore-test-1",
                    sourceArn: undefined,
                    bytes,
                });
            return { run, touched };
        }

        it("of which it can read a few objects, and no empty ones", async () => {
            const { run, touched } = situationOf(
                Array.from({ length: 8 }, (_, index) => ({ key: `file-${index}`, bytes: index })),
            );
            expect(await run(28)).to.deep.equal({
                good: true,
                message: "the bucket holds objects, and 5 of them were read",
            });
            expect(touched).to.deep.equal(
                [1, 2, 3, 4, 5].map((index) => `awsbackup-restore-test-1/file-${index}`),
            );
        });

        it("for a bad one that is empty, when the backup is not", async () => {
            const { run } = situationOf([]);
            expect(await run(1)).to.deep.equal({
                good: false,
                message: "the restored bucket is empty, and the backup has 1 bytes",
            });
            expect(await run(0)).to.deep.equal({
                good: true,
                message: "the bucket is there, and empty like the backup",
            });
        });

        it("for none that it cannot read", async () => {
            const { run } = situationOf([{ key: "file", bytes: 1 }], new Error("AccessDenied"));
            expect(await rejection(run(1))).to.equal("AccessDenied");
        });
    });

    describe("asks AWS", () => {
        /** A client that gives these answers by the command's name, and throws those that are errors. */
        function client(answers: Record<string, object>) {
            const calls: Call[] = [];
            const send = ((command: { input: Record<string, unknown>; constructor: { name: string } }) => {
                const name = command.constructor.name.replace(/Command$/, "");
                calls.push({ region: "", name, input: command.input });
                const answer = answers[name] ?? new Error(`nobody expected ${name}`);
                return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
            }) as never;
            return { calls, send };
        }

        it("for the verdict that it has already", async () => {
            for (const [status, verdict] of [
                ["SUCCESSFUL", { good: true, message: "as before" }],
                ["FAILED", { good: false, message: "as before" }],
                ["VALIDATING", undefined],
                ["TIMED_OUT", undefined],
                [undefined, undefined],
            ] as const) {
                const { calls, send } = client({
                    DescribeRestoreJob: {
                        ValidationStatus: status,
                        ValidationStatusMessage: "as before",
                    },
                });
                expect(await verdictsOf({ send }).recorded("job-1"), status).to.deep.equal(verdict);
                expect(calls.map(({ input }) => input)).to.deep.equal([{ RestoreJobId: "job-1" }]);
            }
        });

        it("to keep a verdict", async () => {
            for (const [good, status] of [
                [true, "SUCCESSFUL"],
                [false, "FAILED"],
            ] as const) {
                const { calls, send } = client({ PutRestoreValidationResult: {} });
                await verdictsOf({ send }).record("job-1", { good, message: "so it is" });
                expect(calls.map(({ input }) => input)).to.deep.equal([
                    {
                        RestoreJobId: "job-1",
                        ValidationStatus: status,
                        ValidationStatusMessage: "so it is",
                    },
                ]);
            }
        });

        it("for clusters", async () => {
            const { send } = client({
                DescribeDBClusters: {
                    DBClusters: [
                        {
                            Status: "available",
                            Engine: "aurora-postgresql",
                            EngineVersion: "18.6",
                            MasterUsername: "meridian_admin",
                            StorageEncrypted: true,
                        },
                    ],
                },
            });
            expect(await clustersOf({ send })(RESTORED)).to.deep.equal({
                status: "available",
                engine: "aurora-postgresql",
                engineVersion: "18.6",
                masterUsername: "meridian_admin",
                encrypted: true,
            });
            const gone = client({
                DescribeDBClusters: new DBClusterNotFoundFault({ $metadata: {}, message: "gone" }),
            });
            expect(await clustersOf(gone)(SOURCE)).to.equal(undefined);
            const busy = client({ DescribeDBClusters: new Error("throttled") });
            expect(await rejection(clustersOf(busy)(SOURCE))).to.equal("throttled");
        });

        it("for tables, and whether they have an item, of which nothing leaves them", async () => {
            const { calls, send } = client({
                DescribeTable: {
                    Table: {
                        TableStatus: "ACTIVE",
                        KeySchema: [{ AttributeName: "pk" }, { AttributeName: "sk" }],
                        AttributeDefinitions: [
                            { AttributeName: "sk", AttributeType: "N" },
                            { AttributeName: "pk", AttributeType: "S" },
                        ],
                        ItemCount: 7,
                    },
                },
                Scan: { Count: 1 },
            });
            const tables = tablesOf({ send });
            expect(await tables.describe("table")).to.deep.equal({
                status: "ACTIVE",
                key: "pk S, sk N",
                itemCount: 7,
            });
            expect(await tables.hasItem("table")).to.equal(true);
            expect(calls.at(-1)?.input).to.deep.equal({ TableName: "table", Select: "COUNT", Limit: 1 });
            const empty = client({
                DescribeTable: new ResourceNotFoundException({ $metadata: {}, message: "gone" }),
                Scan: { Count: 0 },
            });
            expect(await tablesOf(empty).describe("table")).to.equal(undefined);
            expect(await tablesOf(empty).hasItem("table")).to.equal(false);
        });
    });
});
