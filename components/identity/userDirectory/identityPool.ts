import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { asSetting } from "../../shared/replacement";
import { AmbiguousRoleResolution, type UserDirectoryIdentityPool } from "./args";
import { type Clients, isForUsers } from "./clients";
import { makeIdentityRole } from "./groups";
import { type Maker } from "./place";

/** Makes the identity pool, `<name>-identities`, whose users are those of the applications. */
export function makeIdentityPool(
    { parent, name, args, pool, tags }: Maker,
    clients: Clients,
    identityPool: UserDirectoryIdentityPool,
): aws.cognito.IdentityPool {
    const providerName = providerOf(args.region, pool.id);
    return new aws.cognito.IdentityPool(
        `${name}-identities`,
        {
            region: args.region,
            identityPoolName: name,
            allowUnauthenticatedIdentities: identityPool.guestPermissions !== undefined,
            // The classic flow lets whoever has a token choose among the roles that trust the pool.
            allowClassicFlow: false,
            cognitoIdentityProviders: userClients({ args }, clients).map(([, client]) => ({
                providerName,
                clientId: client.id,
                // Who was signed out or disabled gets no new credentials.
                serverSideTokenCheck: true,
            })),
            tags,
        },
        { parent, protect: args.deletionProtection ?? true },
    );
}

/** Makes the roles of users and guests, and has the pool choose by a user's groups. */
export function attachRoles(
    maker: Maker,
    clients: Clients,
    identityPool: UserDirectoryIdentityPool,
    made: aws.cognito.IdentityPool,
): aws.iam.Role {
    const { parent, name, args, pool } = maker;
    const users = makeIdentityRole(
        maker,
        `${name}-users`,
        "What every user who has signed in may do",
        made.id,
        "authenticated",
        identityPool.permissions ?? [],
    );
    const guests: Record<string, pulumi.Output<string>> = identityPool.guestPermissions === undefined
        ? {}
        : {
              unauthenticated: makeIdentityRole(
                  maker,
                  `${name}-guests`,
                  "What somebody may do who has not signed in",
                  made.id,
                  "unauthenticated",
                  identityPool.guestPermissions,
              ).arn,
          };
    const hasGroups = Object.keys(args.groups ?? {}).length > 0;
    new aws.cognito.IdentityPoolRoleAttachment(
        `${name}-identity-roles`,
        {
            region: args.region,
            identityPoolId: made.id,
            roles: { authenticated: users.arn, ...guests },
            ...(hasGroups
                ? {
                      roleMappings: userClients({ args }, clients).map(([, client]) => ({
                          identityProvider: pulumi.interpolate`${providerOf(args.region, pool.id)}:${client.id}`,
                          type: "Token",
                          ambiguousRoleResolution:
                              identityPool.ambiguousRoleResolution ??
                              AmbiguousRoleResolution.AuthenticatedRole,
                      })),
                  }
                : {}),
        },
        asSetting({ parent }),
    );
    return users;
}

/** What an identity pool, and a sign-in to it, call a user pool. */
export function providerOf(region: string, poolId: pulumi.Output<string>): pulumi.Output<string> {
    return pulumi.interpolate`cognito-idp.${region}.amazonaws.com/${poolId}`;
}

function userClients({ args }: Pick<Maker, "args">, clients: Clients) {
    return [...clients].filter(([key]) => isForUsers(args.clients[key] ?? {}));
}
