import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ALL_METHODS, MANAGED_POLICIES, READS, TELLTALE_HEADERS } from "../distribution/policies";
import { inlineStyleSource, MAINTENANCE_PATH, MAINTENANCE_PATTERN, maintenanceHtml } from "./maintenancePage";

/** Ids of the origins and of the group within a distribution. */
export const ORIGINS = {
    dynamic: "dynamic",
    staticPrimary: "static-primary",
    staticReplica: "static-replica",
    staticGroup: "static",
} as const;

/** The id of another application within a distribution. */
export function pathOriginId(name: string): string {
    return `path-${name}`;
}

/** What the cache behaviours depend on. */
export interface BehaviourArgs {
    /** Whether there is a dynamic origin. */
    dynamic: boolean;
    /** The origin of static paths, or the group of origins. */
    staticOriginId: string;
    staticPaths: readonly string[];
    /** The patterns of other applications, by their names. */
    pathOrigins: Readonly<Record<string, { readonly paths: readonly string[] }>>;
    responseHeadersPolicyId: pulumi.Input<string>;
    /** The function that finds directories' index pages, where it is wanted. */
    directoryIndexFunctionArn?: pulumi.Input<string>;
}

type DefaultBehaviour = aws.types.input.cloudfront.DistributionDefaultCacheBehavior;
type OrderedBehaviour = aws.types.input.cloudfront.DistributionOrderedCacheBehavior;

/** The distribution's cache behaviours: which origin answers which path, and what may be kept. */
export function cacheBehaviours(args: BehaviourArgs): {
    defaultCacheBehavior: DefaultBehaviour;
    orderedCacheBehaviors: OrderedBehaviour[];
} {
    const common = {
        viewerProtocolPolicy: "redirect-to-https",
        compress: true,
        responseHeadersPolicyId: args.responseHeadersPolicyId,
    };
    const staticContent: DefaultBehaviour = {
        ...common,
        targetOriginId: args.staticOriginId,
        // CloudFront takes an origin group for these alone: it would not send a write twice.
        allowedMethods: READS,
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: MANAGED_POLICIES.cachingOptimized,
        // No origin request policy: S3 must not see the viewer's Host, and needs nothing else of the viewer's.
        ...(args.directoryIndexFunctionArn === undefined
            ? {}
            : {
                  functionAssociations: [
                      { eventType: "viewer-request", functionArn: args.directoryIndexFunctionArn },
                  ],
              }),
    };
    if (!args.dynamic) {
        return { defaultCacheBehavior: staticContent, orderedCacheBehaviors: [] };
    }
    return {
        defaultCacheBehavior: {
            ...common,
            targetOriginId: ORIGINS.dynamic,
            allowedMethods: ALL_METHODS,
            cachedMethods: ["GET", "HEAD"],
            // Pages hold carts, names and addresses: none of them may be kept at the edge.
            cachePolicyId: MANAGED_POLICIES.cachingDisabled,
            originRequestPolicyId: MANAGED_POLICIES.allViewer,
        },
        orderedCacheBehaviors: [
            { ...staticContent, pathPattern: MAINTENANCE_PATTERN },
            ...Object.entries(args.pathOrigins).flatMap(([name, { paths }]) =>
                paths.map((pathPattern) => ({
                    ...common,
                    pathPattern,
                    // A redirect would come after the token has crossed the network in the clear.
                    viewerProtocolPolicy: "https-only",
                    targetOriginId: pathOriginId(name),
                    allowedMethods: ALL_METHODS,
                    cachedMethods: ["GET", "HEAD"],
                    // Whose answer it is stands in the request's Authorization.
                    cachePolicyId: MANAGED_POLICIES.cachingDisabled,
                    originRequestPolicyId: MANAGED_POLICIES.allViewerExceptHostHeader,
                })),
            ),
            ...args.staticPaths.map((pathPattern) => ({ ...staticContent, pathPattern })),
        ],
    };
}

/** What viewers see when the origins fail: the maintenance page, from S3, and the truth about the status. */
export function errorResponses(): aws.types.input.cloudfront.DistributionCustomErrorResponse[] {
    // Not 500: that is the application's own answer, and often one that its client reads.
    return [502, 503, 504].map((errorCode) => ({
        errorCode,
        responseCode: 503,
        responsePagePath: MAINTENANCE_PATH,
        // Seconds: long enough to spare an origin that is coming back, short enough to notice when it has.
        errorCachingMinTtl: 5,
    }));
}

/** The Content-Security-Policy where none is given: everything from the site's own host. */
export function defaultContentSecurityPolicy(): string {
    return [
        "default-src 'self'",
        `style-src 'self' ${inlineStyleSource(maintenanceHtml())}`,
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "upgrade-insecure-requests",
    ].join("; ");
}

/** Makes the policy that adds security headers to every response. */
export function makeResponseHeadersPolicy(
    parent: pulumi.Resource,
    name: string,
    contentSecurityPolicy: pulumi.Input<string>,
): aws.cloudfront.ResponseHeadersPolicy {
    return new aws.cloudfront.ResponseHeadersPolicy(
        `${name}-response-headers`,
        {
            comment: `Security headers of ${name}`,
            securityHeadersConfig: {
                strictTransportSecurity: {
                    // Two years: what the browsers' preload lists ask for, with the two flags.
                    accessControlMaxAgeSec: 63_072_000,
                    includeSubdomains: true,
                    preload: true,
                    override: true,
                },
                contentTypeOptions: { override: true },
                frameOptions: { frameOption: "DENY", override: true },
                referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
                // An application may know its own pages better: nonces, or a payment provider's frame.
                contentSecurityPolicy: { contentSecurityPolicy, override: false },
            },
            customHeadersConfig: {
                items: [
                    {
                        header: "Permissions-Policy",
                        value: "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(self), usb=()",
                        override: false,
                    },
                ],
            },
            removeHeadersConfig: {
                items: TELLTALE_HEADERS.map((header) => ({ header })),
            },
        },
        { parent },
    );
}

/** Source of the function that finds directories' index pages. */
export function directoryIndexCode(): string {
    return readFileSync(join(__dirname, "directory-index.js"), "utf8");
}

/** Makes the function that finds directories' index pages. */
export function makeDirectoryIndexFunction(parent: pulumi.Resource, name: string): aws.cloudfront.Function {
    return new aws.cloudfront.Function(
        `${name}-directory-index`,
        {
            comment: `Index pages of the static site of ${name}`,
            runtime: "cloudfront-js-2.0",
            publish: true,
            code: directoryIndexCode(),
        },
        { parent },
    );
}
