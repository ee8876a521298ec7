import { object, resourceRule, text } from "../../framework";
import { LOG_PROPERTIES } from "../shared/balancers";
import { BALANCERS } from "../shared/types";
import { judge } from "../shared/values";

export const rule = resourceRule({
    id: "elb-log-prefix",
    severity: "high",
    description:
        "The prefix of a load balancer's logs has no slash at its ends, and no AWSLogs, which AWS adds.",
    fix: "Write the prefix as logs/web.",
    frameworks: { controls: ["C13", "F6.12"] },
    types: BALANCERS,
    check: ({ props }, report) => {
        judge(
            ...LOG_PROPERTIES.map((property) => () => {
                const prefix = text(object(props[property]).prefix) ?? "";
                if (/^\/|\/$/.test(prefix) || prefix.includes("AWSLogs")) {
                    report(`has ${property}.prefix "${prefix}".`);
                }
            }),
        );
    },
});
