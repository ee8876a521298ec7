import { type Props, resourceRule } from "../../framework";
import { isOfAws } from "../../framework/places";
import { isSlip } from "../shared/spelling";
import { keysOf } from "../shared/walk";

/** Names that look alike, and are both properties of one type. */
const ALIKE: readonly (readonly string[])[] = [
    ["activeDate", "inactiveDate"],
    ["copyIfModifiedSince", "copyIfUnmodifiedSince"],
    ["cname", "name"],
    ["edgeLocation", "edgeLocations"],
    ["excludes", "includes"],
    ["mailboxDeprovisionedDate", "mailboxProvisionedDate"],
    ["publicKey", "publicKeys"],
    ["region", "regions"],
    ["role", "rule"],
    ["trainingJobDefinition", "trainingJobDefinitions"],
];

export const rule = resourceRule({
    id: "pulumi-ignore-changes-spelling",
    severity: "high",
    description:
        "ignoreChanges names properties as Pulumi spells them; other names are passed over in silence.",
    fix: 'Write the property as the resource\'s arguments do, such as "engineVersion" for "engine_version".',
    frameworks: { controls: ["F21.6"] },
    option: "ignoreChanges",
    check: ({ type, opts, props }, report) => {
        if (!isOfAws(type)) {
            return;
        }
        for (const entry of opts.ignoreChanges) {
            // Keys of maps, such as tags, are spelled as they are.
            const [property = ""] = entry.split(/[.[]/);
            if (!/^(?:\*|[a-z][A-Za-z0-9]*)$/.test(property)) {
                report(`ignores changes of "${entry}", which is not the name of a Pulumi property.`);
                continue;
            }
            const meant = meantBy(property, props);
            if (meant !== undefined) {
                report(`ignores changes of "${entry}", which is no property of it; "${meant}" is.`);
            }
        }
    },
});

/** The property that a name is a slip for. A name that is like none of those given may be another property's. */
function meantBy(name: string, props: Props): string | undefined {
    const given = keysOf(props);
    return given.includes(name)
        ? undefined
        : given.find(
              (property) =>
                  isSlip(name, property) &&
                  !ALIKE.some((names) => names.includes(name) && names.includes(property)),
          );
}
