import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement, serviceTrust } from "../../security/policyDocument";
import { type RegionSwitchPlanArgs } from "./args";

/** What a plan's role is made for. */
export interface RegionSwitchRoleArgs extends RegionSwitchPlanArgs {
    /** The logical name of the plan, which its ARN holds. */
    readonly planName: string;
}

/**
 * Makes the role that Region switch executes a plan as, `<name>-role`, which may do what the plan's steps need on what they
 * name, and `<name>-policy`.
 * Source: ARC Developer Guide, "Plan execution role trust policy" and "Execution block permissions".
 *
 * @returns The role's ARN, known once the policy is in force, by which AWS evaluates the plan as soon as there is one.
 */
export function createExecutionRole(
    name: string,
    args: RegionSwitchRoleArgs,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description: `What ARC Region switch executes the plan ${name} as`,
            assumeRolePolicy: serviceTrust("arc-region-switch.amazonaws.com", args.accountId),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: role.id, policy: policyDocument(statements(args, role.arn)) },
        { parent },
    );
    return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
}

function statements(args: RegionSwitchRoleArgs, roleArn: pulumi.Output<string>): PolicyStatement[] {
    const { alarms = [], autoScalingGroups = [], database, reportBucketName, reportKmsKeyArn } = args;
    // Auto-naming adds a suffix to the plan's name, and AWS an id.
    const planArn = pulumi.interpolate`arn:aws:arc-region-switch::${args.accountId}:plan/${args.planName}-*`;
    return [
        allow(
            "SeePlan",
            [
                "arc-region-switch:GetPlan",
                "arc-region-switch:GetPlanExecution",
                "arc-region-switch:ListPlanExecutions",
            ],
            planArn,
        ),
        // By this Region switch tells, before the night, whether the role may do what the plan needs.
        allow("EvaluatePlan", ["iam:SimulatePrincipalPolicy"], roleArn),
        ...(database === undefined
            ? []
            : [
                  // These calls know no resource.
                  allow("SeeDatabase", ["rds:DescribeGlobalClusters", "rds:DescribeDBClusters"], "*"),
                  allow(
                      "MoveWriter",
                      ["rds:FailoverGlobalCluster", "rds:SwitchoverGlobalCluster"],
                      [
                          pulumi.interpolate`arn:aws:rds::${args.accountId}:global-cluster:${database.globalClusterIdentifier}`,
                          ...Object.values(database.clusterArns),
                      ],
                  ),
              ]),
        ...(autoScalingGroups.length === 0
            ? []
            : [
                  // Neither do these.
                  allow("SeeCapacity", ["autoscaling:DescribeAutoScalingGroups"], "*"),
                  allow("SeeCapacityBefore", ["cloudwatch:GetMetricStatistics"], "*"),
                  allow(
                      "Grow",
                      ["autoscaling:UpdateAutoScalingGroup"],
                      autoScalingGroups.flatMap(({ arns }) => Object.values(arns)),
                  ),
              ]),
        ...(args.trafficRecord === undefined
            ? []
            : [
                  allow(
                      "SeeRecords",
                      ["route53:ListResourceRecordSets"],
                      pulumi.interpolate`arn:aws:route53:::hostedzone/${args.trafficRecord.hostedZoneId}`,
                  ),
              ]),
        ...(alarms.length === 0
            ? []
            : [
                  allow(
                      "SeeAlarms",
                      ["cloudwatch:DescribeAlarms", "cloudwatch:DescribeAlarmHistory"],
                      alarms.map(({ arn }) => arn),
                  ),
              ]),
        ...(alarms.some(({ activates }) => activates !== undefined)
            ? [allow("StartByAlarm", ["arc-region-switch:StartPlanExecution"], planArn)]
            : []),
        ...(reportBucketName === undefined
            ? []
            : [allow("Report", ["s3:PutObject"], pulumi.interpolate`arn:aws:s3:::${reportBucketName}/*`)]),
        ...(reportKmsKeyArn === undefined
            ? []
            : [allow("EncryptReports", ["kms:GenerateDataKey", "kms:Encrypt"], reportKmsKeyArn)]),
    ];
}

function allow(
    sid: string,
    actions: string[],
    resources: pulumi.Input<string> | pulumi.Input<string>[],
): PolicyStatement {
    return { Sid: sid, Effect: "Allow", Action: actions, Resource: resources };
}
