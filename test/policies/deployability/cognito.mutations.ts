/** What Cognito refuses, or what does not work with it. */
import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const POOL = "aws:cognito/userPool:UserPool";
const NATIVE = "aws-native:cognito:UserPool";
const REPLICA = "aws-native:cognito:UserPoolReplica";
const DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const STYLE = "aws:cognito/managedLoginBranding:ManagedLoginBranding";
const AUTHORIZER = "aws:apigateway/authorizer:Authorizer";
const REST_API = "aws:apigateway/restApi:RestApi";

const fixture: readonly FixtureResource[] = [
    { type: POOL, name: "users", inputs: { name: "users", userPoolTier: "ESSENTIALS" } },
    {
        type: DOMAIN,
        name: "users",
        inputs: { userPoolId: refTo(POOL, "users"), domain: "shop-users", managedLoginVersion: 2 },
    },
    {
        type: CLIENT,
        name: "app",
        inputs: {
            userPoolId: refTo(POOL, "users"),
            name: "app",
            allowedOauthFlowsUserPoolClient: true,
            allowedOauthFlows: ["code"],
            allowedOauthScopes: ["openid"],
            callbackUrls: ["https://app.example.com/in"],
            accessTokenValidity: 60,
            idTokenValidity: 60,
            refreshTokenValidity: 30,
            tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
            explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        },
    },
    {
        type: STYLE,
        name: "app",
        inputs: {
            userPoolId: refTo(POOL, "users"),
            clientId: refTo(CLIENT, "app"),
            useCognitoProvidedValues: true,
        },
    },
    {
        type: NATIVE,
        name: "replicated",
        inputs: {
            userPoolName: "replicated",
            userPoolTier: "ESSENTIALS",
            mfaConfiguration: "ON",
            enabledMfas: ["SOFTWARE_TOKEN_MFA"],
            keyConfiguration: {
                keyType: "CUSTOMER_MANAGED_KEY",
                kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd",
            },
            issuerConfiguration: { type: "ORIGINAL" },
        },
    },
    {
        type: REPLICA,
        name: "abroad",
        inputs: { userPoolId: refTo(NATIVE, "replicated"), regionName: "eu-central-1" },
    },
    { type: REST_API, name: "todos", inputs: { name: "todos" } },
    {
        type: AUTHORIZER,
        name: "users",
        inputs: {
            restApi: refTo(REST_API, "todos"),
            name: "users",
            type: "COGNITO_USER_POOLS",
            providerArns: [refTo(NATIVE, "replicated")],
        },
    },
];

type Change = Mutant["change"];

const set =
    (type: string, name: string, path: string, value: unknown): Change =>
    (stack) => {
        stack.set(stack.find(type, name), path, value);
    };
const app = (path: string, value: unknown): Change => set(CLIENT, "app", path, value);

function refused(
    rule: string,
    title: string,
    change: Change,
    message: string,
    rest: Partial<Mutant> = {},
): Mutant {
    return { rule, title, fixture, change, message, ...rest };
}

const TOKENS = "cognito-client-tokens";
const OAUTH = "cognito-client-oauth";

export const mutants: readonly Mutant[] = [
    refused(
        TOKENS,
        "access tokens of 4 minutes",
        app("accessTokenValidity", 4),
        "of 240 seconds, and Cognito takes 300 to 86400",
    ),
    refused(TOKENS, "ID tokens of 2 days", app("idTokenValidity", 2880), "idTokenValidity of 172800 seconds"),
    refused(
        TOKENS,
        "another unit",
        app("tokenValidityUnits.accessToken", "hours"),
        "accessTokenValidity of 216000 seconds",
    ),
    refused(
        TOKENS,
        "refresh tokens of 11 years",
        app("refreshTokenValidity", 4015),
        "refreshTokenValidity of",
    ),
    refused(
        TOKENS,
        "refresh tokens that end first",
        (stack) => {
            const client = stack.find(CLIENT, "app");
            stack.set(client, "refreshTokenValidity", 1);
            stack.set(client, "tokenValidityUnits.refreshToken", "hours");
            stack.set(client, "accessTokenValidity", 61);
        },
        "has refresh tokens that end before other tokens do",
    ),
    refused(
        TOKENS,
        "rotation beside the old way",
        app("refreshTokenRotation", { feature: "ENABLED" }),
        "beside the flow ALLOW_REFRESH_TOKEN_AUTH",
    ),
    refused(
        OAUTH,
        "OAuth that is off",
        app("allowedOauthFlowsUserPoolClient", false),
        "while allowedOauthFlowsUserPoolClient is not true",
    ),
    refused(OAUTH, "no scopes", app("allowedOauthScopes", []), "no allowedOauthScopes"),
    refused(OAUTH, "nowhere to go back to", app("callbackUrls", []), "has the flow code and no callbackUrls"),
    refused(
        OAUTH,
        "a client that is itself and signs users in",
        (stack) => {
            const client = stack.find(CLIENT, "app");
            stack.set(client, "allowedOauthFlows", ["code", "client_credentials"]);
            stack.set(client, "generateSecret", true);
        },
        "has client_credentials beside code",
    ),
    refused(
        OAUTH,
        "a client that is itself without a secret",
        app("allowedOauthFlows", ["client_credentials"]),
        "without a secret",
    ),
    refused(
        "cognito-managed-login-style",
        "no style",
        (stack) => {
            stack.remove(stack.find(STYLE, "app"));
        },
        "has no style on the pages of managed login",
        { decidedBy: "structure" },
    ),
    refused(
        "cognito-tier",
        "managed login in the least",
        set(POOL, "users", "userPoolTier", "LITE"),
        "has managed login by users with the tier LITE",
    ),
    refused(
        "cognito-tier",
        "a replica in the least",
        set(NATIVE, "replicated", "userPoolTier", "LITE"),
        "has the replica abroad with the tier LITE",
    ),
    refused(
        "cognito-mfa",
        "no factor, of CloudFormation",
        set(NATIVE, "replicated", "enabledMfas", []),
        'has mfaConfiguration "ON" and no factor',
    ),
    refused(
        "cognito-replica",
        "AWS's key",
        set(NATIVE, "replicated", "keyConfiguration", { keyType: "AWS_OWNED_KEY" }),
        "no key of the customer's",
    ),
    refused(
        "cognito-replica",
        "a key of one region",
        set(
            NATIVE,
            "replicated",
            "keyConfiguration.kmsKeyArn",
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd",
        ),
        "and a key of one region",
    ),
    refused(
        "cognito-shared-issuer",
        "an authorizer",
        set(NATIVE, "replicated", "issuerConfiguration.type", "UPDATED"),
        'whose tokens the authorizer of "users" refuses',
    ),
    refused(
        "cognito-shared-issuer",
        "an authorizer in a document",
        (stack) => {
            stack.remove(stack.find(AUTHORIZER, "users"));
            stack.set(stack.find(NATIVE, "replicated"), "issuerConfiguration.type", "UPDATED");
            const api = stack.find(REST_API, "todos");
            stack.set(api, "body", '{"x-amazon-apigateway-authtype":"cognito_user_pools"}');
            stack.relate(api, "body", stack.find(NATIVE, "replicated"));
        },
        'whose tokens the authorizer of "todos" refuses',
    ),
];

export const accepted: readonly Accepted[] = [
    {
        rule: TOKENS,
        title: "what Cognito takes where nothing is said",
        fixture,
        change: (stack) => {
            const client = stack.find(CLIENT, "app");
            for (const property of [
                "accessTokenValidity",
                "idTokenValidity",
                "refreshTokenValidity",
                "tokenValidityUnits",
            ]) {
                stack.unset(client, property);
            }
        },
    },
    {
        rule: OAUTH,
        title: "no OAuth at all",
        fixture,
        change: (stack) => {
            const client = stack.find(CLIENT, "app");
            stack.set(client, "allowedOauthFlows", []);
            stack.set(client, "callbackUrls", []);
        },
    },
    {
        rule: "cognito-shared-issuer",
        title: "an API without an authorizer of its own",
        fixture,
        change: (stack) => {
            stack.remove(stack.find(AUTHORIZER, "users"));
            stack.set(stack.find(NATIVE, "replicated"), "issuerConfiguration.type", "UPDATED");
        },
    },
    {
        rule: "cognito-managed-login-style",
        title: "the older pages",
        fixture,
        change: (stack) => {
            stack.remove(stack.find(STYLE, "app"));
            stack.set(stack.find(DOMAIN, "users"), "managedLoginVersion", 1);
        },
    },
];
