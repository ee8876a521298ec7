import type * as pulumi from "@pulumi/pulumi";

import {
    createDeadLetterQueue,
    createFunction,
    functionErrorAlarm,
    type FunctionPlace,
} from "../../operations";
import { rotateRegularly, rotationStatements } from "../secretRotation";
import { type MadeUser } from "./users";

/** What the rotation of users' passwords needs. */
export interface CacheRotationArgs extends FunctionPlace {
    users: readonly MadeUser[];
    days: number;
    topicArns: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** Has the passwords of those users that have one replaced regularly. Nothing is made where none has. */
export function rotatePasswords(name: string, args: CacheRotationArgs, parent: pulumi.Resource): void {
    const users = args.users.flatMap((user) =>
        user.secret === undefined ? [] : [{ ...user, secret: user.secret }],
    );
    if (users.length === 0) {
        return;
    }
    const rotation = createFunction(
        `${name}-rotation`,
        args,
        {
            code: "rotate-cache-password",
            description: `Replaces passwords of users of the cache ${name}`,
            // Lambda's longest: it waits for ElastiCache to take the password over.
            timeoutSeconds: 900,
            environment: {},
            statements: [
                ...rotationStatements(users.map(({ secret }) => secret.arn)),
                {
                    Sid: "SetPassword",
                    Effect: "Allow",
                    Action: ["elasticache:DescribeUsers", "elasticache:ModifyUser"],
                    Resource: users.map(({ arn }) => arn),
                },
                {
                    Sid: "WriteUnderKey",
                    Effect: "Allow",
                    Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
                    Resource: args.kmsKeyArn,
                    Condition: {
                        StringEquals: { "kms:ViaService": `secretsmanager.${args.region}.amazonaws.com` },
                    },
                },
            ],
            deadLetterQueue: createDeadLetterQueue(name, args, parent),
        },
        parent,
    );
    for (const { key, secret, resource } of users) {
        rotateRegularly(
            `${name}-user-${key}-rotation`,
            { ...args, rotation, secretArn: secret.arn, dependsOn: [secret.value, resource] },
            parent,
        );
    }
    if (args.topicArns !== undefined) {
        const { region, topicArns, tags } = args;
        functionErrorAlarm(
            `${name}-rotation-errors`,
            rotation.name,
            {
                ...{ region, topicArns, tags },
                description: `A password of a user of the cache ${name} could not be replaced. The old one is still good; the function's log says why.`,
            },
            { parent },
        );
    }
}
