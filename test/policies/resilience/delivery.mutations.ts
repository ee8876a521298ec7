/** Who says what runs, and when. */
import { type Accepted, type Mutant } from "../../support/policies/mutation";
import { PIPELINE, pipelineFixture as fixture, SERVICE } from "../../support/policies/pipelineFixture";

const APPROVAL = { name: "Approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" };
const DEPLOYMENT = { name: "front", category: "Deploy", owner: "AWS", provider: "ECS", version: "1" };

export const mutants: readonly Mutant[] = [
    {
        rule: "pipeline-approval",
        title: "production that nobody approved",
        fixture,
        change: (stack) => {
            stack.set(stack.find(PIPELINE), "stages[3].actions[0].category", "Invoke");
        },
        message: 'deploys in stage "production" what nobody approved.',
    },
    {
        rule: "pipeline-approval",
        title: "an approval before staging alone",
        fixture,
        change: (stack) => {
            const pipeline = stack.find(PIPELINE);
            stack.set(pipeline, "stages", [
                { name: "approve", actions: [APPROVAL] },
                { name: "staging", actions: [DEPLOYMENT] },
                { name: "production", actions: [DEPLOYMENT] },
            ]);
        },
    },
    {
        rule: "pipeline-approval",
        title: "an approval beside the deployment",
        fixture,
        change: (stack) => {
            stack.set(stack.find(PIPELINE), "stages", [
                { name: "production", actions: [APPROVAL, { ...DEPLOYMENT, runOrder: 1 }] },
            ]);
        },
    },
    {
        rule: "pipeline-owns-image",
        title: "a program that deploys, too",
        fixture,
        change: (stack) => {
            stack.setOptions(stack.find(SERVICE, "front"), { ignoreChanges: [] });
        },
        message: 'is deployed by "delivery" and does not ignore changes of taskDefinition.',
        decidedBy: "relations",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "pipeline-approval",
        title: "an approval first in the stage itself",
        fixture,
        change: (stack) => {
            stack.set(stack.find(PIPELINE), "stages", [
                { name: "production", actions: [APPROVAL, { ...DEPLOYMENT, runOrder: 2 }] },
            ]);
        },
    },
    {
        rule: "pipeline-approval",
        title: "one approval for production in two regions",
        fixture,
        change: (stack) => {
            stack.set(stack.find(PIPELINE), "stages", [
                { name: "approve", actions: [APPROVAL] },
                { name: "prod-us", actions: [DEPLOYMENT] },
                { name: "prod-eu", actions: [DEPLOYMENT] },
            ]);
        },
    },
    {
        rule: "pipeline-approval",
        title: "no production by another name",
        fixture,
        change: (stack) => {
            stack.set(stack.find(PIPELINE), "stages[3].actions[0].category", "Invoke");
        },
        config: { stages: ["shop"] },
    },
];
