import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { accountId, input, keyArn, region, required, tags, textLike } from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { ifNamed } from "../security/keyUsers";
import { type PolicyConditions, policyDocument, type PolicyStatement } from "../security/policyDocument";
import { asSetting } from "../shared/replacement";
import { type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

/** Arguments of AlarmTopic. */
export interface AlarmTopicArgs {
    /** The AWS region of the topic, which must be that of the alarms that publish to it. */
    region: string;
    /** The AWS account whose alarms, events, backups and budgets may publish: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * ARN of the key that encrypts messages, in the topic's region. Its policy must let the publishers use it
     * (KeyUser.SnsPublishers): under AWS's own key for SNS, alarms are never delivered and nothing says so.
     */
    kmsKeyArn: pulumi.Input<string>;
    /**
     * Address that is mailed every message, once somebody has confirmed the mail that AWS sends first. No
     * subscription when left out.
     */
    email?: string;
    /** Tags of the topic, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * The encrypted SNS topic of one region to which alarms, events, backups and budgets of the account publish.
 *
 * Children: `<name>-topic`, `<name>-policy`, `<name>-email`.
 */
export class AlarmTopic extends pulumi.ComponentResource {
    /** ARN of the topic, known once its policy is in force. */
    readonly topicArn: pulumi.Output<string>;
    /** Name of the topic. */
    readonly topicName: pulumi.Output<string>;

    constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:AlarmTopic", name, args, opts);

        const topic = new aws.sns.Topic(
            `${name}-topic`,
            {
                region: args.region,
                kmsMasterKeyId: args.kmsKeyArn,
                // SHA-256 signatures on what subscribers receive; version 1 is SHA-1.
                signatureVersion: 2,
                ...(args.tags === undefined ? {} : { tags: args.tags }),
            },
            { parent: this },
        );
        const policy = new aws.sns.TopicPolicy(
            `${name}-policy`,
            { region: args.region, arn: topic.arn, policy: policyDocument(topicStatements(args, topic)) },
            asSetting({ parent: this }),
        );
        if (args.email !== undefined) {
            new aws.sns.TopicSubscription(
                `${name}-email`,
                { region: args.region, topic: topic.arn, protocol: "email", endpoint: args.email },
                asSetting({ parent: this }),
            );
        }

        this.topicArn = pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
        this.topicName = topic.name;
        this.registerOutputs({ topicArn: this.topicArn, topicName: this.topicName });
    }
}

const ARGUMENTS: ArgumentTable<AlarmTopicArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    kmsKeyArn: required(input(keyArn())),
    email: textLike(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "one e-mail address, such as oncall@example.com"),
    tags: tags(),
};

function validate(name: string, given: AlarmTopicArgs): AlarmTopicArgs {
    const problems = new Problems("meridian:index:AlarmTopic", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.throwIfAny();
    return args;
}

function topicStatements(args: AlarmTopicArgs, topic: aws.sns.Topic): PolicyStatement[] {
    const { accountId, region } = args;
    // Written from the name, which a preview knows, it lets policy packs judge the statements before there is a topic.
    const topicArn = pulumi.interpolate`arn:aws:sns:${region}:${accountId}:${topic.name}`;
    const publish = (sid: string, service: string, conditions: PolicyConditions): PolicyStatement => ({
        Sid: sid,
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: conditions,
    });
    const ofAccount = { StringEquals: { "aws:SourceAccount": accountId } };
    return [
        {
            Sid: "DenyPublishingWithoutTls",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: topicArn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        publish("AlarmsPublish", "cloudwatch.amazonaws.com", {
            ...ofAccount,
            ArnLike: {
                "aws:SourceArn": pulumi.interpolate`arn:aws:cloudwatch:${region}:${accountId}:alarm:*`,
            },
        }),
        // EventBridge and AWS Backup need not name their source account; demanding it would stop every event.
        publish("EventsPublish", "events.amazonaws.com", ifNamed(accountId)),
        publish("BackupPublishes", "backup.amazonaws.com", ifNamed(accountId)),
        publish("BudgetsPublish", "budgets.amazonaws.com", {
            ...ofAccount,
            ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:budgets::${accountId}:*` },
        }),
    ];
}
