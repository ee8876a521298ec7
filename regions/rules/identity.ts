import { isDomainName, LOG_RETENTION_DAYS } from "../../components/shared/validation";
import { databaseRegions, findRegion } from "../catalogue";
import { balancerHosts, regionHosts, worldHosts } from "../hosts";
import { nearest } from "../nearest";
import { check, checkRange, type RuleContext, type StringKey } from "./rule";

/** Whose account, domain and money it is, and which region founds and writes. */
export function identityRules(context: RuleContext): void {
    check(context, "accountId", (value) => /^\d{12}$/.test(value), "an AWS account's 12 digits, in quotes");
    const account = context.values.accountId ?? "<accountId>";
    // Source: IAM User Guide, "IAM and AWS STS quotas" and "IAM identifiers".
    check(
        context,
        "deployRoleArn",
        (value) => {
            const role = /^arn:aws:iam::([^:]*):role\/(?:[\x21-\x7e]{1,510}\/)?[\w+=,.@-]{1,64}$/.exec(value);
            return value === "" || role?.[1] === account;
        },
        `arn:aws:iam::${account}:role/<name>, a role of the stack's account, or nothing`,
    );
    // Source: Route 53 API Reference, HostedZone, Id.
    check(
        context,
        "hostedZoneId",
        (value) => /^Z[A-Z0-9]{1,31}$/.test(value),
        "a public hosted zone's id: Z and up to 31 capitals and digits, without /hostedzone/",
    );
    domainRules(context);
    // Source: Tagging AWS Resources User Guide, "Tag naming limits and requirements".
    for (const key of ["owner", "costCenter"] as const) {
        check(
            context,
            key,
            (value) => /^[A-Za-z0-9 _.:/=+@-]{1,256}$/.test(value),
            "a tag's value: 1 to 256 letters, digits, spaces and _.:/=+-@",
        );
    }
    check(
        context,
        "alarmEmail",
        (value) => value === "" || (value.length <= 254 && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(value)),
        "an e-mail address, or nothing",
    );
    checkRange(context, "monthlyBudgetUsd", 1, 10_000_000);
    check(
        context,
        "schedule",
        (value) => /^[A-Za-z0-9 _.:/=+@-]{0,256}$/.test(value),
        "a tag's value: at most 256 letters, digits, spaces and _.:/=+-@, or nothing",
    );
    memberRule(context, "foundingRegion");
    memberRule(context, "primaryRegion");
    logRules(context);
}

function domainRules(context: RuleContext): void {
    const { problems, catalogue } = context;
    const domain = context.values.domainName;
    if (domain === undefined) {
        return;
    }
    const form =
        "a DNS name in lower case with at least two labels, without a final dot, such as shop.example.com";
    if (!problems.check(isDomainName(domain), "domainName", domain, form)) {
        return;
    }
    // The first name of a certificate becomes its common name, which ends at 64 characters (RFC 5280).
    // Source: AWS Certificate Manager API Reference, RequestCertificate, DomainName.
    const commonNames = [
        worldHosts(domain).shop,
        ...catalogue.flatMap(({ key }) => {
            const hosts = regionHosts(domain, key);
            return [hosts.viewer, hosts.api, ...balancerHosts(domain, key).slice(0, 1)];
        }),
    ];
    const longest = commonNames.reduce((one, other) => (other.length > one.length ? other : one));
    const room = 64 - (longest.length - domain.length);
    problems.check(
        longest.length <= 64,
        "domainName",
        domain,
        `at most ${room} characters, because ${longest} must fit a certificate's 64`,
        `Shorten it by ${longest.length - 64}`,
    );
}

function memberRule(context: RuleContext, key: StringKey): void {
    const members = databaseRegions(context.catalogue);
    const names = members.flatMap((entry) => [entry.key, entry.region]);
    const value = context.values[key];
    const near = value === undefined ? undefined : nearest(value, names);
    check(
        context,
        key,
        (given) => findRegion(members, given) !== undefined,
        `the key or the AWS region of an entry in regions/catalogue.ts` +
            `${members.length < context.catalogue.length ? " that has a database of its own" : ""}: ${names.join(", ")}`,
        near === undefined ? undefined : `Did you mean ${near}?`,
    );
}

function logRules(context: RuleContext): void {
    check(
        context,
        "logRetentionDays",
        (value) => LOG_RETENTION_DAYS.includes(value),
        `one of ${LOG_RETENTION_DAYS.join(", ")} (days)`,
    );
    // The archive moves logs to Glacier after 90 days, and Glacier bills for 90 days at least. Ten years is the
    // longest that CloudWatch itself keeps.
    checkRange(context, "logArchiveRetentionDays", 181, 3653);
}
