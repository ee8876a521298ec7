import { flag, object, objects, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { regionOfArn } from "../../framework/places";
import { regionOf } from "../../framework/subject";

/** Data Lifecycle Manager API Reference, Schedule. */
const MOST = 3;

export const rule = resourceRule({
    id: "dlm-copies",
    severity: "high",
    description: "Copies of snapshots go to other regions, encrypted under keys of theirs.",
    fix: "Name other regions in target, set encrypted to true, and give the ARN of a key of that region as cmkArn.",
    frameworks: { controls: ["F42.6"] },
    types: ["aws:dlm/lifecyclePolicy:LifecyclePolicy"],
    check: (resource, report) => {
        const own = regionOf(resource);
        for (const schedule of objects(object(resource.props.policyDetails).schedules)) {
            const seen = new Set<string>();
            eachObject(schedule.crossRegionCopyRules, (copy, index) => {
                const target = text(copy.target) ?? text(copy.targetRegion) ?? "";
                const at = `crossRegionCopyRules[${index}]`;
                if (target === own || seen.has(target)) {
                    report(
                        `has ${at} to ${target}, where ${target === own ? "the snapshots are" : "others go already"}.`,
                    );
                }
                seen.add(target);
                if (index >= MOST) {
                    report(`has ${at}, and ${MOST} are the most.`);
                }
                if (flag(copy.encrypted) !== true) {
                    report(`has ${at} whose copies are not encrypted.`);
                }
                const key = text(copy.cmkArn);
                const place = key === undefined ? undefined : regionOfArn(key);
                if (place !== undefined && place !== target) {
                    report(`has ${at} to ${target} under a key of ${place}.`);
                }
            });
        }
    },
});
