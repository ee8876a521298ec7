/**
 * Connects a run to the runtime of Pulumi's SDK, which is made to talk to another process.
 */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type * as sdkSettings from "@pulumi/pulumi/runtime/settings";
import { type Leftovers } from "./leftovers";
import { type Hooks, patchSdk } from "./sdkPatches";

const load = createRequire(__filename);

interface Store {
    callbacks: unknown;
    settings: { rpcDone: Promise<unknown> };
}

interface Settings extends Pick<typeof sdkSettings, "setMockOptions"> {
    /** Asks the monitor what it can do. */
    awaitFeatureSupport(): Promise<void>;
    waitForRPCs(): Promise<void>;
}

const settings = load("@pulumi/pulumi/runtime/settings") as Settings;
const state = load("@pulumi/pulumi/runtime/state") as { getStore(): Store };
/** The callbacks of a program: what its transforms and hooks are called through. */
export interface CallbackServer {
    readonly _callbacks: Map<string, (request: Uint8Array) => Promise<{ serializeBinary(): Uint8Array }>>;
}

/** The SDK has these since 3.109, and no transforms before. */
function sdkCallbacks(): { CallbackServer: { prototype: object } } | undefined {
    try {
        return load("@pulumi/pulumi/runtime/callbacks") as ReturnType<typeof sdkCallbacks>;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") {
            return undefined;
        }
        throw error;
    }
}

/** What a run plugs into the runtime. */
export interface Connection extends Hooks {
    readonly monitor: unknown;
    readonly project: string;
    readonly stack: string;
    readonly organization: string;
    readonly config: Readonly<Record<string, string>>;
    readonly secretKeys: readonly string[];
}

/**
 * A callback server without a server: the SDK's own translation between transforms and messages, called by the
 * engine in the same process.
 */
function localCallbacks(monitor: unknown): CallbackServer | undefined {
    const sdk = sdkCallbacks();
    if (sdk === undefined) {
        return undefined;
    }
    return Object.assign(Object.create(sdk.CallbackServer.prototype) as object, {
        _callbacks: new Map(),
        _pendingRegistrations: 0,
        _awaitQueue: [],
        _monitor: monitor,
        _target: Promise.resolve("in-process"),
        shutdown: () => undefined,
    });
}

/** Resets the runtime's state and connects it to the run. Returns how to reach the program's callbacks, and how to disconnect. */
export async function connect(
    connection: Connection,
): Promise<{ callbacks: CallbackServer | undefined; disconnect: () => void }> {
    settings.setMockOptions(
        connection.monitor,
        connection.project,
        connection.stack,
        true,
        connection.organization,
    );
    await settings.awaitFeatureSupport();
    const store = state.getStore();
    const callbacks = localCallbacks(connection.monitor);
    store.callbacks = callbacks;
    pulumi.runtime.setAllConfig({ ...connection.config }, [...connection.secretKeys]);
    const restore = patchSdk(connection);
    return {
        callbacks,
        disconnect: () => {
            restore();
            store.callbacks = undefined;
        },
    };
}

/** For how long a program that has failed may tell of more failures, in milliseconds. */
const AFTERMATH = 100;

/**
 * Waits until the program has ended and has no registration under way.
 *
 * @param leftovers Set where the process is to have nothing left to do for the program either, as Pulumi waits for it: a
 * program may call a function of its own without waiting for it.
 * @param failure Resolves when something has failed. What waits for a resource that was never registered waits
 * for ever, so the program is given up soon afterwards.
 * @throws Error when it never will, because it waits for something that nothing is going to happen to.
 */
export async function finished(
    program: Promise<unknown>,
    failure: Promise<void>,
    leftovers?: Leftovers,
): Promise<void> {
    let stuck: (() => void) | undefined;
    let over = false;
    const end = (): void => {
        // A run that was given up has nobody to tell any more: what listens by now is the next one's.
        for (const listener of over ? [] : process.listeners("beforeExit")) {
            if (listener !== stuck) {
                listener.call(process, 0);
            }
        }
    };
    const hanging = new Promise<never>((_, reject) => {
        stuck = () => {
            reject(new Error("The program waits for a promise or an output that never resolves"));
        };
        // Node says so when it has nothing left to do.
        process.once("beforeExit", stuck);
    });
    try {
        const givenUp = failure.then(() => new Promise<void>((resolve) => setTimeout(resolve, AFTERMATH)));
        await Promise.race([settled(program, leftovers, end), givenUp, hanging]);
    } finally {
        over = true;
        leftovers?.forget();
        if (stuck !== undefined) {
            process.removeListener("beforeExit", stuck);
        }
    }
}

/** @param end Tells who waits for it that the process is about to end: some resources are registered then. */
async function settled(
    program: Promise<unknown>,
    leftovers: Leftovers | undefined,
    end: () => void,
): Promise<void> {
    const [result] = await Promise.allSettled([program]);
    await quiet(leftovers);
    let before: unknown;
    // What is registered at the end may bring more work, and the end once more.
    while (leftovers !== undefined && before !== state.getStore().settings.rpcDone) {
        before = state.getStore().settings.rpcDone;
        end();
        await quiet(leftovers);
    }
    if (result.status === "rejected") {
        throw result.reason;
    }
}

async function quiet(leftovers: Leftovers | undefined): Promise<void> {
    do {
        await registered();
    } while (leftovers !== undefined && (await leftovers.hadAny()));
}

async function registered(): Promise<void> {
    const { settings: current } = state.getStore();
    let done: Promise<unknown> | undefined;
    while (done !== current.rpcDone) {
        done = current.rpcDone;
        await settings.waitForRPCs();
        // Rejections that nobody handles are reported between two turns of the event loop.
        await new Promise((resolve) => setImmediate(resolve));
    }
}
