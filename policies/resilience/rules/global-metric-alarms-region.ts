import { resourceRule } from "../../framework";
import { eachObject } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { object, text } from "../../framework/subject";

interface Config {
    readonly namespaces: readonly string[];
}

const REGION = "us-east-1";

export const rule = resourceRule<Config>({
    id: "global-metric-alarms-region",
    severity: "high",
    description:
        "Alarms on health checks and other global metrics are in us-east-1, the only region that has these metrics.",
    fix: 'Set region "us-east-1" on the alarm, and use a topic of that region for its actions.',
    frameworks: { controls: ["P18"] },
    config: {
        namespaces: {
            type: "array",
            items: { type: "string" },
            default: ["AWS/Route53", "AWS/CloudFront", "AWS/Billing"],
            description: "Namespaces whose metrics exist in us-east-1 alone.",
        },
    },
    types: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
    check: (alarm, report, { namespaces }) => {
        const judge = (namespace: string | undefined): void => {
            const place = placeOf(alarm);
            if (namespace !== undefined && namespaces.includes(namespace) && place !== REGION) {
                report(
                    place === undefined
                        ? `watches ${namespace} in a region that the program does not tell; only ${REGION} has its metrics.`
                        : `watches ${namespace} in ${place}, where it never fires; only ${REGION} has its metrics.`,
                );
            }
        };
        judge(text(alarm.props.namespace));
        eachObject(alarm.props.metricQueries, (query) => {
            judge(text(object(query.metric).namespace));
        });
    },
});
