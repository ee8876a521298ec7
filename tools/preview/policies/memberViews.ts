/** Resources in the form in which the policy SDK shows them to stack rules, for rules that the preview runs itself. */
import { createRequire } from "node:module";
import { type Member } from "../../../policies/framework/stackView";
import { type Props } from "../../../policies/framework/subject";
import { type Properties } from "../types";
import { isSecret, SIGNATURE } from "../values";
import { type AnalyzedResource } from "./resources";

const { unknownCheckingProxy } = createRequire(__filename)("@pulumi/policy/proxy") as {
    /** Throws where an unknown value is read. */
    readonly unknownCheckingProxy: (properties: object) => Props;
};

/** What a resource is registered with, as rules see it. */
export const inputsView = viewOf(({ inputs }) => inputs);

/** What a resource is registered with and what AWS computes, as rules see it. */
export const outputsView = viewOf(({ outputs }) => outputs);

/** A view of some properties, made once for each resource. */
function viewOf(
    propertiesOf: (resource: AnalyzedResource) => Properties,
): (resource: AnalyzedResource) => Props {
    const views = new WeakMap<AnalyzedResource, Props>();
    return (resource) => {
        let found = views.get(resource);
        if (found === undefined) {
            found = unknownCheckingProxy(bare(propertiesOf(resource)) as Properties);
            views.set(resource, found);
        }
        return found;
    };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The resources with their relations.
 *
 * @param propsOf What rules see of a resource. Left out: what it is registered with.
 */
export function memberViews(
    resources: readonly AnalyzedResource[],
    propsOf: (resource: AnalyzedResource) => Props = inputsView,
): readonly Member[] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const members = new Map<string, Writable<Member>>();
    for (const resource of resources) {
        const { urn, type, name, options, parent } = resource;
        const provider = byUrn.get(resource.provider ?? "");
        members.set(urn, {
            urn,
            type,
            name,
            props: propsOf(resource),
            inputs: inputsView(resource),
            opts: { ...options, ...(parent === undefined ? {} : { parent }) },
            ...(provider === undefined
                ? {}
                : {
                      provider: {
                          name: provider.name,
                          urn: provider.urn,
                          type: provider.type,
                          props: inputsView(provider),
                      },
                  }),
            dependencies: [],
            propertyDependencies: {},
        });
    }
    const membersOf = (urns: readonly string[]): Member[] =>
        urns.map((urn) => members.get(urn)).filter((member) => member !== undefined);
    for (const resource of resources) {
        const member = members.get(resource.urn);
        const parent = members.get(resource.parent ?? "");
        if (member !== undefined) {
            member.dependencies = membersOf(resource.dependencies);
            member.propertyDependencies = Object.fromEntries(
                Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, membersOf(urns)]),
            );
            if (parent !== undefined) {
                member.parent = parent;
            }
        }
    }
    return [...members.values()];
}

/** The value without the marks of secrets, as the policy SDK hands it over. */
function bare(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(bare);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (isSecret(value)) {
        return bare((value as { value?: unknown }).value);
    }
    return SIGNATURE in value
        ? value
        : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bare(item)]));
}
