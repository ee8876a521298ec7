import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { letCall } from "../operations";
import { type PolicyStatement } from "../security/policyDocument";
import { asSetting } from "../shared/replacement";

/** What a function may do to replace the values of secrets. */
export function rotationStatements(
    secretArns: pulumi.Input<string> | pulumi.Input<string>[],
): PolicyStatement[] {
    return [
        {
            Sid: "RotateSecret",
            Effect: "Allow",
            Action: [
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage",
            ],
            Resource: secretArns,
        },
        {
            Sid: "ThinkOfPassword",
            Effect: "Allow",
            Action: "secretsmanager:GetRandomPassword",
            // The call has no resource to name.
            Resource: "*",
        },
    ];
}

/** A secret whose value a function replaces. */
export interface RotationArgs {
    region: string;
    accountId: pulumi.Input<string>;
    rotation: aws.lambda.Function;
    secretArn: pulumi.Output<string>;
    days: number;
    /** What must be there before: a value to replace, and what it is the sign-in of. */
    dependsOn: pulumi.Resource[];
}

/** Has a function replace a secret's value every so many days: `<prefix>-permission` and `<prefix>-schedule`. */
export function rotateRegularly(prefix: string, args: RotationArgs, parent: pulumi.Resource): void {
    const { region, accountId, secretArn: sourceArn } = args;
    const permission = letCall(
        `${prefix}-permission`,
        { name: args.rotation.name },
        { region, accountId, sourceArn, principal: "secretsmanager.amazonaws.com" },
        parent,
    );
    new aws.secretsmanager.SecretRotation(
        `${prefix}-schedule`,
        {
            region: args.region,
            secretId: args.secretArn,
            rotationLambdaArn: args.rotation.arn,
            rotationRules: { automaticallyAfterDays: args.days },
            // A new password puts what it is for out of the state in which it can be changed, in the middle of the
            // first deployment.
            rotateImmediately: false,
        },
        // Secrets Manager tries the function when it learns of it: it must be allowed to call it, and there must be
        // something to try.
        asSetting({ parent, dependsOn: [permission, ...args.dependsOn] }),
    );
}
