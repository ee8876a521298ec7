import * as fs from "node:fs";
import { expect } from "chai";
import { AutomationRunner } from "../../../tools/deploy/automationRunner";
import { StackFailure } from "../../../tools/deploy/errors";
import { projectFolder } from "./deployments";
import { PulumiStandIn, type StandInStack } from "./pulumiStandIn";

describe("Pulumi by its Automation API", () => {
    const before_ = process.env["PATH"];
    let standIn: PulumiStandIn;
    let projectDir: string;

    function runner(
        stacks: Readonly<Record<string, StandInStack>>,
        more: Partial<ConstructorParameters<typeof AutomationRunner>[0]> = {},
    ): AutomationRunner {
        standIn = new PulumiStandIn(stacks);
        process.env["PATH"] = standIn.path;
        return new AutomationRunner({ projectDir, message: "npm run up", ...more });
    }

    function watch(signal = new AbortController().signal) {
        const heard: string[] = [];
        return { heard, watch: { onOutput: (text: string) => heard.push(text), signal } };
    }

    async function failureOf(work: Promise<unknown>): Promise<StackFailure> {
        const error = await work.then(
            () => undefined,
            (thrown: unknown) => thrown,
        );
        expect(error).to.be.instanceOf(StackFailure);
        return error as StackFailure;
    }

    beforeEach(() => {
        projectDir = projectFolder();
    });

    afterEach(() => {
        process.env["PATH"] = before_;
        standIn.remove();
        fs.rmSync(projectDir, { recursive: true });
    });

    it("selects an existing stack of the project's folder, once", async () => {
        const pulumi = runner({ "prod-us": {} });
        expect(await pulumi.open("prod-us", false)).to.equal("found");
        expect(await pulumi.open("prod-us", false)).to.equal("found");
        expect(standIn.lines()).to.deep.equal(["version", "stack select --stack prod-us --non-interactive"]);
        expect(standIn.calls()[1]?.cwd).to.equal(fs.realpathSync(projectDir));
    });

    it("makes a stack only when told so", async () => {
        const pulumi = runner({});
        expect(await pulumi.open("prod-us", false)).to.equal("missing");
        expect(standIn.lines()).not.to.include("stack init prod-us --non-interactive");
        expect(await pulumi.open("prod-us", true)).to.equal("made");
        expect(standIn.lines()).to.include("stack init prod-us --non-interactive");
    });

    it("names stacks in full where there is an organization", async () => {
        const pulumi = runner({ "prod-us": {} }, { organization: "acme", project: "meridian" });
        await pulumi.open("prod-us", false);
        expect(standIn.lines()[1]).to.equal("stack select --stack acme/meridian/prod-us --non-interactive");
    });

    it("updates without asking, follows the output, and counts the changes", async () => {
        const pulumi = runner({ "prod-us": { changes: { create: 4, same: 2 } } });
        const { heard, watch: follow } = watch();
        expect(await pulumi.up("prod-us", follow)).to.deep.equal({ create: 4, same: 2 });
        expect(heard.join("")).to.equal("up of prod-us begins\n");
        const up = standIn.lines().find((line) => line.startsWith("up "));
        expect(up).to.equal(
            "up --yes --skip-preview --message npm run up --color never --exec-kind auto.local --stack prod-us " +
                "--non-interactive",
        );
    });

    it("never reads the configuration's secrets from the history", async () => {
        const pulumi = runner({ "prod-us": {} });
        await pulumi.up("prod-us", watch().watch);
        await pulumi.destroy("prod-us", true, watch().watch);
        const history = standIn.lines().filter((line) => line.startsWith("stack history"));
        expect(history).to.have.length(2);
        expect(history.join(" ")).not.to.contain("--show-secrets");
    });

    it("previews, and counts what would change", async () => {
        const pulumi = runner({ "prod-us": { changes: { create: 4 } } });
        expect(await pulumi.preview("prod-us", watch().watch)).to.deep.equal({ create: 4 });
        expect(standIn.lines().at(-1)).to.match(
            /^preview --color never --exec-kind auto\.local --event-log \S+ --stack prod-us --non-interactive$/,
        );
    });

    it("destroys without asking, and asks AWS first only when told so", async () => {
        const pulumi = runner({ "prod-us": { resources: [{ urn: "u" }] } });
        await pulumi.destroy("prod-us", false, watch().watch);
        await pulumi.destroy("prod-us", true, watch().watch);
        const [without, with_] = standIn.lines().filter((line) => line.startsWith("destroy"));
        expect(without).to.match(/^destroy --yes --skip-preview --message npm run up --color never /);
        expect(with_).to.match(/^destroy --yes --skip-preview --message npm run up --refresh --color never /);
        expect(await pulumi.resources("prod-us")).to.deep.equal([]);
    });

    it("reads outputs and state with secrets in clear", async () => {
        const pulumi = runner({
            "prod-us": {
                outputs: { url: "u", header: "hush" },
                secrets: ["header"],
                resources: [
                    { urn: "urn:1", type: "a:b:C", custom: true, id: "i", protect: true, outputs: { x: 1 } },
                    { urn: "urn:2", type: "d:e:F" },
                ],
            },
        });
        expect(await pulumi.outputs("prod-us")).to.deep.equal({ url: "u", header: "hush" });
        expect(await pulumi.resources("prod-us")).to.deep.equal([
            {
                ...{
                    urn: "urn:1",
                    type: "a:b:C",
                    custom: true,
                    id: "i",
                    protect: true,
                    retainOnDelete: false,
                },
                ...{ inputs: {}, outputs: { x: 1 } },
            },
            {
                ...{
                    urn: "urn:2",
                    type: "d:e:F",
                    custom: false,
                    id: "",
                    protect: false,
                    retainOnDelete: false,
                },
                ...{ inputs: {}, outputs: {} },
            },
        ]);
        expect(standIn.lines()).to.include("stack export --show-secrets --stack prod-us --non-interactive");
    });

    it("does not take for done what was interrupted, even when Pulumi ends well", async () => {
        for (const says of ["^C received; cancelling. If you would", "SIGTERM received; cancelling. If"]) {
            const pulumi = runner({ "prod-us": { says } });
            const failure = await failureOf(pulumi.destroy("prod-us", false, watch().watch));
            expect(failure.message).to.equal("prod-us: pulumi destroy was interrupted before its end");
            standIn.remove();
        }
        const pulumi = runner({ "prod-us": { says: "deleted" } });
        expect(await pulumi.destroy("prod-us", false, watch().watch)).to.deep.equal({ same: 1 });
    });

    it("tells what a killed update had begun", async () => {
        const pulumi = runner({
            "prod-us": {
                pending: [
                    { resource: { urn: "urn:1", parent: "urn:0", provider: "urn::9::id" }, type: "creating" },
                ],
            },
            "prod-eu": {},
        });
        expect(await pulumi.pending("prod-us")).to.deep.equal([
            { urn: "urn:1", kind: "creating", parent: "urn:0", provider: "urn::9" },
        ]);
        expect(await pulumi.pending("prod-eu")).to.deep.equal([]);
    });

    it("tells a failure with what Pulumi printed last", async () => {
        const pulumi = runner({ "prod-us": { failure: "error: quota exceeded\n\nerror: update failed" } });
        const failure = await failureOf(pulumi.up("prod-us", watch().watch));
        expect(failure.message).to.equal("prod-us: pulumi up failed");
        expect(failure.tail).to.deep.equal([
            "up of prod-us begins",
            "error: quota exceeded",
            "error: update failed",
        ]);
    });

    it("tells a stack that somebody else updates, and how to free one that was killed", async () => {
        const pulumi = runner({
            "prod-us": {
                failure: "error: the stack is currently locked by 1 lock(s). Either wait or cancel",
            },
        });
        const failure = await failureOf(pulumi.up("prod-us", watch().watch));
        expect(failure.message).to.equal(
            "somebody else is updating prod-us, or an update of it was killed; once it is certain that none is " +
                "running, free it with: pulumi cancel --yes --stack prod-us",
        );
    });

    it("says what does not exist", async () => {
        const pulumi = runner({});
        const failure = await failureOf(pulumi.outputs("prod-us"));
        expect(failure.message).to.equal("stack prod-us does not exist in the backend");
    });

    it("passes on that it is to stop", async () => {
        const pulumi = runner({ "prod-us": { hangs: true } });
        const stop = new AbortController();
        const failure = await failureOf(
            pulumi.up("prod-us", {
                // Once it prints, it listens.
                onOutput: () => {
                    setTimeout(() => {
                        stop.abort();
                    }, 100);
                },
                signal: stop.signal,
            }),
        );
        expect(failure.tail.at(-1)).to.equal("error: up canceled");
    });

    it("says that there is no pulumi", async () => {
        const pulumi = runner({});
        process.env["PATH"] = projectDir;
        const error = await pulumi.open("prod-us", false).then(() => "", String);
        expect(error).to.match(
            /^Error: Pulumi's command line cannot be run; install it and put it on the path \(https:.*\): .*ENOENT/,
        );
    });
});
