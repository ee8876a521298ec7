/** Runs a Pulumi program on Pulumi's own SDK, in this process, and records what it asks for. */
import "./lightSdk";
import { Run } from "./run";
import { type RunOptions, type RunResult } from "./runOptions";

export { type RunOptions, type RunResult } from "./runOptions";

let running: Promise<unknown> = Promise.resolve();

/**
 * Runs a program, and previews what it makes. Runs take turns, because the SDK keeps its state in one place.
 *
 * @param program Makes the resources. What it returns, or resolves to, are the stack's outputs.
 * @returns What the program registered, whether it succeeded or not: look at `preview.error`.
 */
export async function runProgram(program: () => unknown, options: RunOptions = {}): Promise<RunResult> {
    const turn = running.then(() => new Run(options).execute(program));
    running = turn.catch(() => undefined);
    return turn;
}
