import {
    accountId,
    alsoWhere,
    arnLike,
    flag,
    hostedZoneId,
    input,
    isJson,
    keyArn,
    object,
    oneOf,
    region,
    required,
    tags,
    text,
    textLike,
    textOf,
    textWhere,
    topicArns,
} from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import { isDomainName } from "../../shared/validation";
import {
    type CustomerMessagingArgs,
    DmarcPolicy,
    type MessageTemplate,
    type MessageTemplates,
    type RecommendationSchedule,
} from "./args";
import { MESSAGES, UNSUBSCRIBE } from "./messages";
import { TARGET_SERVICES } from "./schedules";

const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?<host>[a-z0-9.-]+)$/;

function isAddress(value: string): boolean {
    return isDomainName(ADDRESS.exec(value)?.groups?.["host"] ?? "");
}

const AN_ADDRESS = "an e-mail address";

/** SES takes 500 kB for text and HTML together. Source: Amazon SES API Reference, Template. */
const BODY_MAX = 250_000;

function body(kind: string) {
    return textWhere(
        (value) => value.trim() !== "" && Buffer.byteLength(value) <= BODY_MAX,
        `${kind} of 1 to ${BODY_MAX} bytes`,
    );
}

const TEMPLATE: ArgumentTable<MessageTemplate> = {
    subject: textLike(/^[^\r\n]{1,998}$/, "1 to 998 characters on one line"),
    text: body("a text"),
    html: body("a text"),
};

/** A message that customers may leave has to say how, in both of its forms. */
function template(name: keyof MessageTemplates) {
    const { topic } = MESSAGES.find((message) => message.name === name) ?? {};
    const rule = object(TEMPLATE);
    return topic === undefined
        ? rule
        : alsoWhere(
              (given) =>
                  (["text", "html"] as const).every((form) => {
                      const own = (given as MessageTemplate)[form];
                      return own === undefined || own.includes(UNSUBSCRIBE);
                  }),
              `texts with ${UNSUBSCRIBE} in them, by which customers leave the topic ${topic.topicName}`,
              rule,
          );
}

const TEMPLATES: ArgumentTable<MessageTemplates> = {
    welcome: template("welcome"),
    abandonedCart: template("abandonedCart"),
    recommendation: template("recommendation"),
};

const TARGETS = new RegExp(`^arn:aws:(?:${TARGET_SERVICES.join("|")}):`);

const RECOMMENDATIONS: ArgumentTable<RecommendationSchedule> = {
    targetArn: required(input(arnLike(TARGETS, "the ARN of a function, a state machine or a queue"))),
    targetKmsKeyArn: input(keyArn()),
    input: textWhere(isJson, "JSON"),
    scheduleExpression: textLike(/^(?:cron|rate)\(.+\)$/, "cron(…) or rate(…), such as cron(0 9 ? * MON *)"),
    timeZone: textLike(/^[A-Za-z0-9_+/-]{1,50}$/, "the name of a time zone, such as Europe/Berlin"),
};

/** The rules of CustomerMessaging's arguments. */
export const CUSTOMER_MESSAGING_ARGUMENTS: ArgumentTable<CustomerMessagingArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    domain: required(textWhere(isDomainName, "a domain in lower case, such as shop.example.com")),
    hostedZoneId: required(input(hostedZoneId())),
    mailFromSubdomain: textLike(
        /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
        "one part of a domain: 1 to 63 lower-case letters, digits and hyphens",
    ),
    senderAddress: required(
        textWhere(
            (value, { domain }) =>
                isAddress(value) &&
                (value.endsWith(`@${textOf(domain)}`) || value.endsWith(`.${textOf(domain)}`)),
            ({ domain }) => `an e-mail address in ${textOf(domain, "the domain")}`,
            { kind: AN_ADDRESS },
        ),
    ),
    senderName: textLike(/^[\p{L}\p{N} .,'&-]{1,64}$/u, "1 to 64 letters, digits, spaces and .,'&-"),
    replyToAddress: textWhere(isAddress, AN_ADDRESS),
    createDmarcRecord: flag(),
    dmarcPolicy: oneOf(DmarcPolicy),
    dmarcReportAddress: textWhere(isAddress, AN_ADDRESS),
    templates: object(TEMPLATES),
    contactListName: input(text("the name of a contact list")),
    recommendations: object(RECOMMENDATIONS),
    kmsKeyArn: required(input(keyArn())),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};
