/** The packs under test, run through the policy SDK's own functions on real messages. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Policies, type ResourceValidation, type ResourceValidationArgs } from "@pulumi/policy";
import * as sdk from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { loadRules, policiesOf, type Rule, StackAtHand } from "../../policies/framework";
import { analyzeRequest, analyzeStackRequest } from "../../tools/preview/policies/messages";
import { inputsView } from "../../tools/preview/policies/memberViews";
import { type AnalyzedResource } from "../../tools/preview/policies/resources";
import { type Properties } from "../../tools/preview/types";

export const POLICIES = path.join(__dirname, "..", "..", "policies");

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

/** Where the resources of a run come from. */
export interface StackResources {
    readonly resources: readonly AnalyzedResource[];
    get(urn: string): AnalyzedResource | undefined;
}

type Handler<Request, Response> = (
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
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } = sdk as unknown as {
    readonly makeAnalyzeRpcFun: MakeHandler<analyzer.AnalyzeRequest, analyzer.AnalyzeResponse>;
    readonly makeAnalyzeStackRpcFun: MakeHandler<analyzer.AnalyzeStackRequest, analyzer.AnalyzeResponse>;
    readonly makeRemediateRpcFun: MakeHandler<analyzer.AnalyzeRequest, analyzer.RemediateResponse>;
};

/** Rules as a pack serves them. */
export class PackUnderTest {
    readonly rules: readonly Rule[];
    readonly #policies: Policies;
    readonly #atHand = new StackAtHand();

    constructor(
        readonly name: string,
        rules: readonly Rule[],
    ) {
        this.rules = rules;
        this.#policies = policiesOf(rules, {}, this.#atHand).map((policy) => ({
            ...policy,
            // Whether a rule is on is a matter of the profiles; here each one has to show that it works.
            enforcementLevel: "mandatory",
        }));
    }

    static load(name: string): PackUnderTest {
        return new PackUnderTest(name, loadRules(path.join(POLICIES, name, "rules")));
    }

    /** The same pack with configuration of some rules. */
    runner(config: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {}): PackRunner {
        return new PackRunner(
            this.name,
            this.#atHand,
            this.#policies.map((policy) => configured(policy, config[policy.name])),
        );
    }

    /** One rule alone. */
    ruleRunner(rule: string, config: Readonly<Record<string, unknown>> = {}): PackRunner {
        const policies = this.#policies.filter((policy) => policy.name === rule);
        return new PackRunner(
            this.name,
            this.#atHand,
            policies.map((policy) => configured(policy, config)),
        );
    }

    /** The inputs as a rule mends them, or nothing where it has nothing to mend. */
    async remediate(
        rule: string,
        resource: AnalyzedResource,
        stack: StackResources,
        config: Readonly<Record<string, unknown>> = {},
    ): Promise<Properties | undefined> {
        const policies = this.#policies
            .filter((policy) => policy.name === rule)
            .map((policy) => ({ ...configured(policy, config), enforcementLevel: "remediate" as const }));
        const handler = makeRemediateRpcFun(this.name, "0.0.0", "mandatory", policies);
        const [remediation] = (await answered(handler, requestOf(resource, stack))).getRemediationsList();
        return remediation?.getProperties()?.toJavaScript();
    }
}

/** Runs policies over resources. */
export class PackRunner {
    readonly #analyze: Handler<analyzer.AnalyzeRequest, analyzer.AnalyzeResponse>;
    readonly #analyzeStack: Handler<analyzer.AnalyzeStackRequest, analyzer.AnalyzeResponse>;

    constructor(
        name: string,
        readonly atHand: StackAtHand,
        policies: Policies,
    ) {
        this.#analyze = makeAnalyzeRpcFun(name, "0.0.0", "mandatory", policies);
        this.#analyzeStack = makeAnalyzeStackRpcFun(name, "0.0.0", "mandatory", policies);
    }

    /** Runs the resource rules over some of the resources, and the stack rules over all. */
    async run(
        stack: StackResources,
        resources: readonly AnalyzedResource[] = stack.resources,
    ): Promise<Finding[]> {
        const findings: Finding[] = [];
        for (const resource of resources) {
            findings.push(...(await this.resource(resource, stack)));
        }
        findings.push(...(await this.stack(stack)));
        return findings;
    }

    /** Runs the resource rules over one resource. */
    async resource(resource: AnalyzedResource, stack: StackResources): Promise<Finding[]> {
        if (!resource.registered) {
            return [];
        }
        const response = await answered(this.#analyze, requestOf(resource, stack));
        return response.getDiagnosticsList().map((diagnostic) => finding(diagnostic, resource.urn));
    }

    /** Runs the stack rules. */
    async stack(stack: StackResources): Promise<Finding[]> {
        // As an engine has told a pack of every resource, before it asks about all of them together.
        this.atHand.forget();
        for (const resource of stack.resources.filter(({ registered }) => registered)) {
            this.atHand.note(resource.urn, inputsView(resource));
        }
        const request = new analyzer.AnalyzeStackRequest();
        request.setResourcesList(stack.resources.map((resource) => messageOf(resource, stack)));
        const response = await answered(this.#analyzeStack, request);
        return response.getDiagnosticsList().map((diagnostic) => finding(diagnostic, ""));
    }
}

function requestOf(resource: AnalyzedResource, stack: StackResources): analyzer.AnalyzeRequest {
    return analyzer.AnalyzeRequest.deserializeBinary(analyzeRequest(resource, (urn) => stack.get(urn)));
}

interface KnownMessage {
    readonly provider: AnalyzedResource | undefined;
    readonly message: analyzer.AnalyzerResource;
}

// What a mutant leaves as it was has the same message in all of them.
const messages = new WeakMap<AnalyzedResource, KnownMessage>();

function messageOf(resource: AnalyzedResource, stack: StackResources): analyzer.AnalyzerResource {
    const provider = stack.get(resource.provider ?? "");
    let known = messages.get(resource);
    if (known?.provider !== provider || known === undefined) {
        const bytes = analyzeStackRequest([resource], (urn) => stack.get(urn));
        const [message] = analyzer.AnalyzeStackRequest.deserializeBinary(bytes).getResourcesList();
        if (message === undefined) {
            throw new Error(`${resource.urn} is lost on its way`);
        }
        known = { provider, message };
        messages.set(resource, known);
    }
    return known.message;
}

async function answered<Request, Response>(
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

function finding(diagnostic: analyzer.AnalyzeDiagnostic, urn: string): Finding {
    const message = diagnostic.getMessage();
    return {
        rule: diagnostic.getPolicyname(),
        urn: diagnostic.getUrn() === "" ? urn : diagnostic.getUrn(),
        message,
        undecided:
            diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.ADVISORY &&
            message.startsWith("can't run policy "),
    };
}

/** The policy with this configuration, as the SDK hands it over where the engine has sent one. */
function configured(
    policy: Policies[number],
    config: Readonly<Record<string, unknown>> | undefined,
): Policies[number] {
    if (config === undefined) {
        return policy;
    }
    const getConfig = (() => ({ ...config })) as ResourceValidationArgs["getConfig"];
    if ("validateStack" in policy) {
        const { validateStack } = policy;
        return { ...policy, validateStack: (args, report) => validateStack({ ...args, getConfig }, report) };
    }
    const validate = policy.validateResource;
    if (typeof validate !== "function") {
        return policy;
    }
    const wrapped: ResourceValidation = (args, report) => validate({ ...args, getConfig }, report);
    const remediate = policy.remediateResource;
    // Keeps the type by which the SDK passes over resources that the policy does not speak of.
    return {
        ...policy,
        validateResource: Object.assign(wrapped, Object.fromEntries(Object.entries(validate))),
        ...(remediate === undefined
            ? {}
            : { remediateResource: (args: ResourceValidationArgs) => remediate({ ...args, getConfig }) }),
    };
}
