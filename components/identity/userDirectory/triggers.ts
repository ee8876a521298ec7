import type * as pulumi from "@pulumi/pulumi";

import { createInvokePermission } from "../../operations";
import { type UserDirectoryTriggers } from "./args";
import { type Maker, type PoolPlace } from "./place";

/** Lets Cognito call the functions, `<prefix>-<trigger>-permission`. */
export function permitTriggers(
    { parent, args }: Maker,
    { prefix, region, arn }: PoolPlace,
    triggers: UserDirectoryTriggers,
): void {
    for (const [trigger, functionArn] of Object.entries(triggers) as [string, pulumi.Input<string>][]) {
        createInvokePermission(
            `${prefix}-${kebab(trigger)}-permission`,
            {
                region,
                accountId: args.accountId,
                functionArn,
                principal: "cognito-idp.amazonaws.com",
                sourceArn: arn,
            },
            parent,
        );
    }
}

function kebab(trigger: string): string {
    return trigger.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
