import { resourceRule, text } from "../../framework";

export const rule = resourceRule({
    id: "secretsmanager-name-ending",
    severity: "low",
    // AWS takes the name, and mistakes it for the end of an ARN later.
    level: "advisory",
    description: "Secrets do not end in a hyphen and six characters, as AWS itself ends their ARNs.",
    fix: "Give the name another ending.",
    frameworks: { controls: ["F15.1"] },
    types: ["aws:secretsmanager/secret:Secret"],
    check: ({ props }, report) => {
        const name = text(props.name) ?? "";
        if (/-[A-Za-z0-9]{6}$/.test(name)) {
            report(`has the name "${name}".`);
        }
    },
});
