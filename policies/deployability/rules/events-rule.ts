import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { wrongField } from "../shared/cron";
import { isPending } from "../shared/pending";

const RATE = /^rate\((?:1 (?:minute|hour|day)|(?!1 )[1-9]\d* (?:minutes|hours|days))\)$/;
const CRON = /^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/;
const MOST = 4096;

export const rule = resourceRule({
    id: "events-rule",
    severity: "high",
    description: "Event rules have a pattern, or a schedule that EventBridge can read on the default bus.",
    fix: "Write rate(5 minutes) or cron(0 12 * * ? *), with one ? for the day of the month or of the week.",
    frameworks: { controls: ["F16.4"] },
    types: ["aws:cloudwatch/eventRule:EventRule"],
    check: ({ props }, report) => {
        if (!isGiven(props, "eventPattern") && !isGiven(props, "scheduleExpression")) {
            report("has neither eventPattern nor scheduleExpression.");
        }
        const schedule = text(props.scheduleExpression) ?? "";
        if (schedule !== "") {
            const fields = schedule.slice("cron(".length, -1).split(" ");
            const isCron = CRON.test(schedule) && (fields[2] === "?") !== (fields[4] === "?");
            if (!RATE.test(schedule) && !isCron) {
                report(`has scheduleExpression "${schedule}".`);
            }
            const wrong = isCron ? wrongField(fields) : undefined;
            if (wrong !== undefined) {
                report(`has scheduleExpression "${schedule}" with ${wrong}.`);
            }
            const bus = text(props.eventBusName) ?? "default";
            if (bus !== "default") {
                report(`has a scheduleExpression on the event bus "${bus}"; allowed: default.`);
            }
        }
        const pattern = isPending(props, "eventPattern") ? "" : (text(props.eventPattern) ?? "");
        if (pattern.length > MOST) {
            report(`has an eventPattern of ${pattern.length} characters; allowed: ${MOST}.`);
        }
    },
});
