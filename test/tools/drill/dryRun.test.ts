/** Every verb has a dry run: it makes the checks that can be made now, says the rest, and changes nothing. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { VERBS } from "../../../tools/drill/cli/args";
import { afterFailover, Bench } from "../../support/drill/commands";

const CALLS: readonly (readonly [verb: string, argv: readonly string[], given?: (bench: Bench) => void])[] = [
    ["switchover", ["--to", "eu"]],
    [
        "failover",
        ["--to", "eu", "--accept-data-loss"],
        ({ world }) => {
            world.lose("us");
        },
    ],
    ["switchover", ["--to", "eu", "--by-plan"]],
    [
        "failover",
        ["--to", "eu", "--accept-data-loss", "--by-plan"],
        ({ world }) => {
            world.lose("us");
        },
    ],
    [
        "failback",
        [],
        ({ world }) => {
            world.writer = "eu";
        },
    ],
    ["rehearse", []],
    ["rehearse", ["--parts", "switchover,failback,failover,restore"]],
    ["rehearse", ["--parts", "failover"]],
    ["restore-test", []],
    ["restore-test", ["--resource", "DynamoDB"]],
    ["restore-test", ["--from=code", "--set=domainName=d.example.com", "--set=hostedZoneId=Z1"]],
    ["missing", [], afterFailover],
    ["upgrade", ["--to-version", "18.7"]],
    ["upgrade", ["--to-version", "19.1", "--allow-major"]],
    ["status", []],
    ["traffic", ["--region", "us", "--off"]],
];

describe("a dry run", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    it("is there for every verb", () => {
        expect([...new Set(CALLS.map(([verb]) => verb))].sort()).to.deep.equal([...VERBS].sort());
    });

    for (const [verb, argv, given] of CALLS) {
        it(`of ${[verb, ...argv].join(" ")} changes nothing, asks nobody, and passes when all is well`, async () => {
            given?.(bench);
            const before = bench.world.snapshot();
            const commands: string[] = [];
            Object.assign(bench.world, { command: (words: string[]) => commands.push(words.join(" ")) });
            const { status, stderr, stdout } = await bench.call([verb, ...argv, "--dry-run"]);
            expect(status, stdout + stderr).to.equal(0);
            expect(bench.world.snapshot()).to.deep.equal(before);
            expect(bench.world.calls.filter((call) => !/ (Describe|Get|List)/.test(call))).to.deep.equal([]);
            expect([commands, [...bench.stacks], bench.world.markers]).to.deep.equal([[], [], []]);
            expect(existsSync(join(bench.directory, "journal")), "a journal").to.equal(false);
            if (!["status", "traffic"].includes(verb)) {
                const { phases } = bench.report();
                expect(phases.length).to.be.greaterThan(3);
                for (const { id, state } of phases) {
                    expect(["done", "would do", "would skip"], id).to.include(state);
                }
                expect(phases.some(({ state }) => state === "done")).to.equal(true);
            }
        });
    }

    it("of a failover writes no marker to see whether the primary is well", async () => {
        const { status, stdout } = await bench.call([
            "failover",
            "--to=eu",
            "--accept-data-loss",
            "--dry-run",
        ]);
        expect(status).to.equal(1);
        expect(stdout).to.contain("us is green as seen from outside, and not red");
        expect(stdout).to.contain("no write is tried in a dry run");
        expect(bench.world.markers).to.deep.equal([]);
    });

    it("of a rehearsal makes the checks that can be made now, and describes those of later parts", async () => {
        const parts = ["--parts", "switchover,failback,failover,restore"];
        await bench.call(["rehearse", "--dry-run", ...parts]);
        const states = Object.fromEntries(bench.report().phases.map(({ id, state }) => [id, state]));
        expect(states).to.include({
            "switchover/preflight": "done",
            "failback/preflight": "would do",
            "failover/guard": "would do",
            "failover/return/preflight": "would do",
            "restore/choose-point": "done",
        });
        bench.world.cluster("eu").status = "maintenance";
        expect((await bench.call(["rehearse", "--dry-run", ...parts])).status).to.equal(1);
    });
});
