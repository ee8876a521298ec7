import { type NamedStack, stacksRule } from "../../framework";

export const rule = stacksRule({
    id: "stacks-references-acyclic",
    severity: "high",
    description:
        "References between stacks do not go round in a circle, so that there is an order to bring them up in.",
    fix: "Move what both stacks need into a third one that refers to neither, or pass it as configuration.",
    frameworks: { controls: ["C16"] },
    checkStacks: (stacks, report) => {
        const references = stacks.references();
        const done = new Set<NamedStack>();
        const path: NamedStack[] = [];
        const visit = (stack: NamedStack): void => {
            path.push(stack);
            for (const { to, by } of references.get(stack) ?? []) {
                const start = path.indexOf(to);
                if (start >= 0) {
                    const circle = [...path.slice(start), to].map(({ name }) => name).join(" → ");
                    report(`closes the circle ${circle}.`, { stack, resource: by });
                } else if (!done.has(to)) {
                    visit(to);
                }
            }
            path.pop();
            done.add(stack);
        };
        for (const stack of stacks.stacks) {
            if (!done.has(stack)) {
                visit(stack);
            }
        }
    },
});
