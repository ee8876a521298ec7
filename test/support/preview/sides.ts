/** Small stacks for comparisons. */
import { type PreviewDocument, type Properties, type ResourceState } from "../../../tools/preview/types";
import { createUrn } from "../../../tools/preview/urn";

const PROJECT = "shop";

/** A resource of a small stack. */
export interface Given {
    readonly type: string;
    readonly name: string;
    readonly inputs?: Properties;
    readonly outputs?: Properties;
    /** The names of the resources that each input comes from. */
    readonly from?: Readonly<Record<string, readonly string[]>>;
    readonly op?: "create" | "read";
    readonly options?: Partial<ResourceState>;
}

/** The URN of a resource of a small stack. */
export function urnOf({ type, name }: Given, stack = "prod"): string {
    return createUrn(stack, PROJECT, undefined, type, name);
}

/** A document of one stack with these resources. */
export function sideOf(
    given: readonly Given[],
    rest: Partial<PreviewDocument> = {},
    stack = "prod",
): PreviewDocument {
    const urns = new Map(given.map((each) => [each.name, urnOf(each, stack)]));
    const root = createUrn(stack, PROJECT, undefined, "pulumi:pulumi:Stack", `${PROJECT}-${stack}`);
    const steps = given.map((each) => {
        const { type, inputs = {}, outputs = {}, from = {}, op = "create", options = {} } = each;
        const propertyDependencies = Object.fromEntries(
            Object.entries(from).map(([property, names]) => [
                property,
                names.map((name) => urns.get(name) ?? name),
            ]),
        );
        const urn = urnOf(each, stack);
        const newState: ResourceState = {
            urn,
            type,
            custom: true,
            parent: root,
            dependencies: Object.values(propertyDependencies).flat(),
            propertyDependencies,
            protect: false,
            ignoreChanges: [],
            inputs,
            outputs: { ...inputs, ...outputs },
            ...options,
        };
        return { op, urn, newState } as const;
    });
    return {
        stacks: {
            [stack]: {
                stack,
                config: {},
                steps,
                outputs: {},
                changeSummary: {},
                diagnostics: [],
                invokes: [],
            },
        },
        policies: [],
        cost: {},
        ...rest,
    };
}
