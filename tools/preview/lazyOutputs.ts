/**
 * A resource's output properties, made when a program looks at them. The SDK makes all of them at once, with some
 * fifteen promises each, though a program looks at one in ten.
 */
import * as pulumi from "@pulumi/pulumi";
import { type OutputResolvers } from "@pulumi/pulumi/runtime/rpc";

/** The parts of an output that the SDK keeps to itself. */
export interface InternalOutput {
    resources(): Set<pulumi.Resource>;
    allResources(): Promise<Set<pulumi.Resource>>;
    promise(withUnknowns?: boolean): Promise<unknown>;
    readonly isKnown: Promise<boolean>;
    readonly isSecret: Promise<boolean>;
}

type OutputConstructor = new (
    resources: Iterable<pulumi.Resource> | pulumi.Resource,
    promise: Promise<unknown>,
    isKnown: Promise<boolean>,
    isSecret: Promise<boolean>,
    allResources: Promise<Iterable<pulumi.Resource>>,
) => pulumi.Output<unknown>;

/** The SDK's own constructor of outputs, which its declarations leave out. */
export const Output = pulumi.Output as unknown as OutputConstructor;

interface Settled {
    readonly value: unknown;
    readonly isKnown: boolean;
    readonly isSecret: boolean;
    readonly dependencies: readonly pulumi.Resource[];
}

/** One property: settled, looked at, both or neither. */
class Slot {
    #settled: Promise<Settled> | undefined;
    #settle: ((settled: Settled) => void) | undefined;
    #fail: ((error: Error) => void) | undefined;

    resolve(settled: Settled): void {
        if (this.#settle === undefined) {
            this.#settled = Promise.resolve(settled);
        } else {
            this.#settle(settled);
        }
    }

    reject(error: Error): void {
        if (this.#fail === undefined) {
            const failed = Promise.reject<Settled>(error);
            // Whoever looks at the property gets the error; that nobody does is no failure of its own.
            failed.catch(() => undefined);
            this.#settled = failed;
        } else {
            this.#fail(error);
        }
    }

    output(owner: pulumi.Resource): pulumi.Output<unknown> {
        this.#settled ??= new Promise<Settled>((resolve, reject) => {
            this.#settle = resolve;
            this.#fail = reject;
        });
        const settled = this.#settled;
        return new Output(
            owner,
            settled.then(({ value }) => value),
            settled.then(({ isKnown }) => isKnown),
            settled.then(({ isSecret }) => isSecret),
            settled.then(({ dependencies }) => dependencies),
        );
    }
}

/**
 * Gives a resource its properties, each an output that waits for its resolver.
 *
 * @param isGrpcError Whether an error is one of the connection's, which the SDK passes over in silence.
 */
export function defineLazyOutputs(
    owner: pulumi.Resource,
    label: string,
    names: readonly string[],
    isGrpcError: (error: Error) => boolean,
): OutputResolvers {
    const resolvers: OutputResolvers = {};
    for (const name of names) {
        if (name === "id" || name === "urn") {
            continue;
        }
        if (Object.hasOwn(owner, name)) {
            throw new Error(`Property '${name}' is already initialized on target '${label}`);
        }
        const slot = new Slot();
        resolvers[name] = (value, isKnown, isSecret, dependencies = [], error) => {
            if (error === undefined) {
                slot.resolve({ value, isKnown, isSecret, dependencies });
            } else if (!isGrpcError(error)) {
                slot.reject(error);
            }
        };
        defineLazily(owner, name, () => slot.output(owner));
    }
    return resolvers;
}

function defineLazily(owner: object, name: string, make: () => unknown): void {
    const settle = (value: unknown): void => {
        Object.defineProperty(owner, name, { value, writable: true, enumerable: true, configurable: true });
    };
    Object.defineProperty(owner, name, {
        enumerable: true,
        configurable: true,
        get() {
            const value = make();
            settle(value);
            return value;
        },
        set: settle,
    });
}
