import { resourceRule, text } from "../../framework";
import { isOfAws } from "../../framework/places";
import { isPending } from "../shared/pending";
import { judge } from "../shared/values";

const POLICY = ["policy", "assumeRolePolicy", "accessPolicies", "redrivePolicy", "redriveAllowPolicy"];

/** Arguments that are JSON documents, by type; policies are, wherever they are. */
const DOCUMENTS: Readonly<Partial<Record<string, readonly string[]>>> = {
    "aws:cloudwatch/dashboard:Dashboard": ["dashboardBody"],
    "aws:cloudwatch/eventRule:EventRule": ["eventPattern"],
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": ["policyDocument"],
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyDocument"],
    "aws:ecs/taskDefinition:TaskDefinition": ["containerDefinitions"],
    "aws:lambda/invocation:Invocation": ["input"],
    "aws:sfn/stateMachine:StateMachine": ["definition"],
    "aws:sns/topicSubscription:TopicSubscription": ["filterPolicy", "redrivePolicy", "deliveryPolicy"],
    "aws:cloudcontrol/resource:Resource": ["desiredState"],
    "aws-native:personalize:Schema": ["schema"],
};

export const rule = resourceRule({
    id: "aws-json-arguments",
    severity: "high",
    description: "Arguments that are JSON documents can be parsed.",
    fix: "Build the document with pulumi.jsonStringify from an object.",
    frameworks: { controls: ["C17"] },
    check: ({ type, props }, report) => {
        if (!isOfAws(type)) {
            return;
        }
        judge(
            ...[...POLICY, ...(DOCUMENTS[type] ?? [])].map((property) => () => {
                const given = isPending(props, property) ? undefined : text(props[property]);
                if (given !== undefined && given.trim() !== "" && !isDocument(given)) {
                    report(`has ${property} that is not JSON: ${JSON.stringify(given.slice(0, 80))}.`);
                }
            }),
        );
    },
});

function isDocument(given: string): boolean {
    try {
        const value: unknown = JSON.parse(given);
        return typeof value === "object" && value !== null;
    } catch {
        return false;
    }
}
