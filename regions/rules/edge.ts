import { COUNTRY_CODES, GeoRestrictionType, PriceClass } from "../../components/edge";
import { HEALTH_CHECK_PATH_FORM, isHealthCheckPath } from "../../components/compute";
import { US_EAST_1 } from "../awsRegions";
import { check, checkEach, checkOneOf, checkRange, type RuleContext } from "./rule";

const ANYWHERE: string = GeoRestrictionType.None;
const LISTED_ALONE: string = GeoRestrictionType.Whitelist;

/** CloudFront, its web ACL, certificates brought along, and the health checks. */
export function edgeRules(context: RuleContext): void {
    const { problems, values } = context;
    checkOneOf(context, "priceClass", Object.values(PriceClass));
    checkOneOf(context, "geoRestrictionType", Object.values(GeoRestrictionType));
    const country = "a country's two capitals of ISO 3166-1, such as DE";
    checkEach(context, "geoRestrictionCountries", (item) => COUNTRY_CODES.has(item), country);
    checkEach(context, "blockedCountries", (item) => COUNTRY_CODES.has(item), country);
    const type = values.geoRestrictionType;
    if (type !== undefined) {
        check(
            context,
            "geoRestrictionCountries",
            (value) => (type === ANYWHERE) === (value.length === 0),
            `${type === ANYWHERE ? "an empty list" : "one country at least"}, because ` +
                `${problems.fileKey("geoRestrictionType")} is ${type}`,
        );
    }
    const served = type === LISTED_ALONE ? (values.geoRestrictionCountries ?? []) : [];
    check(
        context,
        "blockedCountries",
        (value) => !value.some((item) => served.includes(item)),
        `countries that ${problems.fileKey("geoRestrictionCountries")} does not let in`,
    );
    // Source: AWS WAF API Reference, RateBasedStatement, Limit.
    checkRange(context, "wafRateLimitPerFiveMinutes", 10, 2_000_000_000);
    check(
        context,
        "contentSecurityPolicy",
        (value) => value === "" || /^[\x20-\x7e]+$/.test(value),
        "a Content-Security-Policy header on one line of ASCII, or nothing",
    );
    checkRange(context, "originHeaderVersion", 1, 1_000_000);
    checkRange(context, "originHeaderAlsoAccepted", 0, 1_000_000);
    check(
        context,
        "originHeaderAlsoAccepted",
        (value) => value === 0 || value !== values.originHeaderVersion,
        `another number than ${problems.fileKey("originHeaderVersion")}, or 0`,
    );
    certificateRules(context);
    healthCheckRules(context);
}

function certificateRules(context: RuleContext): void {
    const { region } = context;
    const account = context.values.accountId ?? "<accountId>";
    check(
        context,
        "distributionCertificateArn",
        (value) => value === "" || certificateOf(value, account) === US_EAST_1,
        `arn:aws:acm:${US_EAST_1}:${account}:certificate/<id>, because CloudFront takes certificates from ` +
            `${US_EAST_1} alone, or nothing`,
    );
    check(
        context,
        "webCertificateArn",
        (value) => value === "" || (region !== undefined && certificateOf(value, account) === region.region),
        region === undefined
            ? "nothing in the global stack's file, because it has no balancer"
            : `arn:aws:acm:${region.region}:${account}:certificate/<id>, because a balancer takes certificates ` +
                  "from its own region alone, or nothing",
    );
}

function certificateOf(arn: string, account: string): string | undefined {
    const parts = /^arn:aws:acm:([a-z0-9-]+):([^:]*):certificate\/[0-9a-f-]{36}$/.exec(arn);
    return parts?.[2] === account ? parts[1] : undefined;
}

function healthCheckRules(context: RuleContext): void {
    // The tiers' rule is narrower than that of Route 53, which asks for the same path.
    check(context, "healthCheckPath", isHealthCheckPath, HEALTH_CHECK_PATH_FORM);
    // Source: Route 53 API Reference, HealthCheckConfig.
    check(context, "healthCheckIntervalSeconds", (value) => value === 10 || value === 30, "10 or 30");
    checkRange(context, "healthCheckFailureThreshold", 1, 10);
}
