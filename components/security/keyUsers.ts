import * as pulumi from "@pulumi/pulumi";

import { type PolicyConditions, type PolicyStatement } from "./policyDocument";

/** An AWS service that uses a key on its own behalf, and so must be named in the key's policy. */
export enum KeyUser {
    /** CloudWatch Logs encrypts the log groups of this account and region. */
    CloudWatchLogs = "CloudWatchLogs",
    /** CloudWatch alarms publish to an encrypted topic. */
    CloudWatchAlarms = "CloudWatchAlarms",
    /** EventBridge publishes to an encrypted topic or queue, and keeps events on encrypted buses and in archives. */
    EventBridge = "EventBridge",
    /** SNS delivers to an encrypted queue. */
    Sns = "Sns",
    /** S3 tells an encrypted topic or queue of changes in a bucket. */
    S3Notifications = "S3Notifications",
    /** CloudWatch Logs reads what encrypted state machines say of their runs. */
    WorkflowLogs = "WorkflowLogs",
    /** AWS Backup publishes vault events to an encrypted topic. */
    Backup = "Backup",
    /** AWS Budgets publishes to an encrypted topic. */
    Budgets = "Budgets",
    /** All that publish to an alarm topic: CloudWatch alarms, EventBridge, Backup and Budgets. */
    SnsPublishers = "SnsPublishers",
    /** Vended logs (CloudFront, load balancers, flow logs) are delivered to an encrypted bucket. */
    LogDelivery = "LogDelivery",
    /** CloudTrail encrypts the log files of this account's trails. */
    CloudTrail = "CloudTrail",
    /** AWS Config encrypts what it delivers to a bucket. */
    Config = "Config",
    /** CloudFront reads an encrypted bucket through Origin Access Control. */
    CloudFront = "CloudFront",
    /** Amazon Personalize encrypts datasets, and reads encrypted files to import. */
    Personalize = "Personalize",
    /** Amazon Cognito encrypts the users of this account's pools. */
    Cognito = "Cognito",
}

/** Where a key lives: what its statements need to know. */
export interface KeyPlace {
    region: string;
    accountId: pulumi.Input<string>;
}

// What a service needs to write under a key and to read back what it wrote.
const USE = ["kms:Decrypt", "kms:GenerateDataKey*"];

/** The statements of a key's policy: the account's own, then those of each service that uses the key. */
export function keyStatements(place: KeyPlace, users: readonly KeyUser[]): PolicyStatement[] {
    const services = [...new Set(users)].flatMap((user) => userStatements(place, user));
    const bySid = new Map(services.map((statement) => [statement.Sid, statement]));
    return [accountStatement(place), ...bySid.values()];
}

// Without this statement nobody, administrators included, could ever change the policy again; with it, the
// IAM policies of this account decide, as they do for every other resource.
function accountStatement({ accountId }: KeyPlace): PolicyStatement {
    return {
        Sid: "AccountAdministersKey",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
    };
}

function userStatements(place: KeyPlace, user: KeyUser): PolicyStatement[] {
    const { region, accountId } = place;
    const ofAccount: PolicyConditions = { StringEquals: { "aws:SourceAccount": accountId } };
    switch (user) {
        case KeyUser.CloudWatchLogs:
            return [
                service(
                    user,
                    `logs.${region}.amazonaws.com`,
                    [...USE, "kms:Encrypt", "kms:ReEncrypt*", "kms:DescribeKey"],
                    {
                        // CloudWatch Logs names the group in the encryption context instead of a source account.
                        ArnLike: {
                            "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:aws:logs:${region}:${accountId}:*`,
                        },
                    },
                ),
            ];
        case KeyUser.CloudWatchAlarms:
            return [service(user, "cloudwatch.amazonaws.com", USE, ofAccount)];
        case KeyUser.EventBridge:
            // EventBridge names no source account in the calls that it makes for encrypted topics, and where one is
            // demanded a rule's target fails in silence (Amazon SNS Developer Guide, "Managing Amazon SNS
            // encryption keys and costs"). So: another account is refused, no account is not.
            // What it keeps itself, on a bus and in an archive, takes the last two as well (Amazon EventBridge User Guide,
            // "Encrypting EventBridge event archives with AWS KMS keys").
            return [
                service(
                    user,
                    "events.amazonaws.com",
                    [...USE, "kms:DescribeKey", "kms:ReEncrypt*"],
                    ifNamed(accountId),
                ),
            ];
        case KeyUser.Sns:
            // Not for all deliveries SNS's guide says that it names the account of the topic to KMS.
            return [service(user, "sns.amazonaws.com", USE, ifNamed(accountId))];
        case KeyUser.S3Notifications:
            // S3's guide ("Granting permissions to publish event notification messages to a destination") demands none.
            return [service(user, "s3.amazonaws.com", USE, ifNamed(accountId))];
        case KeyUser.WorkflowLogs:
            return [
                service(user, "delivery.logs.amazonaws.com", ["kms:Decrypt*"], {
                    StringEquals: {
                        // The text itself, with its asterisk, is what the context has (AWS Step Functions Developer Guide,
                        // "Data at rest encryption").
                        "kms:EncryptionContext:SourceArn": pulumi.interpolate`arn:aws:logs:${region}:${accountId}:*`,
                    },
                }),
            ];
        case KeyUser.Backup:
            // AWS Backup's documentation does not say that it names one.
            return [service(user, "backup.amazonaws.com", USE, ifNamed(accountId))];
        case KeyUser.Budgets:
            return [service(user, "budgets.amazonaws.com", USE, ofAccount)];
        case KeyUser.SnsPublishers:
            return [KeyUser.CloudWatchAlarms, KeyUser.EventBridge, KeyUser.Backup, KeyUser.Budgets].flatMap(
                (publisher) => userStatements(place, publisher),
            );
        case KeyUser.LogDelivery:
            return [
                service(user, "delivery.logs.amazonaws.com", [...USE, "kms:DescribeKey"], {
                    ...ofAccount,
                    // Any region: CloudFront's deliveries start in us-east-1 wherever the bucket is.
                    ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:logs:*:${accountId}:*` },
                }),
            ];
        case KeyUser.CloudTrail:
            return [
                service(user, "cloudtrail.amazonaws.com", ["kms:GenerateDataKey*"], {
                    StringLike: {
                        "kms:EncryptionContext:aws:cloudtrail:arn": pulumi.interpolate`arn:aws:cloudtrail:*:${accountId}:trail/*`,
                    },
                    ArnLike: {
                        "aws:SourceArn": pulumi.interpolate`arn:aws:cloudtrail:${region}:${accountId}:trail/*`,
                    },
                }),
                {
                    ...service(user, "cloudtrail.amazonaws.com", ["kms:DescribeKey"], ofAccount),
                    Sid: "CloudTrailDescribesKey",
                },
            ];
        case KeyUser.Config:
            return [service(user, "config.amazonaws.com", USE, ofAccount)];
        case KeyUser.CloudFront:
            return [
                service(user, "cloudfront.amazonaws.com", ["kms:Decrypt"], {
                    // Every distribution of this account: the distribution needs the bucket and the bucket needs
                    // the key, so the key cannot name the distribution. The bucket's policy does.
                    ArnLike: {
                        "aws:SourceArn": pulumi.interpolate`arn:aws:cloudfront::${accountId}:distribution/*`,
                    },
                }),
            ];
        case KeyUser.Personalize:
            // Its guide ("Giving Amazon Personalize permission to use your AWS KMS key") does not say that it names an
            // account to KMS.
            return [
                service(
                    user,
                    "personalize.amazonaws.com",
                    [
                        "kms:Decrypt",
                        "kms:GenerateDataKey",
                        "kms:DescribeKey",
                        "kms:CreateGrant",
                        "kms:ListGrants",
                    ],
                    ifNamed(accountId),
                ),
            ];
        case KeyUser.Cognito:
            return cognitoStatements(accountId);
    }
}

/**
 * What Cognito needs to keep users under a key. Every pool of the account, in any region: a pool needs the key before
 * it has an id, and a replica names the pool of its own region. Source: Amazon Cognito Developer Guide, "Data
 * protection in Amazon Cognito".
 */
function cognitoStatements(accountId: pulumi.Input<string>): PolicyStatement[] {
    const pools = pulumi.interpolate`arn:aws:cognito-idp:*:${accountId}:userpool/*`;
    const ofPools: PolicyConditions = {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": pools },
    };
    const principals = ["cognito-idp.amazonaws.com", "identitystore.amazonaws.com"];
    return [
        service(
            KeyUser.Cognito,
            principals,
            ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
            { ...ofPools, StringLike: { "kms:EncryptionContext:aws:cognito-idp:userpool-arn": pools } },
        ),
        { ...service(KeyUser.Cognito, principals, ["kms:DescribeKey"], ofPools), Sid: "CognitoDescribesKey" },
    ];
}

/** The condition that the request comes from this account, if it names an account at all. */
export function ifNamed(accountId: pulumi.Input<string>): PolicyConditions {
    return { StringEqualsIfExists: { "aws:SourceAccount": accountId } };
}

function service(
    user: KeyUser,
    principal: string | string[],
    actions: string[],
    conditions?: PolicyConditions,
): PolicyStatement {
    return {
        Sid: `${user}UsesKey`,
        Effect: "Allow",
        Principal: { Service: principal },
        Action: actions,
        // In a key's policy this means the key itself.
        Resource: "*",
        ...(conditions === undefined ? {} : { Condition: conditions }),
    };
}
