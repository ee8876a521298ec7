/** Asks Pulumi for the outputs of the stacks, and the project for their configuration. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { catalogueOf } from "../../../regions/catalogue";
import { loadStackConfig } from "../../../regions/config";
import { GLOBAL_KEY, stackKeys, stackName } from "../../../regions/stackNames";
import { readProject } from "../../project/project";
import { readStackConfig } from "../../project/stackConfig";
import { DrillError } from "../errors";
import { type StackOutputs, topologyFromStacks } from "./fromStacks";
import { type StackReader } from "./load";

const projectDirectory = resolve(__dirname, "../../..");

/** Runs Pulumi, within a limit. */
export type PulumiCommand = (args: readonly string[], limitMilliseconds: number) => Promise<string>;

/**
 * The CLI itself, and not the Automation API's `stack.outputs()`: that asks for the secrets as well, and needs the key
 * to them.
 */
const pulumiCli: PulumiCommand = async (args, timeout) => {
    try {
        const { stdout } = await promisify(execFile)("pulumi", [...args], {
            cwd: projectDirectory,
            timeout,
            // A command that hangs on the network need not mind being asked to end.
            killSignal: "SIGKILL",
            maxBuffer: 16 * 1024 * 1024,
        });
        return stdout;
    } catch (error) {
        const { code, killed } = error as { readonly code?: unknown; readonly killed?: boolean };
        if (code === "ENOENT") {
            throw new DrillError("the Pulumi command line is not on the path");
        }
        if (killed === true) {
            throw new DrillError(`\`pulumi ${args.join(" ")}\` did not answer within ${timeout / 1000} s`);
        }
        throw error;
    }
};

/** Reads stacks with a Pulumi command. */
export function stackReader(pulumi: PulumiCommand = pulumiCli): StackReader {
    return async (environment, settings, limit) => {
        const project = readProject(projectDirectory);
        // All stacks were told the same of the environment: one that knows all regions speaks for it.
        const stack = stackName(environment, stackKeys(catalogueOf(environment)).at(-1) ?? GLOBAL_KEY);
        if (!project.stacks.includes(stack)) {
            throw new DrillError(
                `there is no Pulumi.${stack}.yaml: the stacks are ${project.stacks.join(", ")}`,
            );
        }
        const { values } = readStackConfig(project, stack);
        const config = loadStackConfig({ project: project.name, stack, values });
        const names = stackKeys(config.catalogue).map((key) => stackName(environment, key));
        const outputs: StackOutputs = Object.fromEntries(
            await Promise.all(
                names.map(async (name) => [name, await outputsOf(pulumi, name, limit)] as const),
            ),
        );
        return topologyFromStacks(config, outputs, settings);
    };
}

async function outputsOf(
    pulumi: PulumiCommand,
    stack: string,
    limit: number,
): Promise<Readonly<Record<string, unknown>>> {
    const text = await pulumi(["stack", "output", "--json", "--non-interactive", "--stack", stack], limit);
    return JSON.parse(text) as Record<string, unknown>;
}
