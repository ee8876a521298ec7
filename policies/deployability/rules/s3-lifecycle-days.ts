import { number, object, type Props, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { companionTypes } from "../shared/buckets";

const INFREQUENT = ["STANDARD_IA", "ONEZONE_IA"];
const LEAST = 30;

/** A change of storage class, or the end, after a number of days. */
interface Step {
    readonly days: number;
    readonly storage: string;
}

export const rule = resourceRule({
    id: "s3-lifecycle-days",
    severity: "high",
    description:
        "Objects wait 30 days before and in infrequent access, and expire after their last transition.",
    fix: "Put days in order, with 30 or more before STANDARD_IA or ONEZONE_IA and 30 more before the next class.",
    frameworks: { controls: ["F9.9"] },
    types: companionTypes("BucketLifecycleConfiguration"),
    check: ({ props }, report) => {
        eachObject(props.rules, (each, index) => {
            const at = `rules[${index}]`;
            judgeSteps(at, stepsOf(each.transitions, "days"), number(object(each.expiration).days), report);
            judgeSteps(
                `${at} for noncurrent versions`,
                stepsOf(each.noncurrentVersionTransitions, "noncurrentDays"),
                positive(object(each.noncurrentVersionExpiration).noncurrentDays),
                report,
            );
        });
    },
});

/** A number of days; the provider writes 0 for none. */
function positive(value: unknown): number | undefined {
    const days = number(value) ?? 0;
    return days > 0 ? days : undefined;
}

function stepsOf(transitions: unknown, property: string): readonly Step[] {
    const steps: Step[] = [];
    eachObject(transitions, (transition: Props) => {
        const days = number(transition[property]);
        if (days !== undefined) {
            steps.push({ days, storage: text(transition.storageClass) ?? "" });
        }
    });
    return steps.sort((one, other) => one.days - other.days);
}

function judgeSteps(
    at: string,
    steps: readonly Step[],
    end: number | undefined,
    report: (reason: string) => void,
): void {
    steps.forEach(({ days, storage }, index) => {
        const next = steps[index + 1];
        if (INFREQUENT.includes(storage) && days < LEAST) {
            report(`has ${at} with ${storage} after ${counted(days, "day")}; allowed: ${LEAST} or more.`);
        }
        if (INFREQUENT.includes(storage) && next !== undefined && next.days - days < LEAST) {
            report(
                `has ${at} with ${next.storage} after ${counted(next.days, "day")}, less than ${LEAST} after ${storage}.`,
            );
        }
    });
    const last = steps.at(-1);
    if (end !== undefined && last !== undefined && end <= last.days) {
        report(
            `has ${at} that ends after ${counted(end, "day")}, and goes to ${last.storage} after ${last.days}.`,
        );
    }
}
