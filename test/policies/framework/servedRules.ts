/** Runs rules as a pack serves them, over resources that are written out. */
import { type Policies } from "@pulumi/policy";
import * as sdk from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { policiesOf, type Rule } from "../../../policies/framework";
import { analyzeRequest, analyzeStackRequest } from "../../../tools/preview/policies/messages";
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
    /** Judges a stack: its own resource, then each of the others, then all together. */
    judge(resources: readonly AnalyzedResource[], stack?: string): Promise<string[]>;
    /** The policies that say of a resource that they do not apply to it. */
    inapplicable(resource: AnalyzedResource): Promise<string[]>;
    readonly policies: Policies;
}

/** Serves rules as a pack does, with configuration by policy. */
export function serve(
    rules: readonly Rule[],
    config: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Served {
    const policies = policiesOf(rules).map((policy) => {
        const getConfig = () => ({ ...config[policy.name] }) as never;
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
    const analyzeStack = makeAnalyzeStackRpcFun("pack", "1.0.0", "mandatory", policies);
    return {
        policies,
        inapplicable: async (each) => {
            const request = analyzer.AnalyzeRequest.deserializeBinary(analyzeRequest(each, () => undefined));
            const response = await answer(analyze, request);
            return response.getNotApplicableList().map((policy) => policy.getPolicyName());
        },
        judge: async (resources, stack = "dev") => {
            const all = [
                resource(STACK_TYPE, stack, {}, { urn: urnOf(STACK_TYPE, stack, stack) }),
                ...resources,
            ];
            const find = (urn: string): AnalyzedResource | undefined => all.find((each) => each.urn === urn);
            const said: string[] = [];
            for (const each of all) {
                const request = analyzer.AnalyzeRequest.deserializeBinary(analyzeRequest(each, find));
                said.push(
                    ...(await answer(analyze, request))
                        .getDiagnosticsList()
                        .map((line) => tell(line, each.urn)),
                );
            }
            const request = analyzer.AnalyzeStackRequest.deserializeBinary(analyzeStackRequest(all, find));
            said.push(
                ...(await answer(analyzeStack, request)).getDiagnosticsList().map((line) => tell(line, "")),
            );
            return said;
        },
    };
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

function tell(diagnostic: analyzer.AnalyzeDiagnostic, about: string): string {
    const level =
        diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY ? "mandatory" : "advisory";
    const urn = diagnostic.getUrn() === "" ? about : diagnostic.getUrn();
    const name = urn.split("::").at(-1) ?? "";
    const message = diagnostic.getMessage().replace(`${diagnostic.getDescription()}\n`, "");
    return `${level} ${diagnostic.getPolicyname()} ${name}: ${message}`;
}
