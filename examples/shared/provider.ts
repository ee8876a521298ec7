import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type CommonSettings, type StackPlace } from "./settings";

/** The tags that cost reports and policies go by, for what the provider's default tags do not reach: Auto Scaling groups. */
export function stackTags({
    costCenter,
    environment,
    owner,
}: CommonSettings & StackPlace): Record<string, string> {
    return {
        project: pulumi.getProject(),
        environment,
        owner,
        stack: pulumi.getStack(),
        "cost-center": costCenter,
    };
}

/**
 * The one AWS provider of a stack, held to its account and region. Every resource has the tags that cost reports and
 * policies go by.
 */
export function stackProvider(settings: CommonSettings & StackPlace): aws.Provider {
    const { accountId, deployRoleArn, region } = settings;
    return new aws.Provider("aws", {
        region: region as aws.Region,
        allowedAccountIds: [accountId],
        defaultTags: { tags: stackTags(settings) },
        ...(deployRoleArn === undefined
            ? {}
            : { assumeRoles: [{ roleArn: deployRoleArn, sessionName: `pulumi-${pulumi.getStack()}` }] }),
    });
}
