import * as path from "node:path";
import { AnalyzedStack } from "../../../tools/preview/policies/analyzedStack";
import { type PolicyFinding } from "../../../tools/preview/policies/findings";
import { questionsOf } from "../../../tools/preview/policies/judgements";
import { type Pack } from "../../../tools/preview/policies/pack";
import { type GivenConfig } from "../../../tools/preview/policies/packConfig";
import { type AnalyzedResource } from "../../../tools/preview/policies/resources";
import { secret } from "../../../tools/preview/values";

export const ROOT = path.resolve(__dirname, "../../..");
export const FIXTURE_PACK = path.join(ROOT, "test/tools/preview/policies/fixture-pack");

export const OPTIONS = { protect: false, ignoreChanges: [], additionalSecretOutputs: [], aliases: [] };

export function urnOf(type: string, name: string, stack = "dev"): string {
    return `urn:pulumi:${stack}::shop::${type}::${name}`;
}

/** A resource with these inputs, which are its outputs, too. */
export function resource(
    type: string,
    name: string,
    inputs: Readonly<Record<string, unknown>> = {},
    change: Partial<AnalyzedResource> = {},
): AnalyzedResource {
    return {
        urn: urnOf(type, name),
        type,
        name,
        custom: true,
        registered: true,
        inputs,
        outputs: inputs,
        options: OPTIONS,
        dependencies: [],
        propertyDependencies: {},
        ...change,
    };
}

export const PROVIDER = resource("pulumi:providers:test", "here", { region: "eu-central-1" });
export const OWNER = resource("test:index:Owner", "owner", {});

/** A thing that the fixture pack finds nothing wrong with. */
export function thing(
    name: string,
    inputs: Readonly<Record<string, unknown>> = {},
    change: Partial<AnalyzedResource> = {},
): AnalyzedResource {
    return resource(
        "test:index:Thing",
        name,
        { size: 5, tags: {}, label: "fine", password: secret("good"), ...inputs },
        {
            provider: PROVIDER.urn,
            dependencies: [OWNER.urn],
            propertyDependencies: { owner: [OWNER.urn] },
            ...change,
        },
    );
}

/** A stack of these resources, with the provider and the owner. */
export function stackOf(things: readonly AnalyzedResource[], complete = true): AnalyzedStack {
    return new AnalyzedStack(
        { name: "dev", project: "shop", organization: "organization", config: {}, complete },
        [PROVIDER, OWNER, ...things],
    );
}

/** What a pack says about a stack: first it mends, then it judges. */
export async function analyze(
    pack: Pack,
    stack: AnalyzedStack,
    config: GivenConfig | undefined,
): Promise<PolicyFinding[]> {
    await pack.begin(stack, config);
    const remedied = pack.mends ? await pack.remediate(stack) : { stack, findings: [] };
    return [...remedied.findings, ...(await pack.judge(questionsOf(remedied.stack, remedied.stack)))];
}
