import * as pulumi from "@pulumi/pulumi";

import { allow, type PolicyStatement } from "../../security/policyDocument";
import { type RegionSwitchPlanArgs } from "./args";

/**
 * What a plan's role needs: what the plan's steps do, on what they name.
 * Source: ARC Developer Guide, "Plan execution role trust policy" and "Execution block permissions".
 *
 * @param planName The logical name of the plan, which its ARN holds.
 */
export function planStatements(
    args: RegionSwitchPlanArgs,
    planName: string,
    roleArn: pulumi.Output<string>,
): PolicyStatement[] {
    const { alarms = [], autoScalingGroups = [], database, reportBucketName, reportKmsKeyArn } = args;
    // Auto-naming adds a suffix to the plan's name, and AWS an id.
    const planArn = pulumi.interpolate`arn:aws:arc-region-switch::${args.accountId}:plan/${planName}-*`;
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
