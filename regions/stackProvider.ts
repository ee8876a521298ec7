import * as aws from "@pulumi/aws";
import { type CommonConfig } from "./configTypes";

/**
 * The one AWS provider of a stack. There is no default provider (`pulumi:disable-default-providers`), so that
 * account and region are always deliberate.
 */
export function stackProvider(config: CommonConfig): aws.Provider {
    const region = config.region as aws.Region;
    return new aws.Provider("aws", {
        region,
        // A login to another account fails before it changes anything there.
        allowedAccountIds: [config.accountId],
        defaultTags: { tags: { ...config.tags } },
        ...(config.deployRoleArn === undefined
            ? {}
            : { assumeRoles: [{ roleArn: config.deployRoleArn, sessionName: `pulumi-${config.stack}` }] }),
    });
}
