import type * as pulumi from "@pulumi/pulumi";

import { type FilterPlan } from "./filters";
import { offering, withdrawal } from "./serving";
import {
    ALREADY_THERE,
    type Definition,
    expression,
    personalize,
    s3,
    type State,
    type States,
} from "./states";
import { type UsePlan } from "./uses";

/** What the workflow works on. */
export interface TrainingPlan {
    readonly name: string;
    readonly bucketName: pulumi.Input<string>;
    /** Role with which Personalize reads the bucket. */
    readonly roleArn: pulumi.Input<string>;
    readonly datasetGroupArn: pulumi.Input<string>;
    readonly datasets: readonly DatasetPlan[];
    readonly uses: readonly TrainedUse[];
    readonly filters: readonly FilterPlan[];
    readonly minRequestsPerSecond: number;
}

/** A use with the solution that is trained for it; recommenders have none. */
export type TrainedUse = UsePlan & { readonly solutionArn?: pulumi.Input<string> };

/** A dataset that is filled from a folder of the bucket. */
export interface DatasetPlan {
    readonly dataset: string;
    readonly datasetArn: pulumi.Input<string>;
    /** ARN of an import job of it, up to its own part. */
    readonly jobArnPrefix: pulumi.Input<string>;
}

const DAY = 86_400;
/** How long a run may take. Imports and trainings of large shops take hours each. */
const LONGEST_RUN = 3 * DAY;
const POLL_IMPORT = 60;
const POLL_TRAINING = 300;
const POLL_UPDATE = 15;

/**
 * The workflow that imports what is in the bucket, makes the filters, trains the solutions, and makes or takes away
 * campaigns and recommenders.
 *
 * A use that cannot be trained does not keep the others from it; the run fails in the end.
 */
export function trainingDefinition(plan: TrainingPlan): Definition {
    const failed = "$filter($states.input, function($use) { $exists($use.Failed) })";
    const filters = plan.filters.map(({ name, arn, expression: filter }) => ({ name, arn, filter }));
    // A stage without anything to work on is left out, and with it what its calls need.
    const stages = Object.entries<[readonly unknown[], States]>({
        TakeOverTraining: [trainedSolutions(plan), automaticTrainingOff()],
        Import: [plan.datasets, importOf(plan)],
        MakeFilters: [filters, filterOf(plan)],
    }).filter(([, [items]]) => items.length > 0);
    const names = [...stages.map(([name]) => name), "Serve"];
    return {
        Comment: `Imports, trains and serves recommendations of ${plan.name}`,
        QueryLanguage: "JSONata",
        TimeoutSeconds: LONGEST_RUN,
        StartAt: names[0] ?? "Serve",
        States: {
            ...Object.fromEntries(
                stages.map(([name, [items, processor]], index) => [
                    name,
                    each(items, processor, names[index + 1] ?? "Serve"),
                ]),
            ),
            Serve: {
                Type: "Parallel",
                Branches: plan.uses.map((use) => branchOf(plan, use)),
                Next: "AllServed",
            },
            AllServed: {
                Type: "Choice",
                Choices: [{ Condition: expression(`$count(${failed}) > 0`), Next: "SomeFailed" }],
                Default: "Served",
            },
            SomeFailed: {
                Type: "Fail",
                Error: "UseFailed",
                Cause: expression(`$string([${failed}])`),
            },
            Served: { Type: "Succeed" },
        },
    };
}

function trainedSolutions({ uses }: TrainingPlan) {
    return uses.flatMap(({ solutionArn }) => (solutionArn === undefined ? [] : [{ solutionArn }]));
}

function each(items: unknown, processor: States, next: string): State {
    return {
        Type: "Map",
        Items: items,
        ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...processor },
        Next: next,
    };
}

/**
 * A solution that CloudFormation makes trains itself every week as soon as there is data, which costs, and cannot be
 * made otherwise: it has no property for it. Source: Personalize API Reference, CreateSolution, `performAutoTraining`.
 */
function automaticTrainingOff(): States {
    const describe = () => personalize("describeSolution", { SolutionArn: expression("$solutionArn") });
    const isOn = expression("$states.input.Solution.PerformAutoTraining = true");
    return {
        StartAt: "RememberSolution",
        States: {
            RememberSolution: {
                Type: "Pass",
                Assign: { solutionArn: expression("$states.input.solutionArn") },
                Next: "DescribeSolution",
            },
            DescribeSolution: { ...describe(), Next: "TrainsItself" },
            TrainsItself: {
                Type: "Choice",
                Choices: [{ Condition: isOn, Next: "StopAutomaticTraining" }],
                Default: "TrainedByWorkflow",
            },
            StopAutomaticTraining: {
                ...personalize("updateSolution", {
                    SolutionArn: expression("$solutionArn"),
                    PerformAutoTraining: false,
                }),
                Next: "WaitForSolution",
            },
            WaitForSolution: { Type: "Wait", Seconds: POLL_UPDATE, Next: "DescribeSolutionAgain" },
            DescribeSolutionAgain: { ...describe(), Next: "StillTrainsItself" },
            StillTrainsItself: {
                Type: "Choice",
                Choices: [
                    {
                        Condition: expression(
                            '$states.input.Solution.LatestSolutionUpdate.Status = "CREATE FAILED"',
                        ),
                        Next: "SolutionNotUpdated",
                    },
                    { Condition: isOn, Next: "WaitForSolution" },
                ],
                Default: "TrainedByWorkflow",
            },
            SolutionNotUpdated: {
                Type: "Fail",
                Error: "SolutionNotUpdated",
                Cause: expression(
                    '$string($states.input.Solution.LatestSolutionUpdate.FailureReason) & " " & $solutionArn',
                ),
            },
            TrainedByWorkflow: { Type: "Pass", Output: expression("$solutionArn"), End: true },
        },
    };
}

/** Imports the folder of a dataset in place of what was imported before; skips it while there is no file in it. */
function importOf({ name, bucketName, roleArn }: TrainingPlan): States {
    return {
        StartAt: "RememberDataset",
        States: {
            RememberDataset: {
                Type: "Pass",
                Assign: {
                    dataset: expression("$states.input.dataset"),
                    datasetArn: expression("$states.input.datasetArn"),
                    // By the run, so that what is tried again is not imported twice.
                    jobName: expression(
                        `"${name}-" & $states.input.dataset & "-" & $string($toMillis($states.context.Execution.StartTime))`,
                    ),
                    jobArnPrefix: expression("$states.input.jobArnPrefix"),
                    bucket: bucketName,
                },
                Next: "ListFiles",
            },
            ListFiles: {
                ...s3("listObjectsV2", {
                    Bucket: expression("$bucket"),
                    Prefix: expression('$dataset & "/"'),
                    MaxKeys: 10,
                }),
                Next: "HasFiles",
            },
            HasFiles: {
                Type: "Choice",
                // The console makes a folder by an empty object, which is no data.
                Choices: [
                    {
                        Condition: expression("$exists($states.input.Contents[Size > 0])"),
                        Next: "StartImport",
                    },
                ],
                Default: "NothingToImport",
            },
            NothingToImport: { Type: "Pass", Output: expression("$dataset"), End: true },
            StartImport: {
                ...personalize("createDatasetImportJob", {
                    JobName: expression("$jobName"),
                    DatasetArn: expression("$datasetArn"),
                    DataSource: { DataLocation: expression('"s3://" & $bucket & "/" & $dataset & "/"') },
                    RoleArn: roleArn,
                    ImportMode: "FULL",
                }),
                Catch: [{ ErrorEquals: [ALREADY_THERE], Next: "WaitForImport" }],
                Next: "WaitForImport",
            },
            WaitForImport: { Type: "Wait", Seconds: POLL_IMPORT, Next: "DescribeImport" },
            DescribeImport: {
                ...personalize("describeDatasetImportJob", {
                    DatasetImportJobArn: expression("$jobArnPrefix & $jobName"),
                }),
                Next: "IsImported",
            },
            IsImported: {
                Type: "Choice",
                Choices: [
                    {
                        Condition: expression('$states.input.DatasetImportJob.Status = "ACTIVE"'),
                        Next: "Imported",
                    },
                    {
                        Condition: expression('$states.input.DatasetImportJob.Status = "CREATE FAILED"'),
                        Next: "ImportFailed",
                    },
                ],
                Default: "WaitForImport",
            },
            Imported: { Type: "Pass", Output: expression("$dataset"), End: true },
            ImportFailed: {
                Type: "Fail",
                Error: "ImportFailed",
                Cause: expression('$dataset & ": " & $string($states.input.DatasetImportJob.FailureReason)'),
            },
        },
    };
}

function filterOf({ datasetGroupArn }: TrainingPlan): States {
    return {
        StartAt: "RememberFilter",
        States: {
            RememberFilter: {
                Type: "Pass",
                Assign: { filterArn: expression("$states.input.arn") },
                Next: "MakeFilter",
            },
            MakeFilter: {
                ...personalize("createFilter", {
                    Name: expression("$states.input.name"),
                    DatasetGroupArn: datasetGroupArn,
                    FilterExpression: expression("$states.input.filter"),
                }),
                Catch: [{ ErrorEquals: [ALREADY_THERE], Next: "DescribeFilter" }],
                Next: "DescribeFilter",
            },
            DescribeFilter: {
                ...personalize("describeFilter", { FilterArn: expression("$filterArn") }),
                Next: "IsFilterMade",
            },
            IsFilterMade: {
                Type: "Choice",
                Choices: [
                    { Condition: expression('$states.input.Filter.Status = "ACTIVE"'), Next: "FilterMade" },
                    {
                        Condition: expression('$states.input.Filter.Status = "CREATE FAILED"'),
                        Next: "FilterFailed",
                    },
                ],
                Default: "WaitForFilter",
            },
            WaitForFilter: { Type: "Wait", Seconds: POLL_UPDATE, Next: "DescribeFilter" },
            FilterMade: { Type: "Pass", Output: expression("$filterArn"), End: true },
            FilterFailed: {
                Type: "Fail",
                Error: "FilterFailed",
                Cause: expression('$filterArn & ": " & $string($states.input.Filter.FailureReason)'),
            },
        },
    };
}

/** Trains the solution of a use, if it has one, and makes what serves it or takes that away. */
function branchOf(plan: TrainingPlan, use: TrainedUse): States {
    const {
        prefix,
        states: serving,
        first,
    } = use.served ? offering(use, plan.datasetGroupArn, plan.minRequestsPerSecond) : withdrawal(use);
    const failed: State = {
        Type: "Pass",
        Output: { Use: use.use, Failed: expression("$states.input") },
        End: true,
    };
    const catches = [{ ErrorEquals: ["States.ALL"], Next: `${prefix}Failed` }];
    const own = use.solutionArn === undefined ? {} : trainingOf(prefix, use.solutionArn, first);
    const states = { ...own, ...serving };
    return {
        StartAt: use.solutionArn === undefined ? first : `${prefix}Train`,
        States: {
            ...Object.fromEntries(
                Object.entries(states).map(([name, state]) => [
                    name,
                    state.Type === "Task" ? { ...state, Catch: [...(state.Catch ?? []), ...catches] } : state,
                ]),
            ),
            [`${prefix}Failed`]: failed,
        },
    };
}

function trainingOf(
    prefix: string,
    solutionArn: pulumi.Input<string>,
    next: string,
): Readonly<Record<string, State>> {
    const status = "$states.input.SolutionVersion.Status";
    return {
        [`${prefix}Train`]: {
            ...personalize("createSolutionVersion", { SolutionArn: solutionArn, TrainingMode: "FULL" }),
            Assign: { versionArn: expression("$states.result.SolutionVersionArn") },
            Next: `${prefix}WaitForTraining`,
        },
        [`${prefix}WaitForTraining`]: {
            Type: "Wait",
            Seconds: POLL_TRAINING,
            Next: `${prefix}DescribeTraining`,
        },
        [`${prefix}DescribeTraining`]: {
            ...personalize("describeSolutionVersion", { SolutionVersionArn: expression("$versionArn") }),
            Next: `${prefix}IsTrained`,
        },
        [`${prefix}IsTrained`]: {
            Type: "Choice",
            Choices: [
                { Condition: expression(`${status} = "ACTIVE"`), Next: next },
                {
                    Condition: expression(`${status} in ["CREATE FAILED", "CREATE STOPPED"]`),
                    Next: `${prefix}Failed`,
                },
            ],
            Default: `${prefix}WaitForTraining`,
        },
    };
}
