import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../security/dataClassification";
import { type TagsInput } from "../shared/tags";

/** What a secret is made from that keeps how somebody signs in. */
export interface SignInSecretArgs {
    region: string;
    description: string;
    kmsKeyArn: pulumi.Input<string>;
    /** Other regions that it is replicated to, each under a key of its own. */
    replicas?: readonly { region: string; kmsKeyArn: pulumi.Input<string> }[];
    deletionProtection: boolean;
    tags: TagsInput;
}

/** Makes a secret that keeps how somebody signs in. What it says comes by `firstValue`. */
export function signInSecret(
    name: string,
    args: SignInSecretArgs,
    parent: pulumi.Resource,
): aws.secretsmanager.Secret {
    return new aws.secretsmanager.Secret(
        name,
        {
            region: args.region,
            description: args.description,
            kmsKeyId: args.kmsKeyArn,
            ...(args.replicas === undefined
                ? {}
                : {
                      replicas: args.replicas.map(({ region, kmsKeyArn }) => ({
                          region,
                          kmsKeyId: kmsKeyArn,
                      })),
                  }),
            // The longest: a deleted secret can be called back for a month.
            recoveryWindowInDays: 30,
            tags: classified(DataClassification.Confidential, args.tags),
        },
        // What it opens outlives it; without it nobody gets in.
        { parent, protect: args.deletionProtection },
    );
}

/** Writes the first version of a secret. */
export function firstValue(
    name: string,
    args: { region: string; secretArn: pulumi.Input<string>; secretString: pulumi.Input<string> },
    parent: pulumi.Resource,
): aws.secretsmanager.SecretVersion {
    return new aws.secretsmanager.SecretVersion(
        name,
        { region: args.region, secretId: args.secretArn, secretString: args.secretString },
        // The value belongs to rotation, or to whoever follows the runbook, from here on: written again, the first one
        // would come back in the secret, and what it opens would not know it.
        { parent, ignoreChanges: ["secretString"] },
    );
}

/** The ARN of a secret's replica, which differs from the secret's own in the region alone. */
export function replicaArn(secretArn: string, region: string): string {
    return secretArn.split(":").with(3, region).join(":");
}
