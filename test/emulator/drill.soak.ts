/**
 * `npm run test:emulator -- --soak`: kills, trouble on the line and two operators, at random from a seed, until the time
 * is up. Whatever happened, the drill is run again at the end, and must end as a run that nothing disturbed.
 */
import { expect } from "chai";
import { hostname } from "node:os";
import { join } from "node:path";
import { SimulatedDeath } from "../../tools/drill/engine/runner";
import { errorAnswer, type Rule } from "../support/emulator/gate";
import { type Kill, type Round, showRound, soakPlan, type Trouble } from "../support/emulator/soakPlan";
import { type CallOptions, EmulatedWorld, REGIONS, type Result } from "../support/emulator/world";

const seed = Number(process.env["MERIDIAN_SOAK_SEED"]);
const seconds = Number(process.env["MERIDIAN_SOAK_SECONDS"]);

/** Nothing of a round is waited for longer. */
const ROUND_SECONDS = 120;

/** Enough for calls that are answered, and soon enough for those of a lost region that are not. */
const ATTEMPTS = 2;

const ARGV: Readonly<Record<Round["verb"], readonly string[]>> = {
    switchover: ["switchover", "--to", "eu", "--yes"],
    failover: ["failover", "--to", "eu", "--accept-data-loss", "--yes"],
    failback: ["failback", "--yes"],
    "restore-test": ["restore-test", "--yes"],
};

/** The same machine as that of a process that is killed. */
const OWN: CallOptions = { host: hostname(), attempts: ATTEMPTS };

const LEE: CallOptions = { operator: "lee", host: "desk", attempts: ATTEMPTS };

/** A world before a round, and how often the writer has moved in it since. */
async function worldFor(
    round: Round,
): Promise<{ readonly world: EmulatedWorld; readonly moves: () => number }> {
    const world = await EmulatedWorld.create();
    if (round.verb === "failback") {
        await world.moveToEu();
    }
    world.standIns.switchMilliseconds = round.switchMilliseconds;
    world.standIns.cancels = round.isCancelled ? 1 : 0;
    let moves = 0;
    const { onSwitch } = world.standIns;
    world.standIns.onSwitch = (moment, planned) => {
        moves += moment === "done" ? 1 : 0;
        onSwitch(moment, planned);
    };
    if (round.verb === "failover") {
        world.lose("us");
    }
    return { world, moves: () => moves };
}

/** What does not depend on how often a run was interrupted. Fleets may have been asked for before a kill was told of. */
function compared(verb: Round["verb"], snapshot: unknown): string {
    const text = JSON.stringify(snapshot);
    return verb === "failover" ? text.replaceAll(/"(web|api)-(us|eu)",\d+,\d+/g, "") : text;
}

const wholes = new Map<Round["verb"], string>();

/** The end of a run that nothing disturbs. */
async function wholeRun(disturbedRound: Round): Promise<string> {
    const round = { ...disturbedRound, isCancelled: false };
    const known = wholes.get(round.verb);
    if (known !== undefined) {
        return known;
    }
    const { world } = await worldFor(round);
    try {
        const { status, stderr, stdout } = await world.call(ARGV[round.verb], OWN);
        expect(status, stdout + stderr).to.equal(0);
        const end = compared(round.verb, await world.snapshot());
        wholes.set(round.verb, end);
        return end;
    } finally {
        await world.dispose();
    }
}

/** Makes trouble at calls, counted from now. Ends it when it is called. */
function trouble(world: EmulatedWorld, troubles: readonly Trouble[]): () => void {
    let count = 0;
    const rule: Rule = async (call, forward) => {
        count += 1;
        const kind = troubles.find((other) => other.call === count)?.kind;
        switch (kind) {
            case "throttled":
                return errorAnswer(call, 400, "ThrottlingException", "Rate exceeded");
            case "unavailable":
                return errorAnswer(call, 503, "ServiceUnavailable", "try again");
            case "cut after it was heard":
                await forward();
                return "cut";
            case "cut":
                return "cut";
            case undefined:
                return undefined;
        }
    };
    world.gate.rules.unshift(rule);
    return () => {
        world.gate.rules.splice(world.gate.rules.indexOf(rule), 1);
    };
}

/** Runs until the kill, or to the end where that comes first. */
async function killedRun(world: EmulatedWorld, argv: readonly string[], kill: Kill): Promise<void> {
    if (kill.by === "process") {
        await killedProcess(world, argv, kill);
        return;
    }
    let count = 0;
    const die = (): void => {
        count += 1;
        if (count === kill.at) {
            throw new SimulatedDeath();
        }
    };
    const result = await world.call(argv, { ...OWN, checkpoint: die }).catch((error: unknown) => {
        expect(error).to.be.instanceOf(SimulatedDeath);
    });
    if (result !== undefined) {
        expectWords(result);
    }
}

async function killedProcess(world: EmulatedWorld, argv: readonly string[], kill: Kill): Promise<void> {
    let count = 0;
    const { child, ended } = world.spawn(argv);
    const rule: Rule = async (_call, forward) => {
        count += 1;
        if (count !== kill.at) {
            return undefined;
        }
        if (kill.isHeard) {
            await forward();
        }
        child.kill("SIGKILL");
        return "hang";
    };
    world.gate.rules.unshift(rule);
    expectWords(await ended);
    world.gate.rules.splice(world.gate.rules.indexOf(rule), 1);
}

/** Whatever goes wrong is said in words, and not by a stack. */
function expectWords({ stderr, stdout }: Result): void {
    expect(stdout + stderr).not.to.match(/^ {4}at /m);
}

async function disturbed(world: EmulatedWorld, round: Round): Promise<void> {
    const argv = ARGV[round.verb];
    const endTrouble = trouble(world, round.troubles);
    try {
        for (const kill of round.kills) {
            await killedRun(world, argv, kill);
        }
        if (round.other === "a second one") {
            const both = await Promise.all([
                world.call(argv, OWN),
                world.call(argv, { ...LEE, stateDirectory: join(world.directory, "lee") }),
            ]);
            both.forEach(expectWords);
        }
    } finally {
        endTrouble();
    }
}

/** Runs it again with nothing in the way, as whoever is to finish it. */
async function finished(world: EmulatedWorld, round: Round): Promise<void> {
    const elsewhere = round.other === "another machine";
    const options = elsewhere ? { ...LEE, stateDirectory: join(world.directory, "lee") } : OWN;
    // The first one may have been refused by what is no more; and a lock may be of either.
    const argv = round.other === "nobody" ? ARGV[round.verb] : [...ARGV[round.verb], "--break-lock"];
    let { status, stderr, stdout } = await world.call(argv, options);
    if (stdout.includes("AWS has cancelled the change of the writer")) {
        expect(status).to.equal(1);
        ({ status, stderr, stdout } = await world.call(argv, options));
    }
    expect(status, stdout + stderr).to.equal(0);
}

async function play(round: Round): Promise<void> {
    const whole = await wholeRun(round);
    const { moves, world } = await worldFor(round);
    try {
        await disturbed(world, round);
        await finished(world, round);
        expect(compared(round.verb, await world.snapshot())).to.equal(whole);
        const asked = round.verb === "restore-test" ? 0 : 1;
        expect(moves(), "changes of the writer, those that AWS cancelled among them").to.equal(
            asked === 1 && round.isCancelled ? 2 : asked,
        );
        for (const key of ["us", "eu"] as const) {
            if (!world.gate.unreachable.has(REGIONS[key])) {
                expect(await world.holder(key)).to.equal(undefined);
            }
        }
    } finally {
        await world.dispose();
    }
}

describe(`a soak of the drill, seed ${seed}`, function () {
    this.timeout((seconds + 2 * ROUND_SECONDS) * 1000);

    it(`ends every round as a run that nothing disturbed, for ${seconds} s`, async () => {
        const until = Date.now() + seconds * 1000;
        let number = 0;
        for (const round of soakPlan(seed)) {
            if (Date.now() >= until) {
                break;
            }
            number += 1;
            process.stdout.write(`    round ${number}: ${showRound(round)}\n`);
            try {
                await play(round);
            } catch (error) {
                throw new Error(`round ${number} of seed ${seed} (${showRound(round)})`, { cause: error });
            }
        }
        process.stdout.write(`    ${number} rounds\n`);
        expect(number).to.be.greaterThan(0);
    });
});
