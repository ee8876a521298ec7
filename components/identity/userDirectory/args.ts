import type * as pulumi from "@pulumi/pulumi";

import { type PermissionsInput } from "../../security/permissions";
import { type TagsInput } from "../../shared/tags";

/** What Cognito offers, and bills for each user who is active in a month. */
export enum UserPoolPlan {
    /** Passwords, one-time codes, federation, and the classic sign-in pages. */
    Lite = "LITE",
    /** Beside that sign-in without a password, passkeys, the newer sign-in pages, replication. */
    Essentials = "ESSENTIALS",
    /** Beside that threat protection and logs of what users do. */
    Plus = "PLUS",
}

/** Whether users need a second factor. */
export enum MfaRequirement {
    /** Nobody is asked for one. */
    Off = "OFF",
    /** Users who have set one up are asked for it. */
    Optional = "OPTIONAL",
    /** Everybody has to set one up. */
    Required = "ON",
}

/** A second factor. */
export enum MfaMethod {
    /** One-time codes of an authenticator app. */
    Totp = "SOFTWARE_TOKEN_MFA",
    /** Codes by text message. */
    Sms = "SMS_MFA",
}

/** What users may sign in with in place of a password. */
export enum PasswordlessFactor {
    /** A code by mail. */
    EmailCode = "EMAIL_OTP",
    /** A code by text message. */
    SmsCode = "SMS_OTP",
    /** A passkey, by WebAuthn. */
    Passkey = "WEB_AUTHN",
}

/** How users who forgot their password prove who they are. */
export enum AccountRecovery {
    /** By a code to their mail address. */
    Email = "EMAIL",
    /** By a code to their mail address; to their telephone where they have no address. */
    EmailThenPhone = "EMAIL_THEN_PHONE",
    /** Not at all: an administrator sets a new one. */
    AdminOnly = "ADMIN_ONLY",
}

/** What Cognito does about sign-ins that look like an attack. */
export enum ThreatProtection {
    /** Nothing. */
    Off = "OFF",
    /** It counts and logs them. */
    Audit = "AUDIT",
    /** It asks for a second factor, or blocks them. */
    Enforced = "ENFORCED",
}

/** What a custom attribute of a user holds. */
export enum UserAttributeType {
    /** A text. */
    String = "String",
    /** A whole number. */
    Number = "Number",
}

/** How an application signs users in by Cognito's API, without its pages. */
export enum AuthFlow {
    /** By the Secure Remote Password protocol: the password never leaves the device. */
    UserSrp = "ALLOW_USER_SRP_AUTH",
    /** By a choice of factors, passkeys and codes among them. */
    UserChoice = "ALLOW_USER_AUTH",
    /** By sending name and password, such as to move users from another directory. */
    UserPassword = "ALLOW_USER_PASSWORD_AUTH",
    /** By a server that sends name and password with its own AWS credentials. */
    AdminUserPassword = "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    /** By challenges that functions define. */
    Custom = "ALLOW_CUSTOM_AUTH",
}

/** Where an OpenID Connect provider gives out what it knows of a user. */
export enum AttributesRequestMethod {
    /** By GET. */
    Get = "GET",
    /** By POST. */
    Post = "POST",
}

/** What an identity of the pool may do whose user is in no group, or in several of the same precedence. */
export enum AmbiguousRoleResolution {
    /** What every user may: it has the role of `identityPool.permissions` alone. */
    AuthenticatedRole = "AuthenticatedRole",
    /** Nothing. */
    Deny = "Deny",
}

/** What passwords must be like. */
export interface UserPasswordPolicy {
    /** Least length, 8 to 99. 12 when left out. */
    minimumLength?: number;
    /** How many earlier passwords may not be used again, 0 to 24; above `UserPoolPlan.Lite` only. None when left out. */
    passwordHistorySize?: number;
    /** For how many days the password holds that an administrator gave, 1 to 365. 3 when left out. */
    temporaryPasswordValidityDays?: number;
}

/** Who sends the pool's mail. */
export interface UserDirectoryEmail {
    /** ARN of a verified identity of Amazon SES, in the pool's region or another that Cognito sends from. */
    identityArn: pulumi.Input<string>;
    /** What mail comes from: an address of the identity, or a name with it, such as `Shop <hello@shop.example.com>`. */
    fromAddress: string;
    /** Where answers go. To `fromAddress` when left out. */
    replyToAddress?: string;
    /** Name of the configuration set that mail is sent with. None when left out. */
    configurationSetName?: pulumi.Input<string>;
}

/** Who sends the pool's text messages. */
export interface UserDirectorySms {
    /** ARN of the role by which Cognito sends them through Amazon SNS. */
    snsCallerRoleArn: pulumi.Input<string>;
    /** The external id that the role's trust policy demands: 1 to 64 characters. */
    externalId: string;
}

/** An attribute of users that OpenID Connect does not know. Once it is there it can be neither changed nor removed. */
export interface CustomUserAttribute {
    /** What it is called after `custom:`: 1 to 20 letters, digits and `_-`. */
    name: string;
    /** What it holds. `UserAttributeType.String` when left out. */
    type?: UserAttributeType;
    /** Whether it may be changed once it has a value. True when left out. */
    mutable?: boolean;
    /** Least length of a text, or least number. 0 when left out. */
    minimum?: number;
    /** Greatest length of a text, 2048 at most, or greatest number. 256 for a text and 2^31-1 for a number when left out. */
    maximum?: number;
}

/** An application that users sign in to, or that signs in as itself. */
export interface UserDirectoryClient {
    /**
     * Where Cognito's pages send users back to, with a code that is good once: `https://` URLs without a fragment, 100
     * at most. The application signs in by Cognito's API alone when left out.
     */
    callbackUrls?: string[];
    /** Where they send users who signed out. None when left out. */
    logoutUrls?: string[];
    /** Whether these may be `http://localhost` too, for development. False when left out. */
    allowLocalhost?: boolean;
    /**
     * OAuth 2.0 scopes that it may ask for: those of OpenID Connect (`openid`, `email`, `profile`, `phone`),
     * `aws.cognito.signin.user.admin`, and `<identifier>/<scope>` of `resourceServers`. `openid`, `email` and `profile`
     * when left out, where there are `callbackUrls`.
     */
    scopes?: string[];
    /**
     * Whether the application signs in as itself (OAuth 2.0 client credentials), with a secret, for scopes of
     * `resourceServers` alone. Such a client signs in nobody else. False when left out.
     */
    clientCredentials?: boolean;
    /**
     * Whether it has a secret. For what runs on a server: in a browser or on a telephone a secret is none. False when left
     * out, true with `clientCredentials`.
     */
    generateSecret?: boolean;
    /** How it may sign users in by Cognito's API. `AuthFlow.UserSrp` when left out. */
    authFlows?: AuthFlow[];
    /** Names of `identityProviders` that it offers. All of them when left out. */
    identityProviders?: string[];
    /** Whether users of the pool itself may sign in to it. True when left out. */
    ownUsers?: boolean;
    /** For how many minutes an access token holds, 5 to 1440. 60 when left out. */
    accessTokenMinutes?: number;
    /** For how many minutes an ID token holds, 5 to 1440. 60 when left out. */
    idTokenMinutes?: number;
    /** For how many hours a refresh token holds: longer than the two others, 87,600 at most. 720 when left out. */
    refreshTokenHours?: number;
    /**
     * Whether each refresh gives a new refresh token in the old one's place; above `UserPoolPlan.Lite` only. The
     * application then refreshes by GetTokensFromRefreshToken. False when left out.
     */
    refreshTokenRotation?: boolean;
}

/** An API whose scopes access tokens may have. */
export interface UserDirectoryResourceServer {
    /** What its scopes begin with, such as `https://api.shop.example.com`: 1 to 256 characters. */
    identifier: string;
    /** Descriptions of the scopes by their names, 1 to 100 of them. */
    scopes: Record<string, string>;
}

/** A SAML 2.0 provider. */
export interface SamlProvider {
    /** Where its metadata is, an `https://` URL that Cognito reads again by itself. This or `metadata`. */
    metadataUrl?: string;
    /** Its metadata, an XML document. This or `metadataUrl`. */
    metadata?: string;
    /** Whether it may sign users in that Cognito did not send. False when left out. */
    idpInitiated?: boolean;
    /** Whether users who sign out are signed out there, too. False when left out. */
    signOut?: boolean;
}

/** An OpenID Connect provider. */
export interface OidcProvider {
    /** Its issuer, an `https://` URL. */
    issuer: string;
    /** The client's id there. */
    clientId: pulumi.Input<string>;
    /** The client's secret there. */
    clientSecret: pulumi.Input<string>;
    /** Scopes to ask for, `openid` among them. `openid`, `email` and `profile` when left out. */
    scopes?: string[];
    /** How it is asked about users. `AttributesRequestMethod.Get` when left out. */
    attributesRequestMethod?: AttributesRequestMethod;
}

/** A directory of somebody else whose users may sign in: one of `saml` and `oidc`. */
export interface UserDirectoryProvider {
    /** A provider by SAML 2.0. */
    saml?: SamlProvider;
    /** A provider by OpenID Connect. */
    oidc?: OidcProvider;
    /** What attributes of users are there, by what they are here, such as `email: "email"`. `email` is needed. */
    attributeMapping: Record<string, string>;
    /** Domains of mail addresses, or other words, by which the sign-in page finds the provider. None when left out. */
    identifiers?: string[];
}

/** A group of users. */
export interface UserDirectoryGroup {
    /** What it is for. Its name when left out. */
    description?: string;
    /** Which group's role a user of several has: that of the smallest number, 0 or more. None when left out. */
    precedence?: number;
    /** What its members may do beside `identityPool.permissions`. Nothing more when left out. */
    permissions?: PermissionsInput;
}

/** Temporary credentials of AWS for users who have signed in. */
export interface UserDirectoryIdentityPool {
    /** What every user may do, by own permissions of stores such as `ownFolderPermissions`. Nothing when left out. */
    permissions?: PermissionsInput;
    /** What is so where a user's groups do not tell the role. `AmbiguousRoleResolution.AuthenticatedRole` when left out. */
    ambiguousRoleResolution?: AmbiguousRoleResolution;
    /**
     * What somebody may do who has not signed in. Such guests get credentials only where this is given, and AWS narrows
     * them further. No guests when left out.
     */
    guestPermissions?: PermissionsInput;
    /** ARN of the policy that bounds what users, guests and members of groups may do. None when left out. */
    permissionsBoundaryArn?: pulumi.Input<string>;
}

/** A name of one's own for the sign-in pages. */
export interface UserDirectoryCustomDomain {
    /** Name of the host. A record of its parent domain must exist before. */
    domainName: string;
    /** ARN of a certificate for it in us-east-1, wherever the pool is. */
    certificateArn: pulumi.Input<string>;
}

/** Where the sign-in pages are: one of `prefix` and `customDomain`. */
export interface UserDirectoryDomain {
    /** What their name begins with, before `.auth.<region>.amazoncognito.com`: unique in the region. */
    prefix?: string;
    /** A name of one's own. */
    customDomain?: UserDirectoryCustomDomain;
    /** Whether the pages are the newer ones (managed login); above `UserPoolPlan.Lite` only. True there when left out. */
    managedLogin?: boolean;
}

/** Functions that Cognito calls, each by its ARN or that of its alias. Each has 5 seconds, and fails the user else. */
export interface UserDirectoryTriggers {
    /** Before somebody is registered: may refuse, or confirm at once. */
    preSignUp?: pulumi.Input<string>;
    /** After somebody is confirmed, such as to send a welcome. */
    postConfirmation?: pulumi.Input<string>;
    /** Before somebody is signed in: may refuse. */
    preAuthentication?: pulumi.Input<string>;
    /** After somebody is signed in. */
    postAuthentication?: pulumi.Input<string>;
    /** Before tokens are signed: may change claims, of access tokens too above `UserPoolPlan.Lite`. */
    preTokenGeneration?: pulumi.Input<string>;
    /** Writes the texts of messages. */
    customMessage?: pulumi.Input<string>;
    /** Brings a user in from another directory at the first sign-in. */
    userMigration?: pulumi.Input<string>;
    /** Decides which challenge is next, for `AuthFlow.Custom`. */
    defineAuthChallenge?: pulumi.Input<string>;
    /** Makes a challenge, for `AuthFlow.Custom`. */
    createAuthChallenge?: pulumi.Input<string>;
    /** Judges the answer, for `AuthFlow.Custom`. */
    verifyAuthChallengeResponse?: pulumi.Input<string>;
}

/**
 * A second region that signs in users who are there already. It cannot register anybody, set a new password, change a
 * profile, or take the codes of an authenticator app.
 */
export interface UserDirectoryReplication {
    /** The other AWS region. Changing it makes another replica. */
    region: string;
    /**
     * ARN of the pool's key: a multi-Region key in the pool's region, which has a replica in the other one, and whose
     * policies let Cognito use them (`KeyUser.Cognito`).
     */
    kmsKeyArn: pulumi.Input<string>;
    /**
     * Whether tokens of both regions have one issuer. Such tokens are not taken by Cognito authorizers of REST APIs,
     * nor by `authenticate-cognito` of Application Load Balancers; by JWT authorizers and `jwt-validation` they are. With
     * false each region has its own issuer, and whatever checks tokens must take both. True when left out.
     */
    sharedIssuer?: boolean;
    /** Whether the other region signs users in. What is set for it alone is best tried before. False when left out. */
    active?: boolean;
    /** Who sends mail there. Cognito itself when left out. */
    email?: UserDirectoryEmail;
    /** Functions of that region that Cognito calls there. None when left out. */
    triggers?: UserDirectoryTriggers;
    /** ARN of a regional web ACL there. None when left out. */
    webAclArn?: pulumi.Input<string>;
    /** ARN of the key of that region that encrypts the logs there. No logs there when left out. */
    logKmsKeyArn?: pulumi.Input<string>;
    /** Id of the Route 53 health check of the pool's region: while it fails, `domain` leads to the other one. None when left out. */
    healthCheckId?: pulumi.Input<string>;
    /** Topics of that region that alarms there tell. No alarms there when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of UserDirectory. */
export interface UserDirectoryArgs {
    /** The AWS region of the users. */
    region: string;
    /** The AWS account: 12 digits. */
    accountId: pulumi.Input<string>;
    /** What Cognito offers and bills. `UserPoolPlan.Essentials` when left out. */
    plan?: UserPoolPlan;
    /** Whether people may register by themselves. True when left out. */
    selfRegistration?: boolean;
    /** Whether users need a second factor. `MfaRequirement.Required` when left out. */
    mfa?: MfaRequirement;
    /** Which second factors there are. `MfaMethod.Totp` when left out, none with `MfaRequirement.Off`. */
    mfaMethods?: MfaMethod[];
    /**
     * What users may sign in with in place of a password; above `UserPoolPlan.Lite`, and not while everybody needs a
     * second factor. None when left out.
     */
    passwordlessFactors?: PasswordlessFactor[];
    /** The domain that passkeys are for, such as the application's. That of `domain` when left out. */
    passkeyDomain?: string;
    /** What passwords must be like; they always have capitals, small letters, digits and symbols. */
    passwordPolicy?: UserPasswordPolicy;
    /** How users get in who forgot their password. `AccountRecovery.Email` when left out. */
    accountRecovery?: AccountRecovery;
    /** Who sends mail. Cognito itself when left out, which is 50 messages a day at most. */
    email?: UserDirectoryEmail;
    /** Who sends text messages. There are none when left out. Once it is given it cannot be taken away again. */
    sms?: UserDirectorySms;
    /** What is done about attacks. `ThreatProtection.Enforced` in `UserPoolPlan.Plus` when left out; nothing else elsewhere. */
    threatProtection?: ThreatProtection;
    /** Attributes beside those of OpenID Connect, 25 at most. None when left out. */
    customAttributes?: CustomUserAttribute[];
    /** Applications by names of 1 to 20 small letters, digits and hyphens. */
    clients: Record<string, UserDirectoryClient>;
    /** APIs whose scopes access tokens may have, by such names. None when left out. */
    resourceServers?: Record<string, UserDirectoryResourceServer>;
    /** Directories of others whose users may sign in, by such names of 3 characters or more. None when left out. */
    identityProviders?: Record<string, UserDirectoryProvider>;
    /** Groups of users, by such names. None when left out. */
    groups?: Record<string, UserDirectoryGroup>;
    /** Credentials of AWS for users. None when left out. */
    identityPool?: UserDirectoryIdentityPool;
    /** Where the sign-in pages are. There are none when left out, and no client with `callbackUrls` or credentials. */
    domain?: UserDirectoryDomain;
    /** Functions that Cognito calls. None when left out. */
    triggers?: UserDirectoryTriggers;
    /** ARN of the regional web ACL that guards sign-in. None when left out. */
    webAclArn?: pulumi.Input<string>;
    /**
     * ARN of the key that encrypts the logs: of messages that could not be sent, and in `UserPoolPlan.Plus` of what users do.
     * Its policy must let CloudWatch Logs use it. No logs when left out.
     */
    logKmsKeyArn?: pulumi.Input<string>;
    /** For how many days logs are kept. 365 when left out. */
    logRetentionDays?: number;
    /**
     * A second region that signs users in; above `UserPoolPlan.Lite`, and through @pulumi/aws-native alone. The pool is then
     * another kind of resource: to add it later, or to take it away, makes the pool anew, without its users. None when left out.
     */
    replication?: UserDirectoryReplication;
    /** Topics of the region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Whether Pulumi and Cognito refuse to delete the users. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. `data-classification` is `confidential` where nothing else is said. */
    tags?: TagsInput;
}
