import { stacksRule, type Member, type NamedStack } from "../../framework";
import { limitedAccountOf } from "../../framework/accounts";
import { claimsOf, SINGLETONS } from "../../framework/singletons";

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
            for (const { what, key, place } of claimsOf(resource, limitedAccountOf(resource) ?? "")) {
                const owner = owners.get(key);
                if (owner === undefined) {
                    owners.set(key, { resource, stack });
                } else {
                    report(
                        `${place} has ${what}, and ${owner.resource.name} of the stack ${owner.stack.name} is it.`,
                        { stack, resource },
                    );
                }
            }
        });
    },
});
