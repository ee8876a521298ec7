import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Who calls which function. */
export interface InvokePermissionArgs {
    readonly region: string;
    /** The account that the service says it calls for, where it says so. SNS does not. */
    readonly accountId?: pulumi.Input<string>;
    /** ARN of the function, or of its alias, to which the permission then belongs. */
    readonly functionArn: pulumi.Input<string>;
    /** The service that calls, such as `events.amazonaws.com`. */
    readonly principal: string;
    /** ARN of what it calls for. */
    readonly sourceArn: pulumi.Input<string>;
}

// An ARN of a function has seven parts; an alias is an eighth.
const PARTS = 7;

/** Lets a service call a function for something of the account's. */
export function createInvokePermission(
    name: string,
    args: InvokePermissionArgs,
    parent: pulumi.Resource,
): aws.lambda.Permission {
    const parts = pulumi.output(args.functionArn).apply((arn) => arn.split(":"));
    return new aws.lambda.Permission(
        name,
        {
            region: args.region,
            // Apart: the provider keeps the two apart, and would take an ARN with an alias for a change at each refresh.
            function: parts.apply((all) => all.slice(0, PARTS).join(":")),
            qualifier: parts.apply((all) => all[PARTS]),
            action: "lambda:InvokeFunction",
            principal: args.principal,
            sourceArn: args.sourceArn,
            ...(args.accountId === undefined ? {} : { sourceAccount: args.accountId }),
        },
        { parent },
    );
}
