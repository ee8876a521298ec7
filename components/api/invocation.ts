import * as pulumi from "@pulumi/pulumi";

import { letCall } from "../operations";
import { type Permission, permissionsOf } from "../security/permissions";
import { type ApiFunction } from "./args";

/** Where an API is, and so its functions. */
interface ApiHome {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
}

/** The ARN of a function's alias. */
export function functionArn(
    { region, accountId }: ApiHome,
    { functionName, aliasName }: ApiFunction,
): pulumi.Output<string> {
    return pulumi.interpolate`arn:aws:lambda:${region}:${accountId}:function:${functionName}:${aliasName}`;
}

/** What callers need that sign with IAM, by the ARN of all that may be called. */
export function callPermissions(callable: pulumi.Input<string>): pulumi.Output<Permission[]> {
    return permissionsOf([{ sid: "CallApis", actions: ["execute-api:Invoke"], resources: [callable] }]);
}

/**
 * Lets API Gateway call the aliases of functions, in the name of one API: `<name>-<integration>-permission` for each
 * integration with a function.
 */
export function allowInvocations(
    name: string,
    { region, accountId }: ApiHome,
    sourceArn: pulumi.Input<string>,
    integrations: Readonly<Record<string, { function?: ApiFunction }>>,
    parent: pulumi.Resource,
): void {
    for (const [integration, { function: called }] of Object.entries(integrations)) {
        if (called !== undefined) {
            letCall(
                `${name}-${integration}-permission`,
                { name: called.functionName, qualifier: called.aliasName },
                { region, accountId, principal: "apigateway.amazonaws.com", sourceArn },
                parent,
            );
        }
    }
}
