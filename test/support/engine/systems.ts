/** The systems of `examples/` for the engine. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Project, readProject, stackFile } from "../../../tools/project/project";
import { complaints, type Outcome } from "./workspace";

const EXAMPLES = path.resolve(__dirname, "../../../examples");

/** Every system with its stacks, in the order in which they are deployed: one that follows another's comes after it. */
export function systems(): (readonly [system: string, stacks: readonly string[]])[] {
    return fs
        .readdirSync(EXAMPLES)
        .filter((system) => fs.existsSync(path.join(EXAMPLES, system, "Pulumi.yaml")))
        .map((system) => [system, stacksOf(readProject(path.join(EXAMPLES, system)))]);
}

function stacksOf(project: Project): string[] {
    const { stacks } = project;
    const follows = (stack: string): boolean =>
        /:primaryStack:/.test(fs.readFileSync(stackFile(project, stack), "utf8"));
    return [...stacks.filter((stack) => !follows(stack)), ...stacks.filter(follows)];
}

/** What a run has to say against itself, but for what a reviewer may let pass. */
export function refusals(outcome: Outcome): string {
    return complaints({
        ...outcome,
        violations: outcome.violations.filter(({ level }) => level === "mandatory"),
    });
}
