import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../shared/tags";
import { DEFAULT_RETENTION_DAYS } from "./defaults";

/** Where an API's logs are and how long they are kept. */
export interface ApiLogArgs {
    region: string;
    kmsKeyArn: pulumi.Input<string>;
    logRetentionDays?: number;
    tags: TagsInput;
}

/** Makes a log group of an API, with a name of its own where API Gateway demands one. */
export function apiLogGroup(
    name: string,
    { region, kmsKeyArn, logRetentionDays, tags }: ApiLogArgs,
    parent: pulumi.Resource,
    groupName?: pulumi.Input<string>,
): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
        name,
        {
            region,
            ...(groupName === undefined ? {} : { name: groupName }),
            retentionInDays: logRetentionDays ?? DEFAULT_RETENTION_DAYS,
            kmsKeyId: kmsKeyArn,
            tags,
        },
        { parent },
    );
}

/**
 * The lines of an access log, as JSON: one value for each name. Paths as the document has them, without what stands in
 * their variables. Messages are left out, since their quotation marks would break the JSON.
 */
export function accessLogFormat(variables: Readonly<Record<string, string>>): string {
    return JSON.stringify({
        requestId: "$context.requestId",
        time: "$context.requestTimeEpoch",
        sourceIp: "$context.identity.sourceIp",
        method: "$context.httpMethod",
        domain: "$context.domainName",
        status: "$context.status",
        responseBytes: "$context.responseLength",
        latencyMilliseconds: "$context.responseLatency",
        integrationMilliseconds: "$context.integrationLatency",
        integrationStatus: "$context.integration.status",
        refusal: "$context.error.responseType",
        ...variables,
    });
}
