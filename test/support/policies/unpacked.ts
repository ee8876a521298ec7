/** Resources as the policy SDK hands them to rules, unpacked by the SDK itself from the messages that the engine sends. */
import {
    type Policies,
    type PolicyResource,
    type ResourceValidationArgs,
    type StackValidationArgs,
} from "@pulumi/policy";
import * as sdk from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { type Member, type Props } from "../../../policies/framework";
import { analyzeRequest, analyzeStackRequest, type Lookup } from "../../../tools/preview/policies/messages";
import { type AnalyzedResource } from "../../../tools/preview/policies/resources";

/** The version that packs have here, which the SDK names in what it says about a policy. */
export const VERSION = "0.0.0";

/** How the SDK answers one kind of request. */
export type Handler<Request, Response> = (
    call: { readonly request: Request },
    callback: (error: unknown, response: Response | undefined) => void,
) => unknown;

type MakeHandler<Request, Response> = (
    name: string,
    version: string,
    level: string,
    policies: Policies,
) => Handler<Request, Response>;

// The SDK exports these three, and declares them for itself alone.
export const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } = sdk as unknown as {
    readonly makeAnalyzeRpcFun: MakeHandler<analyzer.AnalyzeRequest, analyzer.AnalyzeResponse>;
    readonly makeAnalyzeStackRpcFun: MakeHandler<analyzer.AnalyzeStackRequest, analyzer.AnalyzeResponse>;
    readonly makeRemediateRpcFun: MakeHandler<analyzer.AnalyzeRequest, analyzer.RemediateResponse>;
};

/** What a handler answers. @throws What it fails with */
export function answered<Request, Response>(
    handler: Handler<Request, Response>,
    request: Request,
): Promise<Response> {
    return new Promise((resolve, reject) => {
        handler({ request }, (error, response) => {
            if (response === undefined) {
                reject(error instanceof Error ? error : new Error(String(error)));
            } else {
                resolve(response);
            }
        });
    });
}

/** The request that asks about a resource, as it arrives. */
export function requestOf(resource: AnalyzedResource, find: Lookup): analyzer.AnalyzeRequest {
    return analyzer.AnalyzeRequest.deserializeBinary(analyzeRequest(resource, find));
}

/** The request that asks about resources together, as it arrives. */
export function stackRequestOf(
    resources: readonly AnalyzedResource[],
    find: Lookup,
): analyzer.AnalyzeStackRequest {
    return analyzer.AnalyzeStackRequest.deserializeBinary(analyzeStackRequest(resources, find));
}

/** What a resource rule is called with. */
export type ResourceArguments = Omit<ResourceValidationArgs, "getConfig">;

interface Unpacked<T> {
    readonly provider: AnalyzedResource | undefined;
    readonly value: T;
}

/** Makes something of a resource and its provider once, for as long as both are the same. */
function once<T>(
    make: (resource: AnalyzedResource, find: Lookup) => T,
): (resource: AnalyzedResource, find: Lookup) => T {
    const known = new WeakMap<AnalyzedResource, Unpacked<T>>();
    return (resource, find) => {
        const provider = find(resource.provider ?? "");
        let found = known.get(resource);
        if (found === undefined || found.provider !== provider) {
            found = { provider, value: make(resource, find) };
            known.set(resource, found);
        }
        return found.value;
    };
}

/** Lets the SDK call a policy, which it does before it returns. @returns What the policy was called with. */
function seenBy<Request, Response, Args>(
    make: MakeHandler<Request, Response>,
    policy: (see: (args: Args) => void) => Policies[number],
    request: Request,
): Args {
    let seen: Args | undefined;
    const handler = make("unpacking", VERSION, "advisory", [
        policy((args) => {
            seen = args;
        }),
    ]);
    let failed: unknown;
    handler({ request }, (error) => {
        failed = error;
    });
    if (seen === undefined) {
        throw new Error("the policy SDK unpacks nothing", { cause: failed });
    }
    return seen;
}

/** What the SDK calls a resource rule with. */
export const argumentsOf = once((resource, find): ResourceArguments => {
    return seenBy<analyzer.AnalyzeRequest, analyzer.AnalyzeResponse, ResourceValidationArgs>(
        makeAnalyzeRpcFun,
        (see) => ({
            name: "unpacking",
            description: "Takes what the SDK hands over.",
            enforcementLevel: "advisory",
            validateResource: see,
        }),
        requestOf(resource, find),
    );
});

/** What the SDK calls a stack rule with about these resources. */
function stackArgumentsOf(resources: readonly AnalyzedResource[], find: Lookup): StackValidationArgs {
    return seenBy<analyzer.AnalyzeStackRequest, analyzer.AnalyzeResponse, StackValidationArgs>(
        makeAnalyzeStackRpcFun,
        (see) => ({
            name: "unpacking",
            description: "Takes what the SDK hands over.",
            enforcementLevel: "advisory",
            validateStack: see,
        }),
        stackRequestOf(resources, find),
    );
}

/** What the SDK calls a stack rule with where there are no resources. */
export const NO_RESOURCES = stackArgumentsOf([], () => undefined);

/** Whether an error is the policy SDK's by which a policy leaves what it does not speak of. */
export function isNotApplicable(error: unknown): boolean {
    return error instanceof NotApplicableError;
}

const NotApplicableError = ((): new () => Error => {
    try {
        return NO_RESOURCES.notApplicable("asked for");
    } catch (error) {
        return (error as Error).constructor as new () => Error;
    }
})();

/** What the SDK shows of a resource among all, without its relations. */
const memberOf = once((resource, find): PolicyResource => {
    const [member] = stackArgumentsOf([resource], find).resources;
    if (member === undefined) {
        throw new Error(`${resource.urn} is lost on its way`);
    }
    return member;
});

/** The resources of a stack by URN, as something of which each may refer to others. */
export type Among = ReadonlyMap<string, Member>;

/** A resource of a stack. What it refers to is looked up when it is asked for: most of it never is. */
export class UnpackedMember implements Member {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: Props;
    readonly opts: Member["opts"];
    readonly provider?: NonNullable<Member["provider"]>;
    readonly #resource: AnalyzedResource;
    readonly #find: Lookup;
    readonly #among: Among;
    #dependencies: readonly Member[] | undefined;
    #propertyDependencies: Member["propertyDependencies"] | undefined;

    constructor(resource: AnalyzedResource, find: Lookup, among: Among) {
        const { type, name, urn, props, opts, provider } = memberOf(resource, find);
        this.type = type;
        this.name = name;
        this.urn = urn;
        this.props = props;
        this.opts = opts;
        if (provider !== undefined) {
            this.provider = provider;
        }
        this.#resource = resource;
        this.#find = find;
        this.#among = among;
    }

    /** As an engine tells of it, which first asks about each resource that is registered. */
    get inputs(): Props | undefined {
        return this.#resource.registered ? argumentsOf(this.#resource, this.#find).props : undefined;
    }

    get parent(): Member | undefined {
        return this.#among.get(this.#resource.parent ?? "");
    }

    get dependencies(): readonly Member[] {
        this.#dependencies ??= this.#membersOf(this.#resource.dependencies);
        return this.#dependencies;
    }

    get propertyDependencies(): Member["propertyDependencies"] {
        this.#propertyDependencies ??= Object.fromEntries(
            Object.entries(this.#resource.propertyDependencies)
                .filter(([, urns]) => urns.length > 0)
                .map(([property, urns]) => [property, this.#membersOf(urns)]),
        );
        return this.#propertyDependencies;
    }

    #membersOf(urns: readonly string[]): readonly Member[] {
        return urns.map((urn) => this.#among.get(urn)).filter((member) => member !== undefined);
    }
}
