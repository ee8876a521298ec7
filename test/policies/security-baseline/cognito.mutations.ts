import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { setting, unsetting } from "./settings";
import { refTo } from "../../support/policies/mutation";

const POOL = "aws:cognito/userPool:UserPool";
const IDENTITIES = "aws:cognito/identityPool:IdentityPool";
const NATIVE = "aws-native:cognito:UserPool";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";

/** The policy of a role whose users keep files and items. */
function ownData(...statements: readonly object[]): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
const WHO = "${cognito-identity.amazonaws.com:sub}";
const FILES = {
    Sid: "UseOwnFolder",
    Effect: "Allow",
    Action: ["s3:PutObject", "s3:DeleteObject"],
    Resource: `arn:aws:s3:::files/${WHO}/*`,
};
const LISTS = {
    Sid: "ListOwnFolder",
    Effect: "Allow",
    Action: "s3:ListBucket",
    Resource: "arn:aws:s3:::files",
    Condition: { StringLike: { "s3:prefix": [`${WHO}/*`] } },
};
const ITEMS = {
    Sid: "UseOwnItems",
    Effect: "Allow",
    Action: ["dynamodb:Query", "dynamodb:PutItem"],
    Resource: "arn:aws:dynamodb:us-east-1:111122223333:table/todos",
    Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [WHO] } },
};
const READS = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::help/*" };

const POOLS: readonly FixtureResource[] = [
    {
        type: POOL,
        name: "customers",
        inputs: {
            deletionProtection: "ACTIVE",
            mfaConfiguration: "ON",
            softwareTokenMfaConfiguration: { enabled: true },
            userPoolTier: "PLUS",
            userPoolAddOns: { advancedSecurityMode: "ENFORCED" },
            passwordPolicy: {
                minimumLength: 12,
                requireLowercase: true,
                requireNumbers: true,
                requireSymbols: true,
                requireUppercase: true,
                temporaryPasswordValidityDays: 3,
            },
        },
    },
    {
        type: IDENTITIES,
        name: "customers",
        inputs: {
            identityPoolName: "customers",
            allowUnauthenticatedIdentities: false,
            allowClassicFlow: false,
        },
    },
    {
        type: NATIVE,
        name: "replicated",
        inputs: {
            deletionProtection: "ACTIVE",
            mfaConfiguration: "ON",
            enabledMfas: ["SOFTWARE_TOKEN_MFA"],
            userPoolTier: "PLUS",
            userPoolAddOns: { advancedSecurityMode: "ENFORCED" },
            policies: {
                passwordPolicy: {
                    minimumLength: 12,
                    requireLowercase: true,
                    requireNumbers: true,
                    requireSymbols: true,
                    requireUppercase: true,
                },
                signInPolicy: { allowedFirstAuthFactors: ["PASSWORD"] },
            },
        },
    },
    {
        type: CLIENT,
        name: "app",
        inputs: {
            userPoolId: "us-east-1_abcdefghi",
            allowedOauthFlowsUserPoolClient: true,
            allowedOauthFlows: ["code"],
            allowedOauthScopes: ["openid"],
            callbackUrls: ["https://app.example.com/in", "http://localhost:5173/in"],
            logoutUrls: ["https://app.example.com/"],
            explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            preventUserExistenceErrors: "ENABLED",
            enableTokenRevocation: true,
        },
    },
    {
        type: ROLE,
        name: "customers",
        inputs: {
            permissionsBoundary: "arn:aws:iam::111122223333:policy/customers",
            assumeRolePolicy: ownData({
                Effect: "Allow",
                Principal: { Federated: "cognito-identity.amazonaws.com" },
                Action: "sts:AssumeRoleWithWebIdentity",
                Condition: {
                    StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-1:0a1b" },
                    "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
                },
            }),
        },
    },
    {
        type: ROLE_POLICY,
        name: "customers",
        inputs: { role: refTo(ROLE, "customers"), policy: ownData(FILES, LISTS, ITEMS, READS) },
    },
];
const pool = { type: POOL, name: "customers", fixture: POOLS };
const native = { type: NATIVE, name: "replicated", fixture: POOLS };
const client = { type: CLIENT, name: "app", fixture: POOLS };
const own = { type: ROLE_POLICY, name: "customers", fixture: POOLS };
const identities = { type: IDENTITIES, name: "customers", fixture: POOLS };

export const mutants: readonly Mutant[] = [
    setting(
        pool,
        "cognito-threat-protection",
        "watched alone",
        "userPoolAddOns.advancedSecurityMode",
        "AUDIT",
        { message: 'userPoolAddOns.advancedSecurityMode is "AUDIT"' },
    ),
    unsetting(pool, "cognito-threat-protection", "left out", "userPoolAddOns"),
    setting(identities, "cognito-guest-identities", "guests", "allowUnauthenticatedIdentities", true),
    setting(pool, "cognito-password-policy", "short", "passwordPolicy.minimumLength", 7, {
        message: "passwordPolicy.minimumLength is 7, and 8 is demanded",
    }),
    unsetting(pool, "cognito-password-policy", "no length", "passwordPolicy.minimumLength"),
    unsetting(pool, "cognito-password-policy", "no symbols", "passwordPolicy.requireSymbols", {
        message: "passwordPolicy.requireSymbols is not given",
    }),
    setting(
        pool,
        "cognito-password-policy",
        "temporary for a month",
        "passwordPolicy.temporaryPasswordValidityDays",
        30,
    ),
    setting(pool, "cognito-mfa", "optional", "mfaConfiguration", "OPTIONAL", {
        message: 'mfaConfiguration is "OPTIONAL"',
    }),
    unsetting(pool, "cognito-mfa", "left out", "mfaConfiguration"),
    setting(pool, "cognito-deletion-protection", "off", "deletionProtection", "INACTIVE"),
    unsetting(pool, "cognito-deletion-protection", "left out", "deletionProtection"),
    setting(
        native,
        "cognito-deletion-protection",
        "off, of CloudFormation",
        "deletionProtection",
        "INACTIVE",
    ),
    unsetting(native, "cognito-threat-protection", "left out, of CloudFormation", "userPoolAddOns"),
    setting(
        native,
        "cognito-password-policy",
        "short, of CloudFormation",
        "policies.passwordPolicy.minimumLength",
        7,
    ),
    setting(native, "cognito-mfa", "off, of CloudFormation", "mfaConfiguration", "OFF"),
    setting(client, "cognito-client-flows", "tokens in the URL", "allowedOauthFlows", ["code", "implicit"], {
        message: 'allowedOauthFlows has "implicit"',
    }),
    setting(
        client,
        "cognito-client-flows",
        "a password that is sent",
        "explicitAuthFlows",
        ["ALLOW_USER_PASSWORD_AUTH"],
        { message: "explicitAuthFlows has ALLOW_USER_PASSWORD_AUTH, and it has no secret" },
    ),
    setting(client, "cognito-client-redirects", "no TLS", "callbackUrls", ["http://app.example.com/in"], {
        message: "callbackUrls has http://app.example.com/in",
    }),
    setting(client, "cognito-client-redirects", "a host that begins alike", "logoutUrls", [
        "http://localhost.example.com/",
    ]),
    unsetting(client, "cognito-client-secrecy", "left out", "preventUserExistenceErrors", {
        message: "preventUserExistenceErrors is not given",
    }),
    setting(client, "cognito-client-secrecy", "no revocation", "enableTokenRevocation", false),
    setting(identities, "cognito-classic-flow", "any role", "allowClassicFlow", true),
    setting(
        own,
        "cognito-own-data",
        "everybody's files",
        "policy",
        ownData({ ...FILES, Resource: "arn:aws:s3:::files/*" }),
        { message: 'statement "UseOwnFolder" does not name the one who asks' },
    ),
    setting(
        own,
        "cognito-own-data",
        "one's own and others",
        "policy",
        ownData({
            ...FILES,
            Resource: [FILES.Resource, "arn:aws:s3:::files/shared/*"],
        }),
    ),
    setting(own, "cognito-own-data", "a list of all", "policy", ownData({ ...LISTS, Condition: {} })),
    setting(
        own,
        "cognito-own-data",
        "a list of more",
        "policy",
        ownData({
            ...LISTS,
            Condition: { StringLike: { "s3:prefix": [`${WHO}/*`, "*"] } },
        }),
    ),
    setting(own, "cognito-own-data", "all items", "policy", ownData({ ...ITEMS, Condition: {} })),
    setting(
        own,
        "cognito-own-data",
        "the claim of another issuer",
        "policy",
        ownData({ ...FILES, Resource: "arn:aws:s3:::files/${aws:userid}/*" }),
    ),
];

export const accepted: readonly Accepted[] = [
    unsetting(
        native,
        "cognito-password-policy",
        "Cognito's own, of CloudFormation",
        "policies.passwordPolicy",
    ),
    unsetting(client, "cognito-client-secrecy", "revocation left out", "enableTokenRevocation"),
    unsetting(identities, "cognito-classic-flow", "left out", "allowClassicFlow"),
    {
        rule: "cognito-client-flows",
        title: "a server that has a secret",
        fixture: POOLS,
        change: (stack) => {
            const found = stack.find(CLIENT);
            stack.set(found, "generateSecret", true);
            stack.set(found, "explicitAuthFlows", ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]);
        },
    },
    setting(
        own,
        "cognito-own-data",
        "a tag of the session",
        "policy",
        ownData({ ...FILES, Resource: "arn:aws:s3:::files/${aws:PrincipalTag/user}/*" }),
    ),
    setting(own, "cognito-own-data", "what is for all to read", "policy", ownData(READS)),
    unsetting(pool, "cognito-password-policy", "Cognito's own policy", "passwordPolicy"),
    unsetting(identities, "cognito-guest-identities", "left out", "allowUnauthenticatedIdentities"),
    {
        ...setting(pool, "cognito-mfa", "optional where that will do", "mfaConfiguration", "OPTIONAL"),
        config: { modes: ["ON", "OPTIONAL"] },
    },
    {
        rule: "cognito-mfa",
        title: "passkeys",
        fixture: POOLS,
        change: (stack) => {
            const found = stack.find(POOL);
            stack.unset(found, "mfaConfiguration");
            stack.set(found, "signInPolicy", { allowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] });
        },
    },
    {
        ...setting(
            pool,
            "cognito-threat-protection",
            "watched where that will do",
            "userPoolAddOns.advancedSecurityMode",
            "AUDIT",
        ),
        config: { modes: ["AUDIT", "ENFORCED"] },
    },
];
