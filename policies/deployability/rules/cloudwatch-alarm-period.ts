import { number, resourceRule } from "../../framework";
import { eachObject } from "../../framework/items";
import { object } from "../../framework/subject";
import { judge } from "../shared/values";

const SHORT = [10, 20, 30];
const HOUR = 3600;
const DAY = 86400;
const WEEK = 604800;

export const rule = resourceRule({
    id: "cloudwatch-alarm-period",
    severity: "high",
    description:
        "Alarms look at periods that CloudWatch has, over a day at most, or a week with periods of an hour.",
    fix: "Set period to 10, 20, 30 or a multiple of 60, and evaluationPeriods so that the whole time is allowed.",
    frameworks: { controls: ["C12", "F16.2"] },
    types: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
    check: ({ props }, report) => {
        const judgePeriod = (at: string, period: number): void => {
            if (!SHORT.includes(period) && (period % 60 !== 0 || period < 60)) {
                report(`has ${at} ${period}; allowed: 10, 20, 30 and multiples of 60.`);
            }
        };
        const judgeSpan = (period: number): void => {
            const span = period * (number(props.evaluationPeriods) ?? 1);
            const longest = period >= HOUR ? WEEK : DAY;
            if (span > longest) {
                report(`looks at ${span} seconds in periods of ${period}; allowed: ${longest}.`);
            }
        };
        judge(
            () => {
                const period = number(props.period);
                if (period === undefined) {
                    return;
                }
                judgePeriod("period", period);
                judgeSpan(period);
            },
            () => {
                const periods = number(props.evaluationPeriods) ?? 1;
                const datapoints = number(props.datapointsToAlarm) ?? 1;
                if (datapoints > periods) {
                    report(`has datapointsToAlarm ${datapoints} of evaluationPeriods ${periods}.`);
                }
            },
            () => {
                const periods: number[] = [];
                eachObject(props.metricQueries, (query, index) => {
                    const period = number(object(query.metric).period);
                    if (period !== undefined) {
                        judgePeriod(`metricQueries[${index}].metric.period`, period);
                        periods.push(period);
                    }
                });
                // A result of several metrics comes as often as the rarest of them.
                if (periods.length > 0) {
                    judgeSpan(Math.max(...periods));
                }
            },
        );
    },
});
