import { stacksRule, type Member, type NamedStack } from "../../framework";
import { limitedAccountOf } from "../../framework/accounts";
import { placeOf } from "../../framework/places";
import { SINGLETONS } from "../../framework/singletons";

export const rule = stacksRule({
    id: "stacks-singletons",
    severity: "high",
    description: "What an account or a region has only one of is made by only one stack, and there once.",
    fix: "Leave the setting to the one stack that owns it, and take it out of the others.",
    frameworks: { controls: ["C15"] },
    types: Object.keys(SINGLETONS),
    checkStacks: (stacks, report) => {
        const owners = new Map<string, { resource: Member; stack: NamedStack }>();
        stacks.each(Object.keys(SINGLETONS), (resource, stack) => {
            for (const singleton of SINGLETONS[resource.type] ?? []) {
                const kind = singleton.kind === undefined ? "" : singleton.kind(resource);
                if (kind === undefined) {
                    continue;
                }
                const region = singleton.per === "region" ? (placeOf(resource) ?? "") : "";
                const key = [limitedAccountOf(resource) ?? "", region, singleton.what, kind].join(" ");
                const owner = owners.get(key);
                if (owner === undefined) {
                    owners.set(key, { resource, stack });
                } else {
                    const place = singleton.per === "region" ? `a region (here ${region})` : "an account";
                    report(
                        `${place} has ${singleton.what}, and ${owner.resource.name} of the stack ${owner.stack.name} is it.`,
                        { stack, resource },
                    );
                }
            }
        });
    },
});
