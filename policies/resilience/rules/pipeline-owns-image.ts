import { list, object, stackRule, text } from "../../framework";

const PIPELINE = "aws:codepipeline/pipeline:Pipeline";
const SERVICE = "aws:ecs/service:Service";

export const rule = stackRule({
    id: "pipeline-owns-image",
    severity: "high",
    description: "Where a pipeline deploys an ECS service, the program leaves the running image to it.",
    fix: 'Add "taskDefinition" to the service\'s ignoreChanges; else the next update of the stack deploys the image that it knows, which is older.',
    frameworks: { controls: [] },
    types: [PIPELINE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(PIPELINE), (pipeline) => {
            if (!deploysToEcs(pipeline.props.stages)) {
                return;
            }
            for (const service of stack.referencesOf(pipeline, "stages", SERVICE)) {
                if (!service.opts.ignoreChanges.includes("taskDefinition")) {
                    report(
                        `is deployed by ${stack.nameOf(pipeline, service)} and does not ignore changes of taskDefinition.`,
                        service,
                    );
                }
            }
        });
    },
});

function deploysToEcs(stages: unknown): boolean {
    return list(stages).some((stage) =>
        list(object(stage).actions).some((action) => text(object(action).provider) === "ECS"),
    );
}
