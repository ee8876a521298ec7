import { list, object, type Props, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { isOfAws } from "../../framework/places";
import { judge } from "../shared/values";
import { keysOf } from "../shared/walk";
import { structured } from "../../framework/tags";

const KEY = 128;
const VALUE = 256;
const MOST = 50;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Services whose tags may have any characters: those of Amazon EC2, and Auto Scaling, which hands them on to it. */
const ANY_CHARACTERS = /^aws:(?:autoscaling|ebs|ec2|ec2clientvpn|ec2transitgateway|verifiedaccess|vpc)\//;

const PROVIDERS = ["pulumi:providers:aws", "pulumi:providers:aws-native"];

/** Keys that an instance can hand out by its metadata. */
const IN_METADATA = /^(?!\.{1,2}$|_index$)[\w+\-=.,:@]+$/;

export const rule = resourceRule({
    id: "aws-tag-format",
    severity: "high",
    description:
        "Tags have keys and values of the length and the characters that AWS takes, 50 at most. Amazon EC2 and Auto Scaling take any characters.",
    fix: "Keep to letters, digits, spaces and _.:/=+-@, with keys up to 128 and values up to 256 characters.",
    frameworks: { controls: ["C12"] },
    check: ({ type, props }, report) => {
        if (PROVIDERS.includes(type)) {
            // They go to resources of every service.
            judgeTags("defaultTags", object(structured(props.defaultTags).tags), ALLOWED, report);
        } else if (isOfAws(type)) {
            const allowed = ANY_CHARACTERS.test(type) ? undefined : ALLOWED;
            judge(
                () => {
                    judgeAny("tags", props.tags, allowed, report);
                },
                () => {
                    eachKnown(list(props.tagSpecifications), (item, index) => {
                        judgeAny(`tagSpecifications[${index}].tags`, object(item).tags, allowed, report);
                    });
                },
                () => {
                    judgeMetadata(type, props, report);
                },
            );
        }
    },
});

/** Reports keys of an instance's tags that its metadata, where it hands them out, cannot have. */
function judgeMetadata(type: string, props: Props, report: (reason: string) => void): void {
    const places: readonly (readonly [string, unknown])[] =
        type === "aws:ec2/instance:Instance"
            ? [["tags", props.tags]]
            : type === "aws:ec2/launchTemplate:LaunchTemplate"
              ? list(props.tagSpecifications)
                    .map((item, index) => [object(item), index] as const)
                    .filter(([item]) => item.resourceType === "instance")
                    .map(([item, index]) => [`tagSpecifications[${index}].tags`, item.tags] as const)
              : [];
    if (places.length === 0 || text(object(props.metadataOptions).instanceMetadataTags) !== "enabled") {
        return;
    }
    for (const [at, tags] of places) {
        for (const key of keysOf(object(tags)).filter((each) => !IN_METADATA.test(each))) {
            report(`has ${at} with the key "${key}", which instance metadata cannot hand out.`);
        }
    }
}

/** Tags as a map, or as a list of keys and values. */
function judgeAny(
    at: string,
    tags: unknown,
    allowed: RegExp | undefined,
    report: (reason: string) => void,
): void {
    if (!Array.isArray(tags)) {
        judgeTags(at, object(tags), allowed, report);
        return;
    }
    eachKnown(list(tags), (item, index) => {
        const tag = object(item);
        const key = text(tag.key) ?? "";
        judgeTags(`${at}[${index}]`, { [key]: tag.value }, allowed, report);
    });
}

function judgeTags(
    at: string,
    tags: Props,
    allowed: RegExp | undefined,
    report: (reason: string) => void,
): void {
    const isAllowed = (part: string): boolean => allowed?.test(part) ?? true;
    const keys = keysOf(tags);
    if (keys.length > MOST) {
        report(`has ${at} with ${keys.length} tags; allowed: ${MOST}.`);
    }
    eachKnown(keys, (key) => {
        if (key.length > KEY || !isAllowed(key) || key.toLowerCase().startsWith("aws:") || key === "") {
            report(`has ${at} with the key "${key}".`);
        }
        const value = text(tags[key]) ?? "";
        if (value.length > VALUE || !isAllowed(value)) {
            report(`has ${at} with "${key}" of the value "${value}".`);
        }
    });
}
