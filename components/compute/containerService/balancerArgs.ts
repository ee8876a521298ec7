import type * as pulumi from "@pulumi/pulumi";

/** What a balancer rewrites in a request before it hands it on. */
export interface RequestRewrite {
    /** A regular expression that the path and the query, or the host, is searched for: at most 1024 characters. */
    regex: string;
    /** What stands in its place; `$1` is what the first group matched. At most 1024 characters. */
    replace: string;
}

/** How a claim of a token holds several values. */
export enum ClaimFormat {
    /** One text. */
    SingleString = "single-string",
    /** A list of texts: one of them must match. */
    StringArray = "string-array",
    /** Words with spaces between them, such as `scope`: one of them must match. */
    SpaceSeparatedValues = "space-separated-values",
}

/** A claim that a token must have, beside `exp`, `iss`, `nbf` and `iat`, which are always checked. */
export interface TokenClaim {
    /** Name of the claim, such as `client_id`. */
    name: string;
    /** How the claim holds its values. */
    format: ClaimFormat;
    /** Values of which one must match: 1 to 10. */
    values: pulumi.Input<string>[];
}

/** Tokens that the balancer itself checks before it hands a request on: it answers 401 to those without. */
export interface TokenValidation {
    /** The issuer, such as `https://cognito-idp.<region>.amazonaws.com/<user pool>`: at most 256 characters. */
    issuer: pulumi.Input<string>;
    /** The URL of the issuer's keys, such as `<issuer>/.well-known/jwks.json`: at most 256 characters. */
    jwksEndpoint: pulumi.Input<string>;
    /** Claims that must hold beside the token's own times and issuer: at most 10. None when left out. */
    additionalClaims?: TokenClaim[];
}

/** A header that requests must carry to be handed on, such as the secret one that a distribution sends. */
export interface RequiredHeader {
    /** Name of the header, at most 40 letters, digits, hyphens and underscores. */
    name: string;
    /**
     * Values of which one must match, 1 to 4, each 16 to 128 letters, digits, hyphens, underscores, dots and tildes.
     * Pulumi keeps them as secrets.
     */
    values: pulumi.Input<string>[];
}

/**
 * Which requests a balancer hands to the service. Paths, hosts and values of a header must all match, and are 5 at
 * most together.
 */
export interface ServiceListenerRule {
    /**
     * Its place among the listener's rules, 1 to 50000, lowest first; no two of a listener's are the same. The rule is
     * known by it: another number makes another rule.
     */
    priority: number;
    /** Patterns of paths, such as `/orders/*`; `*` is anything and `?` one character. `/*` when left out. */
    pathPatterns?: string[];
    /** Host names, with the same wildcards. All when left out. */
    hostHeaders?: pulumi.Input<string>[];
    /** What the path and the query become, such as `^/v1/(.*)$` and `/$1`. They stay when left out. */
    rewrite?: RequestRewrite;
    /** What the host becomes. It stays when left out. */
    hostRewrite?: RequestRewrite;
    /** A header to demand. None when left out. */
    requiredHeader?: RequiredHeader;
    /** Tokens to demand. None when left out. The listener must be HTTPS. */
    tokenValidation?: TokenValidation;
}

/** A balancer that hands requests to the service: a ServiceBalancer's outputs, and what is this service's alone. */
export interface ServiceBalancerAttachment {
    /** ARN of the balancer's HTTPS listener. */
    listenerArn: pulumi.Input<string>;
    /** Id of the balancer's security group, which is let out to the tasks and into theirs. */
    securityGroupId: pulumi.Input<string>;
    /** The end of the balancer's ARN, as CloudWatch's dimensions want it. */
    loadBalancerArnSuffix: pulumi.Input<string>;
    /** Which requests: 1 to 10 rules, and exactly one where the deployment shifts traffic. */
    rules: ServiceListenerRule[];
    /** The path that answers with 200 while a task can serve. `/healthz` when left out. */
    healthCheckPath?: string;
    /** Statuses that count as healthy, such as `200-299`. `200` when left out. */
    healthCheckMatcher?: string;
    /** Seconds that a task which leaves may finish its requests in, 0 to 3600. 30 when left out. */
    deregistrationDelaySeconds?: number;
    /**
     * ARN of the listener for test traffic, by which a deployment that shifts traffic is tried before anybody else
     * sees it. None when left out.
     */
    testListenerArn?: pulumi.Input<string>;
}
