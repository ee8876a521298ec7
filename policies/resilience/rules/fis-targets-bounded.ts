import { list, object, objects, type Props, resourceRule, text } from "../../framework";
import { anyOf, eachObject } from "../../framework/items";
import { EXPERIMENT } from "../shared/experiments";

/** Where something happens to be, which bounds nothing. */
const ZONE = /AvailabilityZone/i;

/** Source: AWS FIS User Guide, "Targets for AWS FIS". */
export const rule = resourceRule({
    id: "fis-targets-bounded",
    severity: "high",
    description:
        "An experiment with faults meets what it names, and not all that the account has of a kind in the region.",
    fix: "Give the target resourceArns, resourceTags that only this system's resources have, or a filter by what they belong to, such as VpcId.",
    frameworks: { controls: [] },
    types: [EXPERIMENT],
    check: ({ props }, report) => {
        eachObject(props.targets, (target) => {
            if (!isBounded(target)) {
                report(
                    `has a target "${text(target.name) ?? ""}" of every ${text(target.resourceType) ?? "resource"} in the account: neither resourceArns, resourceTags nor parameters.`,
                );
            }
        });
    },
});

function isBounded(target: Props): boolean {
    return anyOf([
        () => list(target.resourceArns).length > 0,
        () => list(target.resourceTags).length > 0,
        () => Object.keys(object(target.parameters)).some((name) => !ZONE.test(name)),
        ...objects(target.filters).map((filter) => () => isIdentity(text(filter.path) ?? "")),
    ]);
}

/** Whether a resource's attribute says what it belongs to: neither its state nor where it happens to be. */
function isIdentity(path: string): boolean {
    return !/^State\b/.test(path) && !ZONE.test(path) && /(?:Id|Identifier|Arn|Name|Key|Value)$/.test(path);
}
