import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    createDeadLetterQueue,
    createStateMachineRole,
    deadLetterAlarm,
    stateMachineLogging,
    watchStateMachine,
} from "../../operations";
import { type EncryptionKey } from "../../security/encryptionKey";
import { policyDocument, type PolicyStatement, serviceTrust } from "../../security/policyDocument";
import { type TagsInput } from "../../shared/tags";
import { parameterArn } from "./access";
import { type PersonalizationArgs } from "./args";
import { IMPORT_JOB } from "./datasets";
import { removalDefinition } from "./removal";
import { type Definition } from "./states";
import { trainingDefinition, type TrainingPlan } from "./training";
import { personalizeArn, Server } from "./uses";

/** What the workflows are made with. */
export interface WorkflowPlace {
    readonly parent: pulumi.Resource;
    readonly args: PersonalizationArgs;
    readonly key: EncryptionKey;
    readonly bucketArn: pulumi.Input<string>;
    readonly tags: TagsInput;
}

/** The state machines. */
export interface Workflows {
    readonly training: aws.sfn.StateMachine;
    readonly removal: aws.sfn.StateMachine;
}

/** Makes the workflow that trains and serves, the one that takes away, and what starts and watches them. */
export function makeWorkflows(place: WorkflowPlace, plan: TrainingPlan): Workflows {
    const { name, uses, datasetGroupArn } = plan;
    const training = makeMachine(`${name}-training`, place, trainingDefinition(plan), [
        ...servingStatements(place, plan),
        ...trainingStatements(place, plan),
    ]);
    const removal = makeMachine(`${name}-removal`, place, removalDefinition(name, uses, datasetGroupArn), [
        ...servingStatements(place, plan),
        {
            Sid: "FindFilters",
            Effect: "Allow",
            Action: "personalize:ListFilters",
            // The call knows no resource.
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": place.args.region } },
        },
        {
            Sid: "DeleteFilters",
            Effect: "Allow",
            Action: "personalize:DeleteFilter",
            Resource: personalizeArn(place.args, "filter", `${name}-*`),
        },
    ]);
    schedule(name, place, training);
    watch(`${name}-training`, place, training);
    watch(`${name}-removal`, place, removal);
    return { training, removal };
}

function makeMachine(
    name: string,
    { parent, args, key, tags }: WorkflowPlace,
    definition: Definition,
    statements: PolicyStatement[],
): aws.sfn.StateMachine {
    const { region, accountId } = args;
    const logs = new aws.cloudwatch.LogGroup(
        `${name}-logs`,
        {
            region,
            retentionInDays: args.logRetentionDays ?? 365,
            kmsKeyId: key.keyArn,
            tags,
        },
        { parent },
    );
    const { role, policy } = createStateMachineRole(
        name,
        { region, accountId, tags },
        { description: definition.Comment, statements },
        parent,
    );
    return new aws.sfn.StateMachine(
        name,
        {
            region,
            // Express workflows end after five minutes.
            type: "STANDARD",
            roleArn: role.arn,
            definition: pulumi.jsonStringify(definition),
            loggingConfiguration: stateMachineLogging(logs, true),
            tracingConfiguration: { enabled: true },
            tags,
        },
        // Step Functions checks when it makes the machine that its role may write the log.
        { parent, dependsOn: [policy] },
    );
}

/** What both workflows do: make and take away what serves, and say where it is. */
function servingStatements({ args }: WorkflowPlace, { uses }: TrainingPlan): PolicyStatement[] {
    const calls = {
        [Server.Campaign]: ["personalize:DeleteCampaign", "personalize:DescribeCampaign"],
        [Server.Recommender]: ["personalize:DeleteRecommender", "personalize:DescribeRecommender"],
    };
    const withdrawals = Object.values(Server).flatMap((server): PolicyStatement[] => {
        const of = uses.filter((use) => use.server === server);
        return of.length === 0
            ? []
            : [
                  {
                      Sid: `Withdraw${server === Server.Campaign ? "Campaigns" : "Recommenders"}`,
                      Effect: "Allow",
                      Action: calls[server],
                      Resource: of.map(({ serverArn }) => serverArn),
                  },
              ];
    });
    return [
        ...withdrawals,
        {
            Sid: "SayWhatServes",
            Effect: "Allow",
            Action: "ssm:PutParameter",
            Resource: uses.map(({ parameterName }) => parameterArn(args, parameterName)),
        },
    ];
}

function trainingStatements(
    { args, bucketArn }: WorkflowPlace,
    { name, roleArn, datasetGroupArn, datasets, uses, filters }: TrainingPlan,
): PolicyStatement[] {
    const solutions = uses.flatMap(({ solutionArn }) => (solutionArn === undefined ? [] : [solutionArn]));
    const served = uses.filter((use) => use.served);
    const campaigns = served.filter(({ server }) => server === Server.Campaign);
    const recommenders = served.filter(({ server }) => server === Server.Recommender);
    // What a call names beside what it makes is asked for too. Source: Service Authorization Reference, Amazon
    // Personalize.
    const all: (Omit<PolicyStatement, "Effect" | "Resource"> & { Resource: pulumi.Input<string>[] })[] = [
        { Sid: "FindFiles", Action: "s3:ListBucket", Resource: [bucketArn] },
        {
            Sid: "ImportFiles",
            Action: ["personalize:CreateDatasetImportJob", "personalize:DescribeDatasetImportJob"],
            Resource: [
                ...datasets.map(({ datasetArn }) => datasetArn),
                personalizeArn(args, IMPORT_JOB, `${name}-*`),
            ],
        },
        {
            Sid: "LetPersonalizeRead",
            Action: "iam:PassRole",
            Resource: [roleArn],
            Condition: { StringEquals: { "iam:PassedToService": "personalize.amazonaws.com" } },
        },
        {
            Sid: "MakeFilters",
            Action: ["personalize:CreateFilter", "personalize:DescribeFilter"],
            Resource: filters.length === 0 ? [] : [datasetGroupArn, ...filters.map(({ arn }) => arn)],
        },
        {
            Sid: "TrainSolutions",
            Action: [
                "personalize:CreateSolutionVersion",
                "personalize:DescribeSolution",
                "personalize:DescribeSolutionVersion",
                "personalize:UpdateSolution",
            ],
            // A version's ARN is its solution's with the version behind it.
            Resource: solutions.flatMap((arn) => [arn, pulumi.interpolate`${arn}/*`]),
        },
        {
            Sid: "ServeByCampaigns",
            Action: ["personalize:CreateCampaign", "personalize:UpdateCampaign"],
            Resource: campaigns.flatMap(({ serverArn, solutionArn }) =>
                solutionArn === undefined
                    ? [serverArn]
                    : [serverArn, solutionArn, pulumi.interpolate`${solutionArn}/*`],
            ),
        },
        {
            Sid: "ServeByRecommenders",
            Action: ["personalize:CreateRecommender", "personalize:UpdateRecommender"],
            Resource:
                recommenders.length === 0
                    ? []
                    : [datasetGroupArn, ...recommenders.map(({ serverArn }) => serverArn)],
        },
    ];
    return all
        .filter(({ Resource }) => Resource.length > 0)
        .map((statement) => ({ ...statement, Effect: "Allow" }));
}

function schedule(name: string, { parent, args, tags }: WorkflowPlace, machine: aws.sfn.StateMachine): void {
    const { region, accountId, trainingSchedule } = args;
    if (trainingSchedule === undefined) {
        return;
    }
    const role = new aws.iam.Role(
        `${name}-schedule-role`,
        {
            description: `Starts the training of ${name}`,
            assumeRolePolicy: serviceTrust(
                "scheduler.amazonaws.com",
                accountId,
                pulumi.interpolate`arn:aws:scheduler:${region}:${accountId}:schedule-group/default`,
            ),
            tags,
        },
        { parent },
    );
    const failures = createDeadLetterQueue(`${name}-schedule`, { region, tags }, parent);
    if (args.alarmTopicArns !== undefined) {
        deadLetterAlarm(
            `${name}-schedule-failed`,
            failures.name,
            {
                region,
                topicArns: args.alarmTopicArns,
                tags,
                description: `The training of ${name} could not be started: the message in the queue says why`,
            },
            { parent },
        );
    }
    const policy = new aws.iam.RolePolicy(
        `${name}-schedule-policy`,
        {
            role: role.id,
            policy: policyDocument([
                {
                    Sid: "StartTraining",
                    Effect: "Allow",
                    Action: "states:StartExecution",
                    Resource: machine.arn,
                },
                { Sid: "KeepFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: failures.arn },
            ]),
        },
        { parent },
    );
    new aws.scheduler.Schedule(
        `${name}-schedule`,
        {
            region,
            description: `Starts the training of ${name}`,
            scheduleExpression: trainingSchedule,
            flexibleTimeWindow: { mode: "OFF" },
            target: { arn: machine.arn, roleArn: role.arn, deadLetterConfig: { arn: failures.arn } },
        },
        { parent, dependsOn: [policy] },
    );
}

function watch(name: string, { parent, args, tags }: WorkflowPlace, machine: aws.sfn.StateMachine): void {
    if (args.alarmTopicArns === undefined) {
        return;
    }
    watchStateMachine(
        `${name}-failed`,
        { region: args.region, stateMachineArn: machine.arn, topicArns: args.alarmTopicArns, tags },
        {
            description: `A run of ${name} failed or took too long: see it in Step Functions and in its log group`,
            metricNames: ["ExecutionsFailed", "ExecutionsTimedOut"],
            label: "Failed runs",
        },
        parent,
    );
}
