/** Runs rules as a pack serves them, over resources that are written out. */
import { type Policies } from "@pulumi/policy";
import * as sdk from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import {
    policiesOf,
    readSaid,
    type Rule,
    SETTINGS_POLICY,
    WAIVED_POLICY,
    WAIVERS_POLICY,
} from "../../../policies/framework";
import {
    analyzeRequest,
    analyzeStackRequest,
    type Lookup,
    registrationsRequest,
} from "../../../tools/preview/policies/messages";
import { type AnalyzedResource } from "../../../tools/preview/policies/resources";
import { resource, urnOf } from "../../support/policies/packProcesses";

const STACK_TYPE = "pulumi:pulumi:Stack";

type Handler = (
    call: { readonly request: unknown },
    callback: (error: unknown, response: analyzer.AnalyzeResponse | undefined) => void,
) => unknown;

type MakeHandler = (name: string, version: string, level: string, policies: Policies) => Handler;

const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = sdk as unknown as Record<
    "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun",
    MakeHandler
>;

/** What a pack says: `<level> <policy> <name of the resource>: <message without description>`. */
export interface Served {
    /**
     * Judges a stack as an engine has it judged: its own resource, then each of the others, then all together. Fails
     * where rules that are run together say anything else.
     */
    judge(resources: readonly AnalyzedResource[], stack?: string): Promise<string[]>;
    /** Judges a stack with all rules run together. */
    judgeTogether(resources: readonly AnalyzedResource[], stack?: string): Promise<string[]>;
    /** The policies that say of a resource that they do not apply to it. */
    inapplicable(resource: AnalyzedResource): Promise<string[]>;
    readonly policies: Policies;
}

type Config = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Serves rules as a pack does, with configuration by policy.
 *
 * @param task What the policies are told that run rules together. Left out: all rules.
 */
export function serve(
    rules: readonly Rule[],
    config: Config = {},
    task: Config[string] = { rules: Object.fromEntries(rules.map(({ id }) => [id, config[id] ?? {}])) },
): Served {
    const configs: Config = {
        ...config,
        "resource-rules": { settings: config[SETTINGS_POLICY] ?? {}, ...task },
        "stack-rules": task,
    };
    const policies = policiesOf(rules).map((policy) => {
        const getConfig = () => ({ ...configs[policy.name] }) as never;
        if ("validateStack" in policy) {
            const { validateStack } = policy;
            return {
                ...policy,
                validateStack: Object.assign(
                    (
                        args: Parameters<typeof validateStack>[0],
                        report: Parameters<typeof validateStack>[1],
                    ) => validateStack({ ...args, getConfig }, report),
                    Object.fromEntries(Object.entries(validateStack)),
                ),
            };
        }
        const { validateResource } = policy;
        if (typeof validateResource !== "function") {
            return policy;
        }
        return {
            ...policy,
            validateResource: Object.assign(
                (
                    args: Parameters<typeof validateResource>[0],
                    report: Parameters<typeof validateResource>[1],
                ) => validateResource({ ...args, getConfig }, report),
                Object.fromEntries(Object.entries(validateResource)),
            ),
        };
    });
    const analyze = makeAnalyzeRpcFun("pack", "1.0.0", "mandatory", policies);
    const handlerOf = (chosen: Policies): Handler =>
        makeAnalyzeStackRpcFun("pack", "1.0.0", "mandatory", chosen);
    const switchedOn = (...names: readonly string[]): Handler =>
        handlerOf(
            policies
                .filter(({ name }) => names.includes(name))
                .map((policy) =>
                    policy.enforcementLevel === "disabled"
                        ? { ...policy, enforcementLevel: "mandatory" }
                        : policy,
                ),
        );
    const analyzeStack = handlerOf(policies);
    const runResources = switchedOn("resource-rules");
    const runStack = switchedOn("stack-rules", WAIVED_POLICY, WAIVERS_POLICY);
    const ask = async (handler: Handler, request: unknown, about = ""): Promise<string[]> =>
        (await answer(handler, request)).getDiagnosticsList().map((line) => tell(line, about, policies));
    const judgeTogether: Served["judgeTogether"] = async (resources, stack = "dev") => {
        const { all, find } = withRoot(resources, stack);
        const read = (bytes: Uint8Array): unknown => analyzer.AnalyzeStackRequest.deserializeBinary(bytes);
        return [
            ...(await ask(runResources, read(registrationsRequest(all, find)))),
            ...(await ask(runStack, read(analyzeStackRequest(all, find)))),
        ];
    };
    return {
        policies,
        inapplicable: async (each) => {
            const request = analyzer.AnalyzeRequest.deserializeBinary(analyzeRequest(each, () => undefined));
            const response = await answer(analyze, request);
            return response.getNotApplicableList().map((policy) => policy.getPolicyName());
        },
        judge: async (resources, stack = "dev") => {
            const { all, find } = withRoot(resources, stack);
            const said: string[] = [];
            for (const each of all) {
                const request = analyzer.AnalyzeRequest.deserializeBinary(analyzeRequest(each, find));
                said.push(...(await ask(analyze, request, each.urn)));
            }
            const request = analyzer.AnalyzeStackRequest.deserializeBinary(analyzeStackRequest(all, find));
            said.push(...(await ask(analyzeStack, request)));
            expect(await judgeTogether(resources, stack), "together").to.deep.equal(said);
            return said;
        },
        judgeTogether,
    };
}

/** The resources of a stack, with its own first. */
function withRoot(
    resources: readonly AnalyzedResource[],
    stack: string,
): { readonly all: readonly AnalyzedResource[]; readonly find: Lookup } {
    const all = [resource(STACK_TYPE, stack, {}, { urn: urnOf(STACK_TYPE, stack, stack) }), ...resources];
    return { all, find: (urn) => all.find((each) => each.urn === urn) };
}

async function answer(handler: Handler, request: unknown): Promise<analyzer.AnalyzeResponse> {
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

function tell(diagnostic: analyzer.AnalyzeDiagnostic, about: string, policies: Policies): string {
    const urn = diagnostic.getUrn() === "" ? about : diagnostic.getUrn();
    const name = urn.split("::").at(-1) ?? "";
    const policy = diagnostic.getPolicyname();
    const message = diagnostic.getMessage().replace(`${diagnostic.getDescription()}\n`, "");
    if (policy !== "resource-rules" && policy !== "stack-rules") {
        const isMandatory = diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY;
        return `${isMandatory ? "mandatory" : "advisory"} ${policy} ${name}: ${message}`;
    }
    // As the SDK would tell it of the rule's own policy; of one that it cannot run it leaves out the resource.
    const said = readSaid(message);
    const level = policies.find((each) => each.name === said.rule)?.enforcementLevel;
    return said.undecided === true
        ? `advisory ${said.rule} ${name}: can't run policy '${said.rule}' from policy pack 'pack@v1.0.0' during preview: ${said.message}`
        : `${level} ${said.rule} ${name}: ${said.message}`;
}
