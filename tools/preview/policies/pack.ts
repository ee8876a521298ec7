/** Policy packs, spoken to through the analyzer protocol as Pulumi's engine does. */
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
    FIX_SEPARATOR,
    undecidedParts,
    WAIVED_POLICY,
    waivedRule,
} from "../../../policies/framework/messages";
import { type Properties } from "../types";
import { STACK_TYPE } from "../urn";
import { type PolicyFinding } from "./findings";
import { type AnalyzedStack } from "./analyzedStack";
import { bothJudgements, hasUnknowns } from "./judgements";
import { LEVEL_NUMBERS } from "./messages";
import {
    enabledPolicies,
    type GivenConfig,
    type PolicyConfig,
    type PolicyInfo,
    reconcile,
} from "./packConfig";
import { infoOf, type PackInfo } from "./packInfo";
import { type PackProcess } from "./packProcess";
import { changedPaths } from "./remedied";
import { type AnalyzedResource } from "./resources";

/** A stack with what a pack has mended. */
export interface Remedied {
    readonly stack: AnalyzedStack;
    readonly findings: readonly PolicyFinding[];
}

const DISABLED: PolicyConfig = { level: "disabled", properties: {} };

/** A running pack. */
export class Pack {
    readonly #process: PackProcess;
    readonly #info: Promise<PackInfo>;
    #policies: ReadonlyMap<string, PolicyConfig> = new Map();

    constructor(process: PackProcess) {
        this.#process = process;
        this.#info = infoOf(process);
        // Whoever asks for it hears of a failure.
        this.#info.catch(() => undefined);
    }

    /** What the pack says about itself. */
    async info(): Promise<PackInfo> {
        return this.#info;
    }

    /** Checks a configuration. @throws PolicyConfigError */
    async check(config: GivenConfig | undefined): Promise<void> {
        reconcile((await this.#info).policies, config);
    }

    /** The policies that a configuration leaves enabled. @throws PolicyConfigError */
    async enabled(config: GivenConfig | undefined): Promise<readonly string[]> {
        return enabledPolicies((await this.#info).policies, config);
    }

    /** Makes ready for a stack: a pack is told its configuration and what the stack is before it judges anything. */
    async begin(stack: AnalyzedStack, config: GivenConfig | undefined): Promise<void> {
        await this.#configure(await this.#info, config, new Set(stack.resources.map(({ type }) => type)));
        await this.#process.call("ConfigureStack", stack.configureRequest());
    }

    /** Whether any policy is to mend resources, as the pack is configured. */
    get mends(): boolean {
        return [...this.#policies.values()].some(({ level }) => level === "remediate");
    }

    /** Lets policies of the level `remediate` mend resources. */
    async remediate(stack: AnalyzedStack): Promise<Remedied> {
        const info = await this.#info;
        const findings: PolicyFinding[] = [];
        const changes = new Map<string, Properties>();
        const mend = async (resource: AnalyzedResource): Promise<void> => {
            const answer = await this.#process.call("Remediate", stack.analyzeRequest(resource));
            const response = analyzer.RemediateResponse.deserializeBinary(answer);
            for (const remediation of response.getRemediationsList()) {
                const properties = remediation.getProperties()?.toJavaScript();
                const [part] =
                    undecidedParts(remediation.getDiagnostic().replace("remediation", "policy")) ?? [];
                const before = changes.get(resource.urn) ?? resource.inputs;
                if (properties !== undefined) {
                    changes.set(resource.urn, properties);
                }
                findings.push({
                    status: properties === undefined ? "undecided" : "remediated",
                    ...describe(info, remediation.getPolicyname(), "remediate"),
                    stack: stack.name,
                    urn: resource.urn,
                    message:
                        properties === undefined
                            ? (part?.reason ?? remediation.getDiagnostic())
                            : `changed ${changedPaths(before, properties).join(", ") || "nothing"}.`,
                });
            }
        };
        await Promise.all(stack.resources.filter(({ registered }) => registered).map(mend));
        return { stack: stack.withInputs(changes), findings };
    }

    /**
     * Judges the resources of a stack, and where it is complete the stack; then once more with made-up values, see
     * `bothJudgements`.
     *
     * @param assumed The same stack, with values made up that a preview does not know.
     */
    async judge(stack: AnalyzedStack, assumed: AnalyzedStack): Promise<PolicyFinding[]> {
        const info = await this.#info;
        const applies = this.#applies(info);
        const asked = stack.resources.filter((resource) => resource.registered && applies(resource));
        const first = await this.#judge(info, stack, asked);
        const mayDiffer = hasUnknowns(stack);
        // The stack's own registration would make packs forget what they know of it, such as which waivers are in use.
        const again = asked
            .filter((resource) => resource.type !== STACK_TYPE && mayDiffer(resource))
            .map(({ urn }) => assumed.find(urn))
            .filter((resource) => resource !== undefined);
        const second = await this.#judge(info, assumed, again);
        return [
            ...bothJudgements(first.ofResources, second.ofResources),
            ...bothJudgements(first.ofStack, second.ofStack),
        ];
    }

    /** Judges some resources, and the stack where it is complete. */
    async #judge(
        info: PackInfo,
        stack: AnalyzedStack,
        resources: readonly AnalyzedResource[],
    ): Promise<{ readonly ofResources: PolicyFinding[]; readonly ofStack: PolicyFinding[] }> {
        const ofResources: PolicyFinding[] = [];
        const ask = async (resource: AnalyzedResource): Promise<PolicyFinding[]> => {
            const response = await this.#process.call("Analyze", stack.analyzeRequest(resource));
            return this.#read(info, stack, response, resource.urn);
        };
        // The stack's own registration comes first: with it packs forget the stack before.
        const root = resources.find(({ type }) => type === STACK_TYPE);
        if (root !== undefined) {
            ofResources.push(...(await ask(root)));
        }
        // In the order of the resources, whoever answers first.
        const judged = await Promise.all(resources.filter((resource) => resource !== root).map(ask));
        ofResources.push(...judged.flat());
        if (!stack.complete) {
            return { ofResources, ofStack: [] };
        }
        const response = await this.#process.call("AnalyzeStack", stack.analyzeStackRequest());
        return { ofResources, ofStack: this.#read(info, stack, response, undefined) };
    }

    /** Enables what the configuration does, but for policies that speak of nothing in the stack. */
    async #configure(
        info: PackInfo,
        config: GivenConfig | undefined,
        types: ReadonlySet<string>,
    ): Promise<void> {
        this.#policies = reconcile(info.policies, config);
        const request = new analyzer.ConfigureAnalyzerRequest();
        const map = request.getPolicyconfigMap();
        for (const policy of info.policies) {
            const { level, properties } = this.#policies.get(policy.name) ?? DISABLED;
            const speaks = this.#typesOf(policy)?.some((type) => types.has(type)) ?? true;
            const message = new analyzer.PolicyConfig();
            message.setEnforcementlevel(LEVEL_NUMBERS[speaks ? level : "disabled"]);
            message.setProperties(
                Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]),
            );
            map.set(policy.name, message);
        }
        await this.#process.call("Configure", request.serializeBinary());
    }

    /**
     * Tells the resources that a resource policy may have something to say about. To ask about another one would be
     * answered by a list of policies that do not apply.
     */
    #applies(info: PackInfo): (resource: AnalyzedResource) => boolean {
        const enabled = info.policies.filter(
            ({ name, kind }) => kind === "resource" && this.#policies.get(name)?.level !== "disabled",
        );
        const [always, ifIgnored] = [false, true].map((only) => {
            const types = enabled
                .filter(({ ignoredChangesOnly }) => ignoredChangesOnly === only)
                .map((policy) => this.#typesOf(policy));
            const named = new Set(types.flatMap((each) => each ?? []));
            return (type: string): boolean => types.includes(undefined) || named.has(type);
        });
        return ({ options, type }) =>
            always?.(type) === true || (options.ignoreChanges.length > 0 && ifIgnored?.(type) === true);
    }

    /** The types that a policy speaks of as it is configured; undefined where that may be any. */
    #typesOf({ configuredTypes, name, types }: PolicyInfo): readonly string[] | undefined {
        return configuredTypes ? (this.#policies.get(name)?.properties["types"] as readonly string[]) : types;
    }

    #read(
        info: PackInfo,
        stack: AnalyzedStack,
        answer: Uint8Array,
        urn: string | undefined,
    ): PolicyFinding[] {
        const response = analyzer.AnalyzeResponse.deserializeBinary(answer);
        return response.getDiagnosticsList().flatMap((diagnostic) => {
            const message = withoutDescription(diagnostic);
            const rule = diagnostic.getPolicyname();
            const about = diagnostic.getUrn() === "" ? urn : diagnostic.getUrn();
            const finding = (
                status: PolicyFinding["status"],
                name: string,
                text: string,
                at: string | undefined,
            ): PolicyFinding => {
                const [reason = "", fix] = text.split(FIX_SEPARATOR);
                return {
                    status,
                    ...describe(info, name, this.#policies.get(name)?.level),
                    stack: stack.name,
                    ...(at === undefined ? {} : { urn: at }),
                    message: reason,
                    ...(fix === undefined ? {} : { fix }),
                };
            };
            const undecided = undecidedParts(message);
            if (undecided !== undefined) {
                return undecided.map((part) => finding("undecided", rule, part.reason, part.urn ?? about));
            }
            if (rule === WAIVED_POLICY) {
                return [finding("waived", waivedRule(message) ?? rule, message, about)];
            }
            return [finding("violation", rule, message, about)];
        });
    }
}

/** The policy SDK puts a policy's description before what it reports. */
function withoutDescription(diagnostic: analyzer.AnalyzeDiagnostic): string {
    const prefix = `${diagnostic.getDescription()}\n`;
    const message = diagnostic.getMessage();
    return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

function describe(
    info: PackInfo,
    name: string,
    level: string | undefined,
): Pick<PolicyFinding, "pack" | "rule" | "level" | "severity" | "description" | "fix" | "frameworks"> {
    const policy = info.policies.find((each) => each.name === name);
    return {
        pack: info.name,
        rule: name,
        // A policy that was to mend what it still objects to has failed.
        level: level === undefined ? "advisory" : level === "remediate" ? "mandatory" : level,
        ...(policy?.severity === undefined ? {} : { severity: policy.severity }),
        description: policy?.description ?? "",
        ...(policy === undefined || policy.fix === "" ? {} : { fix: policy.fix }),
        frameworks: policy?.tags ?? [],
    };
}
