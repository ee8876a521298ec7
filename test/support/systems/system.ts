/** The systems of examples/, previewed once for all tests of a process. */
import { join } from "node:path";

import { type RunResult } from "../../../tools/preview/engine";
import { previewStacks, type StacksPreview } from "../../../tools/preview/stacks";
import { typesOfUnknownCost } from "../cost";
import { type RegisteredResource, registeredResource } from "../preview";
import { accessIn } from "../../../tools/preview/analysis/access";
import { waysIn } from "../../../tools/preview/analysis/reach";
import { tableIn } from "./readmeTable";
import { watchesIn } from "./recovery";

const EXAMPLES = join(__dirname, "../../../examples");

/** A part that a system must have. */
export interface Part {
    /** As the system's description names it. */
    readonly part: string;
    /** A resource that shows that it is there. */
    readonly is: (resource: RegisteredResource) => boolean;
    /** How many there are at least. One when left out. */
    readonly atLeast?: number;
}

/** Whether a resource is of a type, and has such inputs and such a logical name. */
export function isType(
    type: string,
    holds: (inputs: RegisteredResource["inputs"], name: string) => boolean = () => true,
): Part["is"] {
    return (resource) => resource.type === type && holds(resource.inputs, resource.name);
}

/** One system, with what its stacks register. */
export class ExampleSystem {
    readonly folder: string;
    #preview: Promise<StacksPreview> | undefined;

    /** @param name The folder's name. */
    constructor(readonly name: string) {
        this.folder = join(EXAMPLES, name);
    }

    /** The README of the system. */
    get readme(): string {
        return join(this.folder, "README.md");
    }

    /** The preview of all its stacks. */
    async preview(): Promise<StacksPreview> {
        this.#preview ??= previewStacks({ projectDir: this.folder });
        return this.#preview;
    }

    /** What a stack registers, with values for what is known only later. Fails where its program fails. */
    async resources(stack: string): Promise<readonly RegisteredResource[]> {
        return (await this.#run(stack)).states.map(registeredResource);
    }

    async #run(stack: string): Promise<RunResult> {
        const { runs } = await this.preview();
        const run = runs.find(({ preview }) => preview.stack === stack);
        if (run === undefined || run.preview.error !== undefined) {
            throw new Error(`${stack} of ${this.name}: ${run?.preview.error?.message ?? "is not there"}`);
        }
        return run;
    }

    /** Messages of the programs, such as warnings, by stack. */
    async messages(): Promise<readonly string[]> {
        const { runs } = await this.preview();
        return runs.flatMap(({ preview }) =>
            preview.diagnostics.map(({ severity, message }) => `${preview.stack}: ${severity}: ${message}`),
        );
    }

    /** The parts that a stack lacks. */
    async missing(stack: string, parts: readonly Part[]): Promise<string[]> {
        const resources = await this.resources(stack);
        return parts
            .filter(({ is, atLeast = 1 }) => resources.filter(is).length < atLeast)
            .map(({ part }) => part);
    }

    /** Who reaches whom in a stack, a line each, as the README's table has it. */
    async ways(stack: string): Promise<string[]> {
        const { preview } = await this.#run(stack);
        const lists = new Map(
            preview.invokes
                .filter(({ token }) => token === "aws:ec2/getManagedPrefixList:getManagedPrefixList")
                .map(({ result }) => [String(result["id"]), String(result["name"])]),
        );
        return waysIn(await this.resources(stack), lists).map(({ from, to, port }) => row([from, to, port]));
    }

    /** Who may do what with which data in a stack. */
    async access(stack: string): Promise<string[]> {
        return accessIn(await this.resources(stack)).map(({ role, store, may }) => row([role, store, may]));
    }

    /** What watches the system from outside and what is tried out with it, in all stacks. */
    async recovery(): Promise<string[]> {
        const { runs } = await this.preview();
        const rows = await Promise.all(
            runs.map(async ({ preview: { stack } }) =>
                watchesIn(await this.resources(stack)).map(({ what, of }) => row([stack, what, of])),
            ),
        );
        return rows.flat().sort();
    }

    /** Types of resources of which it is not known whether and how much they cost. */
    async typesOfUnknownCost(): Promise<string[]> {
        const { document } = await this.preview();
        return typesOfUnknownCost(document);
    }

    /** The rows of a table of the README. */
    table(name: string): string[] {
        return tableIn(this.readme, name).map(row).sort();
    }
}

function row(cells: readonly string[]): string {
    return cells.join(" | ");
}
