import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type CustomerMessagingArgs } from "./args";
import { MESSAGES, templateOf } from "./messages";

/** Makes the templates of the messages, by the messages' names. */
export function createTemplates(
    name: string,
    { region, templates = {} }: CustomerMessagingArgs,
    parent: pulumi.Resource,
): Record<string, aws.ses.Template> {
    return Object.fromEntries(
        MESSAGES.map((message) => [
            message.name,
            new aws.ses.Template(
                `${name}-${message.child}`,
                { region, ...templateOf(message, templates[message.name]) },
                { parent },
            ),
        ]),
    );
}

/** Makes the list of who wants which messages, where the account has none yet. Returns its name. */
export function createContactList(
    name: string,
    args: CustomerMessagingArgs,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    if (args.contactListName !== undefined) {
        return pulumi.output(args.contactListName);
    }
    return new aws.sesv2.ContactList(
        `${name}-contacts`,
        {
            region: args.region,
            contactListName: name,
            description: "Who wants which messages",
            // Nobody gets what nobody asked for.
            topics: MESSAGES.flatMap(({ topic }) =>
                topic === undefined ? [] : [{ ...topic, defaultSubscriptionStatus: "OPT_OUT" }],
            ),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        // It holds what customers have said.
        { parent, protect: true },
    ).contactListName;
}

/** What a message's requests to SES have in common. */
export interface RequestParts {
    templates: Record<string, aws.ses.Template>;
    configurationSetName: pulumi.Input<string>;
    contactListName: pulumi.Input<string>;
}

/**
 * The requests that send the messages, as JSON, by the messages' names: what SES's SendEmail takes but for `Destination`
 * and the template's data. With a topic, SES leaves out who does not want it and adds the List-Unsubscribe headers.
 */
export function sendRequests(
    args: CustomerMessagingArgs,
    parts: RequestParts,
): pulumi.Output<Record<string, string>> {
    const { senderAddress, senderName = args.domain, replyToAddress } = args;
    return pulumi.all(
        Object.fromEntries(
            MESSAGES.map(({ name, topic }) => [
                name,
                pulumi.jsonStringify({
                    FromEmailAddress: `"${senderName}" <${senderAddress}>`,
                    ...(replyToAddress === undefined ? {} : { ReplyToAddresses: [replyToAddress] }),
                    ConfigurationSetName: parts.configurationSetName,
                    Content: { Template: { TemplateName: parts.templates[name]?.name } },
                    ...(topic === undefined
                        ? {}
                        : {
                              ListManagementOptions: {
                                  ContactListName: parts.contactListName,
                                  TopicName: topic.topicName,
                              },
                          }),
                }),
            ]),
        ),
    );
}
