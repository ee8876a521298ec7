import { list, object, type Props, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { judge } from "../shared/values";
import { keysOf } from "../shared/walk";
import { structured } from "../../framework/tags";

const KEY = 128;
const VALUE = 256;
const MOST = 50;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export const rule = resourceRule({
    id: "aws-tag-format",
    severity: "high",
    description: "Tags have keys and values of the length and the characters that AWS takes, 50 at most.",
    fix: "Keep to letters, digits, spaces and _.:/=+-@, with keys up to 128 and values up to 256 characters.",
    frameworks: { controls: ["C12"] },
    check: ({ type, props }, report) => {
        if (type === "pulumi:providers:aws") {
            judgeTags("defaultTags", object(structured(props.defaultTags).tags), report);
        } else if (type.startsWith("aws:")) {
            judge(
                () => {
                    judgeAny("tags", props.tags, report);
                },
                () => {
                    eachKnown(list(props.tagSpecifications), (item, index) => {
                        judgeAny(`tagSpecifications[${index}].tags`, object(item).tags, report);
                    });
                },
            );
        }
    },
});

/** Tags as a map, or as a list of keys and values. */
function judgeAny(at: string, tags: unknown, report: (reason: string) => void): void {
    if (!Array.isArray(tags)) {
        judgeTags(at, object(tags), report);
        return;
    }
    eachKnown(list(tags), (item, index) => {
        const tag = object(item);
        const key = text(tag.key) ?? "";
        judgeTags(`${at}[${index}]`, { [key]: tag.value }, report);
    });
}

function judgeTags(at: string, tags: Props, report: (reason: string) => void): void {
    const keys = keysOf(tags);
    if (keys.length > MOST) {
        report(`has ${at} with ${keys.length} tags; allowed: ${MOST}.`);
    }
    eachKnown(keys, (key) => {
        if (key.length > KEY || !ALLOWED.test(key) || key.toLowerCase().startsWith("aws:") || key === "") {
            report(`has ${at} with the key "${key}".`);
        }
        const value = text(tags[key]) ?? "";
        if (value.length > VALUE || !ALLOWED.test(value)) {
            report(`has ${at} with "${key}" of the value "${value}".`);
        }
    });
}
