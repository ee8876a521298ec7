import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A function by its name, or one of its aliases, to which the permission then belongs. */
export interface FunctionName {
    readonly name: pulumi.Input<string>;
    readonly qualifier?: pulumi.Input<string | undefined>;
}

/** Who calls a function. */
export interface FunctionCaller {
    readonly region: string;
    /** The account that the service says it calls for, where it says so. SNS does not. */
    readonly accountId?: pulumi.Input<string>;
    /** The service that calls, such as `events.amazonaws.com`. */
    readonly principal: string;
    /** ARN of what it calls for. */
    readonly sourceArn: pulumi.Input<string>;
}

// An ARN of a function has seven parts; an alias is an eighth.
const PARTS = 7;

/** Lets a service call a function for something of the account's. */
export function letCall(
    name: string,
    called: FunctionName,
    { region, accountId, principal, sourceArn }: FunctionCaller,
    parent: pulumi.Resource,
): aws.lambda.Permission {
    return new aws.lambda.Permission(
        name,
        {
            region,
            function: called.name,
            ...(called.qualifier === undefined ? {} : { qualifier: called.qualifier }),
            action: "lambda:InvokeFunction",
            principal,
            sourceArn,
            ...(accountId === undefined ? {} : { sourceAccount: accountId }),
        },
        { parent },
    );
}

/** The same of a function whose ARN alone is known, or its alias's. */
export function createInvokePermission(
    name: string,
    { functionArn, ...caller }: FunctionCaller & { readonly functionArn: pulumi.Input<string> },
    parent: pulumi.Resource,
): aws.lambda.Permission {
    const parts = pulumi.output(functionArn).apply((arn) => arn.split(":"));
    return letCall(
        name,
        {
            // Apart: the provider keeps the two apart, and would take an ARN with an alias for a change at each refresh.
            name: parts.apply((all) => all.slice(0, PARTS).join(":")),
            qualifier: parts.apply((all) => all[PARTS]),
        },
        caller,
        parent,
    );
}
