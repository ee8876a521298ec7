import type * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";

/** What receivers are to do with mail that claims to be from the domain and is not signed by it. */
export enum DmarcPolicy {
    /** Nothing but report it. */
    None = "None",
    /** Put it aside. */
    Quarantine = "Quarantine",
    /** Refuse it. */
    Reject = "Reject",
}

/** A message, with `{{name}}` for what the sender fills in. */
export interface MessageTemplate {
    /** The subject: 1 to 998 characters on one line. The default's when left out. */
    subject?: string;
    /** The message as plain text. The default's when left out. */
    text?: string;
    /** The message as HTML. The default's when left out. */
    html?: string;
}

/** The texts of the messages. */
export interface MessageTemplates {
    /** To somebody who has just opened an account: `name`, `shopName`, `shopUrl`. */
    welcome?: MessageTemplate;
    /** To somebody who left things in the cart: `name`, `shopName`, `cartUrl`, `items` with a `name` each. */
    abandonedCart?: MessageTemplate;
    /** To somebody who wants to be told of things: `name`, `shopName`, `items` with a `name` and a `url` each. */
    recommendation?: MessageTemplate;
}

/** Who finds out what to recommend to whom, and when. */
export interface RecommendationSchedule {
    /** ARN of the function, state machine or queue of the same region that is called. */
    targetArn: pulumi.Input<string>;
    /** ARN of the key that encrypts the messages of a queue, where it is the account's own. None when left out. */
    targetKmsKeyArn?: pulumi.Input<string>;
    /** What it is told, as JSON. `{}` when left out. */
    input?: string;
    /** When, as EventBridge Scheduler has it. `cron(0 9 ? * MON *)`, every Monday at nine, when left out. */
    scheduleExpression?: string;
    /** Time zone of that, such as `Europe/Berlin`. `UTC` when left out. */
    timeZone?: string;
}

/** Arguments of CustomerMessaging. */
export interface CustomerMessagingArgs {
    /** The AWS region that mail is sent from. A new account may send from it to verified addresses alone. */
    region: string;
    /** The AWS account that sends: 12 digits. */
    accountId: pulumi.Input<string>;
    /** The domain that mail is from, such as `shop.example.com`. */
    domain: string;
    /** Id of the public hosted zone of Route 53 that has the domain's records. */
    hostedZoneId: pulumi.Input<string>;
    /**
     * Name under the domain by which returned mail comes back. Another one in each region: its records name the region.
     * `mail-<region>` when left out.
     */
    mailFromSubdomain?: string;
    /** The address that mail is from, in the domain, such as `hello@shop.example.com`. */
    senderAddress: string;
    /** The name that goes with it: 1 to 64 letters, digits, spaces and `.,'&-`. The domain when left out. */
    senderName?: string;
    /** Where answers go. To the sender's address when left out. */
    replyToAddress?: string;
    /**
     * Whether the domain's DMARC record is made here. A domain has one: say false in every region but one, and where there
     * is one already. True when left out.
     */
    createDmarcRecord?: boolean;
    /** What the DMARC record asks of receivers. `DmarcPolicy.Quarantine` when left out. */
    dmarcPolicy?: DmarcPolicy;
    /** Where receivers send their reports on mail that failed, or passed. None when left out. */
    dmarcReportAddress?: string;
    /** The texts of the messages. Texts in English when left out. */
    templates?: MessageTemplates;
    /**
     * Name of the contact list that knows who wants which messages: SES has one in an account and region. Left out, it is
     * made here, with the topics `abandoned-cart` and `recommendations`; given, it must have them.
     */
    contactListName?: pulumi.Input<string>;
    /** Who finds out what to recommend, and when. Nobody does when left out. */
    recommendations?: RecommendationSchedule;
    /**
     * ARN of the key that encrypts schedules, whose input holds addresses. Whoever makes schedules must use it, which
     * `schedulePermissions` lets them.
     */
    kmsKeyArn: pulumi.Input<string>;
    /** Topics of the same region that the alarms tell. Nobody when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
