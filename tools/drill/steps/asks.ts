/**
 * The calls of AWS that a failover makes, by step: which region each goes to, and what becomes of the failover without an
 * answer. docs/runbook.md shows them as a table; a test holds them against the calls that are made.
 */
import { type Ask } from "../engine/step";

/** Around the steps: who writes, and the lock, which is looked at again just before the promotion. */
export const AROUND: readonly Ask[] = [
    { action: "rds:DescribeGlobalClusters", where: "target" },
    {
        action: "rds:DescribeGlobalClusters",
        where: "home",
        without: "only asked when the target does not show who writes",
    },
    {
        action: "ssm:PutParameter",
        where: "every region",
        without: "it goes without the lock of that region, or leaves it",
    },
    {
        action: "ssm:GetParameter",
        where: "every region",
        without: "it goes without the lock of that region",
    },
];

/** What is looked up beside the promotion. */
const LOOK_AT_TARGET = "it is a warning: AWS looks itself whether the cluster can be promoted";

const LOOK_AT_PLAN = "it is a warning: AWS looks itself whether the plan can be started";

const NOBODY_WATCHES = "AWS carries the plan out all the same, and nobody sees how far it is";

/** What is asked about a plan of Region switch before a failover that goes without it, where there is one. */
export const PLAN_BESIDE: Ask = {
    action: "arc-region-switch:ListPlanExecutions",
    where: "target",
    without: "it is a warning; only asked where there is a plan of Region switch",
};

/** By step. */
export const ASKS = {
    guard: [
        { action: "rds:DescribeGlobalClusters", where: "target" },
        { action: "rds:DescribeDBClusters", where: "target", without: LOOK_AT_TARGET },
        { action: "rds:DescribeDBInstances", where: "target", without: LOOK_AT_TARGET },
        {
            action: "sts:GetCallerIdentity",
            where: "target",
            without: "it is a warning: the database's own ARN names the account too",
        },
        {
            action: "autoscaling:DescribeAutoScalingGroups",
            where: "target",
            without: "it is a warning",
        },
        { action: "cloudwatch:GetMetricData", where: "target", without: "what is lost is not known" },
        {
            action: "route53:GetHealthCheckStatus",
            where: "us-east-1",
            without: "our own requests to the regions' health paths count instead",
        },
        {
            action: "rds:DescribeDBClusters",
            where: "home",
            without: "RDS's word does not count; that it is silent says nothing",
        },
        {
            action: "rds:DescribeDBInstances",
            where: "home",
            without: "RDS's word does not count; that it is silent says nothing",
        },
    ],
    failOver: [
        {
            action: "rds:DescribeGlobalClusters",
            where: "target",
            without: "the promotion is asked for all the same",
        },
        { action: "rds:FailoverGlobalCluster", where: "target" },
    ],
    checkPlan: [
        {
            action: "rds:DescribeGlobalClusters",
            where: "target",
            without: "the plan is looked at all the same",
        },
        { action: "arc-region-switch:GetPlanInRegion", where: "target", without: LOOK_AT_PLAN },
        { action: "arc-region-switch:GetPlanEvaluationStatus", where: "target", without: LOOK_AT_PLAN },
        { action: "arc-region-switch:ListPlanExecutions", where: "target", without: LOOK_AT_PLAN },
        {
            action: "arc-region-switch:ListPlanExecutions",
            where: "home",
            without: "what was started there is not seen",
        },
    ],
    startPlan: [
        {
            action: "arc-region-switch:ListPlanExecutions",
            where: "target",
            without:
                "the plan is started all the same, under the run's own token, which starts nothing twice",
        },
        {
            action: "rds:DescribeGlobalClusters",
            where: "target",
            without: "the plan is started all the same",
        },
        { action: "arc-region-switch:StartPlanExecution", where: "target" },
    ],
    watchPlan: [
        { action: "arc-region-switch:GetPlanExecution", where: "target", without: NOBODY_WATCHES },
        {
            action: "rds:DescribeGlobalClusters",
            where: "target",
            without: "AWS moves the writer all the same, and nobody sees when",
        },
    ],
    watchPlanEnd: [
        { action: "arc-region-switch:GetPlanExecution", where: "target", without: "it is a warning" },
    ],
    scaleTargetFleets: [
        {
            action: "autoscaling:DescribeAutoScalingGroups",
            where: "target",
            without: "it is a warning: the groups scale on load alone",
        },
        {
            action: "autoscaling:UpdateAutoScalingGroup",
            where: "target",
            without: "it is a warning: the groups scale on load alone",
        },
    ],
    waitUntilSwitched: [
        {
            action: "rds:DescribeGlobalClusters",
            where: "target",
            without: "AWS promotes all the same, and nobody sees when it has",
        },
    ],
    scaleTargetDatabase: [
        {
            action: "rds:DescribeDBClusters",
            where: "target",
            without: "it is a warning: the database grows under load from a lower floor",
        },
        {
            action: "rds:ModifyDBCluster",
            where: "target",
            without: "it is a warning: the database grows under load from a lower floor",
        },
    ],
    verify: [
        {
            action: "rds:DescribeDBClusters",
            where: "target",
            without: "the database writes, and nobody has looked",
        },
        {
            action: "rds:DescribeDBInstances",
            where: "target",
            without: "the database writes, and nobody has looked",
        },
    ],
    waitForFleets: [
        {
            action: "autoscaling:DescribeAutoScalingGroups",
            where: "target",
            without: "it is a warning",
        },
    ],
} as const satisfies Readonly<Record<string, readonly Ask[]>>;
