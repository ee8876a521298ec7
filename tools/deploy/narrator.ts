/** What a deployment prints: a line per event while it runs, and a summary. */
import { type Clock, showDuration } from "../shared/clock";
import { type OutputStream } from "../shared/streams";
import { printable } from "../preview/render/text";
import { messageOf, StackFailure } from "./errors";
import { type Outcome } from "./scheduler";
import { type Changes } from "./stackRunner";

/** Prints what happens. */
export class Narrator {
    constructor(
        private readonly out: OutputStream,
        private readonly clock: Clock,
        /** Columns of the steps' names. */
        private readonly width: number,
        /** Whether changes are only planned. */
        private readonly planned: boolean,
    ) {}

    /** A line as it is. */
    line(text = ""): void {
        this.out.write(`${text}\n`);
    }

    /** What happens to a step, with the time. */
    event(step: string, text: string): void {
        const time = new Date(this.clock.now()).toISOString().slice(11, 19);
        this.line(`${time}  ${step.padEnd(this.width)}  ${text}`);
    }

    /** How a step ended. */
    ended(step: string, outcome: Outcome, changes: Changes | undefined): void {
        this.event(step, describe(outcome, changes, this.planned));
        if (outcome.status === "failed" && outcome.error instanceof StackFailure) {
            for (const line of outcome.error.tail) {
                this.line(`          │ ${printable(line)}`);
            }
        }
    }

    /** All steps with what became of them. */
    summary(
        outcomes: ReadonlyMap<string, Outcome>,
        changes: ReadonlyMap<string, Changes>,
        milliseconds: number,
    ): void {
        this.line();
        this.line(`Summary, after ${showDuration(milliseconds)}:`);
        for (const [step, outcome] of outcomes) {
            this.line(`  ${step.padEnd(this.width)}  ${describe(outcome, changes.get(step), this.planned)}`);
        }
    }
}

function describe(outcome: Outcome, changes: Changes | undefined, planned: boolean): string {
    switch (outcome.status) {
        case "before":
            return "done by the earlier run";
        case "done":
            return (
                `done in ${showDuration(outcome.milliseconds)}` +
                (changes === undefined ? "" : `: ${describeChanges(changes, planned)}`)
            );
        case "failed":
            return `FAILED after ${showDuration(outcome.milliseconds)}: ${messageOf(outcome.error)}`;
        case "blocked":
            return `not begun, because of ${outcome.by.join(", ")}`;
        case "stopped":
            return "not begun, because the run was stopped";
    }
}

const DONE: Readonly<Record<string, string>> = {
    create: "created",
    update: "updated",
    delete: "deleted",
    replace: "replaced",
    same: "unchanged",
};
const PLANNED: Readonly<Record<string, string>> = {
    create: "to create",
    update: "to update",
    delete: "to delete",
    replace: "to replace",
    same: "unchanged",
};

/** Changes in words, such as `3 created, 2 unchanged`, or `3 to create, 2 unchanged` of a preview. */
export function describeChanges(changes: Changes, planned: boolean): string {
    const words = planned ? PLANNED : DONE;
    const parts = Object.entries(changes)
        .filter(([, count]) => count > 0)
        .map(([kind, count]) => `${count} ${words[kind] ?? kind}`);
    return parts.length === 0 ? "nothing to do" : parts.join(", ");
}
