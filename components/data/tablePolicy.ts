import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { policyDocument } from "../security/policyDocument";
import { asSetting } from "../shared/replacement";

/** The longest that DynamoDB can take a table back, in days. */
export const POINT_IN_TIME_DAYS_MAX = 35;

/** What a table's own policy is made from. */
export interface TablePolicyArgs {
    region: string;
    accountId: pulumi.Input<string>;
    tableArn: pulumi.Input<string>;
}

/** Makes the policy of a table, which shuts out other accounts and requests without TLS. */
export function tablePolicy(name: string, args: TablePolicyArgs, parent: pulumi.Resource): void {
    const { region, accountId, tableArn } = args;
    new aws.dynamodb.ResourcePolicy(
        name,
        {
            region,
            resourceArn: tableArn,
            policy: policyDocument([
                {
                    Sid: "DenyOtherAccounts",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "dynamodb:*",
                    Resource: tableArn,
                    Condition: {
                        StringNotEquals: { "aws:PrincipalAccount": accountId },
                        // AWS services have no account of ours and act for this one, on backups for instance.
                        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
                    },
                },
                {
                    Sid: "DenyRequestsWithoutTls",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "dynamodb:*",
                    Resource: tableArn,
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ]),
        },
        asSetting({ parent }),
    );
}
