/** Policy packs, spoken to through the analyzer protocol as Pulumi's engine does. */
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import {
    FIX_SEPARATOR,
    readSaid,
    undecidedLines,
    undecidedParts,
    WAIVED_POLICY,
    waivedRule,
} from "../../../policies/framework/messages";
import { type Properties } from "../types";
import { type PolicyFinding } from "./findings";
import { type AnalyzedStack } from "./analyzedStack";
import { bothJudgements, type Question, type Questions } from "./judgements";
import { configureRequest } from "./messages";
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
import { type TogetherRequests, togetherRequests } from "./together";

/** A stack with what a pack has mended. */
export interface Remedied {
    readonly stack: AnalyzedStack;
    readonly findings: readonly PolicyFinding[];
}

/** What a pack says to one question. */
export interface Answers {
    readonly ofResources: readonly PolicyFinding[];
    readonly ofStack: readonly PolicyFinding[];
}

const DISABLED: PolicyConfig = { level: "disabled", properties: {} };

/** A running pack. */
export class Pack {
    readonly #process: PackProcess;
    readonly #info: Promise<PackInfo>;
    readonly #asEngine: boolean;
    #policies: ReadonlyMap<string, PolicyConfig> = new Map();
    /** What has the pack run its rules together on the stack at hand, where it can. */
    #together: TogetherRequests | undefined;

    /** @param asEngine Whether to ask policy by policy even a pack that can run its rules together. */
    constructor(process: PackProcess, asEngine = process.faithful) {
        this.#process = process;
        this.#asEngine = asEngine;
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
        const info = await this.#info;
        this.#policies = reconcile(info.policies, config);
        const enabled = this.#enabled(info, stack);
        this.#together =
            info.runners === undefined || this.#asEngine
                ? undefined
                : togetherRequests(info.policies, info.runners, enabled);
        // Only their own policies mend.
        if (this.#together === undefined || this.mends) {
            await this.#process.call("Configure", configureRequest(enabled));
        }
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
     */
    async judge({ first, second }: Questions): Promise<PolicyFinding[]> {
        const known = await this.ask(first);
        const assumed = await this.ask(second);
        return [
            ...bothJudgements(known.ofResources, assumed.ofResources),
            ...bothJudgements(known.ofStack, assumed.ofStack),
        ];
    }

    /** Judges once, with what one question says. */
    async ask(question: Question): Promise<Answers> {
        const info = await this.#info;
        return this.#together === undefined
            ? this.#askEach(info, question)
            : this.#askTogether(info, this.#together, question);
    }

    /** Asks about one resource after the other, and about the stack, as the engine does. */
    async #askEach(info: PackInfo, { stack, registered }: Question): Promise<Answers> {
        const ask = async (resource: AnalyzedResource): Promise<PolicyFinding[]> => {
            const response = await this.#process.call("Analyze", stack.analyzeRequest(resource));
            return this.#read(info, stack, response, resource.urn);
        };
        const [root, ...others] = registered.filter(this.#applies(info));
        // By the first one packs may forget the stack before; the others in their order, whoever answers first.
        const ofRoot = root === undefined ? [] : await ask(root);
        const judged = await Promise.all(others.map(ask));
        return { ofResources: [...ofRoot, ...judged.flat()], ofStack: await this.#askStack(info, stack) };
    }

    /** Asks about all resources at once, and about the stack, of a pack that runs its rules together. */
    async #askTogether(
        info: PackInfo,
        { forResources, forStack }: TogetherRequests,
        question: Question,
    ): Promise<Answers> {
        const { stack } = question;
        await this.#process.call("Configure", forResources);
        const response = await this.#process.call("AnalyzeStack", question.registrationsRequest());
        await this.#process.call("Configure", forStack);
        return {
            ofResources: this.#read(info, stack, response, undefined),
            ofStack: await this.#askStack(info, stack),
        };
    }

    /** Asks about the stack, where it is complete. */
    async #askStack(info: PackInfo, stack: AnalyzedStack): Promise<PolicyFinding[]> {
        if (!stack.complete) {
            return [];
        }
        const response = await this.#process.call("AnalyzeStack", stack.analyzeStackRequest());
        return this.#read(info, stack, response, undefined);
    }

    /** The configuration of the policies, without those that speak of nothing in the stack. */
    #enabled(info: PackInfo, stack: AnalyzedStack): ReadonlyMap<string, PolicyConfig> {
        const types = new Set(stack.resources.map(({ type }) => type));
        return new Map(
            info.policies.map((policy) => {
                const speaks = this.#typesOf(policy)?.some((type) => types.has(type)) ?? true;
                return [policy.name, (speaks ? this.#policies.get(policy.name) : undefined) ?? DISABLED];
            }),
        );
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
            if (rule === info.runners?.ofResources || rule === info.runners?.ofStacks) {
                const said = readSaid(message);
                return said.undecided === true
                    ? undecidedLines(said.message).map((part) =>
                          finding("undecided", said.rule, part.reason, part.urn ?? about),
                      )
                    : [finding("violation", said.rule, said.message, about)];
            }
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
