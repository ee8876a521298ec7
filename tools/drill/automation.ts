/** Throw-away stacks with Pulumi's Automation API. */
import { resolve } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index";
import { type StackFactory, type StackRequest } from "./stacks";

const projectDirectory = resolve(__dirname, "../..");

/** Stacks of this project, on the backend that Pulumi is logged in to. */
export const automationStacks: StackFactory = {
    async up(request, onOutput) {
        const stack = await select(request);
        const { outputs } = await stack.up({ onOutput, color: "never" });
        return Object.fromEntries(
            Object.entries(outputs).map(([key, { secret, value }]) => [
                key,
                secret ? undefined : (value as unknown),
            ]),
        );
    },
    async destroy(request, onOutput) {
        const workspace = await LocalWorkspace.create({ workDir: projectDirectory });
        const known = await workspace.listStacks();
        if (!known.some(({ name }) => name === request.name || name.endsWith(`/${request.name}`))) {
            return;
        }
        const stack = await select(request);
        // A lock or a pending operation that an interrupted `up` left behind must not keep what it made alive.
        await stack.cancel().catch((error: unknown) => {
            onOutput(`No update to cancel: ${String(error)}`);
        });
        await stack.refresh({ onOutput, color: "never", clearPendingCreates: true });
        await stack.destroy({ onOutput, color: "never" });
        await stack.workspace.removeStack(request.name);
    },
};

async function select({ config, name }: StackRequest): Promise<Stack> {
    const stack = await LocalWorkspace.createOrSelectStack({ stackName: name, workDir: projectDirectory });
    await stack.setAllConfig(
        Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value, secret: false }])),
        true,
    );
    return stack;
}
