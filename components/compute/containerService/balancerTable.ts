import {
    allOf,
    alsoJudged,
    arnOf,
    id,
    input,
    isCount,
    isEachOnce,
    isGiven,
    isShortName,
    leftOutWhile,
    list,
    map,
    object,
    objectOf,
    oneOf,
    required,
    secret,
    textLike,
    textWhere,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge, type Rule } from "../../shared/argumentTable";
import { HEADER_SECRET } from "../originHeaderTable";
import { HEALTH_CHECK_PATH_FORM, isHealthCheckPath } from "../tier/healthCheckPath";
import {
    ClaimFormat,
    type RequestRewrite,
    type RequiredHeader,
    type ServiceBalancerAttachment,
    type ServiceListenerRule,
    type TokenClaim,
    type TokenValidation,
} from "./balancerArgs";
import { shiftsTraffic, staysInGroup } from "./deploymentTable";

// Elastic Load Balancing API Reference, RewriteConfig; "Transforms for listener rules" names what is not understood.
const UNSUPPORTED = /\(\?(?:=|!|<=|<!|>)|\\[1-9]|\\p\{/;

const REWRITE: ArgumentTable<RequestRewrite> = {
    regex: required(
        textWhere(
            (regex) =>
                regex.length >= 1 && regex.length <= 1024 && isRegex(regex) && !UNSUPPORTED.test(regex),
            "a regular expression of 1 to 1024 characters without lookarounds, backreferences and Unicode classes",
        ),
    ),
    replace: required(textLike(/^[^\0]{1,1024}$/, "1 to 1024 characters")),
};

function isRegex(text: string): boolean {
    try {
        return new RegExp(text).source !== "";
    } catch {
        return false;
    }
}

// Elastic Load Balancing API Reference, JwtValidationActionConfig.
const httpsUrl = (what: string) =>
    required(input(textLike(/^https:\/\/\S{1,248}$/, `${what}, https://…, at most 256 characters`)));

const CHECKED_CLAIMS = ["exp", "iss", "nbf", "iat"];

const CLAIM: ArgumentTable<TokenClaim> = {
    name: required(
        textWhere(
            (name) => /^\S{1,256}$/.test(name) && !CHECKED_CLAIMS.includes(name),
            `the name of a claim other than ${CHECKED_CLAIMS.join(", ")}, which are always checked`,
        ),
    ),
    format: required(oneOf(ClaimFormat)),
    values: required(
        list(
            input(
                textWhere(
                    (value, _, { within }) =>
                        value.length >= 1 &&
                        value.length <= 256 &&
                        (within.format !== ClaimFormat.SpaceSeparatedValues || !value.includes(" ")),
                    "1 to 256 characters, and no spaces where the format is space-separated-values",
                ),
            ),
            "a list of values",
            unless((values) => isCount(values, 1, 10), "1 to 10 values"),
        ),
    ),
};

const TOKENS: ArgumentTable<TokenValidation> = {
    issuer: httpsUrl("the issuer's URL"),
    jwksEndpoint: httpsUrl("the URL of the issuer's keys"),
    additionalClaims: list(
        object(CLAIM),
        "a list of claims",
        unless((claims) => isCount(claims, 0, 10), "10 at most"),
    ),
};

const HEADER: ArgumentTable<RequiredHeader> = {
    name: required(textLike(/^[A-Za-z0-9_-]{1,40}$/, "1 to 40 letters, digits, hyphens and underscores")),
    values: required(
        secret(
            list(HEADER_SECRET, "a list of values", (values) =>
                isCount(values, 1, 4)
                    ? undefined
                    : { shown: `${(values as readonly unknown[]).length} values`, allowed: "1 to 4" },
            ),
        ),
    ),
};

const countOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** Elastic Load Balancing, "Quotas for your Application Load Balancers": 5 condition values per rule. */
const MOST_VALUES = 5;

const areFewEnough: Judge = (_, __, { within }) => {
    const values =
        (isGiven(within.pathPatterns) ? countOf(within.pathPatterns) : 1) +
        countOf(within.hostHeaders) +
        countOf(objectOf(within.requiredHeader).values);
    return values <= MOST_VALUES
        ? undefined
        : {
              shown: `${values} paths, hosts and header values`,
              allowed: `${MOST_VALUES} together`,
              remedy: "Make it two rules",
          };
};

const RULE: ArgumentTable<ServiceListenerRule> = {
    priority: required(
        alsoJudged(areFewEnough, wholeNumber({ min: 1, max: 50_000 }, "a whole number from 1 to 50000")),
    ),
    pathPatterns: list(
        textLike(
            /^[/*][A-Za-z0-9_.$/~"'@:+&*?-]{0,127}$/,
            "a pattern of a path: / or *, and at most 127 letters, digits and _-.$/~\"'@:+&*?",
        ),
        "a list of patterns of paths",
        unless((patterns) => isCount(patterns, 1, MOST_VALUES) && isEachOnce(patterns), "1 to 5, each once"),
    ),
    hostHeaders: list(
        input(
            textLike(
                /^(?=.{3,128}$)[A-Za-z0-9*?][A-Za-z0-9.*?_-]*\.[A-Za-z*?]+$/,
                "a host name of 3 to 128 characters, with * and ? where any may stand",
            ),
        ),
        "a list of host names",
        unless((hosts) => isCount(hosts, 1, MOST_VALUES), "1 to 5"),
    ),
    rewrite: object(REWRITE),
    hostRewrite: object(REWRITE),
    requiredHeader: object(HEADER),
    tokenValidation: object(TOKENS),
};

const ATTACHMENT: ArgumentTable<ServiceBalancerAttachment> = {
    listenerArn: required(input(arnOf("elasticloadbalancing", "a listener of an Application Load Balancer"))),
    securityGroupId: required(input(id("sg-", "a security group"))),
    loadBalancerArnSuffix: required(
        input(textLike(/^app\/[^/]+\/[^/]+$/, "the end of an Application Load Balancer's ARN, app/…/…")),
    ),
    rules: required(
        list(
            object(RULE),
            "a list of rules",
            allOf(
                unless((rules) => isCount(rules, 1, 10), "1 to 10 rules"),
                unless((rules) => isEachOnce(prioritiesOf(rules)), "rules with priorities of their own"),
                unless(
                    (rules, args) => !shiftsTraffic(args) || isCount(rules, 1, 1),
                    "one rule, while deployments shift traffic",
                    { remedy: "ECS moves the weights of one rule of each balancer" },
                ),
            ),
        ),
    ),
    healthCheckPath: textWhere(isHealthCheckPath, HEALTH_CHECK_PATH_FORM),
    // Elastic Load Balancing API Reference, Matcher: 200 to 499 for Application Load Balancers.
    healthCheckMatcher: textLike(
        /^[2-4]\d\d(?:[,-][2-4]\d\d)*$/,
        "statuses from 200 to 499, such as 200, 200,202 or 200-299",
    ),
    deregistrationDelaySeconds: wholeNumber({ min: 0, max: 3600 }, "a whole number from 0 to 3600 (seconds)"),
    testListenerArn: leftOutWhile(
        staysInGroup,
        () => ({
            allowed: "nothing while the strategy is ROLLING",
            remedy: "Remove it: only a deployment that shifts traffic has test traffic",
        }),
        input(arnOf("elasticloadbalancing", "a listener of an Application Load Balancer")),
    ),
};

function prioritiesOf(rules: unknown): readonly unknown[] {
    return (rules as readonly Given[]).map(({ priority }) => priority);
}

/** The rule of the balancers that hand requests to a service. */
export function balancerAttachments(): Rule<"map", false, false> {
    return map(
        object(ATTACHMENT),
        "balancers by names",
        unless((attachments) => {
            const names = Object.keys(attachments as object);
            // Amazon ECS Developer Guide, "Amazon ECS service quotas": 5 target groups per service.
            return names.length <= 5 && names.every(isShortName);
        }, "at most 5, by names of 1 to 20 lower-case letters, digits and hyphens"),
    );
}
