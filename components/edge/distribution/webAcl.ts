import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey, KeyUser } from "../../security/encryptionKey";
import { asSetting } from "../../shared/replacement";
import { isKnown, mapInput } from "../../shared/validation";
import { webAclRules, type WebAclSettings } from "./webAclRules";
import { type TagsInput } from "../../shared/tags";

/** Where everything that belongs to CloudFront lives, whatever the region of the rest. */
export const EDGE_REGION = "us-east-1";

/** What the edge's web ACL needs beside its rules. */
export interface EdgeWebAclArgs extends Omit<WebAclSettings, "domainNames"> {
    domainNames: readonly pulumi.Input<string>[];
    accountId: pulumi.Input<string>;
    deletionProtection: boolean;
    logRetentionDays: number;
    tags: TagsInput;
}

/** The edge's web ACL and its logs. */
export interface EdgeWebAcl {
    acl: aws.wafv2.WebAcl;
    logGroup: aws.cloudwatch.LogGroup;
    /** The value of the dimension `WebACL` of the ACL's metrics. */
    metricName: pulumi.Input<string>;
}

/**
 * The name under which the ACL's metrics and logs appear. Several stacks of an account have their edge's web ACL in
 * us-east-1, under the same logical name; the domain name is what only one of them has.
 */
export function webAclMetricName(domainNames: readonly string[]): string {
    return (domainNames[0] ?? "").replaceAll(".", "-");
}

/** Makes the web ACL with its logs, all in us-east-1. */
export function makeWebAcl(parent: pulumi.Resource, name: string, args: EdgeWebAclArgs): EdgeWebAcl {
    const { domainNames } = args;
    const known = domainNames.filter(isKnown);
    const allKnown = known.length === domainNames.length;
    const names = allKnown ? known : pulumi.all([...domainNames]);
    const metricName = mapInput(names, webAclMetricName);
    const rules = mapInput(names, (hosts) => webAclRules({ ...args, domainNames: hosts }));
    const acl = new aws.wafv2.WebAcl(
        `${name}-web-acl`,
        {
            region: EDGE_REGION,
            scope: "CLOUDFRONT",
            description: `Web ACL of ${name}`,
            defaultAction: { allow: {} },
            rules,
            visibilityConfig: { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true },
            tags: args.tags,
        },
        { parent },
    );

    const key = new EncryptionKey(
        `${name}-web-acl-logs`,
        {
            region: EDGE_REGION,
            accountId: args.accountId,
            description: `Logs of the web ACL of ${name}`,
            services: [KeyUser.CloudWatchLogs],
            deletionProtection: args.deletionProtection,
            tags: args.tags,
        },
        { parent },
    );
    const logGroup = new aws.cloudwatch.LogGroup(
        `${name}-web-acl-logs`,
        {
            region: EDGE_REGION,
            // AWS WAF writes only to groups whose name begins so, and auto-naming begins with the logical name.
            name: mapInput(metricName, (suffix) => `aws-waf-logs-edge-${suffix}`),
            kmsKeyId: key.keyArn,
            retentionInDays: args.logRetentionDays,
            tags: args.tags,
        },
        { parent },
    );
    new aws.wafv2.WebAclLoggingConfiguration(
        `${name}-web-acl-logging`,
        {
            region: EDGE_REGION,
            resourceArn: acl.arn,
            logDestinationConfigs: [logGroup.arn],
            // Credentials and sessions have no place in a log.
            redactedFields: [
                { singleHeader: { name: "authorization" } },
                { singleHeader: { name: "cookie" } },
            ],
            // These logs leave the viewer's region: what was let through is in the access logs of the home region.
            loggingFilter: {
                defaultBehavior: "DROP",
                filters: [
                    {
                        behavior: "KEEP",
                        requirement: "MEETS_ANY",
                        conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
                    },
                ],
            },
        },
        asSetting({ parent }),
    );
    return { acl, logGroup, metricName };
}
