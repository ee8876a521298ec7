/**
 * Policies that AWS offers to every account. They spare the account's quota of 20 of each kind.
 * Source: Amazon CloudFront Developer Guide, "Use managed cache policies" and "Use managed origin request policies".
 */
export const MANAGED_POLICIES = {
    /** Caches for a day unless the origin says otherwise; Brotli and gzip; no header, cookie or query in the key. */
    cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    /** Caches nothing. */
    cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    /** Sends all that the viewer sent, the Host header included. */
    allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    /** Sends all that the viewer sent but the Host header, in whose place the origin's own name comes. */
    allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    /** Sends the viewer's Host header, and what is in the cache key. */
    hostHeaderOnly: "bf0718e1-ba1e-49d1-88b1-f726733018ae",
    /** Tells browsers to come back over HTTPS, and what else AWS thinks safe for every site, where the origin does not. */
    securityHeaders: "67f7725c-6f97-4210-82d7-5512b31e9d03",
} as const;

/** What reads and changes nothing: all that an origin group takes. */
export const READS = ["GET", "HEAD", "OPTIONS"];
/** Everything that CloudFront lets through. */
export const ALL_METHODS = [...READS, "PUT", "PATCH", "POST", "DELETE"];

/** What no viewer should learn: S3 tells the key's ARN, and so the account, to whoever asks; frameworks tell their version. */
export const TELLTALE_HEADERS: readonly string[] = [
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-bucket-key-enabled",
    "x-amz-replication-status",
    "x-amz-version-id",
    "x-powered-by",
];
