import type * as pulumi from "@pulumi/pulumi";

import { Queue } from "../../components/messaging";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey } from "../../components/security/encryptionKey";
import { type ShopSettings } from "./settings";

/** What stands between orders and payments, so that neither waits for the other. */
export interface ShopQueues {
    /** From orders to payments: what is to be paid. */
    readonly paymentRequests: Queue;
    /** From payments to orders: what has become of it. */
    readonly paymentResults: Queue;
}

/** Makes both queues, each with one for what could not be handled, under a key of their own. */
export function createQueues(
    settings: ShopSettings,
    { alarmTopicArn }: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): ShopQueues {
    const { region, accountId, deletionProtection } = settings;
    const key = new EncryptionKey(
        "commerce-queues",
        {
            region,
            accountId,
            description: "What orders and payments tell each other",
            deletionProtection,
        },
        opts,
    );
    const queue = (name: string) =>
        new Queue(
            name,
            {
                region,
                accountId,
                kmsKeyArn: key.keyArn,
                // A provider that is slow may be asked for minutes.
                visibilityTimeoutSeconds: 300,
                alarmTopicArns: [alarmTopicArn],
                tags: { "data-classification": "confidential" },
            },
            opts,
        );
    return {
        paymentRequests: queue("commerce-payment-requests"),
        paymentResults: queue("commerce-payment-results"),
    };
}
