import { list, stackRule, text } from "../../framework";
import { accountKeyOf } from "../../framework/accounts";
import { inputOf, isInput } from "../../framework/items";
import { isGlobal, placeOf } from "../../framework/places";
import { NAMED_TYPES, namespaceWithin } from "../../framework/namedTypes";

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
            const { property, scope, family = resource.type } = named;
            const value = inputOf(resource, property);
            const names = Array.isArray(value) ? list(value).map(text) : [text(value)];
            const account = scope === "world" ? "" : accountKeyOf(resource);
            const isWide = scope !== undefined || isGlobal(resource.type);
            const region = isWide ? "" : (placeOf(resource) ?? "");
            const given = names.filter((each) => each !== undefined && each !== "");
            const kind = given.length === 0 ? "" : namespaceWithin(resource, named);
            for (const name of given) {
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
