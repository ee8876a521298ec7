import { list, object, type Props, resourceRule, text } from "../../framework";
import { eachKnown, eachObject, isGiven } from "../../framework/items";
import { TABLE } from "../shared/types";

const TYPES = ["S", "N", "B"];

/** With these a table gets its keys and attributes from elsewhere. */
const SOURCES = ["restoreSourceName", "restoreSourceTableArn", "restoreBackupArn", "importTable"];

export const rule = resourceRule({
    id: "dynamodb-attributes",
    severity: "high",
    description: "A table has a key, and defines the attributes of its keys and indexes, and no others.",
    fix: "Set hashKey, and list in attributes exactly what hashKey, rangeKey and the keys of indexes name.",
    frameworks: { controls: ["F10.5"] },
    types: [TABLE],
    check: ({ props }, report) => {
        const isCopy = SOURCES.some((property) => isGiven(props, property));
        if (!isCopy && !isGiven(props, "hashKey")) {
            report("has no hashKey.");
        }
        const defined = new Set<string>();
        eachObject(props.attributes, (attribute) => {
            const type = text(attribute.type) ?? "";
            defined.add(text(attribute.name) ?? "");
            if (!TYPES.includes(type)) {
                report(
                    `has the attribute "${text(attribute.name) ?? ""}" of type "${type}"; allowed: ${TYPES.join(", ")}.`,
                );
            }
        });
        const used = new Set(keysOf(props));
        for (const property of ["globalSecondaryIndexes", "localSecondaryIndexes"]) {
            eachKnown(list(props[property]), (index) => {
                for (const key of keysOf(object(index))) {
                    used.add(key);
                }
            });
        }
        const unused = [...defined].filter((name) => !used.has(name));
        const missing = [...used].filter((name) => !defined.has(name));
        if (unused.length > 0) {
            report(`defines ${unused.join(", ")} and uses it in no key.`);
        }
        if (missing.length > 0 && (defined.size > 0 || !isCopy)) {
            report(`uses ${missing.join(", ")} in a key and does not define it.`);
        }
    },
});

/** The attributes of a table's or an index's keys. */
function keysOf(owner: Props): readonly string[] {
    const plain = [text(owner.hashKey), text(owner.rangeKey)];
    const schema = list(owner.keySchemas).map((key) => text(object(key).attributeName));
    return [...plain, ...schema].filter((name): name is string => name !== undefined && name !== "");
}
