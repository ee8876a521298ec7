/** The commands as they are called, in a process of their own, with stand-ins for `pulumi` and for RDS. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { EU, projectFolder, US } from "./deployments";
import { PulumiStandIn, type StandInStack } from "./pulumiStandIn";
import { type RdsStandIn, rdsStandIn } from "./rdsStandIn";

const SCRIPT = path.join(__dirname, "..", "..", "..", "tools", "deploy", "index.ts");
const MADE = { outputs: { url: "u" }, resources: [{ urn: "u", type: "aws:ec2/vpc:Vpc" }] };
const GLOBAL: StandInStack = {
    outputs: { url: "g" },
    resources: [
        { urn: "g", type: "aws:rds/globalCluster:GlobalCluster", custom: true, id: "meridian-prod" },
        ...["us", "eu"].map((key) => ({
            urn: key,
            type: "pulumi:pulumi:StackReference",
            inputs: { name: `organization/meridian/prod-${key}` },
            outputs: { outputs: { url: "u" } },
        })),
    ],
};

describe("the deployment commands, as processes", function () {
    this.timeout(120_000);

    let projectDir: string;
    let pulumi: PulumiStandIn;
    let rds: RdsStandIn | undefined;

    afterEach(async () => {
        await rds?.close();
        rds = undefined;
        pulumi.remove();
        fs.rmSync(projectDir, { recursive: true });
    });

    function prepare(stacks: Record<string, StandInStack>, config: Record<string, string> = {}): void {
        projectDir = projectFolder(config);
        pulumi = new PulumiStandIn({ "prod-us": MADE, "prod-eu": MADE, "prod-global": GLOBAL, ...stacks });
    }

    function start(args: readonly string[]) {
        const child = spawn(
            process.execPath,
            ["--require=tsx/cjs", SCRIPT, ...args, "--project", projectDir],
            {
                env: {
                    ...process.env,
                    PATH: pulumi.path,
                    ...(rds === undefined ? {} : { AWS_ENDPOINT_URL: rds.url }),
                    // The SDK announces Node versions that it will not support one day.
                    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
                    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
                    AWS_SECRET_ACCESS_KEY: "example",
                },
                stdio: ["ignore", "pipe", "pipe"],
            },
        );
        const heard = { stdout: "", stderr: "" };
        child.stdout.on("data", (data: Buffer) => (heard.stdout += data.toString()));
        child.stderr.on("data", (data: Buffer) => (heard.stderr += data.toString()));
        const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
        return { child, heard, ended };
    }

    async function run(...args: readonly string[]) {
        const { ended, heard } = start(args);
        return { status: await ended, ...heard };
    }

    const operations = (): readonly string[] =>
        pulumi.lines().flatMap((line) => {
            const found = /^(?<verb>up|destroy|preview) .*--stack (?<stack>\S+)/.exec(line);
            return found === null ? [] : [`${found.groups?.["verb"] ?? ""} ${found.groups?.["stack"] ?? ""}`];
        });

    it("update everything, the global stack last", async () => {
        prepare({ "prod-us": { ...MADE, changes: { update: 3 } } });
        const { status, stderr, stdout } = await run("up", "--yes");
        expect(stderr).to.equal("");
        expect(status).to.equal(0);
        expect(stdout).to.match(/\n {2}prod-us {6}done in .*: 3 updated\n/);
        expect(operations().slice(0, 2)).to.have.members(["up prod-us", "up prod-eu"]);
        expect(operations()[2]).to.equal("up prod-global");
    });

    it("preview, and say what is due", async () => {
        prepare({ "prod-us": { ...MADE, outputs: { url: "new" }, changes: { create: 1 } } });
        const { status, stdout } = await run("preview");
        expect(status).to.equal(0);
        expect(stdout).to.match(/prod-us {6}done in .*: 1 to create\n/);
        expect(stdout).to.contain("An update of prod-global is due: npm run up -- prod-global\n");
    });

    it("bring the writer home through RDS, destroy in order, and list what is left", async () => {
        prepare({}, { deletionProtection: "false" });
        rds = await rdsStandIn({
            ...{ writer: EU, members: [US, EU], exists: true },
            snapshots: ["meridian-prod-us-final-1"],
        });
        const { status, stderr, stdout } = await run("destroy", "--yes");
        expect(stderr).to.equal("");
        expect(status).to.equal(0);
        expect(rds.calls.slice(0, 4)).to.deep.equal([
            "DescribeGlobalClusters in us-east-1",
            "DescribeGlobalClusters in us-east-1",
            "SwitchoverGlobalCluster in eu-central-1",
            "DescribeGlobalClusters in us-east-1",
        ]);
        expect(rds.state.writer).to.equal(US);
        expect(operations()[0]).to.equal("destroy prod-global");
        expect(operations().slice(1)).to.have.members(["destroy prod-us", "destroy prod-eu"]);
        expect(stdout).to.contain("us-east-1: snapshot meridian-prod-us-final-1\n");
        expect(stdout).to.contain("automated backups of meridian-prod-eu (cluster-1)\n");
    });

    it("refuse to destroy with a login for which the database does not exist", async () => {
        prepare({}, { deletionProtection: "false" });
        rds = await rdsStandIn({ writer: US, members: [], exists: false, snapshots: [] });
        const { status, stderr } = await run("destroy", "--yes");
        expect(status).to.equal(1);
        expect(stderr).to.match(/^refused: the global stack's state has the global database meridian-prod/);
        expect(operations()).to.deep.equal([]);
    });

    it("stop on a signal, with Pulumi told and the journal intact, and go on when called again", async () => {
        prepare({ "prod-us": { ...MADE, hangs: true } });
        const { child, ended, heard } = start(["up", "--yes"]);
        const log = path.join(projectDir, ".meridian", "logs", "up-prod-us.log");
        await until(
            () =>
                fs.existsSync(log) &&
                fs.readFileSync(log, "utf8") !== "" &&
                /prod-eu +done/.test(heard.stdout),
        );
        child.kill("SIGTERM");
        expect(await ended).to.equal(1);
        expect(heard.stdout).to.contain("SIGTERM: prod-us is still running; waiting for Pulumi to end.");
        expect(fs.readFileSync(log, "utf8")).to.contain("error: up canceled");
        pulumi.set("prod-us", MADE);
        const again = await run("up", "--yes");
        expect(again.status).to.equal(0);
        expect(again.stdout).to.contain("prod-eu (already done)");
        expect(operations().filter((operation) => operation === "up prod-eu")).to.have.length(1);
    });

    it("go on after a kill that nobody could catch", async () => {
        prepare({ "prod-us": { ...MADE, hangs: true } });
        const { child, ended, heard } = start(["up", "--yes"]);
        const log = path.join(projectDir, ".meridian", "logs", "up-prod-us.log");
        await until(
            () =>
                fs.existsSync(log) &&
                fs.readFileSync(log, "utf8") !== "" &&
                /prod-eu +done/.test(heard.stdout),
        );
        child.kill("SIGKILL");
        await ended;
        pulumi.set("prod-us", MADE);
        const again = await run("up", "--yes");
        expect(again.status).to.equal(0);
        expect(again.stdout).to.contain("prod-us was interrupted: it is begun again");
        expect(operations().filter((operation) => operation === "up prod-eu")).to.have.length(1);
        // The stand-in outlives its parent, as Pulumi would.
        for (const pid of pulumi.pids()) {
            killIfAlive(pid);
        }
    });

    it("answer a wrong call without loading Pulumi", async () => {
        prepare({});
        const { status, stderr } = await run("up", "prod-uk");
        expect(status).to.equal(2);
        expect(stderr).to.match(
            /^There is no stack prod-uk: the stacks are prod-eu, prod-us, prod-global\. Did you mean prod-us\?\n/,
        );
        expect(pulumi.lines()).to.deep.equal([]);
    });
});

async function until(isSo: () => boolean): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!isSo()) {
        if (Date.now() > deadline) {
            throw new Error("waited a minute in vain");
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

function killIfAlive(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch (error) {
        expect(error).to.have.property("code", "ESRCH");
    }
}
