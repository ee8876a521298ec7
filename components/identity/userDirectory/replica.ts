import * as pulumi from "@pulumi/pulumi";

import { makeNativeProvider } from "../../security/awsNative";
import { type UserDirectoryReplication } from "./args";
import { nativeEmail, type NativeCognito } from "./awsNative";
import { type Maker, type PoolPlace } from "./place";
import { emailConfiguration, lambdaConfig } from "./pool";

/**
 * Makes the pool's replica, `<name>-replica`, and what is set for it alone, `<name>-<region>`, by a provider of its
 * region, `<name>-<region>-native`.
 */
export function makeReplica(
    { parent, name, args, pool, tags }: Maker,
    replication: UserDirectoryReplication,
    native: NativeCognito,
    provider: pulumi.ProviderResource,
): PoolPlace {
    const { region, active, email, triggers } = replication;
    const { cognito } = native;
    const prefix = `${name}-${region}`;
    const replica = new cognito.UserPoolReplica(
        `${name}-replica`,
        { regionName: region, userPoolId: pool.id, userPoolTagsAtCreate: tags },
        {
            parent,
            provider,
            // A replica is replaced for another tag, and its own are set below; a pool has one replica.
            ignoreChanges: ["userPoolTagsAtCreate"],
            deleteBeforeReplace: true,
            protect: args.deletionProtection ?? true,
        },
    );
    new cognito.UserPoolRegionalConfigurationAttachment(
        prefix,
        {
            userPoolId: pool.id,
            status: (active ?? false) ? "ACTIVE" : "INACTIVE",
            emailConfiguration: nativeEmail(emailConfiguration(email)),
            ...(triggers === undefined
                ? {}
                : { lambdaConfig: lambdaConfig({ triggers, ...(args.plan && { plan: args.plan }) }) }),
            userPoolTags: tags,
        },
        {
            parent,
            provider: makeNativeProvider(
                parent,
                `${prefix}-native`,
                { region, accountId: args.accountId },
                native.provider,
            ),
            // There is nothing to set before the replica is there.
            dependsOn: [replica],
            deleteBeforeReplace: true,
        },
    );
    return {
        prefix,
        region,
        // The pool's id is the same in both regions. Known only once the replica is: nothing of it is there before.
        arn: pulumi
            .all([pool.id, args.accountId, replica.id])
            .apply(([id, account]) => `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`),
    };
}
