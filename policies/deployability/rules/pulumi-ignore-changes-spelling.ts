import { resourceRule } from "../../framework";

export const rule = resourceRule({
    id: "pulumi-ignore-changes-spelling",
    severity: "high",
    description:
        "ignoreChanges names properties as Pulumi spells them; other names are passed over in silence.",
    fix: 'Write the property as the resource\'s arguments do, such as "engineVersion" for "engine_version".',
    frameworks: { controls: ["F21.6"] },
    option: "ignoreChanges",
    check: ({ type, opts }, report) => {
        if (!type.startsWith("aws:")) {
            return;
        }
        for (const entry of opts.ignoreChanges) {
            // Keys of maps, such as tags, are spelled as they are.
            const [property = ""] = entry.split(/[.[]/);
            if (!/^(?:\*|[a-z][A-Za-z0-9]*)$/.test(property)) {
                report(`ignores changes of "${entry}", which is not the name of a Pulumi property.`);
            }
        }
    },
});
