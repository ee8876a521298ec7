/**
 * A program's transforms: functions that see every resource below a component, or in the stack, before it is
 * registered, and may change it. They run in the engine's order: a resource's own, its parents' from the inside
 * out, the stack's.
 */
import * as protocol from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Goal, type GoalOptions } from "./deployment";
import { type InvokeCall, timeoutsOf } from "./monitor";
import { type CallbackServer } from "./sdk";
import { type Properties } from "./types";
import { dependenciesOf, forTransform } from "./values";

/** What a transform may change of a function call. */
type Changeable = Pick<InvokeCall, "args" | "provider">;

/** Properties as a message that the SDK reads. */
function toStruct(properties: Properties): Struct {
    return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Runs transforms through the SDK's own translation. */
export class Transforms {
    readonly #callbacks: CallbackServer | undefined;
    readonly #parentOf: (urn: string) => string;
    readonly #byResource = new Map<string, readonly string[]>();
    readonly #stack: string[] = [];
    readonly #invokes: string[] = [];

    /** @param callbacks Left out: the SDK has no transforms. */
    constructor(callbacks: CallbackServer | undefined, parentOf: (urn: string) => string) {
        this.#callbacks = callbacks;
        this.#parentOf = parentOf;
    }

    /** Adds a transform of every resource of the stack. */
    addForStack(token: string): void {
        this.#stack.push(token);
    }

    /** Adds a transform of every function call of the stack. */
    addForInvokes(token: string): void {
        this.#invokes.push(token);
    }

    /** Keeps a resource's transforms for its children. */
    keep(urn: string, tokens: readonly string[]): void {
        if (tokens.length > 0) {
            this.#byResource.set(urn, tokens);
        }
    }

    /** Applies all transforms that concern a resource. */
    async apply(goal: Goal, own: readonly string[]): Promise<Goal> {
        const tokens = [...own];
        for (let urn = goal.parent; urn !== ""; urn = this.#parentOf(urn)) {
            tokens.push(...(this.#byResource.get(urn) ?? []));
        }
        let result = goal;
        for (const token of [...tokens, ...this.#stack]) {
            result = await this.#applyOne(result, token);
        }
        return result;
    }

    /** Applies the stack's transforms of function calls to a call's arguments. */
    async applyToInvoke(call: InvokeCall): Promise<Changeable> {
        let result: Changeable = call;
        for (const callback of this.#invokes) {
            const request = new protocol.TransformInvokeRequest();
            request.setToken(call.token);
            request.setArgs(toStruct(result.args));
            const options = new protocol.TransformInvokeOptions();
            options.setProvider(result.provider);
            request.setOptions(options);
            const response = (await this.#call(callback, request)) as protocol.TransformInvokeResponse;
            result = {
                args: response.getArgs()?.toJavaScript() ?? {},
                provider: response.getOptions()?.getProvider() ?? result.provider,
            };
        }
        return result;
    }

    async #call(token: string, request: { serializeBinary(): Uint8Array }): Promise<unknown> {
        const callback = this.#callbacks?._callbacks.get(token);
        if (callback === undefined) {
            throw new Error(`callback not found: ${token}`);
        }
        return callback(request.serializeBinary());
    }

    async #applyOne(goal: Goal, token: string): Promise<Goal> {
        const request = new protocol.TransformRequest();
        request.setType(goal.type);
        request.setName(goal.name);
        request.setCustom(goal.custom);
        request.setParent(goal.parent);
        request.setProperties(toStruct(forTransform(goal.inputs)));
        request.setOptions(optionsOf(goal));
        const response = (await this.#call(token, request)) as protocol.TransformResponse;
        const inputs = (response.getProperties()?.toJavaScript() ?? {}) as Properties;
        const options = response.getOptions();
        return withInputs(options === undefined ? goal : withOptions(goal, options), inputs);
    }
}

function optionsOf(goal: Goal): protocol.TransformResourceOptions {
    const message = new protocol.TransformResourceOptions();
    const { options } = goal;
    message.setDependsOnList([...goal.dependencies]);
    message.setProtect(options.protect);
    message.setIgnoreChangesList([...options.ignoreChanges]);
    message.setReplaceOnChangesList([...options.replaceOnChanges]);
    message.setVersion(goal.version);
    message.setAliasesList([...options.aliases]);
    message.setProvider(goal.provider);
    message.setRetainOnDelete(options.retainOnDelete);
    message.setDeletedWith(options.deletedWith);
    message.setAdditionalSecretOutputsList([...options.additionalSecretOutputs]);
    message.setImport(options.importId);
    if (options.deleteBeforeReplace !== undefined) {
        message.setDeleteBeforeReplace(options.deleteBeforeReplace);
    }
    const { create = "", update = "", delete: remove = "" } = options.customTimeouts;
    if (create !== "" || update !== "" || remove !== "") {
        const timeouts = new protocol.RegisterResourceRequest.CustomTimeouts();
        timeouts.setCreate(create);
        timeouts.setUpdate(update);
        timeouts.setDelete(remove);
        message.setCustomTimeouts(timeouts);
    }
    const providers = message.getProvidersMap();
    for (const [pkg, reference] of goal.providers) {
        providers.set(pkg, reference);
    }
    return message;
}

function withOptions(goal: Goal, message: protocol.TransformResourceOptions): Goal {
    const options: GoalOptions = {
        protect: message.getProtect() ?? false,
        retainOnDelete: message.getRetainOnDelete() ?? false,
        ignoreChanges: message.getIgnoreChangesList(),
        replaceOnChanges: message.getReplaceOnChangesList(),
        additionalSecretOutputs: message.getAdditionalSecretOutputsList(),
        aliases: message.getAliasesList(),
        deletedWith: message.getDeletedWith(),
        deleteBeforeReplace: message.hasDeleteBeforeReplace() ? message.getDeleteBeforeReplace() : undefined,
        customTimeouts: timeoutsOf(message.getCustomTimeouts()),
        importId: message.getImport(),
    };
    return {
        ...goal,
        dependencies: message.getDependsOnList(),
        provider: message.getProvider(),
        version: message.getVersion(),
        options,
    };
}

/** What a transform adds may come from resources that the goal did not depend on. */
function withInputs(goal: Goal, inputs: Properties): Goal {
    const propertyDependencies = new Map(
        Object.entries(inputs).map(([key, value]) => [
            key,
            [...new Set([...(goal.propertyDependencies.get(key) ?? []), ...dependenciesOf(value)])],
        ]),
    );
    const dependencies = [...new Set([...goal.dependencies, ...[...propertyDependencies.values()].flat()])];
    return { ...goal, inputs, dependencies, propertyDependencies };
}
