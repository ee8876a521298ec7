import { number, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { APPLICATION_PROTOCOLS } from "../shared/balancers";
import { TARGET_GROUPS } from "../shared/types";
import { judge } from "../shared/values";

/** What AWS takes where the program says nothing, by the target group's protocol. */
const DEFAULT_TIMEOUTS: Readonly<Record<string, number>> = { HTTP: 6, GENEVE: 5 };
const DEFAULT_TIMEOUT = 10;
const DEFAULT_INTERVAL = 30;

export const rule = resourceRule({
    id: "elb-health-check",
    severity: "high",
    description: "Health checks time out before the next one begins, and ask what their protocol can answer.",
    fix: "Make timeout smaller than interval, and use an HTTP or HTTPS check for HTTP targets, with matcher and path.",
    frameworks: { controls: ["F6.9"] },
    types: TARGET_GROUPS,
    check: ({ props }, report) => {
        if (!isGiven(props, "healthCheck")) {
            return;
        }
        const check = object(props.healthCheck);
        const isFunction = text(props.targetType) === "lambda";
        const protocol = text(props.protocol) ?? "HTTP";
        const isWeb = APPLICATION_PROTOCOLS.includes(protocol) || isFunction;
        judge(
            () => {
                const timeout = number(check.timeout) ?? DEFAULT_TIMEOUTS[protocol] ?? DEFAULT_TIMEOUT;
                const interval = number(check.interval) ?? DEFAULT_INTERVAL;
                // Connections may be waited for until the next check; requests must have ended before.
                if (timeout > interval || (isWeb && timeout === interval)) {
                    report(`has a healthCheck with timeout ${timeout} and interval ${interval}.`);
                }
            },
            () => {
                const own = text(check.protocol) ?? "HTTP";
                // The provider leaves the protocol out where the targets are functions.
                if (!isFunction && isWeb && own === "TCP") {
                    report(`has a TCP healthCheck and protocol ${protocol}.`);
                }
                for (const property of own === "TCP" ? ["path", "matcher"] : []) {
                    if (isGiven(check, property)) {
                        report(`has a TCP healthCheck with ${property}.`);
                    }
                }
            },
        );
    },
});
