import * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { type ServerlessFunctionArgs } from "./args";

/** What the function's role needs to take messages and records: these services are asked, and do not call. */
export function sourcePermissions(args: ServerlessFunctionArgs): pulumi.Output<Permission[]>[] {
    const { region, queues = {}, streams = {} } = args;
    return [
        ...Object.values(queues).map(({ queueArn, kmsKeyArn }) =>
            permissionsOf([
                {
                    sid: "TakeMessages",
                    actions: [
                        "sqs:ChangeMessageVisibility",
                        "sqs:DeleteMessage",
                        "sqs:GetQueueAttributes",
                        "sqs:ReceiveMessage",
                    ],
                    resources: [queueArn],
                },
                ...decrypt("DecryptMessages", "sqs", region, kmsKeyArn),
            ]),
        ),
        ...Object.values(streams).map(({ streamArn, kmsKeyArn }) =>
            pulumi
                .output(streamArn)
                .apply((arn) => (arn.split(":")[2] === "kinesis" ? ofKinesis(arn) : ofTable(arn)))
                .apply(({ service, statements }) =>
                    permissionsOf([...statements, ...decrypt("DecryptRecords", service, region, kmsKeyArn)]),
                ),
        ),
    ];
}

function ofTable(arn: string) {
    return {
        service: "dynamodb",
        statements: [
            {
                sid: "ReadRecords",
                actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
                resources: [arn],
            },
            // Knows no single stream.
            { sid: "FindStreams", actions: ["dynamodb:ListStreams"], resources: ["*"] },
        ],
    };
}

function ofKinesis(arn: string) {
    const [stream = arn, consumer] = arn.split("/consumer/");
    return {
        service: "kinesis",
        statements: [
            {
                sid: "ReadStreams",
                actions: [
                    "kinesis:DescribeStream",
                    "kinesis:DescribeStreamSummary",
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:ListShards",
                ],
                resources: [stream],
            },
            ...(consumer === undefined
                ? []
                : [
                      {
                          sid: "ReadAsConsumer",
                          actions: ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
                          resources: [arn],
                      },
                  ]),
        ],
    };
}

function decrypt(sid: string, service: string, region: string, kmsKeyArn: pulumi.Input<string> | undefined) {
    return kmsKeyArn === undefined
        ? []
        : [
              {
                  sid,
                  actions: ["kms:Decrypt"],
                  resources: [kmsKeyArn],
                  conditions: [viaService(service, region)],
              },
          ];
}
