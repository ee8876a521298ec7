import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type MessageTemplate, type MessageTemplates } from "./args";

/** A message that customers get. */
export interface Message {
    /** Its name among the arguments and outputs. */
    readonly name: keyof MessageTemplates;
    /** The last part of its children's names. */
    readonly child: string;
    readonly subject: string;
    /**
     * The topic of the contact list that a customer must not have left; undefined of what belongs to a contract and needs
     * no leave.
     */
    readonly topic: MessageTopic | undefined;
}

/** What customers may ask for or not. */
export interface MessageTopic {
    readonly topicName: string;
    readonly displayName: string;
    readonly description: string;
}

/** The messages. */
export const MESSAGES: readonly Message[] = [
    { name: "welcome", child: "welcome", subject: "Welcome to {{shopName}}", topic: undefined },
    {
        name: "abandonedCart",
        child: "abandoned-cart",
        subject: "Your cart at {{shopName}} is waiting",
        topic: {
            topicName: "abandoned-cart",
            displayName: "Reminders of your cart",
            description: "A reminder when you have left something in your cart",
        },
    },
    {
        name: "recommendation",
        child: "recommendation",
        subject: "Picked for you at {{shopName}}",
        topic: {
            topicName: "recommendations",
            displayName: "Recommendations",
            description: "What you may like, once a week",
        },
    },
];

/** The placeholder that SES fills with the address by which a customer leaves a topic. */
export const UNSUBSCRIBE = "{{amazonSESUnsubscribeUrl}}";

/** The text of a message, from a file of its own where the program has none. */
export function templateOf(message: Message, given: MessageTemplate = {}): Required<MessageTemplate> {
    return {
        subject: given.subject ?? message.subject,
        text: given.text ?? readTemplate(`${message.name}.txt`),
        html: given.html ?? readTemplate(`${message.name}.html`),
    };
}

function readTemplate(file: string): string {
    return readFileSync(join(__dirname, "templates", file), "utf8");
}
