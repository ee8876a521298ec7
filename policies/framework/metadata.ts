import {
    type PolicyComplianceFramework,
    type PolicyConfigSchema,
    type ResourceValidationPolicy,
} from "@pulumi/policy";
import { type PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { APPLIES_TO, APPLIES_TO_CONFIGURED, APPLIES_TO_IGNORED_CHANGES } from "./messages";
import { type Rule } from "./rule";

/** What the analyzer protocol tells about a rule. */
export function describeRule(rule: Rule): Omit<ResourceValidationPolicy, "validateResource"> {
    const framework = frameworkOf(rule);
    return {
        name: rule.id,
        description: rule.description,
        enforcementLevel: rule.level ?? "mandatory",
        severity: rule.severity,
        remediationSteps: rule.fix,
        tags: [...tagsOf(rule), ...scopeOf(rule)],
        ...(framework === undefined ? {} : { framework }),
        configSchema: schemaOf(rule),
    };
}

/** The identifiers of the frameworks that a rule covers, as tags such as `security-hub:S3.8`. */
export function tagsOf(rule: Pick<Rule, "frameworks">): string[] {
    const { controls, securityHub = [], cisV3 = [], cisV5 = [], checkov = [] } = rule.frameworks;
    return [
        ...controls.map((id) => `control:${id}`),
        ...securityHub.map((id) => `security-hub:${id}`),
        ...cisV3.map((id) => `cis-aws-3.0.0:${id}`),
        ...cisV5.map((id) => `cis-aws-5.0.0:${id}`),
        ...checkov.map((id) => `checkov:${id}`),
    ];
}

/** What a rule speaks of, as tags. */
function scopeOf(rule: Rule): string[] {
    const types = (rule.types ?? []).map((type) => `${APPLIES_TO}${type}`);
    if (!("check" in rule)) {
        return types;
    }
    return [
        ...types,
        ...(rule.option === undefined ? [] : [APPLIES_TO_IGNORED_CHANGES]),
        ...(rule.configuredTypes === undefined ? [] : [APPLIES_TO_CONFIGURED]),
    ];
}

function frameworkOf(rule: Rule): PolicyComplianceFramework | undefined {
    const { securityHub = [], cisV5 = [] } = rule.frameworks;
    if (securityHub[0] !== undefined) {
        return {
            name: "AWS Foundational Security Best Practices",
            version: "1.0.0",
            reference: securityHub.join(", "),
            specification: rule.description,
        };
    }
    return cisV5[0] === undefined
        ? undefined
        : {
              name: "CIS AWS Foundations Benchmark",
              version: "5.0.0",
              reference: cisV5.join(", "),
              specification: rule.description,
          };
}

/** What may be done about unknown values, as a configuration property. It has no default: the pack's then holds. */
export const UNKNOWNS_PROPERTY: PolicyConfigJSONSchema & { readonly description: string } = {
    type: "string",
    enum: ["advisory", "fail-closed"],
    description:
        "What to do where a value is not known at preview: say that it is undecided, or take it for a violation.",
};

/** The schema of a rule's configuration, with the `unknowns` that every rule has. */
export function schemaOf(rule: Pick<Rule, "config">): PolicyConfigSchema {
    return {
        properties: {
            unknowns: UNKNOWNS_PROPERTY,
            ...(rule.config as Record<string, PolicyConfigJSONSchema> | undefined),
        },
    };
}

/** The defaults of a rule's configuration. */
export function defaultsOf(rule: Pick<Rule, "config">): Record<string, unknown> {
    const properties = (rule.config ?? {}) as Record<string, { readonly default: unknown }>;
    return Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, property.default]));
}
