import {
    list,
    object,
    objects,
    type Props,
    type ReportResource,
    resourceRule,
    text,
    texts,
} from "../../framework";
import { isGiven } from "../../framework/items";
import { judge } from "../shared/values";

export const rule = resourceRule({
    id: "codepipeline-structure",
    severity: "high",
    description: "Pipelines have the stages, actions and type that CodePipeline takes.",
    fix: 'Begin with one stage of Source actions and put none elsewhere, have two stages or more, name stages and the actions of a stage apart, take in what an earlier action puts out, and set pipelineType "V2" for triggers, variables, executionMode and conditions.',
    frameworks: { controls: ["F19.3", "F53.1"] },
    types: ["aws:codepipeline/pipeline:Pipeline"],
    check: ({ props }, report) => {
        judge(
            () => {
                judgeType(props, report);
            },
            () => {
                judgeStages(objects(props.stages), report);
            },
            () => {
                judgeArtifacts(objects(props.stages), report);
            },
        );
    },
});

const CONDITIONS = ["beforeEntry", "onFailure", "onSuccess"];

function judgeType(props: Props, report: ReportResource): void {
    const mode = text(props.executionMode) ?? "SUPERSEDED";
    if (
        mode === "PARALLEL" &&
        list(props.stages).some((stage) => text(object(object(stage).onFailure).result) === "ROLLBACK")
    ) {
        report('rolls stages back with executionMode "PARALLEL", which knows no rollback.');
    }
    // The provider's default.
    if ((text(props.pipelineType) ?? "V1") === "V2") {
        return;
    }
    const newer = [
        ...["triggers", "variables"].filter(
            (property) => isGiven(props, property) && list(props[property]).length > 0,
        ),
        ...(mode === "SUPERSEDED" ? [] : [`executionMode "${mode}"`]),
        ...CONDITIONS.filter((property) => objects(props.stages).some((stage) => isGiven(stage, property))),
    ];
    if (newer.length > 0) {
        report(`is of type V1, which has no ${newer.join(", ")}.`);
    }
}

function judgeStages(stages: readonly Props[], report: ReportResource): void {
    if (stages.length < 2) {
        report(`has ${stages.length} stages; CodePipeline takes two or more.`);
    }
    const names = stages.map((stage) => text(stage.name) ?? "");
    for (const name of twice(names)) {
        report(`has two stages called "${name}".`);
    }
    stages.forEach((stage, index) => {
        const actions = objects(stage.actions);
        const label = `stage "${names[index] ?? ""}"`;
        const sources = actions.filter(({ category }) => text(category) === "Source").length;
        if (index === 0 && sources < Math.max(actions.length, 1)) {
            report(`begins with ${label}, which has other actions than sources.`);
        }
        if (index > 0 && sources > 0) {
            report(`has a source in ${label}, which is not the first.`);
        }
        for (const name of twice(actions.map((action) => text(action.name) ?? ""))) {
            report(`has two actions called "${name}" in ${label}.`);
        }
    });
}

function judgeArtifacts(stages: readonly Props[], report: ReportResource): void {
    const made = new Set<string>();
    for (const stage of stages) {
        // Within a stage the order of actions decides; what runs later may take what an earlier one makes.
        const actions = objects(stage.actions);
        const here = actions.flatMap((action) => texts(action.outputArtifacts));
        for (const action of actions) {
            for (const artifact of texts(action.inputArtifacts)) {
                if (!made.has(artifact) && !here.includes(artifact)) {
                    report(
                        `takes the artifact "${artifact}" into action "${text(action.name) ?? ""}", which no earlier action puts out.`,
                    );
                }
            }
        }
        for (const artifact of here) {
            made.add(artifact);
        }
    }
}

function twice(names: readonly string[]): readonly string[] {
    return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
