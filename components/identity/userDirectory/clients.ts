import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { AuthFlow, type UserDirectoryClient, UserPoolPlan } from "./args";
import { type Maker } from "./place";
import { DEFAULT_SCOPES, TOKEN_DEFAULTS } from "./table";

/** The applications, by name. */
export type Clients = ReadonlyMap<string, aws.cognito.UserPoolClient>;

/** Whether it has a secret. */
const hasSecret = ({ generateSecret, clientCredentials }: UserDirectoryClient): boolean =>
    generateSecret ?? clientCredentials ?? false;

/** Whether users can sign in to it, and so have credentials of the identity pool. */
export const isForUsers = ({ clientCredentials }: UserDirectoryClient): boolean => clientCredentials !== true;

/** Makes the APIs whose scopes there are, `<name>-<server>-scopes`. */
export function makeResourceServers({ parent, name, args, pool }: Maker): pulumi.Resource[] {
    return Object.entries(args.resourceServers ?? {}).map(
        ([key, { identifier, scopes }]) =>
            new aws.cognito.ResourceServer(
                `${name}-${key}-scopes`,
                {
                    region: args.region,
                    userPoolId: pool.id,
                    name: key,
                    identifier,
                    scopes: Object.entries(scopes).map(([scopeName, scopeDescription]) => ({
                        scopeName,
                        scopeDescription,
                    })),
                },
                // A pool has one server of an identifier.
                { parent, deleteBeforeReplace: true },
            ),
    );
}

/**
 * Makes the applications, `<name>-<client>-client`.
 *
 * @param needed Scopes and providers, without which Cognito refuses a client that names them.
 */
export function makeClients(maker: Maker, needed: pulumi.Resource[]): Clients {
    const { parent, name, args, pool } = maker;
    return new Map(
        Object.entries(args.clients).map(([key, client]) => [
            key,
            new aws.cognito.UserPoolClient(
                `${name}-${key}-client`,
                {
                    region: args.region,
                    userPoolId: pool.id,
                    name: key,
                    generateSecret: hasSecret(client),
                    // The same answer whether there is such a user or not.
                    preventUserExistenceErrors: "ENABLED",
                    enableTokenRevocation: true,
                    ...tokens(client),
                    ...(isForUsers(client) ? signIn(maker, client) : asItself(client)),
                },
                { parent, dependsOn: needed },
            ),
        ]),
    );
}

function tokens(client: UserDirectoryClient) {
    const times = { ...TOKEN_DEFAULTS, ...client };
    return {
        accessTokenValidity: times.accessTokenMinutes,
        idTokenValidity: times.idTokenMinutes,
        refreshTokenValidity: times.refreshTokenHours,
        tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
    };
}

function asItself({ scopes = [] }: UserDirectoryClient) {
    return {
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ["client_credentials"],
        allowedOauthScopes: scopes,
        // Where none is named Cognito lets it sign users in, too. It has no tokens to refresh.
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    };
}

function signIn({ args }: Maker, client: UserDirectoryClient) {
    const rotates = client.refreshTokenRotation ?? false;
    const providers = client.identityProviders ?? Object.keys(args.identityProviders ?? {});
    return {
        explicitAuthFlows: [
            ...(client.authFlows ?? [AuthFlow.UserSrp]),
            // A token that is replaced by every refresh is refreshed by GetTokensFromRefreshToken alone.
            ...(rotates ? [] : ["ALLOW_REFRESH_TOKEN_AUTH"]),
        ],
        ...(args.plan === UserPoolPlan.Lite
            ? {}
            : {
                  refreshTokenRotation: rotates
                      ? // For two requests that cross.
                        { feature: "ENABLED", retryGracePeriodSeconds: 10 }
                      : { feature: "DISABLED" },
              }),
        supportedIdentityProviders: [...((client.ownUsers ?? true) ? ["COGNITO"] : []), ...providers],
        ...(client.callbackUrls === undefined
            ? { allowedOauthFlowsUserPoolClient: false }
            : {
                  allowedOauthFlowsUserPoolClient: true,
                  // Never implicit: it puts tokens into the history of the browser. Without a secret PKCE is up to the
                  // application, and Cognito takes its challenge.
                  allowedOauthFlows: ["code"],
                  allowedOauthScopes: client.scopes ?? DEFAULT_SCOPES,
                  callbackUrls: client.callbackUrls,
                  logoutUrls: client.logoutUrls ?? [],
              }),
    };
}

/** Ids of the applications by their names. */
export function idsOf(clients: Clients): pulumi.Output<Record<string, string>> {
    return pulumi.output(Object.fromEntries([...clients].map(([key, { id }]) => [key, id])));
}

/** Secrets of those that have one. */
export function secretsOf({ args }: Maker, clients: Clients): pulumi.Output<Record<string, string>> {
    const secrets = [...clients].filter(([key]) => hasSecret(args.clients[key] ?? {}));
    return pulumi.secret(Object.fromEntries(secrets.map(([key, { clientSecret }]) => [key, clientSecret])));
}
