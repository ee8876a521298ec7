import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type UserDirectoryTriggers } from "./args";
import { type Maker, type PoolPlace } from "./place";

/** Lets Cognito call the functions, `<prefix>-<trigger>-permission`. */
export function permitTriggers(
    { parent, args }: Maker,
    { prefix, region, arn }: PoolPlace,
    triggers: UserDirectoryTriggers,
): void {
    for (const [trigger, called] of Object.entries(triggers) as [string, pulumi.Input<string>][]) {
        const parts = pulumi.output(called).apply((text) => text.split(":"));
        new aws.lambda.Permission(
            `${prefix}-${kebab(trigger)}-permission`,
            {
                region,
                action: "lambda:InvokeFunction",
                // The alias apart: the provider reads it back as a property of its own.
                function: parts.apply((all) => all.slice(0, 7).join(":")),
                qualifier: parts.apply((all) => all[7]),
                principal: "cognito-idp.amazonaws.com",
                sourceArn: arn,
                sourceAccount: args.accountId,
            },
            { parent },
        );
    }
}

function kebab(trigger: string): string {
    return trigger.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
