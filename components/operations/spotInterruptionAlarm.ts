import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { flag, input, numberIn, region, required, tags, topicArn } from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { alarm } from "./alarms";
import { checkNameLength } from "../shared/names";
import { type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

/** Arguments of SpotInterruptionAlarm. */
export interface SpotInterruptionAlarmArgs {
    /** The AWS region whose Spot instances are watched. EC2's events do not say which fleet an instance is of, so all are. */
    region: string;
    /** ARN of the topic to tell, in the same region. Its policy and key must let EventBridge and alarms publish. */
    topicArn: pulumi.Input<string>;
    /** How many interruptions within ten minutes ring the alarm. 3 when left out. */
    interruptionThreshold?: number;
    /** How many rebalance recommendations within ten minutes ring the alarm. 10 when left out. */
    rebalanceThreshold?: number;
    /** Whether the topic is also told of every single interruption. True when left out. */
    notifyEach?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}

const WINDOW_SECONDS = 600;

/**
 * Tells when EC2 takes Spot instances back: each interruption as it is announced, two minutes before, and an alarm
 * when there are so many that the fleet may not find replacements.
 *
 * The alarms count `MatchedEvents` of the rules, which EventBridge publishes by rule whether a rule has targets or not,
 * so that no log group and no metric filter stands between event and alarm.
 *
 * Children: `<name>-interruptions`, `<name>-interruptions-topic`, `<name>-interruptions-alarm`, `<name>-rebalances`,
 * `<name>-rebalances-alarm`.
 */
export class SpotInterruptionAlarm extends pulumi.ComponentResource {
    /** Name of the rule that matches interruptions: the dimension RuleName of its metrics in AWS/Events. */
    readonly interruptionRuleName: pulumi.Output<string>;
    /** Name of the rule that matches rebalance recommendations. */
    readonly rebalanceRuleName: pulumi.Output<string>;

    constructor(name: string, args: SpotInterruptionAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:SpotInterruptionAlarm", name, args, opts);

        const interruptions = watch(this, `${name}-interruptions`, args, {
            detailType: "EC2 Spot Instance Interruption Warning",
            description: "EC2 announces that it takes a Spot instance back in two minutes",
            alarmDescription:
                "EC2 takes back many Spot instances at once. Check that the Auto Scaling groups find replacements; raise the on-demand base if they do not.",
            threshold: args.interruptionThreshold ?? 3,
        });
        if (args.notifyEach ?? true) {
            tellTopic(this, `${name}-interruptions-topic`, args, interruptions);
        }
        const rebalances = watch(this, `${name}-rebalances`, args, {
            detailType: "EC2 Instance Rebalance Recommendation",
            description: "EC2 expects to take a Spot instance back soon",
            alarmDescription:
                "EC2 recommends to move away from many Spot instances at once. Interruptions may follow; check the Auto Scaling groups' instance types.",
            threshold: args.rebalanceThreshold ?? 10,
        });

        this.interruptionRuleName = interruptions.name;
        this.rebalanceRuleName = rebalances.name;
        this.registerOutputs({
            interruptionRuleName: this.interruptionRuleName,
            rebalanceRuleName: this.rebalanceRuleName,
        });
    }
}

const ARGUMENTS: ArgumentTable<SpotInterruptionAlarmArgs> = {
    region: required(region()),
    topicArn: required(input(topicArn())),
    interruptionThreshold: numberIn({ min: 1, max: 10_000, step: 1 }),
    rebalanceThreshold: numberIn({ min: 1, max: 10_000, step: 1 }),
    notifyEach: flag(),
    tags: tags(),
};

function validate(name: string, given: SpotInterruptionAlarmArgs): SpotInterruptionAlarmArgs {
    const problems = new Problems("meridian:index:SpotInterruptionAlarm", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkNameLength(problems, "name", `${name}-interruptions`, "aws:cloudwatch/eventRule:EventRule");
    problems.throwIfAny();
    return args;
}

interface Signal {
    readonly detailType: string;
    readonly description: string;
    readonly alarmDescription: string;
    readonly threshold: number;
}

function watch(
    parent: SpotInterruptionAlarm,
    ruleName: string,
    args: SpotInterruptionAlarmArgs,
    signal: Signal,
): aws.cloudwatch.EventRule {
    const rule = new aws.cloudwatch.EventRule(
        ruleName,
        {
            region: args.region,
            description: signal.description,
            eventPattern: JSON.stringify({ source: ["aws.ec2"], "detail-type": [signal.detailType] }),
            state: "ENABLED",
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
    alarm(
        `${ruleName}-alarm`,
        {
            region: args.region,
            description: signal.alarmDescription,
            metric: {
                namespace: "AWS/Events",
                metricName: "MatchedEvents",
                dimensions: { RuleName: rule.name },
                statistic: "Sum",
            },
            comparison: "GreaterThanOrEqualToThreshold",
            threshold: signal.threshold,
            period: WINDOW_SECONDS,
            // No events, no metric.
            missingData: "notBreaching",
            topicArns: [args.topicArn],
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
    return rule;
}

function tellTopic(
    parent: SpotInterruptionAlarm,
    name: string,
    args: SpotInterruptionAlarmArgs,
    rule: aws.cloudwatch.EventRule,
): void {
    new aws.cloudwatch.EventTarget(
        name,
        {
            region: args.region,
            rule: rule.name,
            // No role: with one, delivery to an encrypted topic may fail (Amazon EventBridge User Guide, "Using
            // resource-based policies").
            arn: args.topicArn,
            inputTransformer: {
                inputPaths: {
                    action: "$.detail.instance-action",
                    instance: "$.detail.instance-id",
                    region: "$.region",
                    time: "$.time",
                },
                inputTemplate:
                    '"EC2 takes Spot instance <instance> in <region> back in two minutes (<action>, announced <time>)."',
            },
            // Older news than this is no news: the instance is gone.
            retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 10 },
        },
        { parent },
    );
}
