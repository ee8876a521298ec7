/** One bad file, or a disk that takes no more, stops neither a failover nor a look at the state of things. */
import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import {
    appendFileSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    truncateSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Journal } from "../../../tools/drill/engine/journal";
import { fileJournalStore } from "../../../tools/drill/engine/journalStore";
import { Bench, phases, type Result } from "../../support/drill/commands";
import { fullFor, noSpace, onDisk } from "../../support/drill/disk";
import { FakeClock } from "../../support/drill/fakeClock";

const FAILOVER = ["failover", "--to", "eu", "--accept-data-loss", "--yes"];
const SWITCHOVER = ["switchover", "--to", "eu", "--yes"];

let bench: Bench;
beforeEach(() => {
    bench = new Bench();
});
afterEach(() => {
    bench.dispose();
});

function journalFile(id: string): string {
    mkdirSync(join(bench.directory, "journal"), { recursive: true });
    return join(bench.directory, "journal", `${id}.jsonl`);
}

/** As if it had been lying there for a while: a run may be writing its first line just now. */
function fromYesterday(file: string): void {
    const then = Date.now() / 1000 - 86_400;
    utimesSync(file, then, then);
}

const opened = (id: string, changes: Record<string, unknown> = {}): string =>
    JSON.stringify({
        kind: "opened",
        at: "2026-02-01T12:00:00.000Z",
        id,
        verb: "switchover",
        environment: "prod",
        params: { from: "us", to: "eu" },
        operator: { name: "kim", host: "laptop", pid: 1 },
        ...changes,
    });
const closed = JSON.stringify({ kind: "closed", at: "2026-02-01T12:10:00.000Z", outcome: "done" });

interface BadJournal {
    readonly what: string;
    readonly make: (file: string) => void;
    /** What is said of it. */
    readonly says: string;
    /** Whether it is out of the way afterwards. */
    readonly isAside: boolean;
}

const BAD_JOURNALS: readonly BadJournal[] = [
    {
        what: "a damaged line in a journal that is closed",
        make: (file) => {
            writeFileSync(file, `${opened("old")}\noops\n${closed}\n`);
        },
        says: "its line 2 cannot be read",
        isAside: true,
    },
    {
        what: "a line that is JSON and no line of a journal",
        make: (file) => {
            writeFileSync(file, `${opened("old")}\nnull\n${closed}\n`);
        },
        says: "its line 2 cannot be read",
        isAside: true,
    },
    {
        what: "a torn first line",
        make: (file) => {
            writeFileSync(file, '{"kind":"ope');
            fromYesterday(file);
        },
        says: "its first line is torn or missing",
        isAside: true,
    },
    {
        what: "a first line that was lost",
        make: (file) => {
            writeFileSync(file, `${closed}\n`);
        },
        says: "its first line is torn or missing",
        isAside: true,
    },
    {
        what: "a folder that is named like a journal",
        make: (file) => {
            mkdirSync(file);
        },
        says: "EISDIR",
        isAside: true,
    },
    {
        what: "a journal that an editor has saved with a mark in front",
        make: (file) => {
            writeFileSync(file, `\ufeff${opened("old")}\n`);
            fromYesterday(file);
        },
        says: "its first line is torn or missing",
        isAside: true,
    },
    {
        what: "a journal in UTF-16",
        make: (file) => {
            writeFileSync(file, Buffer.from(`${opened("old")}\n${closed}\n`, "utf16le"));
            fromYesterday(file);
        },
        says: "its line 1 cannot be read",
        isAside: true,
    },
    {
        what: "zeros where a power cut left them, in the middle",
        make: (file) => {
            writeFileSync(file, `${opened("old")}\n${"\0".repeat(512)}\n${closed}\n`);
        },
        says: "its line 2 cannot be read",
        isAside: true,
    },
    {
        what: "nothing but zeros",
        make: (file) => {
            writeFileSync(file, "\0".repeat(4096));
            fromYesterday(file);
        },
        says: "its first line is torn or missing",
        isAside: true,
    },
    {
        what: "a step at a time that is none",
        make: (file) => {
            const step = { kind: "step", at: "yesterday", step: "guard", state: "started" };
            writeFileSync(
                file,
                `${opened("old", { verb: "failover" })}\n${JSON.stringify(step)}\n${closed.replace("closed", "note")}\n`,
            );
        },
        says: "its line 2 cannot be read",
        isAside: true,
    },
    {
        what: "a copy of another run's journal",
        make: (file) => {
            writeFileSync(file, `${opened("failover-20260201t120000000z", { verb: "failover" })}\n`);
        },
        says: "its first line is of the run failover-20260201t120000000z",
        isAside: true,
    },
    {
        what: "a pipe, which never ends",
        make: (file) => {
            execFileSync("mkfifo", [file]);
        },
        says: "it is no file",
        isAside: false,
    },
    {
        what: "a journal that is larger than any",
        make: (file) => {
            writeFileSync(file, `${opened("old")}\n`);
            truncateSync(file, 2 ** 27);
        },
        says: "it has 134217728 bytes, and no journal has more than",
        isAside: false,
    },
    {
        what: "a link to nothing",
        make: (file) => {
            symlinkSync("nothing", file);
        },
        says: "ENOENT",
        isAside: false,
    },
    {
        what: "a journal that cannot be read",
        make: (file) => {
            symlinkSync(file, file);
        },
        says: "ELOOP",
        isAside: false,
    },
];

describe("a bad journal", () => {
    for (const { isAside, make, says, what } of BAD_JOURNALS) {
        it(`stops nothing: ${what}`, async () => {
            make(journalFile("old"));
            const status = await bench.call(["status"]);
            expect(status.status, status.stderr).to.equal(0);
            expect(status.stdout).to.contain("WARNING: the journal old ").and.to.contain(says);
            expect(readdirSync(join(bench.directory, "journal")).includes("old.jsonl")).to.equal(!isAside);
            bench.world.lose("us");
            const { status: failed, stdout } = await bench.call(FAILOVER);
            expect(failed, stdout).to.equal(0);
            expect(stdout.includes("WARNING: the journal old"), "it is said once").to.equal(!isAside);
            expect(bench.world.writer).to.equal("eu");
        });
    }

    const strange: readonly (readonly [
        string,
        Record<string, unknown>,
        Record<string, unknown>[],
        RegExp,
    ])[] = [
        ["that does not say who wrote", { params: { to: "eu" } }, [], /no region undefined among us, eu/],
        [
            "of a region that is no more",
            { params: { from: "mars", to: "eu" } },
            [],
            /no region mars among us, eu/,
        ],
        [
            "whose facts are none of this tool's",
            {},
            ["warnings", "target-fleets", "target-capacity", "takes-over", "primary-is-lost"].map((key) => ({
                kind: "fact",
                at: "2026-02-01T12:00:00.000Z",
                key,
                value: 5,
            })),
            /Going on with failover to eu/,
        ],
    ];
    for (const [what, changes, lines, says] of strange) {
        it(`stops no failover: one of an interrupted failover ${what}`, async () => {
            const first = opened("old", { verb: "failover", ...changes });
            writeFileSync(
                journalFile("old"),
                [first, ...lines.map((line) => JSON.stringify(line)), ""].join("\n"),
            );
            expect((await bench.call(["status"])).status).to.equal(0);
            bench.world.lose("us");
            const { status, stdout } = await bench.call(FAILOVER);
            expect(status, stdout).to.equal(0);
            expect(stdout).to.match(says);
            expect(bench.world.writer).to.equal("eu");
            expect(
                (await bench.call(["failover", "--rollback"])).stderr,
                "it is given up, or done",
            ).to.contain("there is no unfinished run of failover");
        });
    }

    it("keeps a planned change from beginning when it is of an interrupted one that cannot be gone on with", async () => {
        writeFileSync(journalFile("old"), `${opened("old", { params: { from: "mars", to: "eu" } })}\n`);
        const { status, stderr, stdout } = await bench.call(SWITCHOVER);
        expect(status).to.equal(1);
        expect(stdout).to.contain("WARNING: the unfinished run old cannot be gone on with: no region mars");
        expect(stderr).to.contain("old is unfinished since").and.to.contain("--fresh");
        expect((await bench.call([...SWITCHOVER, "--fresh"])).status).to.equal(0);
    });

    it("is set aside under a name of its own", async () => {
        for (const name of ["old.jsonl.damaged", "old.jsonl.damaged-2"]) {
            mkdirSync(journalFile("old"));
            expect((await bench.call(["status"])).stdout).to.contain(
                `is set aside as ${join(bench.directory, "journal", name)}`,
            );
        }
    });

    it("says so when it may be of a run that was interrupted", async () => {
        writeFileSync(journalFile("old"), `${opened("old")}\noops\n{"kind":"note","at":"x","text":"y"}\n`);
        expect((await bench.call(["status"])).stdout).to.contain(
            "It may be of a run that was interrupted: what that changed, `npm run drill -- status` shows.",
        );
    });

    it("is left alone while its first line may still be on the way", async () => {
        writeFileSync(journalFile("failover-1"), '{"kind":"ope');
        expect((await bench.call(["status"])).stdout).not.to.contain("WARNING");
        expect(readdirSync(join(bench.directory, "journal"))).to.include("failover-1.jsonl");
    });

    it("stops nothing when it is the directory of journals", async () => {
        writeFileSync(join(bench.directory, "journal"), "");
        bench.world.lose("us");
        const { status, stdout } = await bench.call(FAILOVER);
        expect(status, stdout).to.equal(0);
        expect(stdout)
            .to.contain("so nothing is known of earlier runs")
            .and.to.contain("its journal in memory");
        expect(bench.world.writer).to.equal("eu");
    });
});

describe("other bad files", () => {
    const cache = (): string => join(bench.directory, "topology-prod.json");
    const copy = (): string => join(bench.directory, "topology-prod.copy.json");

    async function afterQuietTimes(): Promise<void> {
        expect((await bench.call(["status"])).status).to.equal(0);
        bench.backendFails = true;
    }

    it("a truncated topology: its copy is taken", async () => {
        await afterQuietTimes();
        writeFileSync(cache(), readFileSync(cache(), "utf8").slice(0, 100));
        bench.world.lose("us");
        const { status, stdout } = await bench.call(FAILOVER);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain(`WARNING: ${cache()} cannot be read`);
        expect(stdout).to.contain(`Taking what the stacks said last, from ${copy()}.`);
    });

    it("a topology that is a folder, even while the stacks answer", async () => {
        mkdirSync(cache());
        const { status, stdout } = await bench.call(["status"]);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain(`WARNING: what the stacks say could not be kept in ${cache()}`);
        bench.backendFails = true;
        expect((await bench.call(["status"])).status).to.equal(0);
    });

    it("no topology that can be used: one clear error, and no stack", async () => {
        await afterQuietTimes();
        writeFileSync(cache(), "{");
        writeFileSync(copy(), "[]");
        const { status, stderr } = await bench.call(FAILOVER);
        expect(status).to.equal(1);
        expect(stderr).to.match(/^error: what was kept of the stacks cannot be used: /);
        expect(stderr).to.contain(cache()).and.to.contain(copy()).and.to.contain("give --topology <file>");
        expect(stderr).not.to.contain("    at ");
    });

    it("settings that cannot be read, on the day that matters", async () => {
        await afterQuietTimes();
        bench.backendFails = false;
        writeFileSync(join(bench.directory, "drill.prod.json"), "{");
        const { status, stdout } = await bench.call(["status"]);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("drill.prod.json cannot be read");
    });

    it("what the probe saw before", async () => {
        mkdirSync(join(bench.directory, "probe"));
        const at = "rehearse-20260301t120000000z";
        mkdirSync(join(bench.directory, "probe", `${at}.jsonl`));
        const { status, stdout } = await bench.call(["rehearse", "--yes", "--parts", "switchover"]);
        expect(status, stdout).to.equal(0);
        expect(stdout.match(/WARNING: what the probe/g)).to.have.length(1);
    });

    it("a lock that tells of a run what is none of this tool's", async () => {
        const head = {
            began: "2026-03-01T11:00:00.000Z",
            params: { from: "us", to: "eu" },
            passed: [],
            steps: {},
            facts: {},
        };
        const strange: Record<string, unknown>[] = [
            { params: {} },
            { params: { from: "mars", to: "eu" } },
            { began: "yesterday" },
            { steps: { guard: 5 } },
            { facts: { "target-fleets": 5, "takes-over": 5, "primary-is-lost": 5 }, warnings: 5 },
        ];
        for (const changes of strange) {
            const own = new Bench();
            try {
                const holder = {
                    journal: "failover-20260301t110000000z",
                    verb: "failover",
                    since: "2026-03-01T11:00:00.000Z",
                    operator: { name: "lee", host: "desk", pid: 7 },
                    head: { ...head, ...changes },
                };
                own.world.at("eu").parameters.set("/meridian/prod/drill/lock", [JSON.stringify(holder)]);
                expect((await own.call(["status"])).status).to.equal(0);
                own.world.lose("us");
                const { status, stderr, stdout } = await own.call([...FAILOVER, "--break-lock"]);
                expect(status, JSON.stringify(changes) + stdout + stderr).to.equal(0);
                expect(own.world.writer).to.equal("eu");
                expect((await own.call(["status"])).stdout).not.to.contain("WARNING");
            } finally {
                own.dispose();
            }
        }
    });

    it("a lock that holds what is no holder", async () => {
        for (const text of [
            "null",
            "[]",
            '{"journal":"x"}',
            '{"journal":"x","verb":"y","since":"z","operator":3}',
        ]) {
            bench.world.at("eu").parameters.set("/meridian/prod/drill/lock", [text]);
            expect((await bench.call(["status"])).status, text).to.equal(0);
        }
        bench.world.lose("us");
        expect((await bench.call(FAILOVER)).status).to.equal(0);
    });
});

describe("a disk that takes no more", () => {
    const everything = fullFor(/./);

    it("stops no failover, which says so, and says all that it would have kept", async () => {
        bench.world.lose("us");
        const { status, stdout } = await onDisk(everything, () => bench.call(FAILOVER));
        expect(status, stdout).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
        expect(stdout.match(/WARNING: the journal \S+ cannot be written/g)).to.have.length(1);
        expect(stdout).to.contain("ENOSPC: no space left on device");
        expect(stdout).to.contain("# failover to eu (prod): PASS");
        expect(stdout).to.contain("WARNING: the report could not be kept in");
        expect(bench.world.holder("eu-central-1")).to.equal(undefined);
    });

    it("stops no status", async () => {
        const { status, stdout } = await onDisk(everything, () => bench.call(["status"]));
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("Verdict: READY");
    });

    it("stops no failover where there cannot be a directory", async () => {
        bench.world.lose("us");
        const file = join(bench.directory, "file");
        writeFileSync(file, "");
        const { status, stdout } = await bench.call(FAILOVER, { stateDirectory: join(file, "state") });
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("ENOTDIR");
    });

    it("at the report makes no failure of a success, and the report is printed", async () => {
        const { status, stdout } = await onDisk(fullFor(/reports/), () => bench.call(SWITCHOVER));
        expect(status).to.equal(0);
        expect(stdout).to.contain("# switchover to eu (prod): PASS");
        expect(stdout.match(/WARNING: the report could not be kept in \S+: ENOSPC/g)).to.have.length(2);
        expect(readdirSync(join(bench.directory, "reports"))).to.deep.equal([]);
        const json = await onDisk(fullFor(/reports/), () => bench.call(["failback", "--yes", "--json"]));
        expect(json.status).to.equal(0);
        expect(JSON.parse(json.stdout)).to.include({ verb: "failback", outcome: "done" });
    });

    it("at the last line of the journal makes no failure of a success either", async () => {
        let isOver = false;
        const { status, stdout } = await onDisk(
            (length) => {
                if (isOver) {
                    throw noSpace();
                }
                return length;
            },
            () =>
                bench.call(SWITCHOVER, {
                    checkpoint: (step) => {
                        isOver ||= step === "release";
                    },
                }),
        );
        expect(status, stdout).to.equal(0);
        expect((await bench.call(SWITCHOVER)).status).to.equal(0);
    });

    it("keeps a planned change from beginning", async () => {
        const before = bench.world.snapshot();
        const { status, stderr } = await onDisk(fullFor(/journal/), () => bench.call(SWITCHOVER));
        expect(status).to.equal(1);
        expect(stderr).to.match(/^error: the journal switchover-\w+ cannot be written to \S+: ENOSPC/);
        expect(stderr).to.contain("--state-dir");
        expect(bench.world.snapshot()).to.deep.equal(before);
    });

    /** The disk is full from a moment on. */
    function fullFrom(argv: readonly string[], step: string, moment: string): Promise<Result> {
        let isFull = false;
        return onDisk(
            (length, file) => {
                if (isFull && file.includes("journal")) {
                    throw noSpace();
                }
                return length;
            },
            () =>
                bench.call(argv, {
                    checkpoint: (at, when) => {
                        isFull ||= at === step && when === moment;
                    },
                }),
        );
    }

    it("stops a planned change before its switch, and lets it go on when there is room again", async () => {
        const { status } = await fullFrom(SWITCHOVER, "scale-target-database", "effected");
        expect(status).to.equal(1);
        expect(bench.report()).to.include({ outcome: "halfway" });
        expect(bench.world.writer).to.equal("us");
        const again = await bench.call(SWITCHOVER);
        expect(again.status, again.stdout).to.equal(0);
        expect(again.stdout).to.contain("Going on with switchover to eu");
    });

    it("stops nothing behind the switch, where the way is forward", async () => {
        const { status, stdout } = await fullFrom(SWITCHOVER, "wait-switched", "started");
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("with its journal in memory");
        expect(bench.world.cluster("us").capacity.min).to.equal(4);
    });

    it("does not keep a restored copy alive", async () => {
        const before = bench.world.snapshot();
        const { status } = await fullFrom(["restore-test"], "start-restore", "effected");
        expect(status).to.equal(1);
        expect(phases(bench.report())).to.include("destroy: done");
        expect(bench.world.snapshot()).to.deep.equal(before);
    });

    it("writes all that was missing when it has room again", async () => {
        bench.world.lose("us");
        let writes = 0;
        const { status, stdout } = await onDisk(
            (length, file) => {
                writes += file.includes("journal") ? 1 : 0;
                if (file.includes("journal") && writes > 3 && writes < 9) {
                    throw noSpace();
                }
                return length;
            },
            () => bench.call(FAILOVER),
        );
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("is written again, with all that was missing");
        const kinds = bench.journals().map(({ kind }) => kind);
        expect([kinds[0], kinds.at(-1)]).to.deep.equal(["opened", "closed"]);
        expect(
            bench.journals().filter(({ state, step }) => step === "guard" && state === "done"),
        ).to.have.length(1);
    });

    it("lets the next failover go on from what lies beside the lock, when the process is gone as well", async () => {
        bench.world.lose("us");
        const dead = { name: "kim", host: "laptop", pid: 2 ** 30 };
        await onDisk(everything, () => bench.dieAt(FAILOVER, "wait-switched", "started", { operator: dead }));
        const { status, stdout } = await bench.call(FAILOVER);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("Going on with failover to eu");
        expect(bench.world.cluster("eu").capacity.min).to.equal(8);
        expect(bench.world.holder("eu-central-1")).to.equal(undefined);
    });
});

describe("a line of a journal", () => {
    const clock = new FakeClock();
    const begin = (): Journal =>
        Journal.begin(fileJournalStore(join(bench.directory, "journal")), clock, {
            verb: "switchover",
            environment: "prod",
            params: {},
            operator: { name: "kim", host: "laptop", pid: 1 },
        });

    it("is whole when the system takes less at a time than it was given", async () => {
        await onDisk(
            (length) => Math.min(length, 7),
            () => {
                const journal = begin();
                journal.step("switch-over", "started", "é".repeat(20));
            },
        );
        const [, line] = bench.journals();
        expect(line).to.deep.include({ step: "switch-over", detail: "é".repeat(20) });
    });

    it("is there whole or not at all: a resumed run must not forget that the switch was begun", async () => {
        const journal = begin();
        const file = journalFile(journal.id);
        const { size } = statSync(file);
        let room = 30;
        await onDisk(
            (length) => {
                if (room === 0) {
                    throw noSpace();
                }
                const taken = Math.min(room, length);
                room -= taken;
                return taken;
            },
            () => {
                expect(() => {
                    journal.step("switch-over", "started");
                }).to.throw("cannot be written");
            },
        );
        expect(statSync(file).size).to.equal(size);
        journal.note("room again");
        const states = bench.journals().map(({ kind, step }) => step ?? kind);
        expect(states).to.deep.equal(["opened", "switch-over", "note"]);
    });

    it("is taken back where the kernel itself takes half of it", function () {
        const folder = mkdtempSync(join(tmpdir(), "meridian-limit-"));
        try {
            const file = join(folder, "journal.jsonl");
            appendFileSync(file, `${"x".repeat(899)}\n`);
            const script =
                `const { appendDurably } = require("./tools/shared/durableFile.ts");` +
                `try { appendDurably(${JSON.stringify(file)}, "y".repeat(300) + "\\n"); }` +
                `catch (error) { process.stdout.write(error.code); }`;
            // One block of 1024 bytes: of the 301 that are to be written, 124 fit.
            const { stderr, stdout } = spawnSync(
                "bash",
                ["-c", 'ulimit -f 1; exec "$0" --require=tsx/cjs -e "$1"', process.execPath, script],
                {
                    cwd: resolve(__dirname, "../../.."),
                    encoding: "utf8",
                    env: { ...process.env, TSX_DISABLE_CACHE: "1" },
                },
            );
            expect(stdout, stderr).to.equal("EFBIG");
            expect(readFileSync(file, "utf8")).to.equal(`${"x".repeat(899)}\n`);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
