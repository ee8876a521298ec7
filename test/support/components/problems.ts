/** What a component says against its arguments, for tests that ask for nothing else. */
import { expect } from "chai";
import { previewProgram, type ProgramPreview } from "../preview";
import { registeredBy } from "../surroundings";

/**
 * The problems that a program's component is refused for, each as `<path> <reason>`; none where it is accepted. Fails
 * where the program fails otherwise, or something was registered before.
 */
export async function problemsOfProgram(program: () => unknown): Promise<string[]> {
    return problemsIn(await previewProgram(program));
}

/** The same of a program that has been previewed. */
export function problemsIn(run: ProgramPreview): string[] {
    if (run.error === undefined) {
        return [];
    }
    if (run.error.problems === undefined) {
        throw new Error(run.error.message);
    }
    expect(registeredBy(run), "registered before the arguments were checked").to.deep.equal([]);
    return run.error.problems.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
}

/** The paths that problems are about. */
export function pathsOf(problems: readonly string[]): string[] {
    return problems.map((problem) => problem.split(" ")[0] ?? "");
}
