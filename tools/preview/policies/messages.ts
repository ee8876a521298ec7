/** Messages of the analyzer protocol. */
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import {
    APPLIES_TO,
    APPLIES_TO_CONFIGURED,
    APPLIES_TO_IGNORED_CHANGES,
} from "../../../policies/framework/messages";
import { type Properties } from "../types";
import { type EnforcementLevel, type PolicyInfo } from "./packConfig";
import { type AnalyzedOptions, type AnalyzedResource } from "./resources";
import { writeStruct } from "./wire/struct";
import { Writer } from "./wire/writer";

/** How the protocol writes levels. */
export const LEVEL_NUMBERS: Readonly<Record<EnforcementLevel, analyzer.EnforcementLevel>> = {
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

/** Finds the resource of a URN. */
export type Lookup = (urn: string) => AnalyzedResource | undefined;

/** What asks a pack about one resource that is registered: an `AnalyzeRequest`. */
export function analyzeRequest(resource: AnalyzedResource, find: Lookup): Buffer {
    const writer = new Writer(1 << 12);
    // Fields in reverse, from the last of `AnalyzerResource`'s that `AnalyzeRequest` has, too.
    writeCommon(writer, resource, resource.inputs, find);
    return writer.finish();
}

/** What asks a pack about a whole stack: an `AnalyzeStackRequest`. */
export function analyzeStackRequest(resources: readonly AnalyzedResource[], find: Lookup): Buffer {
    const writer = new Writer(1 << 21);
    for (const resource of [...resources].reverse()) {
        writer.message(1, () => {
            const dependencies = Object.entries(resource.propertyDependencies).reverse();
            for (const [property, urns] of dependencies.filter(([, each]) => each.length > 0)) {
                writer.message(9, () => {
                    writer.message(2, () => {
                        writer.texts(1, urns);
                    });
                    writer.textAlways(1, property);
                });
            }
            writer.texts(8, resource.dependencies);
            writer.text(7, resource.parent ?? "");
            writeCommon(writer, resource, resource.outputs, find);
        });
    }
    return writer.finish();
}

/** Writes what `AnalyzeRequest` and `AnalyzerResource` have in common, with the same numbers. */
function writeCommon(writer: Writer, resource: AnalyzedResource, properties: Properties, find: Lookup): void {
    const provider = resource.provider === undefined ? undefined : find(resource.provider);
    if (provider !== undefined) {
        writer.bytes(6, providerResource(provider));
    }
    writer.message(5, () => {
        writeOptions(writer, resource.options, resource.parent);
    });
    writer.text(4, resource.name);
    writer.text(3, resource.urn);
    writer.message(2, () => {
        writeStruct(writer, properties);
    });
    writer.text(1, resource.type);
}

/** Writes an `AnalyzerResourceOptions`. */
function writeOptions(writer: Writer, given: AnalyzedOptions, parent: string | undefined): void {
    writer.text(8, parent ?? "");
    writer.message(7, () => {
        ["delete", "update", "create"].forEach((operation, index) => {
            const duration = seconds(given.customTimeouts?.[operation]);
            if (duration !== 0) {
                writer.double(3 - index, duration);
            }
        });
    });
    writer.texts(6, given.aliases);
    writer.texts(5, given.additionalSecretOutputs);
    writer.flag(4, given.deleteBeforeReplace !== undefined);
    writer.flag(3, given.deleteBeforeReplace ?? false);
    writer.texts(2, given.ignoreChanges);
    writer.flag(1, given.protect);
}

// A provider comes with every one of its resources.
const providers = new WeakMap<AnalyzedResource, Uint8Array>();

/** An `AnalyzerProviderResource`. */
function providerResource(provider: AnalyzedResource): Uint8Array {
    let message = providers.get(provider);
    if (message === undefined) {
        const writer = new Writer(1 << 12);
        writer.text(4, provider.name);
        writer.text(3, provider.urn);
        writer.message(2, () => {
            writeStruct(writer, provider.inputs);
        });
        writer.text(1, provider.type);
        message = writer.finish();
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
