import { list, stackRule, text } from "../../framework";
import { inputOf, isInput } from "../../framework/items";
import { isGlobal, placeOf } from "../../framework/places";
import { NAMED_TYPES } from "../../framework/namedTypes";

export const rule = stackRule({
    id: "aws-duplicate-names",
    severity: "high",
    description: "No two resources of a stack have the same name where AWS keeps names apart.",
    fix: "Give one of them another name, or leave names to Pulumi.",
    frameworks: { controls: ["C10"] },
    types: Object.keys(NAMED_TYPES),
    checkStack: (stack, report) => {
        const owners = new Map<string, string>();
        stack.each(stack.ofType(...Object.keys(NAMED_TYPES)), (resource) => {
            const named = NAMED_TYPES[resource.type];
            // What AWS or the provider makes up or completes by itself is unique.
            if (named === undefined || isInput(resource, `${named.property}Prefix`)) {
                return;
            }
            const { property, scope, family = resource.type, within } = named;
            const value = inputOf(resource, property);
            const names = Array.isArray(value) ? list(value).map(text) : [text(value)];
            // Aliases of providers may be of several accounts; what tells them apart is the provider itself.
            const account = scope === "world" ? "" : (resource.provider?.urn ?? "");
            const isWide = scope !== undefined || isGlobal(resource.type);
            const region = isWide ? "" : (placeOf(resource) ?? "");
            const kind = within === undefined ? "" : (text(resource.props[within]) ?? "");
            for (const name of names.filter((each) => each !== undefined && each !== "")) {
                const key = [family, account, region, kind, name?.toLowerCase() ?? ""].join(" ");
                const owner = owners.get(key);
                if (owner !== undefined) {
                    report(`has the ${property} "${name ?? ""}", and so has ${owner}.`, resource);
                }
                owners.set(key, owner ?? resource.name);
            }
        });
    },
});
