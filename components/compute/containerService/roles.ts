import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { rolePolicy } from "../../security/permissions";
import {
    POLICY_VERSION,
    policyDocument,
    type PolicyStatement,
    serviceTrust,
} from "../../security/policyDocument";
import { repositoryArn } from "../imageReference";
import { PULL_ACTIONS } from "../repository";
import { TRACE_ACTIONS } from "../tracing";
import { type ContainerServiceArgs } from "./args";

/** The roles of a service, and what must be in force before its first task starts and until its last has ended. */
export interface ServiceRoles {
    /** The role that ECS starts tasks with. */
    execution: aws.iam.Role;
    /** The role that the program has. */
    task: aws.iam.Role;
    permissions: pulumi.Resource[];
}

/** Makes `<name>-execution-role`, `<name>-execution-permissions`, `<name>-task-role` and `<name>-task-permissions`. */
export function serviceRoles(
    name: string,
    args: ContainerServiceArgs,
    logGroup: aws.cloudwatch.LogGroup,
    opts: pulumi.CustomResourceOptions,
): ServiceRoles {
    const role = (kind: string, description: string): aws.iam.Role =>
        new aws.iam.Role(
            `${name}-${kind}-role`,
            {
                description,
                // Amazon ECS Developer Guide, "Amazon ECS task IAM role": no narrower pattern is known to ECS.
                assumeRolePolicy: serviceTrust(
                    "ecs-tasks.amazonaws.com",
                    args.accountId,
                    pulumi.interpolate`arn:aws:ecs:${args.region}:${args.accountId}:*`,
                ),
                permissionsBoundary: args.permissionsBoundaryArn,
                ...(args.tags === undefined ? {} : { tags: args.tags }),
            },
            opts,
        );
    const execution = role("execution", `Starts the tasks of ${name} in ${args.region}`);
    const task = role("task", `The program of ${name} in ${args.region}`);
    const executionPermissions = new aws.iam.RolePolicy(
        `${name}-execution-permissions`,
        { role: execution.name, policy: executionPolicy(args, logGroup) },
        opts,
    );
    const own = taskStatements(args);
    const given = args.permissions ?? [];
    const taskPermissions =
        own.length + given.length === 0
            ? []
            : [
                  new aws.iam.RolePolicy(
                      `${name}-task-permissions`,
                      { role: task.name, policy: rolePolicy(own, given) },
                      opts,
                  ),
              ];
    return { execution, task, permissions: [executionPermissions, ...taskPermissions] };
}

/** What starting a task needs: its images, its secrets and its log, and nothing else. */
function executionPolicy(
    args: ContainerServiceArgs,
    logGroup: aws.cloudwatch.LogGroup,
): pulumi.Output<string> {
    const images = [args.image, args.tlsProxy?.image, args.tracing?.collectorImage].filter(
        (image) => image !== undefined,
    );
    const statements = pulumi
        .all([
            pulumi.all(images),
            pulumi.all(Object.values(args.secrets ?? {})),
            pulumi.all(args.secretKmsKeyArns ?? []),
            logGroup.arn,
        ])
        .apply(([names, secrets, keys, log]): PolicyStatement[] => [
            {
                Sid: "WriteLog",
                Effect: "Allow",
                Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                Resource: `${log}:*`,
            },
            ...pullStatements(names),
            ...secretStatements(args.region, secrets, keys),
        ]);
    return pulumi.jsonStringify({ Version: POLICY_VERSION, Statement: statements });
}

function pullStatements(images: readonly string[]): PolicyStatement[] {
    const repositories = [...new Set(images.map(repositoryArn).filter((arn) => arn !== undefined))];
    if (repositories.length === 0) {
        return [];
    }
    return [
        // Signing in is to the registry as a whole.
        { Sid: "SignInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
        {
            Sid: "PullImages",
            Effect: "Allow",
            Action: PULL_ACTIONS,
            Resource: repositories,
        },
    ];
}

function secretStatements(
    region: string,
    references: readonly string[],
    keys: readonly string[],
): PolicyStatement[] {
    const arns = [...new Set(references.map(secretArn))];
    const secrets = arns.filter((arn) => arn.split(":")[2] === "secretsmanager");
    const parameters = arns.filter((arn) => arn.split(":")[2] === "ssm");
    const statement = (Sid: string, Action: string, Resource: string[]): PolicyStatement[] =>
        Resource.length === 0 ? [] : [{ Sid, Effect: "Allow", Action, Resource }];
    return [
        ...statement("ReadSecrets", "secretsmanager:GetSecretValue", secrets),
        ...statement("ReadParameters", "ssm:GetParameters", parameters),
        ...statement("DecryptSecrets", "kms:Decrypt", [...keys]).map((each) => ({
            ...each,
            Condition: {
                StringEquals: {
                    "kms:ViaService": ["secretsmanager", "ssm"].map(
                        (service) => `${service}.${region}.amazonaws.com`,
                    ),
                },
            },
        })),
    ];
}

/** The secret's own ARN: behind it a reference may name a key in its JSON, a stage and a version. */
function secretArn(reference: string): string {
    return reference.split(":").slice(0, 7).join(":");
}

/** What the task's role needs beside what it was given. */
function taskStatements(args: ContainerServiceArgs): PolicyStatement[] {
    const { commandExecution } = args;
    return [
        ...(args.tracing === undefined
            ? []
            : [
                  {
                      Sid: "SendTraces",
                      Effect: "Allow" as const,
                      Action: TRACE_ACTIONS,
                      // X-Ray's sending and sampling actions know no resources.
                      Resource: "*",
                  },
              ]),
        ...(commandExecution === undefined
            ? []
            : [
                  {
                      Sid: "OpenSession",
                      Effect: "Allow" as const,
                      Action: [
                          "ssmmessages:CreateControlChannel",
                          "ssmmessages:CreateDataChannel",
                          "ssmmessages:OpenControlChannel",
                          "ssmmessages:OpenDataChannel",
                      ],
                      // The channels of the agent know no resources.
                      Resource: "*",
                  },
                  {
                      Sid: "FindSessionLog",
                      Effect: "Allow" as const,
                      Action: "logs:DescribeLogGroups",
                      Resource: "*",
                  },
                  {
                      Sid: "RecordSession",
                      Effect: "Allow" as const,
                      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                      Resource: pulumi.interpolate`${commandExecution.logGroupArn}:*`,
                  },
                  {
                      Sid: "DecryptSession",
                      Effect: "Allow" as const,
                      Action: "kms:Decrypt",
                      Resource: commandExecution.kmsKeyArn,
                  },
              ]),
    ];
}

// Amazon ECS Developer Guide, "Amazon ECS infrastructure IAM role for load balancers".
const BALANCER_POLICY = "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers";

/**
 * Makes the role that ECS shifts traffic with, `<name>-infrastructure-role`, with `<name>-infrastructure-balancers` and,
 * where functions judge deployments, `<name>-infrastructure-hooks`.
 */
export function infrastructureRole(
    name: string,
    args: ContainerServiceArgs,
    opts: pulumi.CustomResourceOptions,
): { role: aws.iam.Role; permissions: pulumi.Resource[] } {
    const role = new aws.iam.Role(
        `${name}-infrastructure-role`,
        {
            description: `ECS shifts the traffic of ${name} in ${args.region}`,
            assumeRolePolicy: serviceTrust("ecs.amazonaws.com", args.accountId),
            permissionsBoundary: args.permissionsBoundaryArn,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        opts,
    );
    const balancers = new aws.iam.RolePolicyAttachment(
        `${name}-infrastructure-balancers`,
        // AWS keeps it as ECS needs it, which has changed more than once.
        { role: role.name, policyArn: BALANCER_POLICY },
        opts,
    );
    const functions = (args.deployment?.hooks ?? []).flatMap(({ functionArn }) => functionArn ?? []);
    const hooks =
        functions.length === 0
            ? []
            : [
                  new aws.iam.RolePolicy(
                      `${name}-infrastructure-hooks`,
                      {
                          role: role.name,
                          policy: policyDocument([
                              {
                                  Sid: "AskFunctions",
                                  Effect: "Allow",
                                  Action: "lambda:InvokeFunction",
                                  Resource: functions,
                              },
                          ]),
                      },
                      opts,
                  ),
              ];
    return { role, permissions: [balancers, ...hooks] };
}
