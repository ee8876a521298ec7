import { stackRule } from "../../framework";
import { accountKeyOf } from "../../framework/accounts";
import { placeOf } from "../../framework/places";
import { SINGLETONS } from "../../framework/singletons";

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
            for (const singleton of SINGLETONS[resource.type] ?? []) {
                const kind = singleton.kind === undefined ? "" : singleton.kind(resource);
                if (kind === undefined) {
                    continue;
                }
                const region = singleton.per === "region" ? (placeOf(resource) ?? "") : "";
                const key = [accountKeyOf(resource), region, singleton.what, kind].join(" ");
                const owner = owners.get(key);
                if (owner !== undefined) {
                    const place = singleton.per === "region" ? `a region (here ${region})` : "an account";
                    report(`${place} has ${singleton.what}, and ${owner} is it.`, resource);
                }
                owners.set(key, owner ?? resource.name);
            }
        });
    },
});
