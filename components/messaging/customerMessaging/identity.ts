import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type CustomerMessagingArgs, DmarcPolicy } from "./args";

/** Regions whose DKIM keys are under a domain of their own. Source: AWS General Reference, "Amazon SES endpoints", DKIM. */
const OWN_DKIM_DOMAIN = [
    "af-south-1",
    "ap-northeast-3",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-5",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "il-central-1",
    "me-central-1",
];

// SES signs with three keys, of which it changes one after the other.
const DKIM_KEYS = 3;

// Long enough to be cached, short enough to put a mistake right.
const TTL_SECONDS = 1800;

const DMARC_WORDS: Readonly<Record<DmarcPolicy, string>> = {
    [DmarcPolicy.None]: "none",
    [DmarcPolicy.Quarantine]: "quarantine",
    [DmarcPolicy.Reject]: "reject",
};

/** Makes the identity of the domain, and the records by which receivers know its mail. */
export function createIdentity(
    name: string,
    args: CustomerMessagingArgs,
    configurationSetName: pulumi.Input<string>,
    parent: pulumi.Resource,
): aws.sesv2.EmailIdentity {
    const { region, domain } = args;
    const identity = new aws.sesv2.EmailIdentity(
        `${name}-identity`,
        {
            region,
            emailIdentity: domain,
            // Also what names no configuration set is sent over TLS and counted.
            configurationSetName,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
    createDkimRecords(name, args, identity, parent);
    createMailFrom(name, args, identity, parent);
    if (args.createDmarcRecord ?? true) {
        createDmarcRecord(name, args, parent);
    }
    return identity;
}

function createDkimRecords(
    name: string,
    { region, domain, hostedZoneId }: CustomerMessagingArgs,
    identity: aws.sesv2.EmailIdentity,
    parent: pulumi.Resource,
): void {
    const keys = OWN_DKIM_DOMAIN.includes(region) ? `dkim.${region}.amazonses.com` : "dkim.amazonses.com";
    for (let index = 0; index < DKIM_KEYS; index += 1) {
        const token = identity.dkimSigningAttributes.apply(({ tokens }) => tokens[index] ?? "");
        new aws.route53.Record(
            `${name}-dkim-${index + 1}`,
            {
                zoneId: hostedZoneId,
                name: pulumi.interpolate`${token}._domainkey.${domain}`,
                type: "CNAME",
                ttl: TTL_SECONDS,
                records: [pulumi.interpolate`${token}.${keys}`],
            },
            { parent },
        );
    }
}

/** Has returned mail come back under the domain, so that SPF speaks for it too. */
function createMailFrom(
    name: string,
    args: CustomerMessagingArgs,
    identity: aws.sesv2.EmailIdentity,
    parent: pulumi.Resource,
): void {
    const { region, hostedZoneId: zoneId, domain } = args;
    const mailFromDomain = `${args.mailFromSubdomain ?? `mail-${region}`}.${domain}`;
    const record = (kind: string, type: string, value: string) =>
        new aws.route53.Record(
            `${name}-mail-from-${kind}`,
            { zoneId, name: mailFromDomain, type, ttl: TTL_SECONDS, records: [value] },
            { parent },
        );
    const exchange = record("mx", "MX", `10 feedback-smtp.${region}.amazonses.com`);
    const senders = record("spf", "TXT", "v=spf1 include:amazonses.com ~all");
    new aws.sesv2.EmailIdentityMailFromAttributes(
        `${name}-mail-from`,
        {
            region,
            emailIdentity: identity.emailIdentity,
            mailFromDomain,
            // While the record is missing, mail goes out by a name of SES's own: late is worse than plain.
            behaviorOnMxFailure: "USE_DEFAULT_VALUE",
        },
        { parent, dependsOn: [exchange, senders] },
    );
}

function createDmarcRecord(name: string, args: CustomerMessagingArgs, parent: pulumi.Resource): void {
    const reports = args.dmarcReportAddress;
    const policy = DMARC_WORDS[args.dmarcPolicy ?? DmarcPolicy.Quarantine];
    new aws.route53.Record(
        `${name}-dmarc`,
        {
            zoneId: args.hostedZoneId,
            name: `_dmarc.${args.domain}`,
            type: "TXT",
            ttl: TTL_SECONDS,
            records: [`v=DMARC1; p=${policy}${reports === undefined ? "" : `; rua=mailto:${reports}`}`],
        },
        { parent },
    );
}
