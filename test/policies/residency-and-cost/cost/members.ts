/** Resources for tests of costs, as rules see them. */
import { type Member } from "../../../../policies/framework";
import { leastCost } from "../../../../policies/residency-and-cost/shared/cost/least";
import { StackView } from "../../../../policies/framework";

const PROVIDER = {
    name: "aws",
    urn: "urn:provider",
    type: "pulumi:providers:aws",
    props: { region: "us-east-1" },
};

export interface Given {
    readonly type: string;
    readonly props?: Readonly<Record<string, unknown>>;
    readonly name?: string;
    readonly stack?: string;
    readonly refers?: Readonly<Record<string, Member>>;
    readonly parent?: Member;
}

export function member({ type, props = {}, refers = {}, ...given }: Given): Member {
    const { name = type.split(":").at(-1) ?? "", stack = "prod", parent } = given;
    return {
        type,
        name,
        urn: `urn:pulumi:${stack}::p::${type}::${name}`,
        props,
        provider: PROVIDER,
        opts: { protect: false, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] },
        ...(parent === undefined ? {} : { parent }),
        dependencies: Object.values(refers),
        propertyDependencies: Object.fromEntries(
            Object.entries(refers).map(([key, other]) => [key, [other]]),
        ),
    };
}

/** What a resource costs at its least, in whole cents. */
export function leastOf(given: Given): number {
    const resource = member(given);
    const { usd } = leastCost(resource, new StackView([resource, ...resource.dependencies]));
    return Math.round(usd * 100) / 100;
}

/** Throws as the policy SDK does where an unknown value is read. */
export function notKnown(): never {
    throw Object.assign(new Error("not known during preview"), { unknownTypeSentinel: "x", props: [] });
}
