import type * as pulumi from "@pulumi/pulumi";

import { UserDirectory, UserPoolPlan } from "../../components/identity";
import { type RegionalFoundation } from "../../components/operations";
import { type MixedSettings } from "./settings";

/** Those who may change the catalogue, as the function knows them. */
const EDITORS = "editors";

/** ARN of the directory whose tokens the APIs of both regions take, and the directory where it is made. */
export interface MixedUsers {
    readonly userPoolArn: pulumi.Output<string>;
    readonly clientIds?: pulumi.Output<Record<string, string>>;
}

/** Makes the directory in the primary region; the other one's stack is told of it. */
export function createUsers(
    settings: MixedSettings,
    foundation: RegionalFoundation,
    primary: pulumi.StackReference | undefined,
    opts: pulumi.ComponentResourceOptions,
): MixedUsers {
    if (primary !== undefined) {
        return { userPoolArn: primary.requireOutput("userPoolArn") as pulumi.Output<string> };
    }
    return new UserDirectory(
        "mixed-users",
        {
            region: settings.region,
            accountId: settings.accountId,
            plan: UserPoolPlan.Plus,
            clients: { app: { callbackUrls: [`https://${settings.domainName}/signed-in`] } },
            groups: { [EDITORS]: { description: "May change the catalogue" } },
            domain: { prefix: settings.signInPrefix },
            logKmsKeyArn: foundation.kmsKeyArn,
            logRetentionDays: settings.logRetentionDays,
            alarmTopicArns: [foundation.alarmTopicArn],
            deletionProtection: settings.deletionProtection,
        },
        opts,
    );
}
