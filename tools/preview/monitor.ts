/** Speaks the resource monitor's protocol with Pulumi's SDK, without a wire between them. */
import { type Goal, NO_OPTIONS, realDependencies, type Resource } from "./deployment";
import { type Properties } from "./types";
import { type LocalStruct } from "./sdkPatches";
import type * as protocol from "@pulumi/pulumi/proto/resource_pb";

/** The SDK's own question for the state of a resource that it got as a reference. */
const GET_RESOURCE = "pulumi:pulumi:getResource";

/** The status of gRPC for a method that a server does not have. */
const UNIMPLEMENTED = 12;

/** How the SDK takes an answer. */
type Callback<T> = (error: Error | null, response?: T) => void;

/** What the monitor passes on, free of the protocol. */
export interface MonitorHandler {
    register(goal: Goal, transforms: readonly string[]): Promise<Resource>;
    read(goal: Goal, id: string): Promise<Resource>;
    registerOutputs(urn: string, outputs: Properties): void;
    lookUp(urn: string): Promise<Resource>;
    invoke(call: InvokeCall): Promise<Properties>;
    call(token: string): Promise<Properties>;
    addStackTransform(token: string): void;
    addInvokeTransform(token: string): void;
    failed(error: unknown): void;
}

/** A call of a provider's function. */
export interface InvokeCall {
    readonly token: string;
    readonly args: Properties;
    readonly provider: string;
    readonly version: string;
}

function properties(struct: unknown): Properties {
    return struct === undefined ? {} : (struct as LocalStruct).toJavaScript();
}

/** A protocol error has its text in `details`, where some parts of the SDK look for it. */
function reply<T>(work: Promise<T>, callback: Callback<T>, handler: MonitorHandler): void {
    work.then(
        (response) => {
            callback(null, response);
        },
        (cause: unknown) => {
            const error = cause instanceof Error ? cause : new Error(String(cause));
            handler.failed(error);
            callback(Object.assign(new Error(error.message), { details: error.message, cause: error }));
        },
    );
}

/** What single outputs of a component that a plugin makes come from. */
function outputDependencies(resource: Resource): Map<string, { getUrnsList: () => readonly string[] }> {
    return new Map(
        [...resource.outputDependencies].map(([name, urns]) => [name, { getUrnsList: () => urns }]),
    );
}

/** A resource's outputs, in the form that the SDK takes. */
function outputsOf(resource: Resource): LocalStruct {
    return { toJavaScript: () => resource.outputs, unknownNames: resource.unknownOutputs };
}

/** A resource's state, in the form that the SDK reads field by field. */
function stateOf(resource: Resource): { getFieldsMap: () => Map<string, unknown> } {
    const fields = new Map<string, unknown>([
        ["urn", { toJavaScript: () => resource.urn }],
        ["id", { toJavaScript: () => resource.id }],
        ["state", { getStructValue: () => outputsOf(resource) }],
    ]);
    return { getFieldsMap: () => fields };
}

/** Answers the SDK. */
export class Monitor {
    readonly #handler: MonitorHandler;

    constructor(handler: MonitorHandler) {
        this.#handler = handler;
    }

    supportsFeature(_request: unknown, callback: Callback<{ getHassupport: () => boolean }>): void {
        callback(null, { getHassupport: () => true });
    }

    /** SDKs since 3.260 ask this first, and feature by feature where it is not there. */
    getDeploymentInfo(_request: unknown, callback: Callback<never>): void {
        callback(Object.assign(new Error("getDeploymentInfo is not there"), { code: UNIMPLEMENTED }));
    }

    /** Whether a resource is there already nobody can tell who asks no provider. */
    existsResource(_request: unknown, callback: Callback<unknown>): void {
        callback(null, { getExists: () => false, getUnknown: () => true });
    }

    registerResource(request: protocol.RegisterResourceRequest, callback: Callback<unknown>): void {
        // SDKs before 3.109 know no transforms.
        const list = "getTransformsList" in request ? request.getTransformsList() : [];
        const transforms = list.map((transform) => transform.getToken());
        const work = this.#handler.register(goalOf(request), transforms).then((resource) => ({
            getUrn: () => resource.urn,
            getId: () => resource.id,
            getObject: () => outputsOf(resource),
            getResult: () => 0,
            getPropertydependenciesMap: () => outputDependencies(resource),
        }));
        reply(work, callback, this.#handler);
    }

    readResource(request: protocol.ReadResourceRequest, callback: Callback<unknown>): void {
        const goal: Goal = {
            type: request.getType(),
            name: request.getName(),
            custom: true,
            remote: false,
            parent: request.getParent(),
            provider: request.getProvider(),
            providers: new Map(),
            version: request.getVersion(),
            inputs: properties(request.getProperties()),
            dependencies: realDependencies(request.getDependenciesList()),
            propertyDependencies: new Map(),
            options: { ...NO_OPTIONS, additionalSecretOutputs: request.getAdditionalsecretoutputsList() },
        };
        const work = this.#handler.read(goal, request.getId()).then((resource) => ({
            getUrn: () => resource.urn,
            getId: () => resource.id,
            getProperties: () => outputsOf(resource),
            getResult: () => 0,
            getUnknown: () => false,
        }));
        reply(work, callback, this.#handler);
    }

    registerResourceOutputs(
        request: protocol.RegisterResourceOutputsRequest,
        callback: Callback<unknown>,
    ): void {
        this.#handler.registerOutputs(request.getUrn(), properties(request.getOutputs()));
        callback(null, {});
    }

    invoke(request: protocol.ResourceInvokeRequest, callback: Callback<unknown>): void {
        const args = properties(request.getArgs());
        const work: Promise<unknown> =
            request.getTok() === GET_RESOURCE
                ? this.#handler.lookUp(String(args["urn"])).then(stateOf)
                : this.#handler
                      .invoke({
                          token: request.getTok(),
                          args,
                          provider: request.getProvider(),
                          version: request.getVersion(),
                      })
                      .then((result) => ({ toJavaScript: () => result }));
        reply(
            work.then((answer) => ({ getFailuresList: () => [], getReturn: () => answer })),
            callback,
            this.#handler,
        );
    }

    call(request: protocol.ResourceCallRequest, callback: Callback<unknown>): void {
        const work = this.#handler.call(request.getTok()).then((result) => ({
            getFailuresList: () => [],
            getReturndependenciesMap: () => new Map(),
            getReturn: () => ({ toJavaScript: () => result }),
        }));
        reply(work, callback, this.#handler);
    }

    registerPackage(request: protocol.RegisterPackageRequest, callback: Callback<unknown>): void {
        callback(null, { getRef: () => request.getName() });
    }

    registerStackTransform(request: { getToken(): string }, callback: Callback<unknown>): void {
        this.#handler.addStackTransform(request.getToken());
        callback(null, {});
    }

    registerStackInvokeTransform(request: { getToken(): string }, callback: Callback<unknown>): void {
        this.#handler.addInvokeTransform(request.getToken());
        callback(null, {});
    }

    /** Hooks run around changes, and a preview changes nothing. */
    registerResourceHook(_request: unknown, callback: Callback<unknown>): void {
        callback(null, {});
    }

    registerErrorHook(_request: unknown, callback: Callback<unknown>): void {
        callback(null, {});
    }

    signalAndWaitForShutdown(_request: unknown, callback: Callback<unknown>): void {
        callback(null, {});
    }

    close(): void {
        // Nothing is open.
    }
}

/** The timeouts that a message has, by operation. */
export function timeoutsOf(
    timeouts: protocol.RegisterResourceRequest.CustomTimeouts | undefined,
): Record<string, string> {
    const entries = [
        ["create", timeouts?.getCreate()],
        ["update", timeouts?.getUpdate()],
        ["delete", timeouts?.getDelete()],
    ] as const;
    return Object.fromEntries(
        entries.filter((entry): entry is [(typeof entry)[0], string] => Boolean(entry[1])),
    );
}

/** The dependencies of every input; those that the SDK says nothing of have none. */
function propertyDependencies(
    inputs: Properties,
    request: protocol.RegisterResourceRequest,
): Map<string, readonly string[]> {
    const given = request.getPropertydependenciesMap();
    return new Map(
        Object.keys(inputs).map((key) => [key, realDependencies(given.get(key)?.getUrnsList() ?? [])]),
    );
}

function goalOf(request: protocol.RegisterResourceRequest): Goal {
    const inputs = properties(request.getObject());
    return {
        type: request.getType(),
        name: request.getName(),
        custom: request.getCustom(),
        remote: request.getRemote(),
        parent: request.getParent(),
        provider: request.getProvider(),
        providers: new Map(request.getProvidersMap().toObject()),
        version: request.getVersion(),
        inputs,
        dependencies: realDependencies(request.getDependenciesList()),
        propertyDependencies: propertyDependencies(inputs, request),
        options: {
            protect: request.getProtect() ?? false,
            retainOnDelete: request.getRetainondelete() ?? false,
            ignoreChanges: request.getIgnorechangesList(),
            replaceOnChanges: request.getReplaceonchangesList(),
            additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
            aliases: request.getAliasesList(),
            deletedWith: request.getDeletedwith(),
            deleteBeforeReplace: request.getDeletebeforereplacedefined()
                ? request.getDeletebeforereplace()
                : undefined,
            customTimeouts: timeoutsOf(request.getCustomtimeouts()),
            importId: request.getImportid(),
        },
    };
}
