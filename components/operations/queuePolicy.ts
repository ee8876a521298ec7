import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "../security/policyDocument";
import { asSetting } from "../shared/replacement";

/** A service that puts messages into a queue for something of the account's. */
export interface ServiceSender {
    /** Name of the statement. */
    readonly sid: string;
    /** The service, as it stands before `.amazonaws.com`. */
    readonly service: string;
    /** ARN of what it sends for, or several; they may have `*` in them. */
    readonly sourceArn: pulumi.Input<string> | pulumi.Input<string>[];
}

/** Where a queue is. */
interface QueuePlace {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
}

/** Makes the policy of a queue, of which there is one: over TLS alone, and open to services that send for a source. */
export function createQueuePolicy(
    name: string,
    { region, accountId }: QueuePlace,
    queue: aws.sqs.Queue,
    senders: readonly ServiceSender[],
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
                ...senders.map(({ sid, service, sourceArn }): PolicyStatement => {
                    return {
                        Sid: sid,
                        Effect: "Allow",
                        Principal: { Service: `${service}.amazonaws.com` },
                        Action: "sqs:SendMessage",
                        Resource: queueArn,
                        Condition: {
                            ArnLike: { "aws:SourceArn": sourceArn },
                            // A bucket's ARN names no account, and one that is deleted may be somebody else's tomorrow.
                            ...(service === "s3" ? { StringEquals: { "aws:SourceAccount": accountId } } : {}),
                        },
                    };
                }),
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
