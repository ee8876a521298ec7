/** One change that AWS WAF makes to a part of the request before it looks at it. */
export interface TextTransformation {
    priority: number;
    type: "NONE" | "LOWERCASE" | "NORMALIZE_PATH" | "URL_DECODE";
}

/** The part of a request that a statement looks at. */
export interface FieldToMatch {
    method?: Record<string, never>;
    singleHeader?: { name: string };
    uriPath?: Record<string, never>;
}

/** What a rule looks for: the few of AWS WAF's statements that the edge's web ACL is made of. */
export interface Statement {
    geoMatchStatement?: { countryCodes: string[] };
    managedRuleGroupStatement?: {
        vendorName: string;
        name: string;
        ruleActionOverrides?: { name: string; actionToUse: { count: Record<string, never> } }[];
    };
    notStatement?: { statement: Statement };
    rateBasedStatement?: {
        aggregateKeyType: string;
        evaluationWindowSec: number;
        limit: number;
        scopeDownStatement?: Statement;
    };
    regexMatchStatement?: {
        fieldToMatch: FieldToMatch;
        regexString: string;
        textTransformations: TextTransformation[];
    };
}

/** A rule of the web ACL. Rules of our own have an action, managed groups an override of theirs. */
export interface EdgeRule {
    name: string;
    priority: number;
    action?: { block: { customResponse?: { responseCode: number } } };
    overrideAction?: { count?: Record<string, never>; none?: Record<string, never> };
    statement: Statement;
    visibilityConfig: {
        cloudwatchMetricsEnabled: boolean;
        metricName: string;
        sampledRequestsEnabled: boolean;
    };
}

/** What the rules depend on. */
export interface WebAclSettings {
    domainNames: readonly string[];
    acceptsWrites: boolean;
    blockedCountries: readonly string[];
    rateLimit: number;
    sensitivePaths: readonly string[];
    sensitiveRateLimit: number;
    /** Whether viewers may be programs that say nothing of themselves. */
    withoutUserAgent?: boolean;
}

/** The capacity that an ACL's basic price covers. Source: AWS WAF pricing. */
export const INCLUDED_CAPACITY = 1500;

/** The longest regular expression. Source: AWS WAF API Reference, RegexMatchStatement. */
export const MAX_REGEX_LENGTH = 512;

// Source: AWS WAF Developer Guide, "AWS Managed Rules rule groups list".
const MANAGED_GROUP_CAPACITY: Readonly<Record<string, number>> = {
    AWSManagedRulesAmazonIpReputationList: 25,
    AWSManagedRulesAnonymousIpList: 50,
    AWSManagedRulesCommonRuleSet: 700,
    AWSManagedRulesKnownBadInputsRuleSet: 200,
    AWSManagedRulesSQLiRuleSet: 200,
};

/**
 * The rules of the edge's web ACL, in the order of their priorities: first what costs little to look at and ends
 * most attacks, last the large managed groups.
 */
export function webAclRules(settings: WebAclSettings): EdgeRule[] {
    const { blockedCountries, sensitivePaths } = settings;
    const tooMany = { block: { customResponse: { responseCode: 429 } } };
    const block = { block: {} };
    const rules: Omit<EdgeRule, "priority" | "visibilityConfig">[] = [
        ...(blockedCountries.length === 0
            ? []
            : [
                  {
                      name: "blocked-countries",
                      action: block,
                      statement: { geoMatchStatement: { countryCodes: [...blockedCountries] } },
                  },
              ]),
        // The distribution also answers to its own name under cloudfront.net, which scanners go through.
        { name: "unknown-host", action: block, statement: not(hostMatch(settings.domainNames)) },
        { name: "unexpected-method", action: block, statement: not(methodMatch(settings.acceptsWrites)) },
        { name: "hidden-files", action: block, statement: HIDDEN_FILES },
        managed("ip-reputation", "AWSManagedRulesAmazonIpReputationList"),
        ...(sensitivePaths.length === 0
            ? []
            : [
                  {
                      name: "sensitive-rate-limit",
                      action: tooMany,
                      statement: rateLimit(settings.sensitiveRateLimit, pathMatch(sensitivePaths)),
                  },
              ]),
        { name: "rate-limit", action: tooMany, statement: rateLimit(settings.rateLimit) },
        managed("known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet"),
        managed(
            "common",
            "AWSManagedRulesCommonRuleSet",
            settings.withoutUserAgent === true ? ["NoUserAgent_HEADER"] : [],
        ),
        managed("sql-injection", "AWSManagedRulesSQLiRuleSet"),
        // Counted, not blocked: honest customers use VPNs and company proxies too.
        { ...managed("anonymous-ips", "AWSManagedRulesAnonymousIpList"), overrideAction: { count: {} } },
    ];
    return rules.map((rule, index) => ({
        ...rule,
        // Steps of ten leave room for a rule that a transform adds.
        priority: (index + 1) * 10,
        visibilityConfig: {
            cloudwatchMetricsEnabled: true,
            metricName: rule.name,
            sampledRequestsEnabled: true,
        },
    }));
}

/** The expression that the host rule uses; its length is limited. */
export function hostExpression(domainNames: readonly string[]): string {
    return `^(${domainNames.map(literal).join("|")})(:[0-9]+)?$`;
}

/** The expression that the sensitive paths' limit uses; its length is limited. */
export function pathExpression(paths: readonly string[]): string {
    return `^(${paths.map((path) => literal(path.replace(/\/+$/, ""))).join("|")})(/|$)`;
}

/**
 * The web ACL capacity units that rules take together. An upper bound: AWS counts a transformation that several
 * rules share only once, and none at all for NONE.
 * Source: AWS WAF Developer Guide, "Using match rule statements" and "Rate-based rule statement".
 */
export function webAclCapacity(rules: readonly EdgeRule[]): number {
    return rules.reduce((sum, rule) => sum + statementCapacity(rule.statement), 0);
}

function statementCapacity(statement: Statement): number {
    const { managedRuleGroupStatement, notStatement, rateBasedStatement, regexMatchStatement } = statement;
    let capacity = 0;
    if (statement.geoMatchStatement !== undefined) {
        capacity += 1;
    }
    if (managedRuleGroupStatement !== undefined) {
        const group = MANAGED_GROUP_CAPACITY[managedRuleGroupStatement.name];
        if (group === undefined) {
            throw new Error(
                `The capacity of the managed group ${managedRuleGroupStatement.name} is not known`,
            );
        }
        capacity += group;
    }
    if (notStatement !== undefined) {
        capacity += statementCapacity(notStatement.statement);
    }
    if (rateBasedStatement !== undefined) {
        const { scopeDownStatement } = rateBasedStatement;
        capacity += 2 + (scopeDownStatement === undefined ? 0 : statementCapacity(scopeDownStatement));
    }
    if (regexMatchStatement !== undefined) {
        capacity += 3 + 10 * regexMatchStatement.textTransformations.length;
    }
    return capacity;
}

// What a deployment may leave behind and scanners ask for first. A list, because AWS WAF's expressions know no
// lookahead that would let /.well-known (RFC 8615) through.
const HIDDEN_FILES: Statement = {
    regexMatchStatement: {
        fieldToMatch: { uriPath: {} },
        regexString: "/\\.(aws|bzr|ds_store|env|git|hg|ht|npmrc|ssh|svn)",
        textTransformations: transformations("URL_DECODE", "LOWERCASE"),
    },
};

function hostMatch(domainNames: readonly string[]): Statement {
    return {
        regexMatchStatement: {
            fieldToMatch: { singleHeader: { name: "host" } },
            regexString: hostExpression(domainNames),
            textTransformations: transformations("LOWERCASE"),
        },
    };
}

function methodMatch(acceptsWrites: boolean): Statement {
    const methods = ["GET", "HEAD", "OPTIONS", ...(acceptsWrites ? ["POST", "PUT", "PATCH", "DELETE"] : [])];
    return {
        regexMatchStatement: {
            fieldToMatch: { method: {} },
            regexString: `^(${methods.join("|")})$`,
            textTransformations: transformations("NONE"),
        },
    };
}

function pathMatch(paths: readonly string[]): Statement {
    return {
        regexMatchStatement: {
            fieldToMatch: { uriPath: {} },
            regexString: pathExpression(paths),
            // Otherwise /%6Cogin and //login would get round the limit.
            textTransformations: transformations("URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"),
        },
    };
}

function rateLimit(limit: number, scopeDownStatement?: Statement): Statement {
    return {
        rateBasedStatement: {
            aggregateKeyType: "IP",
            evaluationWindowSec: 300,
            limit,
            ...(scopeDownStatement === undefined ? {} : { scopeDownStatement }),
        },
    };
}

/** A group of AWS's, of whose rules some only count. */
function managed(
    name: string,
    group: string,
    counted: readonly string[] = [],
): Omit<EdgeRule, "priority" | "visibilityConfig"> {
    const ruleActionOverrides = counted.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
    return {
        name,
        overrideAction: { none: {} },
        statement: {
            managedRuleGroupStatement: {
                vendorName: "AWS",
                name: group,
                ...(counted.length === 0 ? {} : { ruleActionOverrides }),
            },
        },
    };
}

function not(statement: Statement): Statement {
    return { notStatement: { statement } };
}

function transformations(...types: TextTransformation["type"][]): TextTransformation[] {
    return types.map((type, priority) => ({ priority, type }));
}

function literal(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
