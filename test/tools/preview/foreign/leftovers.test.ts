import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import { promisify } from "node:util";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { Leftovers } from "../../../../tools/preview/leftovers";
import { previewProgram } from "../../../support/preview";

const OPTIONS = { config: { "aws:region": "eu-central-1" }, lenient: true };

/** Waits as a run does. */
async function waited(leftovers: Leftovers): Promise<number> {
    let times = 0;
    while (await leftovers.hadAny()) {
        times += 1;
    }
    return times;
}

describe("what a program leaves to do", () => {
    it("is waited for, when nobody in the program waits for it", async () => {
        const { resources, error, messages } = await previewProgram(() => {
            const main = async (): Promise<void> => {
                const text = await fs.readFile(__filename, "utf8");
                new aws.sns.Topic("read", { displayName: String(text.length) });
                await new Promise((resolve) => setTimeout(resolve, 20));
                new aws.sns.Topic("later");
                const { stdout } = await promisify(execFile)(process.execPath, ["--print", "6 * 7"]);
                new aws.sns.Topic("told", { displayName: stdout.trim() });
            };
            void main();
        }, OPTIONS);
        expect(error).to.equal(undefined);
        expect(messages).to.deep.equal([]);
        const topics = resources.filter(({ type }) => type === "aws:sns/topic:Topic");
        expect(topics.map(({ name }) => name)).to.deep.equal(["read", "later", "told"]);
        expect(topics[2]?.inputs["displayName"]).to.equal("42");
    });

    it("is done, too, where the SDK registers it when the process is about to end", async () => {
        const program = (): void => {
            const bucket = new aws.s3.Bucket("pages");
            bucket.onObjectCreated("created", async () => Promise.resolve());
            bucket.onObjectRemoved("removed", async () => Promise.resolve());
        };
        for (const run of ["first", "second"]) {
            const { resources, error } = await previewProgram(program, OPTIONS);
            expect(error).to.equal(undefined);
            const notifications = resources.filter(({ type }) => type.includes("bucketNotification"));
            // One for both, since a bucket has one at most.
            expect(notifications, run).to.have.length(1);
            expect(notifications[0]?.inputs["lambdaFunctions"]).to.have.length(2);
        }
    });

    it("of a run that was given up does not reach the next one", async () => {
        const failed = await previewProgram(() => {
            setTimeout(() => undefined, 200);
            throw new Error("not this one");
        }, OPTIONS);
        expect(failed.error?.message).to.equal("not this one");
        const { error, resources } = await previewProgram(async () => {
            // Nothing that the run before would take for its own.
            await new Promise((resolve) => setTimeout(resolve, 400).unref());
            new aws.sns.Topic("told");
        }, OPTIONS);
        expect(error).to.equal(undefined);
        expect(resources.map(({ name }) => name)).to.include("told");
    });

    it("fails the program where it fails", async () => {
        const { error } = await previewProgram(() => {
            setTimeout(() => {
                void Promise.reject(new Error("too late"));
            }, 20);
        }, OPTIONS);
        expect(error?.message).to.equal("too late");
    });

    it("is given up where it goes on for ever, and named", async () => {
        const leftovers = new Leftovers(30);
        const timer = setInterval(() => undefined, 60_000);
        try {
            expect(leftovers.left().join()).to.match(/Timeout$/);
            expect(await waited(leftovers)).to.be.greaterThan(1);
            expect(leftovers.left().join()).to.match(/Timeout$/);
        } finally {
            clearInterval(timer);
        }
    });
});
