import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument } from "../../security/policyDocument";
import { asSetting } from "../../shared/replacement";
import { type TagsInput } from "../../shared/tags";

/** What a domain's logs need. */
export interface SearchLogArgs {
    region: string;
    accountId: pulumi.Input<string>;
    domainName: string;
    domainArn: pulumi.Input<string>;
    kmsKeyArn: pulumi.Input<string>;
    logRetentionDays: number;
    createPolicy: boolean;
    tags: TagsInput;
}

/** A domain's log groups, and what must be there before the domain writes them. */
export interface SearchLogs {
    options: aws.types.input.opensearch.DomainLogPublishingOption[];
    before: pulumi.Resource[];
}

/** The logs, by the last part of their group's name. */
const LOGS = {
    application: "ES_APPLICATION_LOGS",
    audit: "AUDIT_LOGS",
    "index-slow": "INDEX_SLOW_LOGS",
    "search-slow": "SEARCH_SLOW_LOGS",
} as const;

/** Makes the log groups of a domain, and the policy that lets OpenSearch write them. */
export function createLogs(name: string, args: SearchLogArgs, parent: pulumi.Resource): SearchLogs {
    const { region, accountId, domainName, tags } = args;
    const groups = Object.entries(LOGS).map(([log, logType]) => ({
        logType,
        group: new aws.cloudwatch.LogGroup(
            `${name}-${log}-logs`,
            {
                region,
                name: `/aws/opensearch/${domainName}/${log}`,
                retentionInDays: args.logRetentionDays,
                kmsKeyId: args.kmsKeyArn,
                tags,
            },
            { parent },
        ),
    }));
    const options = groups.map(({ logType, group }) => ({
        logType,
        cloudwatchLogGroupArn: group.arn,
        enabled: true,
    }));
    if (!args.createPolicy) {
        return { options, before: [] };
    }
    const policy = new aws.cloudwatch.LogResourcePolicy(
        `${name}-log-policy`,
        {
            region,
            // An account and region have ten such policies, told apart by their names; domain names are unique there too.
            policyName: `opensearch-${domainName}`,
            policyDocument: policyDocument([
                {
                    Sid: "OpenSearchWritesLogs",
                    Effect: "Allow",
                    Principal: { Service: "es.amazonaws.com" },
                    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
                    Resource: groups.map(({ group }) => pulumi.interpolate`${group.arn}:*`),
                    Condition: {
                        StringEquals: { "aws:SourceAccount": accountId },
                        ArnLike: { "aws:SourceArn": args.domainArn },
                    },
                },
            ]),
        },
        asSetting({ parent }),
    );
    // OpenSearch tries to write when it is told of a group, and refuses when it may not.
    return { options, before: [policy] };
}
