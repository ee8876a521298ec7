/** Messages of the analyzer protocol. */
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
    APPLIES_TO,
    APPLIES_TO_CONFIGURED,
    APPLIES_TO_IGNORED_CHANGES,
} from "../../../policies/framework/messages";
import { type Properties } from "../types";
import { type EnforcementLevel, type PolicyConfig, type PolicyInfo } from "./packConfig";
import { type AnalyzedResource } from "./resources";

/** How the protocol writes levels. */
const LEVEL_NUMBERS: Readonly<Record<EnforcementLevel, analyzer.EnforcementLevel>> = {
    advisory: analyzer.EnforcementLevel.ADVISORY,
    mandatory: analyzer.EnforcementLevel.MANDATORY,
    remediate: analyzer.EnforcementLevel.REMEDIATE,
    disabled: analyzer.EnforcementLevel.DISABLED,
};

const LEVELS = Object.keys(LEVEL_NUMBERS) as EnforcementLevel[];

const SEVERITIES: Readonly<Partial<Record<analyzer.PolicySeverity, string>>> = {
    [analyzer.PolicySeverity.POLICY_SEVERITY_LOW]: "low",
    [analyzer.PolicySeverity.POLICY_SEVERITY_MEDIUM]: "medium",
    [analyzer.PolicySeverity.POLICY_SEVERITY_HIGH]: "high",
    [analyzer.PolicySeverity.POLICY_SEVERITY_CRITICAL]: "critical",
};

const OTHER_SCOPES: readonly string[] = [APPLIES_TO_CONFIGURED, APPLIES_TO_IGNORED_CHANGES];

/** What a pack says about one of its policies. */
export function policyInfo(info: analyzer.PolicyInfo): PolicyInfo {
    const schema = info.getConfigschema();
    const tags = info.getTagsList();
    const types = tags.filter((tag) => tag.startsWith(APPLIES_TO)).map((tag) => tag.slice(APPLIES_TO.length));
    return {
        name: info.getName(),
        description: info.getDescription(),
        level: LEVELS.find((level) => LEVEL_NUMBERS[level] === info.getEnforcementlevel()) ?? "advisory",
        severity: SEVERITIES[info.getSeverity()],
        fix: info.getRemediationSteps(),
        kind: info.getPolicyType() === analyzer.PolicyType.POLICY_TYPE_STACK ? "stack" : "resource",
        types: types.length === 0 ? undefined : types,
        configuredTypes: tags.includes(APPLIES_TO_CONFIGURED),
        ignoredChangesOnly: tags.includes(APPLIES_TO_IGNORED_CHANGES),
        tags: tags.filter((tag) => !tag.startsWith(APPLIES_TO) && !OTHER_SCOPES.includes(tag)),
        properties: (schema?.getProperties()?.toJavaScript() ?? {}) as PolicyInfo["properties"],
        required: schema?.getRequiredList() ?? [],
    };
}

/** What configures a pack: a `ConfigureAnalyzerRequest` in the wire format. */
export function configureRequest(policies: ReadonlyMap<string, PolicyConfig>): Uint8Array {
    const request = new analyzer.ConfigureAnalyzerRequest();
    const map = request.getPolicyconfigMap();
    for (const [name, { level, properties }] of policies) {
        const message = new analyzer.PolicyConfig();
        message.setEnforcementlevel(LEVEL_NUMBERS[level]);
        message.setProperties(
            Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]),
        );
        map.set(name, message);
    }
    return request.serializeBinary();
}

/** Finds the resource of a URN. */
export type Lookup = (urn: string) => AnalyzedResource | undefined;

/** What asks a pack about one resource that is registered: an `AnalyzeRequest` in the wire format. */
export function analyzeRequest(resource: AnalyzedResource, find: Lookup): Uint8Array {
    const request = new analyzer.AnalyzeRequest();
    describe(request, resource, resource.inputs, find);
    return request.serializeBinary();
}

/** What asks a pack about a whole stack: an `AnalyzeStackRequest` in the wire format. */
export function analyzeStackRequest(resources: readonly AnalyzedResource[], find: Lookup): Uint8Array {
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(
        resources.map((resource) => {
            const message = new analyzer.AnalyzerResource();
            describe(message, resource, resource.outputs, find);
            message.setParent(resource.parent ?? "");
            message.setDependenciesList([...resource.dependencies]);
            const byProperty = message.getPropertydependenciesMap();
            for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
                if (urns.length > 0) {
                    const dependencies = new analyzer.AnalyzerPropertyDependencies();
                    dependencies.setUrnsList([...urns]);
                    byProperty.set(property, dependencies);
                }
            }
            return message;
        }),
    );
    return request.serializeBinary();
}

/**
 * What asks a pack about many resources as each is registered, in one message. The protocol has one of many resources for
 * whole stacks alone: an `AnalyzeStackRequest`, but with what {@link analyzeRequest} says of each.
 */
export function registrationsRequest(resources: readonly AnalyzedResource[], find: Lookup): Uint8Array {
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(
        resources.map((resource) => {
            const message = new analyzer.AnalyzerResource();
            describe(message, resource, resource.inputs, find);
            return message;
        }),
    );
    return request.serializeBinary();
}

/** Sets what a resource has alone and among those of its stack. */
function describe(
    message: analyzer.AnalyzeRequest | analyzer.AnalyzerResource,
    resource: AnalyzedResource,
    properties: Properties,
    find: Lookup,
): void {
    message.setType(resource.type);
    message.setProperties(structOf(properties));
    message.setUrn(resource.urn);
    message.setName(resource.name);
    message.setOptions(optionsOf(resource));
    const provider = resource.provider === undefined ? undefined : find(resource.provider);
    if (provider !== undefined) {
        message.setProvider(providerOf(provider));
    }
}

/** Properties as a message. Those without a value are left out, as in JSON. */
function structOf(properties: Properties): Struct {
    return Struct.fromJavaScript(
        JSON.parse(JSON.stringify(properties)) as Parameters<typeof Struct.fromJavaScript>[0],
    );
}

function optionsOf({ options, parent }: AnalyzedResource): analyzer.AnalyzerResourceOptions {
    const message = new analyzer.AnalyzerResourceOptions();
    message.setProtect(options.protect);
    message.setIgnorechangesList([...options.ignoreChanges]);
    message.setDeletebeforereplace(options.deleteBeforeReplace ?? false);
    message.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined);
    message.setAdditionalsecretoutputsList([...options.additionalSecretOutputs]);
    message.setAliasesList([...options.aliases]);
    const timeouts = new analyzer.AnalyzerResourceOptions.CustomTimeouts();
    timeouts.setCreate(seconds(options.customTimeouts?.["create"]));
    timeouts.setUpdate(seconds(options.customTimeouts?.["update"]));
    timeouts.setDelete(seconds(options.customTimeouts?.["delete"]));
    message.setCustomtimeouts(timeouts);
    message.setParent(parent ?? "");
    return message;
}

// A provider comes with every one of its resources.
const providers = new WeakMap<AnalyzedResource, analyzer.AnalyzerProviderResource>();

function providerOf(provider: AnalyzedResource): analyzer.AnalyzerProviderResource {
    let message = providers.get(provider);
    if (message === undefined) {
        message = new analyzer.AnalyzerProviderResource();
        message.setType(provider.type);
        message.setProperties(structOf(provider.inputs));
        message.setUrn(provider.urn);
        message.setName(provider.name);
        providers.set(provider, message);
    }
    return message;
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, ns: 1e-9 };

/** The length of a duration as Go writes it, such as `1h30m`. */
export function seconds(duration: string | undefined): number {
    let sum = 0;
    for (const [, amount, unit] of (duration ?? "").matchAll(/([\d.]+)(h|ms|us|ns|m|s)/g)) {
        sum += Number(amount) * (UNITS[unit ?? ""] ?? 0);
    }
    return sum;
}
