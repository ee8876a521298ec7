import type * as pulumi from "@pulumi/pulumi";

import { UserDirectory, UserPoolPlan } from "../../components/identity";
import { type RegionalFoundation } from "../../components/operations";
import { type Hosts } from "./names";
import { type ShopSettings } from "./settings";

/** Those who may change the catalogue, as the function knows them. */
export const EDITORS = "editors";

/** Those who run the shop. */
const STAFF = "staff";

/** Who buys, and who runs the shop. */
export interface ShopUsers {
    /** ARN of the pool whose tokens the APIs of both regions take. */
    readonly userPoolArn: pulumi.Output<string>;
    readonly directory?: UserDirectory;
}

/** Makes the directory in the primary region; the other region's API takes the same tokens. */
export function createUsers(
    settings: ShopSettings,
    { alarmTopicArn, kmsKeyArn }: RegionalFoundation,
    { shop }: Hosts,
    primary: pulumi.StackReference | undefined,
    opts: pulumi.ComponentResourceOptions,
): ShopUsers {
    if (primary !== undefined) {
        return { userPoolArn: primary.requireOutput("userPoolArn") as pulumi.Output<string> };
    }
    const { region, accountId, deletionProtection, logRetentionDays } = settings;
    const directory = new UserDirectory(
        "commerce-users",
        {
            region,
            accountId,
            // Accounts hold addresses and orders: attacks are blocked, and everybody has a second factor.
            plan: UserPoolPlan.Plus,
            clients: {
                web: {
                    callbackUrls: [`https://${shop}/signed-in`],
                    logoutUrls: [`https://${shop}/`],
                },
            },
            groups: {
                [EDITORS]: { description: "May change the catalogue" },
                [STAFF]: { description: "May ask for reports and returns" },
            },
            domain: { prefix: settings.signInPrefix },
            logKmsKeyArn: kmsKeyArn,
            logRetentionDays,
            alarmTopicArns: [alarmTopicArn],
            deletionProtection,
        },
        opts,
    );
    return { userPoolArn: directory.userPoolArn, directory };
}
