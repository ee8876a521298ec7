import { resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { arnOf } from "../shared/arn";
import { eachBehavior } from "../shared/distribution";
import { DISTRIBUTION } from "../shared/types";
import { judge } from "../shared/values";

const REGION = "us-east-1";
const VERSION = /^function:[^:]+:\d+$/;

export const rule = resourceRule({
    id: "cloudfront-edge-function",
    severity: "high",
    description: "Lambda@Edge functions are numbered versions in us-east-1, and an event has one function.",
    fix: "Publish the function in us-east-1 and use its qualifiedArn; keep one association for each event.",
    frameworks: { controls: ["F5.20"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        eachBehavior(props, (behavior, at) => {
            const events = new Set<string>();
            const judgeEvent = (event: string): void => {
                if (events.has(event)) {
                    report(`has ${at} with two functions for ${event}.`);
                }
                events.add(event);
            };
            judge(
                () => {
                    eachObject(behavior.functionAssociations, (association) => {
                        judgeEvent(text(association.eventType) ?? "");
                    });
                },
                () => {
                    eachObject(behavior.lambdaFunctionAssociations, (association) => {
                        judgeEvent(text(association.eventType) ?? "");
                        const given = text(association.lambdaArn) ?? "";
                        const faults = faultsOf(given);
                        if (faults.length > 0) {
                            report(`has ${at} with the function "${given}", which ${faults.join(" and ")}.`);
                        }
                    });
                },
            );
        });
    },
});

function faultsOf(given: string): readonly string[] {
    const arn = arnOf(given);
    if (arn?.service !== "lambda") {
        return ["is not the ARN of a Lambda function"];
    }
    return [
        ...(arn.region === REGION ? [] : [`is in ${arn.region} instead of ${REGION}`]),
        ...(VERSION.test(arn.resource) ? [] : ["has no version number"]),
    ];
}
