import { object, objects, type Props, resourceRule, text, texts } from "../../framework";
import { eachKnown, eachObject } from "../../framework/items";
import { judge } from "../shared/values";

/** The property that holds what a step of each type does. */
const CONFIGS: Readonly<Record<string, string>> = {
    ARCRegionSwitchPlan: "regionSwitchPlanConfigs",
    ARCRoutingControl: "arcRoutingControlConfigs",
    AuroraGlobalDatabase: "globalAuroraConfigs",
    CustomActionLambda: "customActionLambdaConfigs",
    DocumentDb: "documentDbConfigs",
    EC2AutoScaling: "ec2AsgCapacityIncreaseConfigs",
    ECSServiceScaling: "ecsCapacityIncreaseConfigs",
    EKSResourceScaling: "eksResourceScalingConfigs",
    ManualApproval: "executionApprovalConfigs",
    Parallel: "parallelConfigs",
    Route53HealthCheck: "route53HealthCheckConfigs",
};

/** Source: ARC Region switch API Reference, CreatePlan, Workflow, Step, Trigger and AssociatedAlarm. */
export const rule = resourceRule({
    id: "region-switch-plan",
    severity: "high",
    description:
        "Plans of Region switch have two regions, a workflow for each that they activate, and alarms where a trigger names one.",
    fix: "Name two regions, primaryRegion one of them; give each workflow's steps what their executionBlockType needs, and each trigger an alarm of the plan with alarmType trigger.",
    frameworks: { controls: ["F55.2"] },
    types: ["aws:arcregionswitch/plan:Plan"],
    check: ({ props }, report) => {
        const regions = texts(props.regions);
        const isOneOf = (region: string | undefined): boolean =>
            region === undefined || regions.includes(region);
        judge(
            () => {
                if (new Set(regions).size !== 2) {
                    report(`has regions ${regions.join(", ")}; allowed: two.`);
                }
                const primary = text(props.primaryRegion);
                const isPassive = text(props.recoveryApproach) === "activePassive";
                if (isPassive ? primary === undefined || !isOneOf(primary) : !isOneOf(primary)) {
                    report(`has primaryRegion ${primary ?? "nothing"}; allowed: one of its regions.`);
                }
            },
            () => {
                judgeWorkflows(objects(props.workflows), regions, report);
            },
            () => {
                const kinds = new Map(
                    objects(props.associatedAlarms).map(({ alarmType, mapBlockKey }) => [
                        text(mapBlockKey),
                        text(alarmType),
                    ]),
                );
                eachObject(props.triggers, (trigger) => {
                    for (const { associatedAlarmName } of objects(trigger.conditions)) {
                        const name = text(associatedAlarmName);
                        if (kinds.get(name) !== "trigger") {
                            report(
                                `has a trigger by "${name ?? ""}", which is no alarm of the plan with alarmType trigger.`,
                            );
                        }
                    }
                    const target = text(trigger.targetRegion);
                    if (!isOneOf(target)) {
                        report(`has a trigger that targets ${target ?? ""}; allowed: one of its regions.`);
                    }
                });
            },
        );
    },
});

function judgeWorkflows(
    workflows: readonly Props[],
    regions: readonly string[],
    report: (reason: string) => void,
): void {
    const targets = workflows
        .filter(({ workflowTargetAction }) => text(workflowTargetAction) === "activate")
        .map(({ workflowTargetRegion }) => text(workflowTargetRegion));
    // One without a region is for either of them.
    const lacking = targets.includes(undefined) ? [] : regions.filter((region) => !targets.includes(region));
    if (lacking.length > 0) {
        report(`has no workflow that activates ${lacking.join(" and ")}.`);
    }
    eachKnown(workflows, (workflow) => {
        judgeSteps(workflow, report);
    });
}

function judgeSteps({ steps }: Props, report: (reason: string) => void): void {
    eachObject(steps, (step) => {
        const type = text(step.executionBlockType) ?? "";
        const property = CONFIGS[type];
        if (property !== undefined && objects(step[property]).length !== 1) {
            report(`has a step "${text(step.name) ?? ""}" of ${type} without ${property}.`);
        }
        objects(step.parallelConfigs).forEach((inner) => {
            judgeSteps(object(inner), report);
        });
    });
}
