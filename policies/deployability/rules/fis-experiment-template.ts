import { isUnknown, list, objects, type Props, resourceRule, text, texts } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { judge } from "../shared/values";

const ARNS_MAX = 5;
const STOPS_MAX = 5;
const MODE = /^(?:ALL|COUNT\([1-9]\d*\)|PERCENT\((?:100|[1-9]?\d)\))$/;

/**
 * Sources: AWS FIS API Reference, CreateExperimentTemplateTargetInput, CreateExperimentTemplateActionInput and
 * CreateExperimentTemplateStopConditionInput; AWS FIS User Guide, "Targets for AWS FIS" and "Quotas".
 */
export const rule = resourceRule({
    id: "fis-experiment-template",
    severity: "high",
    description: "Templates of experiments name what FIS finds: targets, actions before them, alarms.",
    fix: `Give a target up to ${ARNS_MAX} ARNs, or tags and filters; name it in the actions; give each stop condition the ARN of an alarm.`,
    frameworks: { controls: [] },
    types: ["aws:fis/experimentTemplate:ExperimentTemplate"],
    check: ({ props }, report) => {
        const targets = objects(props.targets);
        const actions = objects(props.actions);
        judge(
            () => {
                eachObject(props.targets, (target) => {
                    judgeTarget(target, report);
                });
            },
            () => {
                const names = targets.map(({ name }) => text(name));
                eachObject(props.actions, (action) => {
                    for (const { value } of isGiven(action, "target") ? objects([action.target]) : []) {
                        if (!names.includes(text(value))) {
                            report(
                                `has an action "${text(action.name) ?? ""}" on "${text(value) ?? ""}", which is no target.`,
                            );
                        }
                    }
                });
            },
            () => {
                const names = actions.map(({ name }) => text(name));
                eachObject(props.actions, (action) => {
                    for (const before of texts(action.startAfters).filter((name) => !names.includes(name))) {
                        report(
                            `has an action "${text(action.name) ?? ""}" after "${before}", which is no action.`,
                        );
                    }
                });
            },
            () => {
                const stops = objects(props.stopConditions);
                if (stops.length > STOPS_MAX) {
                    report(`has ${stops.length} stopConditions; allowed: ${STOPS_MAX}.`);
                }
                eachObject(props.stopConditions, (stop) => {
                    judgeStop(stop, report);
                });
            },
        );
    },
});

function judgeTarget(target: Props, report: (reason: string) => void): void {
    const name = text(target.name) ?? "";
    const mode = text(target.selectionMode) ?? "";
    if (!MODE.test(mode)) {
        report(`has a target "${name}" with selectionMode "${mode}"; allowed: ALL, COUNT(n), PERCENT(n).`);
    }
    if (!isGiven(target, "resourceArns")) {
        return;
    }
    const beside = ["resourceTags", "filters"].filter(
        (property) => isGiven(target, property) && !isEmpty(target[property]),
    );
    if (beside.length > 0) {
        report(
            `has a target "${name}" with resourceArns and ${beside.join(", ")}; allowed: one way to find it.`,
        );
    }
    const count = isUnknown(() => target.resourceArns) ? 0 : list(target.resourceArns).length;
    if (count > ARNS_MAX) {
        report(`has a target "${name}" of ${count} resourceArns; allowed: ${ARNS_MAX}.`);
    }
}

function isEmpty(value: unknown): boolean {
    return Object.keys(value ?? {}).length === 0;
}

function judgeStop(stop: Props, report: (reason: string) => void): void {
    const source = text(stop.source) ?? "";
    if (source === "none") {
        return;
    }
    if (source !== "aws:cloudwatch:alarm" || !isGiven(stop, "value")) {
        report(
            `has a stop condition of source "${source}"${isGiven(stop, "value") ? "" : " without an alarm's ARN"}.`,
        );
    }
}
