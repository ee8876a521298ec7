/** What a change of inputs does to a resource, by what the real provider does. */
import { isDeepStrictEqual } from "node:util";
import { type Properties } from "../../../tools/preview/types";
import { containsUnknown, plainValue } from "../../../tools/preview/values";
import table from "./replacements.json";

const REPLACES: Readonly<Partial<Record<string, readonly string[]>>> = table.replaces;

/** The properties whose value differs, but for those that the program ignores. */
export function changedProperties(olds: Properties, news: Properties, ignored: readonly string[]): string[] {
    return [...new Set([...Object.keys(olds), ...Object.keys(news)])]
        .filter((key) => !key.startsWith("__") && !ignored.includes(key))
        .filter((key) => !isDeepStrictEqual(plainValue(olds[key]), plainValue(news[key])))
        .sort();
}

/** A balancer of the network, which AWS does not take out of a zone by way of the provider. */
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

/** Those of the changed properties for which the provider makes another resource in the old one's place. */
export function replacedBy(
    type: string,
    changed: readonly string[],
    olds: Properties,
    news: Properties,
): string[] {
    const replacing = [...(type.startsWith("aws:") ? table.everywhere : []), ...(REPLACES[type] ?? [])];
    return changed
        .filter((property) => replacing.includes(property))
        .filter((property) => type !== BALANCER || property !== "subnets" || losesZone(olds, news));
}

/** One that only gains subnets goes on in place. Of subnets that are not known yet the provider says nothing. */
function losesZone(olds: Properties, news: Properties): boolean {
    const [before, after] = [olds, news].map(({ subnets }) => plainValue(subnets));
    return (
        olds["loadBalancerType"] === "network" &&
        !containsUnknown(after) &&
        Array.isArray(before) &&
        before.some((subnet) => !Array.isArray(after) || !after.includes(subnet))
    );
}
