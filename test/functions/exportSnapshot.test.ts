import { type ExportTask, ExportTaskAlreadyExistsFault } from "@aws-sdk/client-rds";
import { expect } from "chai";

import {
    type BackupEvent,
    exportSnapshot,
    type ExportTools,
    taskIdentifier,
} from "../../functions/export-snapshot/export";
import { type Call, rejection } from "./fakeAws";

const CLUSTER = "meridian-prod-eu";
const NOW = new Date("2026-03-10T06:30:00Z");
const DAY = 86_400_000;
const snapshotOf = (job: string): string =>
    `arn:aws:rds:eu-central-1:111122223333:cluster-snapshot:awsbackup:job-${job}`;
const SNAPSHOT = snapshotOf("4ece7121-d60e-00c2-5c3b-49960142d03b");

const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY);

/** An export of a snapshot that was taken so many days ago. */
function task(days: number, Status: string, changes: ExportTask = {}): ExportTask {
    return {
        SourceArn: snapshotOf(`${days}-days-ago`),
        SnapshotTime: daysAgo(days),
        S3Prefix: CLUSTER,
        Status,
        ...changes,
    };
}

/** RDS with some exports, in pages of two, as far as the function uses it. */
function situation(tasks: ExportTask[] = []) {
    const calls: Call[] = [];
    const refusals: Error[] = [];
    const tools: ExportTools = {
        rds: {
            send: ((command: { input: Record<string, unknown>; constructor: { name: string } }) => {
                const name = command.constructor.name.replace(/Command$/, "");
                calls.push({ region: "", name, input: command.input });
                if (name === "StartExportTask") {
                    const refusal = refusals.shift();
                    return refusal === undefined ? Promise.resolve({}) : Promise.reject(refusal);
                }
                const from = Number(command.input.Marker ?? 0);
                return Promise.resolve({
                    ExportTasks: tasks.slice(from, from + 2),
                    ...(from + 2 < tasks.length ? { Marker: String(from + 2) } : {}),
                });
            }) as never,
        },
        bucket: "exports-bucket",
        roleArn: "arn:aws:iam::111122223333:role/export",
        keyArn: "arn:aws:kms:eu-central-1:111122223333:key/export",
        intervalDays: 7,
        lateAfterDays: 10,
        now: () => NOW,
    };
    const run = (event: Partial<BackupEvent> = {}): Promise<string> =>
        exportSnapshot(
            {
                resources: [SNAPSHOT],
                detail: { resourceArn: `arn:aws:rds:eu-central-1:111122223333:cluster:${CLUSTER}` },
                ...event,
            },
            tools,
        );
    const started = () => calls.filter(({ name }) => name === "StartExportTask").map(({ input }) => input);
    return { calls, refusals, run, started };
}

describe("export-snapshot", () => {
    it("exports the first snapshot of a database to the database's own folder", async () => {
        const { calls, run, started } = situation();
        expect(await run()).to.equal(`the export of ${SNAPSHOT} has begun`);
        expect(started()).to.deep.equal([
            {
                ExportTaskIdentifier: "export-awsbackup-job-4ece7121-d60e-00c2-5c3b-49960142d03b",
                SourceArn: SNAPSHOT,
                S3BucketName: "exports-bucket",
                S3Prefix: CLUSTER,
                IamRoleArn: "arn:aws:iam::111122223333:role/export",
                KmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/export",
            },
        ]);
        expect(calls[0]?.input.Filters).to.deep.equal([{ Name: "s3-bucket", Values: ["exports-bucket"] }]);
    });

    for (const [status, days, exports] of [
        ["COMPLETE", 6, false],
        // A quarter of a day early is a day on which the backup came sooner.
        ["COMPLETE", 6.74, false],
        ["COMPLETE", 6.75, true],
        ["COMPLETE", 7, true],
        ["IN_PROGRESS", 1, false],
        ["STARTING", 1, false],
        ["FAILED", 1, true],
        ["CANCELED", 1, true],
        ["CANCELING", 1, true],
    ] as const) {
        it(`${exports ? "exports again" : "waits"} when the last export is ${status} and of ${days} days ago`, async () => {
            const { run, started } = situation([task(days, status)]);
            const done = await run();
            expect(started()).to.have.length(exports ? 1 : 0);
            if (!exports) {
                expect(done).to.equal(
                    `${CLUSTER} was exported as of ${daysAgo(days).toISOString()}, which is not long enough ago`,
                );
            }
        });
    }

    it("looks at all exports, however many there are", async () => {
        const { calls, run, started } = situation([
            task(30, "COMPLETE"),
            task(23, "COMPLETE"),
            task(16, "COMPLETE"),
            task(9, "FAILED"),
            task(2, "COMPLETE"),
        ]);
        await run();
        expect(started()).to.deep.equal([]);
        expect(calls.map(({ input }) => input.Marker)).to.deep.equal([undefined, "2", "4"]);
    });

    it("takes other databases' exports for what they are", async () => {
        const { run, started } = situation([task(1, "COMPLETE", { S3Prefix: "orders" })]);
        await run();
        expect(started()).to.have.length(1);
    });

    it("exports a snapshot once, however often it is told of it", async () => {
        const again = situation([task(0, "STARTING", { SourceArn: SNAPSHOT })]);
        expect(await again.run()).to.equal(`${SNAPSHOT} is exported already`);
        expect(again.started()).to.deep.equal([]);
        const meanwhile = situation();
        meanwhile.refusals.push(new ExportTaskAlreadyExistsFault({ $metadata: {}, message: "there is one" }));
        expect(await meanwhile.run()).to.equal(`${SNAPSHOT} has had an export already`);
    });

    it("fails when RDS refuses, so that it is tried again", async () => {
        const { refusals, run } = situation();
        refusals.push(new Error("the role may not write"));
        expect(await rejection(run())).to.equal("the role may not write");
    });

    describe("raises the alarm", () => {
        it("when the newest complete export is late, after having begun another", async () => {
            const { run, started } = situation([task(11, "COMPLETE"), task(4, "FAILED")]);
            expect(await rejection(run())).to.equal(
                `the newest complete export of ${CLUSTER} is as of ${daysAgo(11).toISOString()}; ` +
                    `the export of ${SNAPSHOT} has begun`,
            );
            expect(started()).to.have.length(1);
        });

        it("when none was ever complete", async () => {
            const { run } = situation([task(11, "FAILED"), task(4, "FAILED")]);
            expect(await rejection(run())).to.equal(
                `${CLUSTER} has had no complete export since the first was tried at ${daysAgo(11).toISOString()}; ` +
                    `the export of ${SNAPSHOT} has begun`,
            );
        });

        it("not a day too soon", async () => {
            for (const status of ["COMPLETE", "FAILED"]) {
                const { run } = situation([task(10, status)]);
                expect(await run(), status).to.equal(`the export of ${SNAPSHOT} has begun`);
            }
        });
    });

    it("leaves what is no snapshot alone", async () => {
        const { calls, run } = situation();
        const continuous = "arn:aws:backup:eu-central-1:111122223333:recovery-point:continuous:cluster-x";
        expect(await run({ resources: [continuous] })).to.equal(
            "this was no snapshot of a cluster, so there is nothing to export",
        );
        expect(calls).to.deep.equal([]);
    });

    it("needs to know whose snapshot it is", async () => {
        const { run } = situation();
        expect(await rejection(run({ detail: {} }))).to.equal(
            `the event does not say which cluster ${SNAPSHOT} is of`,
        );
    });

    it("gives exports names that RDS takes", () => {
        const arn = "arn:aws:rds:eu-central-1:111122223333:cluster-snapshot:";
        for (const snapshot of [SNAPSHOT, `${arn}rds:${"a-".repeat(120)}`, `${arn}-x-`]) {
            expect(taskIdentifier(snapshot)).to.match(/^(?=.{1,60}$)[a-z](?:-?[A-Za-z0-9])*$/);
        }
    });
});
