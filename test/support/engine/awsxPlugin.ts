/**
 * Stands in for awsx's plugin under the real engine: constructs `awsx.ec2.Vpc` by the offline preview's expansion, with
 * children that the engine registers.
 */
import * as providerServices from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import * as resourceServices from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resourceMessages from "@pulumi/pulumi/proto/resource_pb";
import { expandRemote } from "../../../tools/preview/remote";
import { type Goal, NO_OPTIONS, type Resource } from "../../../tools/preview/deployment";
import { type Properties } from "../../../tools/preview/types";
import { plain, UNKNOWN } from "../../../tools/preview/values";
import { asService, connect, type Connection, serve, unary } from "./grpcService";
import { lifeOf, providerVersion } from "./pluginAnswers";
import { struct } from "./structs";

const VERSION = providerVersion("awsx");

/** The engine's resource monitor, as a program's. */
class Monitor {
    readonly #connection: Connection;

    constructor(address: string) {
        this.#connection = connect(asService(resourceServices, "ResourceMonitorService"), address);
    }

    async register(goal: Goal): Promise<Resource> {
        const request = new resourceMessages.RegisterResourceRequest();
        const inputs = plain(goal.inputs);
        request.setType(goal.type);
        request.setName(goal.name);
        request.setParent(goal.parent);
        request.setCustom(goal.custom);
        request.setObject(struct(inputs));
        request.setProtect(goal.options.protect);
        request.setProvider(goal.provider);
        request.setVersion(goal.version);
        request.setDependenciesList([...goal.dependencies]);
        request.setAcceptsecrets(true);
        request.setAcceptresources(true);
        request.setSupportspartialvalues(true);
        const dependencies = request.getPropertydependenciesMap();
        for (const [property, urns] of goal.propertyDependencies) {
            const list = new resourceMessages.RegisterResourceRequest.PropertyDependencies();
            list.setUrnsList([...urns]);
            dependencies.set(property, list);
        }
        const providers = request.getProvidersMap();
        for (const [pkg, reference] of goal.providers) {
            providers.set(pkg, reference);
        }
        const response = await this.#connection.call<resourceMessages.RegisterResourceResponse>(
            "registerResource",
            request,
        );
        return {
            urn: response.getUrn(),
            goal,
            op: "create",
            id: response.getId() === "" ? UNKNOWN : response.getId(),
            provider: goal.provider,
            inputs: goal.inputs,
            plainInputs: inputs,
            unknownOutputs: [],
            outputDependencies: new Map(),
            outputs: response.getObject()?.toJavaScript() ?? {},
        };
    }

    async registerOutputs(urn: string, outputs: Properties): Promise<void> {
        const request = new resourceMessages.RegisterResourceOutputsRequest();
        request.setUrn(urn);
        request.setOutputs(struct(outputs));
        await this.#connection.call("registerResourceOutputs", request);
    }

    /** Names of the zones that a provider's region has. */
    async zones(provider: string): Promise<string[]> {
        const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
        const { names } = (await this.invoke(token, { state: "available" }, provider)) as {
            names?: readonly string[];
        };
        return [...(names ?? [])];
    }

    async invoke(token: string, args: Properties, provider: string): Promise<Properties> {
        const request = new resourceMessages.ResourceInvokeRequest();
        request.setTok(token);
        request.setProvider(provider);
        request.setArgs(struct(args));
        const response = await this.#connection.call<providerMessages.InvokeResponse>("invoke", request);
        return response.getReturn()?.toJavaScript() ?? {};
    }
}

async function construct(
    request: providerMessages.ConstructRequest,
): Promise<providerMessages.ConstructResponse> {
    const monitor = new Monitor(request.getMonitorendpoint());
    const goal: Goal = {
        type: request.getType(),
        name: request.getName(),
        custom: false,
        remote: false,
        parent: request.getParent(),
        provider: "",
        providers: new Map(request.getProvidersMap().entries()),
        version: VERSION,
        inputs: request.getInputs()?.toJavaScript() ?? {},
        dependencies: request.getDependenciesList(),
        propertyDependencies: new Map(),
        options: { ...NO_OPTIONS, protect: request.getProtect() ?? false },
    };
    // The plugin of 3.9 keeps its arguments from the engine: its SDK is from before components had inputs there.
    const component = await monitor.register({ ...goal, inputs: {} });
    const named = goal.inputs["availabilityZoneNames"] !== undefined;
    const zones = named ? [] : await monitor.zones(goal.providers.get("aws") ?? "");
    const { outputs, dependencies } = await expandRemote(goal, component.urn, {
        // Children inherit their component's provider.
        provider: "",
        version: "",
        region: "",
        stack: request.getStack(),
        register: (child) => monitor.register(child),
        zones: () => zones,
        // The engine does not tell a plugin of other resources.
        find: () => undefined,
        invoke: (token, args) => monitor.invoke(token, args, goal.providers.get("aws") ?? ""),
    });
    await monitor.registerOutputs(component.urn, outputs);
    const response = new providerMessages.ConstructResponse();
    response.setUrn(component.urn);
    response.setState(struct(outputs));
    const all = response.getStatedependenciesMap();
    for (const [property, urns] of dependencies) {
        const list = new providerMessages.ConstructResponse.PropertyDependencies();
        list.setUrnsList([...urns]);
        all.set(property, list);
    }
    return response;
}

void serve(asService(providerServices, "ResourceProviderService"), {
    ...lifeOf("awsx"),
    diffConfig: unary(() => new providerMessages.DiffResponse()),
    configure: unary(() => {
        const response = new providerMessages.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setAcceptresources(true);
        response.setAcceptoutputs(true);
        response.setSupportspreview(true);
        return response;
    }),
    construct: unary(construct),
});
