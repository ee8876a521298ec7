import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "../security/policyDocument";
import { asSetting } from "../shared/replacement";

/** Who else puts messages into a queue, each with a name and under a condition. */
export type QueueSenders = readonly Pick<PolicyStatement, "Sid" | "Principal" | "Condition">[];

/**
 * A service that puts messages into a queue for something of the account's.
 *
 * @param service As it stands before `.amazonaws.com`.
 * @param sourceArn What it sends for; the ARN may have `*` in it.
 * @param accountId Given where the ARN names no account: whose it was may be somebody else's tomorrow.
 */
export function sender(
    sid: string,
    service: string,
    sourceArn: pulumi.Input<string>,
    accountId?: pulumi.Input<string>,
): QueueSenders[number] {
    return {
        Sid: sid,
        Principal: { Service: `${service}.amazonaws.com` },
        Condition: {
            ArnLike: { "aws:SourceArn": sourceArn },
            ...(accountId === undefined ? {} : { StringEquals: { "aws:SourceAccount": accountId } }),
        },
    };
}

/** Where a queue is. */
interface QueuePlace {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
}

/** Makes the policy of a queue, of which there is one: over TLS alone, and open to whoever else sends. */
export function createQueuePolicy(
    name: string,
    { region, accountId }: QueuePlace,
    queue: aws.sqs.Queue,
    senders: QueueSenders,
    parent: pulumi.Resource,
): aws.sqs.QueuePolicy {
    // Written from the name, which a preview knows, it lets policy packs judge the policy before there is a queue.
    const queueArn = pulumi.interpolate`arn:aws:sqs:${region}:${accountId}:${queue.name}`;
    return new aws.sqs.QueuePolicy(
        name,
        {
            region,
            queueUrl: queue.url,
            policy: policyDocument([
                ...senders.map(({ Sid, Principal, Condition }) => ({
                    Sid,
                    Effect: "Allow" as const,
                    ...(Principal === undefined ? {} : { Principal }),
                    Action: "sqs:SendMessage",
                    Resource: queueArn,
                    ...(Condition === undefined ? {} : { Condition }),
                })),
                {
                    Sid: "DenyRequestsWithoutTls",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "sqs:*",
                    Resource: queueArn,
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ]),
        },
        asSetting({ parent }),
    );
}
