import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type CustomerMessagingArgs } from "./args";

/** What tells of mail that did not arrive, or is not wanted. */
export const FAILURE_EVENTS: Readonly<Record<string, string>> = {
    BOUNCE: "Email Bounced",
    COMPLAINT: "Email Complaint Received",
    REJECT: "Email Rejected",
    RENDERING_FAILURE: "Email Rendering Failed",
};

// What else programs may want to know. Not who opened or clicked: that takes a picture and addresses that watch readers.
const OTHER_EVENTS = ["DELIVERY", "DELIVERY_DELAY", "SEND", "SUBSCRIPTION"];

/** Makes the configuration set: what holds for everything that is sent. */
export function createConfigurationSet(
    name: string,
    { region, accountId, tags }: CustomerMessagingArgs,
    parent: pulumi.Resource,
): aws.sesv2.ConfigurationSet {
    const set = new aws.sesv2.ConfigurationSet(
        `${name}-configuration`,
        {
            region,
            configurationSetName: name,
            // To a server that cannot speak TLS nothing is sent.
            deliveryOptions: { tlsPolicy: "REQUIRE" },
            reputationOptions: { reputationMetricsEnabled: true },
            sendingOptions: { sendingEnabled: true },
            // Who bounces or complains gets nothing more: providers look at who goes on all the same.
            suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
            ...(tags === undefined ? {} : { tags }),
        },
        { parent },
    );
    new aws.sesv2.ConfigurationSetEventDestination(
        `${name}-events`,
        {
            region,
            configurationSetName: set.configurationSetName,
            eventDestinationName: "event-bus",
            eventDestination: {
                enabled: true,
                matchingEventTypes: [...Object.keys(FAILURE_EVENTS), ...OTHER_EVENTS].sort(),
                // SES knows the default bus alone.
                eventBridgeDestination: {
                    eventBusArn: pulumi.interpolate`arn:aws:events:${region}:${accountId}:event-bus/default`,
                },
            },
        },
        { parent },
    );
    return set;
}
