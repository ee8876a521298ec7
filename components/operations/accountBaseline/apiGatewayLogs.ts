import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { serviceTrust } from "../../security/policyDocument";
import { asSetting } from "../../shared/replacement";
import { type TagsInput } from "../../shared/tags";

/** Where APIs may write logs. */
export interface ApiGatewayLogsArgs {
    region: string;
    accountId: pulumi.Input<string>;
    tags?: TagsInput;
}

/** Lets API Gateway write the logs of all REST and WebSocket APIs of the region: an account has one role for it in each. */
export function apiGatewayLogs(
    parent: pulumi.Resource,
    name: string,
    { region, accountId, tags }: ApiGatewayLogsArgs,
): void {
    const role = new aws.iam.Role(
        `${name}-api-gateway-role`,
        {
            description: `API Gateway's logs in ${region}`,
            assumeRolePolicy: serviceTrust("apigateway.amazonaws.com", accountId),
            ...(tags === undefined ? {} : { tags }),
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicyAttachment(
        `${name}-api-gateway-writes`,
        {
            role: role.name,
            // It reads too, since it looks for groups before it makes them.
            policyArn: "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
        },
        { parent },
    );
    new aws.apigateway.Account(
        `${name}-api-gateway`,
        { region, cloudwatchRoleArn: role.arn },
        // API Gateway tries the role at once.
        asSetting({ parent, dependsOn: [policy] }),
    );
}
