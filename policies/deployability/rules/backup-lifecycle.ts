import { flag, number, object, type Props, resourceRule } from "../../framework";
import { eachObject } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { judge } from "../shared/values";

const COLD_DAYS = 90;
const PITR_DAYS = 35;
const SHORTEST_START = 60;

export const rule = resourceRule({
    id: "backup-lifecycle",
    severity: "high",
    description:
        "Backups stay in cold storage for 90 days or more, continuous ones 35 days at most, in windows that can be met.",
    fix: "Set deleteAfter to coldStorageAfter plus 90 or more, startWindow to 60 or more, and completionWindow above it.",
    frameworks: { controls: ["F18.2"] },
    types: ["aws:backup/plan:Plan"],
    check: ({ props }, report) => {
        eachObject(props.rules, (each, index) => {
            const at = `rules[${index}]`;
            judge(
                () => {
                    judgeLifecycle(at, object(each.lifecycle), report);
                },
                () => {
                    eachObject(each.copyActions, (copy, position) => {
                        judgeLifecycle(`${at}.copyActions[${position}]`, object(copy.lifecycle), report);
                    });
                },
                () => {
                    if (flag(each.enableContinuousBackup) !== true) {
                        return;
                    }
                    const lifecycle = object(each.lifecycle);
                    const end = number(lifecycle.deleteAfter);
                    if (
                        end === undefined ||
                        end > PITR_DAYS ||
                        (number(lifecycle.coldStorageAfter) ?? 0) > 0
                    ) {
                        report(
                            `has ${at} with continuous backups that ${end === undefined ? "never end" : `end after ${counted(end, "day")}`}; allowed: ${PITR_DAYS} at most, without cold storage.`,
                        );
                    }
                },
                () => {
                    // The provider's defaults.
                    const start = number(each.startWindow) ?? SHORTEST_START;
                    const end = number(each.completionWindow) ?? 180;
                    if (start < SHORTEST_START || end <= start) {
                        report(
                            `has ${at} with startWindow ${start} and completionWindow ${end}; allowed: a startWindow of ${SHORTEST_START} or more, and a completionWindow above it.`,
                        );
                    }
                },
            );
        });
    },
});

function judgeLifecycle(at: string, lifecycle: Props, report: (reason: string) => void): void {
    const cold = number(lifecycle.coldStorageAfter);
    const end = number(lifecycle.deleteAfter);
    if (cold !== undefined && cold > 0 && end !== undefined && end < cold + COLD_DAYS) {
        report(
            `has ${at} with deleteAfter ${end} and coldStorageAfter ${cold}; allowed: ${cold + COLD_DAYS} or more.`,
        );
    }
}
