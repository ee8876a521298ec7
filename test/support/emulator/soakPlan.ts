/** What a soak does, round by round: the same for the same seed. */
import fc from "fast-check";

/** What becomes of a call. */
export type TroubleKind = "throttled" | "unavailable" | "cut" | "cut after it was heard";

/** Trouble on the line. */
export interface Trouble {
    /** Which call, from the first of the round. */
    readonly call: number;
    readonly kind: TroubleKind;
}

/** How a process of the drill ends before it is done. */
export interface Kill {
    /** `step`: between two moments of a step. `process`: SIGKILL while a call is on its way. */
    readonly by: "process" | "step";
    /** At which moment, or which call, from the first of this process. */
    readonly at: number;
    /** Whether AWS has heard of the call that was on its way. */
    readonly isHeard: boolean;
}

/** One round, in a world of its own. */
export interface Round {
    readonly verb: "failback" | "failover" | "restore-test" | "switchover";
    readonly troubles: readonly Trouble[];
    readonly kills: readonly Kill[];
    /**
     * Who else is at it.
     *
     * - `nobody`: the same operator goes on.
     * - `a second one`: begins at the same moment, from another machine.
     * - `another machine`: goes on with what the first one left, with `--break-lock`.
     */
    readonly other: "a second one" | "another machine" | "nobody";
    /** Milliseconds that AWS takes for a change of the writer. */
    readonly switchMilliseconds: number;
    /** Whether AWS cancels the first change of the writer that it is asked for. */
    readonly isCancelled: boolean;
}

/** More than are played in any time that is allowed. */
const MOST_ROUNDS = 2000;

const TROUBLES: readonly TroubleKind[] = ["throttled", "unavailable", "cut", "cut after it was heard"];

const round: fc.Arbitrary<Round> = fc.record({
    verb: fc.constantFrom("switchover", "failover", "failback", "restore-test"),
    troubles: fc.array(
        fc.record({ call: fc.integer({ min: 1, max: 80 }), kind: fc.constantFrom(...TROUBLES) }),
        { maxLength: 8 },
    ),
    kills: fc.array(
        fc.record({
            by: fc.constantFrom("step", "step", "step", "process"),
            at: fc.integer({ min: 1, max: 24 }),
            isHeard: fc.boolean(),
        }),
        { maxLength: 3 },
    ),
    other: fc.constantFrom("nobody", "a second one", "another machine"),
    switchMilliseconds: fc.integer({ min: 20, max: 400 }),
    isCancelled: fc.constantFrom(false, false, true),
});

/** The rounds of a seed. */
export function soakPlan(seed: number): readonly Round[] {
    return fc.sample(round, { seed, numRuns: MOST_ROUNDS });
}

/** A round in a line. */
export function showRound({ isCancelled, kills, other, troubles, verb }: Round): string {
    const killed = kills.map(({ at, by, isHeard }) =>
        by === "step" ? `at moment ${at}` : `at call ${at}${isHeard ? ", heard" : ""}`,
    );
    const trouble = troubles.map(({ call, kind }) => `call ${call} ${kind}`);
    return [
        verb,
        `with ${other}`,
        ...(isCancelled ? ["cancelled by AWS"] : []),
        ...(killed.length === 0 ? [] : [`killed ${killed.join(" and ")}`]),
        ...trouble,
    ].join(", ");
}
