import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Permission } from "../../security/permissions";
import { asSetting } from "../../shared/replacement";
import { type AsyncInvocation, type ServerlessFunctionArgs } from "./args";
import { DEFAULTS } from "./table";

/** What a function's role needs to tell something of its calls, by service. Source: AWS Lambda Developer Guide, "Destinations". */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
    sqs: ["sqs:SendMessage"],
    sns: ["sns:Publish"],
    lambda: ["lambda:InvokeFunction"],
    events: ["events:PutEvents"],
    s3: ["s3:ListBucket", "s3:PutObject"],
};

/** What the role needs to tell its destinations; the use of their keys comes with their own permissions. */
export function destinationPermissions({ onFailureArn, onSuccessArn }: AsyncInvocation = {}): pulumi.Output<
    Permission[]
>[] {
    return [
        ...(onFailureArn === undefined ? [] : [tell("TellFailures", onFailureArn)]),
        ...(onSuccessArn === undefined ? [] : [tell("TellSuccesses", onSuccessArn)]),
    ];
}

function tell(sid: string, destination: pulumi.Input<string>): pulumi.Output<Permission[]> {
    return pulumi.output(destination).apply((arn) => {
        const service = arn.split(":")[2] ?? "";
        const actions = [...(ACTIONS[service] ?? [])];
        return [{ sid, actions, resources: service === "s3" ? [arn, `${arn}/*`] : [arn] }];
    });
}

/** Makes `<name>-async`: what becomes of calls of the alias that nobody waits for. */
export function invokeConfig(
    name: string,
    args: ServerlessFunctionArgs,
    alias: aws.lambda.Alias,
    parent: pulumi.Resource,
): void {
    const { onFailureArn, onSuccessArn, ...given } = args.asyncInvocation ?? {};
    new aws.lambda.FunctionEventInvokeConfig(
        `${name}-async`,
        {
            region: args.region,
            functionName: alias.functionName,
            qualifier: alias.name,
            maximumRetryAttempts: given.maximumRetryAttempts ?? DEFAULTS.asyncRetryAttempts,
            maximumEventAgeInSeconds: given.maximumEventAgeInSeconds ?? DEFAULTS.asyncEventAge,
            ...(onFailureArn === undefined && onSuccessArn === undefined
                ? {}
                : {
                      destinationConfig: {
                          ...(onFailureArn === undefined ? {} : { onFailure: { destination: onFailureArn } }),
                          ...(onSuccessArn === undefined ? {} : { onSuccess: { destination: onSuccessArn } }),
                      },
                  }),
        },
        // Another one of the same alias is the same one.
        asSetting({ parent }),
    );
}
