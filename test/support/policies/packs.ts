/** The packs under test: their policies as the framework makes them, called with what the policy SDK unpacks. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Policies, type ReportViolation, type ResourceValidationArgs } from "@pulumi/policy";
import {
    isUnknownError,
    loadRules,
    policiesOf,
    type Rule,
    StackAtHand,
    type StackView,
} from "../../../policies/framework";
import { type AnalyzedResource } from "../../../tools/preview/policies/resources";
import { type Properties } from "../../../tools/preview/types";
import { differenceOf, isUntouched, type Reads, RecordingStack, type StackResources, viewOf } from "./reads";
import {
    answered,
    argumentsOf,
    isNotApplicable,
    makeRemediateRpcFun,
    NO_RESOURCES,
    requestOf,
    VERSION,
} from "./unpacked";

export { type StackResources } from "./reads";

export const POLICIES = path.join(__dirname, "..", "..", "..", "policies");

/** The packs that the policy SDK serves: the folders with a `PulumiPolicy.yaml`. */
export function packNames(): readonly string[] {
    return fs
        .readdirSync(POLICIES)
        .filter((name) => fs.existsSync(path.join(POLICIES, name, "PulumiPolicy.yaml")))
        .sort();
}

/** What a rule said. */
export interface Finding {
    readonly rule: string;
    /** Empty where a rule speaks of the whole stack. */
    readonly urn: string;
    readonly message: string;
    /** True where the rule could not decide, because a value is not known at preview. */
    readonly undecided: boolean;
}

/** Configuration of rules, by their names. */
type RuleConfigs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Rules as a pack serves them. */
export class PackUnderTest {
    readonly rules: readonly Rule[];
    readonly #policies: Policies;
    readonly #inHand = new StackInHand();
    readonly #verdicts: ReadonlyMap<string, Verdicts>;

    constructor(
        readonly name: string,
        rules: readonly Rule[],
    ) {
        this.rules = rules;
        this.#policies = policiesOf(rules, {}, this.#inHand);
        this.#verdicts = new Map(this.#policies.map(({ name: policy }) => [policy, new Verdicts()]));
    }

    static load(name: string): PackUnderTest {
        return new PackUnderTest(name, loadRules(path.join(POLICIES, name, "rules")));
    }

    /** The same pack with configuration of some rules. */
    runner(config: RuleConfigs = {}): PackRunner {
        return this.#runner(this.#policies, config);
    }

    /** One rule alone. */
    ruleRunner(rule: string, config?: Readonly<Record<string, unknown>>): PackRunner {
        return this.#runner(this.#named(rule), config === undefined ? {} : { [rule]: config });
    }

    /** The inputs as a rule mends them, or nothing where it has nothing to mend. */
    async remediate(
        rule: string,
        resource: AnalyzedResource,
        stack: StackResources,
        config: Readonly<Record<string, unknown>> = {},
    ): Promise<Properties | undefined> {
        const getConfig = giving(config);
        const policies = this.#named(rule).map((policy): Policies[number] => {
            const remediate = "remediateResource" in policy ? policy.remediateResource : undefined;
            return {
                ...policy,
                enforcementLevel: "remediate",
                ...(remediate === undefined
                    ? {}
                    : {
                          remediateResource: (args: ResourceValidationArgs) =>
                              remediate({ ...args, getConfig }),
                      }),
            };
        });
        const handler = makeRemediateRpcFun(this.name, VERSION, "mandatory", policies);
        const request = requestOf(resource, (urn) => stack.get(urn));
        const [remediation] = (await answered(handler, request)).getRemediationsList();
        return remediation?.getProperties()?.toJavaScript();
    }

    #named(rule: string): Policies {
        return this.#policies.filter((policy) => policy.name === rule);
    }

    #runner(policies: Policies, config: RuleConfigs): PackRunner {
        const asked = policies.map((policy): Asked => {
            const given = config[policy.name];
            const verdicts = given === undefined ? this.#verdicts.get(policy.name) : undefined;
            return {
                policy,
                getConfig: giving(given ?? {}),
                ...(verdicts === undefined ? {} : { verdicts }),
            };
        });
        return new PackRunner(this.name, this.#inHand, asked);
    }
}

type GetConfig = ResourceValidationArgs["getConfig"];

/** Hands over configuration as the SDK does where the engine has sent one. */
function giving(config: Readonly<Record<string, unknown>>): GetConfig {
    return (() => ({ ...config })) as GetConfig;
}

/** The stack that is in hand, instead of the one that an engine would send to each policy. */
class StackInHand extends StackAtHand {
    #view = viewOf({ resources: [], get: () => undefined });

    /** Lets policies look at this until they get another one. */
    hand(view: StackView): void {
        this.#view = view;
    }

    override view(): StackView {
        return this.#view.again();
    }
}

/** What a rule says, and how that can be told again without asking it. */
interface Verdict<T> {
    readonly findings: readonly Finding[];
    /** What it depends on. */
    readonly on: T;
}

/** What a rule without configuration has said already: of resources by their provider, and of stacks by what it read. */
class Verdicts {
    readonly ofResources = new WeakMap<AnalyzedResource, Verdict<AnalyzedResource | undefined>>();
    readonly ofStacks = new WeakMap<StackResources, Verdict<Reads>>();
}

/** A policy as a runner asks it. */
interface Asked {
    readonly policy: Policies[number];
    readonly getConfig: GetConfig;
    /** Left out where it is configured: then it says something else. */
    readonly verdicts?: Verdicts;
}

/** Runs policies over resources. */
export class PackRunner {
    readonly #name: string;
    readonly #inHand: StackInHand;
    readonly #asked: readonly Asked[];

    constructor(name: string, inHand: StackInHand, asked: readonly Asked[]) {
        this.#name = name;
        this.#inHand = inHand;
        this.#asked = asked;
    }

    /** Runs the resource rules over some of the resources, and the stack rules over all. */
    run(stack: StackResources, resources: readonly AnalyzedResource[] = stack.resources): Finding[] {
        return [...resources.flatMap((resource) => this.resource(resource, stack)), ...this.stack(stack)];
    }

    /** Runs the resource rules over one resource. */
    resource(resource: AnalyzedResource, stack: StackResources): Finding[] {
        if (!resource.registered) {
            return [];
        }
        const find = (urn: string): AnalyzedResource | undefined => stack.get(urn);
        const provider = find(resource.provider ?? "");
        return this.#asked.flatMap(({ policy, getConfig, verdicts }) => {
            if (!("validateResource" in policy) || typeof policy.validateResource !== "function") {
                return [];
            }
            const known = verdicts?.ofResources.get(resource);
            if (known?.on === provider && known !== undefined) {
                return known.findings;
            }
            const { validateResource } = policy;
            const findings = this.#findings(policy, resource.urn, (report) =>
                validateResource({ ...argumentsOf(resource, find), getConfig }, report),
            );
            verdicts?.ofResources.set(resource, { on: provider, findings });
            return findings;
        });
    }

    /** Runs the stack rules. */
    stack(stack: StackResources): Finding[] {
        const { origin } = stack;
        const difference = origin === undefined ? undefined : differenceOf(origin, stack);
        let view: StackView | undefined;
        return this.#asked.flatMap(({ policy, getConfig, verdicts }) => {
            if (!("validateStack" in policy)) {
                return [];
            }
            const judge = (at: StackView): Finding[] => {
                this.#inHand.hand(at);
                return this.#findings(policy, "", (report) =>
                    policy.validateStack({ ...NO_RESOURCES, getConfig }, report),
                );
            };
            if (origin !== undefined && difference !== undefined && verdicts !== undefined) {
                const before = verdictOn(origin, verdicts, judge);
                if (isUntouched(before.on, difference)) {
                    return before.findings;
                }
            }
            view ??= viewOf(stack);
            return judge(view);
        });
    }

    /** What one policy says. */
    #findings(
        { name, description }: Policies[number],
        about: string,
        validate: (report: ReportViolation) => unknown,
    ): Finding[] {
        const findings: Finding[] = [];
        // Functions without a name of their own: to write a name on each took longer than most rules take.
        const error = thrownBy(() => {
            const judged = validate((message: unknown, urn = "") => {
                findings.push({
                    rule: name,
                    urn: urn === "" ? about : urn,
                    message: `${description}\n${String(message)}`,
                    undecided: false,
                });
            });
            if (judged instanceof Promise) {
                throw new Error("Rules judge at once.");
            }
        });
        if (isUnknownError(error)) {
            const message = `can't run policy '${name}' from policy pack '${this.#name}@v${VERSION}' during preview: ${error.message}`;
            findings.push({ rule: name, urn: about, message, undecided: true });
        } else if (error !== undefined && !isNotApplicable(error)) {
            const said = error instanceof Error ? error.message : "no error";
            throw new Error(`${name} fails${about === "" ? "" : ` on ${about}`}: ${said}`, { cause: error });
        }
        return findings;
    }
}

const recordings = new WeakMap<StackResources, RecordingStack>();

/** What a rule says of a stack, and what it looks at for that. */
function verdictOn(
    stack: StackResources,
    { ofStacks }: Verdicts,
    judge: (view: StackView) => Finding[],
): Verdict<Reads> {
    let known = ofStacks.get(stack);
    if (known === undefined) {
        const recording = recordings.get(stack) ?? new RecordingStack(stack);
        recordings.set(stack, recording);
        let findings: Finding[] = [];
        const on = recording.record((view) => {
            findings = judge(view);
        });
        known = { on, findings };
        ofStacks.set(stack, known);
    }
    return known;
}

/**
 * What a policy throws, without its trace: rules are left by an exception at whatever is not known, thousands of times,
 * and most of the time would go into traces that nobody sees. Packs' processes keep none either.
 */
function thrownBy(judge: () => void): unknown {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        judge();
        return undefined;
    } catch (error) {
        return error;
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}
