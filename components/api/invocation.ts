import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type ApiFunction } from "./args";

/**
 * Lets API Gateway call the aliases of functions, in the name of one API: `<name>-<integration>-permission` for each
 * integration with a function.
 */
export function allowInvocations(
    name: string,
    { region, accountId }: { region: string; accountId: pulumi.Input<string> },
    sourceArn: pulumi.Input<string>,
    integrations: Readonly<Record<string, { function?: ApiFunction }>>,
    parent: pulumi.Resource,
): void {
    for (const [integration, { function: called }] of Object.entries(integrations)) {
        if (called !== undefined) {
            new aws.lambda.Permission(
                `${name}-${integration}-permission`,
                {
                    region,
                    function: called.functionName,
                    qualifier: called.aliasName,
                    action: "lambda:InvokeFunction",
                    principal: "apigateway.amazonaws.com",
                    sourceArn,
                    sourceAccount: accountId,
                },
                { parent },
            );
        }
    }
}
