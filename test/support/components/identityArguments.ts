/** Arguments of who signs in, with everything in them that goes together. */
import * as components from "../../../components";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";

const ABROAD = "us-east-1";
const keyIn = (region: string): string => `arn:aws:kms:${region}:${TEST_ACCOUNT}:key/mrk-1234abcd`;
const topicIn = (region: string): string => `arn:aws:sns:${region}:${TEST_ACCOUNT}:oncall`;
const functionIn = (region: string): string =>
    `arn:aws:lambda:${region}:${TEST_ACCOUNT}:function:shop-welcome:live`;
const webAclIn = (region: string): string =>
    `arn:aws:wafv2:${region}:${TEST_ACCOUNT}:regional/webacl/shop/0a1b2c3d`;
const triggersIn = (region: string): Required<components.UserDirectoryTriggers> => ({
    preSignUp: functionIn(region),
    postConfirmation: functionIn(region),
    preAuthentication: functionIn(region),
    postAuthentication: functionIn(region),
    preTokenGeneration: functionIn(region),
    customMessage: functionIn(region),
    userMigration: functionIn(region),
    defineAuthChallenge: functionIn(region),
    createAuthChallenge: functionIn(region),
    verifyAuthChallengeResponse: functionIn(region),
});
const mail: components.UserDirectoryEmail = {
    identityArn: `arn:aws:ses:${TEST_REGION}:${TEST_ACCOUNT}:identity/shop.example.com`,
    fromAddress: "Shop <hello@shop.example.com>",
    replyToAddress: "help@shop.example.com",
    configurationSetName: "shop-mail",
};
const permission: components.Permission = {
    sid: "ReadHelp",
    actions: ["s3:GetObject"],
    resources: ["arn:aws:s3:::shop-help/*"],
    conditions: [{ operator: "StringEquals", key: "aws:PrincipalAccount", values: [TEST_ACCOUNT] }],
};

/** A directory with all that it can have, but for what shuts something else out. */
export const FULL_DIRECTORY: components.UserDirectoryArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    plan: components.UserPoolPlan.Plus,
    selfRegistration: true,
    mfa: components.MfaRequirement.Optional,
    mfaMethods: [components.MfaMethod.Totp, components.MfaMethod.Sms],
    passwordlessFactors: [components.PasswordlessFactor.Passkey, components.PasswordlessFactor.EmailCode],
    passkeyDomain: "auth.shop.example.com",
    passwordPolicy: { minimumLength: 14, passwordHistorySize: 5, temporaryPasswordValidityDays: 2 },
    accountRecovery: components.AccountRecovery.EmailThenPhone,
    email: mail,
    sms: {
        snsCallerRoleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/shop-messages`,
        externalId: "shop",
    },
    threatProtection: components.ThreatProtection.Enforced,
    customAttributes: [
        {
            name: "tenant",
            type: components.UserAttributeType.String,
            mutable: false,
            minimum: 1,
            maximum: 64,
        },
    ],
    clients: {
        app: {
            callbackUrls: ["https://app.shop.example.com/signed-in", "http://localhost:5173/signed-in"],
            logoutUrls: ["https://app.shop.example.com/"],
            allowLocalhost: true,
            scopes: ["openid", "email", "https://api.shop.example.com/todos"],
            generateSecret: false,
            authFlows: [components.AuthFlow.UserSrp, components.AuthFlow.UserChoice],
            identityProviders: ["work", "partner"],
            ownUsers: true,
            accessTokenMinutes: 15,
            idTokenMinutes: 15,
            refreshTokenHours: 24,
            refreshTokenRotation: true,
        },
        reports: {
            clientCredentials: true,
            generateSecret: true,
            scopes: ["https://api.shop.example.com/todos"],
            accessTokenMinutes: 60,
        },
    },
    resourceServers: {
        api: { identifier: "https://api.shop.example.com", scopes: { todos: "To-dos" } },
    },
    identityProviders: {
        work: {
            saml: {
                metadataUrl: "https://login.example.com/metadata.xml",
                idpInitiated: false,
                signOut: true,
            },
            attributeMapping: {
                email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
            },
            identifiers: ["example.com"],
        },
        partner: {
            oidc: {
                issuer: "https://id.partner.example",
                clientId: "shop",
                clientSecret: "said-by-the-partner",
                scopes: ["openid", "email"],
                attributesRequestMethod: components.AttributesRequestMethod.Post,
            },
            attributeMapping: { email: "email" },
        },
    },
    groups: {
        admins: { description: "Who runs the shop", precedence: 1, permissions: [[permission]] },
        members: { precedence: 10 },
    },
    identityPool: {
        permissions: [[permission]],
        ambiguousRoleResolution: components.AmbiguousRoleResolution.Deny,
        guestPermissions: [[permission]],
        permissionsBoundaryArn: `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`,
    },
    domain: {
        customDomain: {
            domainName: "auth.shop.example.com",
            certificateArn: `arn:aws:acm:us-east-1:${TEST_ACCOUNT}:certificate/0a1b`,
        },
        managedLogin: true,
    },
    triggers: triggersIn(TEST_REGION),
    webAclArn: webAclIn(TEST_REGION),
    logKmsKeyArn: keyIn(TEST_REGION),
    logRetentionDays: 365,
    replication: {
        region: ABROAD,
        kmsKeyArn: keyIn(TEST_REGION),
        sharedIssuer: true,
        active: true,
        email: mail,
        triggers: triggersIn(ABROAD),
        webAclArn: webAclIn(ABROAD),
        logKmsKeyArn: keyIn(ABROAD),
        healthCheckId: "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
        alarmTopicArns: [topicIn(ABROAD)],
    },
    alarmTopicArns: [topicIn(TEST_REGION)],
    deletionProtection: true,
    tags: { project: "shop" },
};

/** A directory of one region whose users are a partner's, with pages at a prefix. */
export const PARTNER_DIRECTORY: components.UserDirectoryArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    clients: { app: { callbackUrls: ["https://app.shop.example.com/signed-in"], ownUsers: false } },
    identityProviders: {
        partner: {
            oidc: {
                issuer: "https://id.partner.example",
                clientId: "shop",
                clientSecret: "said-by-the-partner",
                attributesRequestMethod: components.AttributesRequestMethod.Post,
            },
            attributeMapping: { email: "email" },
        },
    },
    domain: { prefix: "shop-users" },
};

/** A bucket with a folder for each user. */
export const FULL_STORAGE: components.UserStorageArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    kmsKeyArn: keyIn(TEST_REGION),
    jurisdiction: "EU",
    allowedOrigins: ["https://app.shop.example.com", "http://localhost:5173"],
    allowLocalhost: true,
    eventNotifications: true,
    lifecycle: {
        expireAfterDays: 400,
        transitionToInfrequentAccessAfterDays: 30,
        transitionToGlacierAfterDays: 90,
        noncurrentExpireAfterDays: 30,
    },
    accessLogBucket: "shop-logs-bucket",
    deletionProtection: true,
    tags: { project: "shop" },
};
