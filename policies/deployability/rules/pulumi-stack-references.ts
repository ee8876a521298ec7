import { stackRule, text } from "../../framework";
import { stackNameOf } from "../../framework/patterns";

const REFERENCE = "pulumi:pulumi:StackReference";

export const rule = stackRule({
    id: "pulumi-stack-references",
    severity: "high",
    description: "Stack references name another stack in full.",
    fix: "Write the name as organization/project/stack; with a backend of your own the organization is `organization`.",
    frameworks: { controls: ["C16", "F21.7"] },
    types: [REFERENCE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REFERENCE), (reference) => {
            const given = text(reference.props.name) ?? reference.name;
            const parts = given.split("/");
            if (parts.length !== 3 || parts.some((part) => part === "")) {
                report(`has the name "${given}", which is not organization/project/stack.`, reference);
                return;
            }
            const project = reference.urn.split("::")[1] ?? "";
            if (parts[2] === stackNameOf(reference.urn) && parts[1] === project) {
                report(`has the name "${given}", which is the stack itself.`, reference);
            }
        });
    },
});
