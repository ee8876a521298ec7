import { stackRule } from "../../framework";
import { accountKeyOf } from "../../framework/accounts";
import { claimsOf, SINGLETONS } from "../../framework/singletons";

export const rule = stackRule({
    id: "aws-singletons",
    severity: "high",
    description: "A stack makes only once what an account, or a region of it, has only one of.",
    fix: "Keep one of the two, and put what both say into it.",
    frameworks: { controls: ["C15"] },
    types: Object.keys(SINGLETONS),
    checkStack: (stack, report) => {
        const owners = new Map<string, string>();
        stack.each(stack.ofType(...Object.keys(SINGLETONS)), (resource) => {
            for (const { what, key, place } of claimsOf(resource, accountKeyOf(resource))) {
                const owner = owners.get(key);
                if (owner !== undefined) {
                    report(`${place} has ${what}, and ${owner} is it.`, resource);
                }
                owners.set(key, owner ?? resource.name);
            }
        });
    },
});
