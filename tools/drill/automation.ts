/** Throw-away stacks with Pulumi's Automation API. */
import { resolve } from "node:path";
import {
    type DestroyOptions,
    LocalWorkspace,
    type OutputMap,
    type RefreshOptions,
    type UpOptions,
} from "@pulumi/pulumi/automation/index";
import { messageOf } from "./errors";
import { type StackFactory, type StackRequest } from "./stacks";

const projectDirectory = resolve(__dirname, "../..");

/** A stack, as far as it is needed here. */
export interface PulumiStack {
    up(options: UpOptions): Promise<OutputMap>;
    cancel(): Promise<void>;
    refresh(options: RefreshOptions): Promise<unknown>;
    destroy(options: DestroyOptions): Promise<unknown>;
    /** Removes the stack and its configuration. */
    remove(): Promise<void>;
}

/** Pulumi's stacks of this project. */
export interface PulumiStacks {
    /** A stack, which is made where there is none. */
    open(request: StackRequest): Promise<PulumiStack>;
    isKnown(name: string): Promise<boolean>;
}

/** Makes and destroys stacks with Pulumi. */
export function throwAwayStacks(pulumi: PulumiStacks): StackFactory {
    /** Updates that are going on, by the stack's name. */
    const updates = new Map<string, Promise<OutputMap>>();
    return {
        async up(request, onOutput) {
            const stack = await pulumi.open(request);
            const update = stack.up({ onOutput, color: "never" });
            updates.set(request.name, update);
            try {
                return Object.fromEntries(
                    Object.entries(await update).map(([key, { secret, value }]) => [
                        key,
                        secret ? undefined : (value as unknown),
                    ]),
                );
            } finally {
                updates.delete(request.name);
            }
        },
        async destroy(request, onOutput) {
            const update = updates.get(request.name);
            if (update !== undefined) {
                // The run was told to stop, and Pulumi was not: what it is making meanwhile would be nobody's.
                onOutput(`Waiting for the update of ${request.name} to end.`);
                await update.catch((error: unknown) => {
                    onOutput(`It ended with ${messageOf(error)}`);
                });
            }
            if (!(await pulumi.isKnown(request.name))) {
                return;
            }
            const stack = await pulumi.open(request);
            // A lock or a pending operation that a killed `up` left behind must not keep what it made alive.
            await stack.cancel().catch((error: unknown) => {
                onOutput(`No update to cancel: ${messageOf(error)}`);
            });
            await stack.refresh({ onOutput, color: "never", clearPendingCreates: true });
            await stack.destroy({ onOutput, color: "never" });
            await stack.remove();
        },
    };
}

/** Stacks of this project, on the backend that Pulumi is logged in to. */
export const automationStacks: StackFactory = throwAwayStacks({
    async open({ config, name }) {
        const stack = await LocalWorkspace.createOrSelectStack({
            stackName: name,
            workDir: projectDirectory,
        });
        await stack.setAllConfig(
            Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value, secret: false }])),
            true,
        );
        return {
            up: async (options) => (await stack.up(options)).outputs,
            cancel: () => stack.cancel(),
            refresh: (options) => stack.refresh(options),
            destroy: (options) => stack.destroy(options),
            remove: () => stack.workspace.removeStack(name),
        };
    },
    async isKnown(wanted) {
        const workspace = await LocalWorkspace.create({ workDir: projectDirectory });
        const known = await workspace.listStacks();
        return known.some(({ name }) => name === wanted || name.endsWith(`/${wanted}`));
    },
});
