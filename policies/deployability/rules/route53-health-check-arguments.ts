import { list, number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { HEALTH_CHECK } from "../shared/types";

const WITHOUT_ENDPOINT = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];
const ENDPOINT = [
    "port",
    "fqdn",
    "ipAddress",
    "resourcePath",
    "requestInterval",
    "regions",
    "failureThreshold",
];
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
    CALCULATED: ["childHealthThreshold", "childHealthchecks"],
    CLOUDWATCH_METRIC: ["cloudwatchAlarmName", "cloudwatchAlarmRegion"],
    HTTP_STR_MATCH: ["searchString"],
    HTTPS_STR_MATCH: ["searchString"],
    RECOVERY_CONTROL: ["routingControlArn"],
};

export const rule = resourceRule({
    id: "route53-health-check-arguments",
    severity: "high",
    description:
        "Health checks have what their type takes, and calculated ones no higher threshold than they have children.",
    fix: "Leave out what the type does not take, and add what it needs.",
    frameworks: { controls: ["F3.12"] },
    types: [HEALTH_CHECK],
    check: ({ props }, report) => {
        const type = text(props.type) ?? "";
        for (const property of WITHOUT_ENDPOINT.includes(type) ? ENDPOINT : []) {
            if (isGiven(props, property)) {
                report(`is of type ${type} and has ${property}.`);
            }
        }
        for (const property of REQUIRED[type] ?? []) {
            if (!isGiven(props, property)) {
                report(`is of type ${type} and has no ${property}.`);
            }
        }
        if (!type.endsWith("_STR_MATCH") && isGiven(props, "searchString")) {
            report(`is of type ${type} and has searchString.`);
        }
        if (type === "CALCULATED") {
            const threshold = number(props.childHealthThreshold) ?? 0;
            const children = list(props.childHealthchecks).length;
            if (threshold > children) {
                report(
                    `has childHealthThreshold ${threshold} with ${counted(children, "child", "children")}: it is never healthy.`,
                );
            }
        } else if (
            !WITHOUT_ENDPOINT.includes(type) &&
            !isGiven(props, "fqdn") &&
            !isGiven(props, "ipAddress")
        ) {
            report("has neither fqdn nor ipAddress.");
        }
    },
});
