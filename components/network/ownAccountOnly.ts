import type * as pulumi from "@pulumi/pulumi";

import { type PolicyStatement } from "../security/policyDocument";

/**
 * Lets the principals of one account through an endpoint and nobody else, so that credentials of another
 * account, smuggled onto an instance, are of no use for carrying data away.
 */
export function ownAccountOnly(accountId: pulumi.Input<string>): PolicyStatement {
    return {
        Sid: "OwnAccount",
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
    };
}
