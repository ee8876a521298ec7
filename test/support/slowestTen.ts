/**
 * Mocha's reporter for the project's tests: the usual one, which in CI (`CI=true`) also prints at the end which ten
 * tests took longest, with their files. Mocha runs it in the main process, whether files run side by side or not.
 */
import * as path from "node:path";
import Mocha from "mocha";

/** How many tests are printed. */
const MOST = 10;

/** A test that has run. */
export interface Timed {
    /** Milliseconds. */
    readonly duration?: number | undefined;
    readonly file?: string | undefined;
    fullTitle(): string;
}

/** A line for each of the tests that took longest, the slowest first. */
export function slowest(tests: readonly Timed[], root: string): string[] {
    return [...tests]
        .sort((one, other) => (other.duration ?? 0) - (one.duration ?? 0))
        .slice(0, MOST)
        .map((test) => {
            const seconds = ((test.duration ?? 0) / 1000).toFixed(1).padStart(6);
            return `${seconds} s  ${path.relative(root, test.file ?? root)}: ${test.fullTitle()}`;
        });
}

/** See above. Hooks are in no test's time. */
export default class SlowestTen extends Mocha.reporters.Spec {
    readonly #tests: Timed[] = [];

    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
        super(runner, options);
        for (const event of [
            Mocha.Runner.constants.EVENT_TEST_PASS,
            Mocha.Runner.constants.EVENT_TEST_FAIL,
        ]) {
            runner.on(event, (test: Timed) => {
                this.#tests.push(test);
            });
        }
    }

    override epilogue(): void {
        super.epilogue();
        if (process.env["CI"] === "true" && this.#tests.length > 0) {
            const lines = slowest(this.#tests, process.cwd());
            console.log(
                [`The ${lines.length} slowest of ${this.#tests.length} tests:`, ...lines, ""].join("\n"),
            );
        }
    }
}
