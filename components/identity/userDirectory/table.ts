import { permissions } from "../../security/permissions";
import {
    accountId,
    allOf,
    alsoWhere,
    arnOf,
    atMost,
    flag,
    flagWhere,
    input,
    isCount,
    isGiven,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    map,
    mapByShortNames,
    namesLike,
    numberOf,
    numberWhere,
    object,
    objectOf,
    once,
    oneOf,
    region,
    required,
    requiredWhile,
    secret,
    tags,
    text,
    textLike,
    textOf,
    textWhere,
    topicArns,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import {
    type ArgumentTable,
    type Given,
    type Place,
    type Refusal,
    type Rule,
} from "../../shared/argumentTable";
import { isDomainName, isRegion } from "../../shared/validation";
import {
    AccountRecovery,
    AmbiguousRoleResolution,
    AttributesRequestMethod,
    AuthFlow,
    type CustomUserAttribute,
    MfaMethod,
    MfaRequirement,
    type OidcProvider,
    PasswordlessFactor,
    type SamlProvider,
    ThreatProtection,
    UserAttributeType,
    type UserDirectoryArgs,
    type UserDirectoryClient,
    type UserDirectoryCustomDomain,
    type UserDirectoryDomain,
    type UserDirectoryEmail,
    type UserDirectoryGroup,
    type UserDirectoryIdentityPool,
    type UserDirectoryProvider,
    type UserDirectoryReplication,
    type UserDirectoryResourceServer,
    type UserDirectorySms,
    type UserDirectoryTriggers,
    type UserPasswordPolicy,
    UserPoolPlan,
} from "./args";

// Amazon Cognito User Pools API Reference; each limit is the shape's there.
const URLS_MAX = 100;
const URL_LENGTH_MAX = 1024;
const SCOPES_MAX = 50;
const SERVER_SCOPES_MAX = 100;
const ATTRIBUTES_MAX = 25;
const TEXT_LENGTH_MAX = 2048;
const TOKEN_MINUTES = { min: 5, max: 1440 };
const REFRESH_HOURS_MAX = 87_600;

/** How long tokens hold where nothing is said. */
export const TOKEN_DEFAULTS = { accessTokenMinutes: 60, idTokenMinutes: 60, refreshTokenHours: 720 };

/** The scopes of OpenID Connect that a client asks for where nothing is said. */
export const DEFAULT_SCOPES = ["openid", "email", "profile"];

const OWN_SCOPES = ["openid", "email", "profile", "phone", "aws.cognito.signin.user.admin"];

// Amazon Cognito Developer Guide, "User pool feature plans".
const ABOVE_LITE = "Choose UserPoolPlan.Essentials or UserPoolPlan.Plus";

const isLite = (args: Given): boolean => args.plan === (UserPoolPlan.Lite as string);
const isPlus = (args: Given): boolean => args.plan === (UserPoolPlan.Plus as string);
const mfaOf = (args: Given): string => textOf(args.mfa, MfaRequirement.Required);

/** What the least plan refuses. */
const notInLite = (): Refusal => ({
    shown: "given",
    allowed: `nothing in the plan ${UserPoolPlan.Lite}`,
    remedy: ABOVE_LITE,
});

const inText = (value: unknown, item: string): boolean =>
    Array.isArray(value) && (value as readonly unknown[]).includes(item);

const PASSWORDS: ArgumentTable<UserPasswordPolicy> = {
    // Cognito takes 6; a pool that is open to the world should not.
    minimumLength: wholeNumber({ min: 8, max: 99 }, "a whole number from 8 to 99 (characters)"),
    passwordHistorySize: numberWhere(
        (size, args) => Number.isInteger(size) && size >= 0 && size <= (isLite(args) ? 0 : 24),
        (args) => (isLite(args) ? `0 in the plan ${UserPoolPlan.Lite}` : "a whole number from 0 to 24"),
        { kind: "a number" },
    ),
    temporaryPasswordValidityDays: wholeNumber({ min: 1, max: 365 }, "a whole number from 1 to 365 (days)"),
};

const ADDRESS = /^(?:[^<>@\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;

function email() {
    return object<UserDirectoryEmail>({
        identityArn: required(
            input(
                textLike(
                    /^arn:aws:ses:[a-z0-9-]+:\d{12}:identity\/.+$/,
                    "the ARN of an identity of Amazon SES",
                ),
            ),
        ),
        fromAddress: required(textLike(ADDRESS, "an address, or a name and an address in <>")),
        replyToAddress: textLike(/^[^<>@\s]+@[^<>@\s]+$/, "an address"),
        configurationSetName: input(textLike(/^[A-Za-z0-9_-]{1,64}$/, "the name of a configuration set")),
    });
}

const SMS: ArgumentTable<UserDirectorySms> = {
    snsCallerRoleArn: required(input(arnOf("iam", "a role"))),
    externalId: required(textLike(/^[\w+=,.@:/-]{1,64}$/, "1 to 64 letters, digits and _+=,.@:/-")),
};

const isText = (within: Given): boolean =>
    textOf(within.type, UserAttributeType.String) === (UserAttributeType.String as string);

/** The greatest that an attribute may hold, or the greatest length of a text. */
export const attributeMaximum = (type: UserAttributeType | undefined): number =>
    type === UserAttributeType.Number ? 2_147_483_647 : 256;

const greatest = (within: Given): number => (isText(within) ? TEXT_LENGTH_MAX : Number.MAX_SAFE_INTEGER);

const ATTRIBUTE: ArgumentTable<CustomUserAttribute> = {
    name: required(
        alsoWhere(
            (name, args) =>
                (args.customAttributes as readonly unknown[])
                    .map(objectOf)
                    .filter((other) => other.name === name).length < 2,
            "a name that no other custom attribute has",
            textLike(/^[A-Za-z0-9_-]{1,20}$/, "1 to 20 letters, digits and _-"),
        ),
    ),
    type: oneOf(UserAttributeType),
    mutable: flag(),
    minimum: numberWhere(
        (value, _, { within }) =>
            Number.isSafeInteger(value) && (!isText(within) || (value >= 0 && value <= TEXT_LENGTH_MAX)),
        (_, { within }) =>
            isText(within) ? `a whole number from 0 to ${TEXT_LENGTH_MAX} (characters)` : "a whole number",
        { kind: "a number" },
    ),
    maximum: wholeNumber(
        (_, { within }) => ({ min: numberOf(within.minimum, 0), max: greatest(within) }),
        (_, { within }) =>
            `a whole number from ${numberOf(within.minimum, 0)} to ${greatest(within)}${isText(within) ? " (characters)" : ""}`,
    ),
};

/** The URLs that users are sent to. */
function redirects(allowed: string) {
    return list(
        once(
            textWhere(
                (url, _, { within }) => isRedirect(url, within.allowLocalhost === true),
                (_, { within }) =>
                    within.allowLocalhost === true
                        ? "an https:// URL, or http://localhost, without a fragment"
                        : "an https:// URL without a fragment",
                { kind: "a URL" },
            ),
            "each URL once",
        ),
        allowed,
        unless((urls) => isCount(urls, 1, URLS_MAX), `1 to ${URLS_MAX} URLs`),
    );
}

function isRedirect(text: string, localhost: boolean): boolean {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || text.length > URL_LENGTH_MAX || text.includes("#") || url.username !== "") {
        return false;
    }
    const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
    return url.protocol === "https:" || (localhost && url.protocol === "http:" && isLocal);
}

const isMachine = (within: Given): boolean => within.clientCredentials === true;

/** Scopes of the APIs that the directory knows. */
function serverScopes(args: Given): string[] {
    return Object.values(objectOf(args.resourceServers)).flatMap((given) => {
        const { identifier, scopes } = objectOf(given);
        return Object.keys(objectOf(scopes)).map((scope) => `${textOf(identifier)}/${scope}`);
    });
}

const needsDomain = (args: Given): boolean =>
    Object.values(objectOf(args.clients))
        .map(objectOf)
        .some((client) => isGiven(client.callbackUrls) || isMachine(client));

/** Refuses what has no meaning for an application that signs in as itself. */
function forUsers<R extends Rule>(of: R & Rule<R["kind"], false>): R {
    const judge = of.judge;
    return {
        ...of,
        judge: (value: unknown, args: Given, place: Place) =>
            isMachine(place.within)
                ? { shown: value, allowed: "nothing beside clientCredentials, which signs in no users" }
                : judge?.(value, args, place),
    };
}

function tokenMinutes() {
    return wholeNumber(
        TOKEN_MINUTES,
        `a whole number from ${TOKEN_MINUTES.min} to ${TOKEN_MINUTES.max} (minutes)`,
    );
}

const longestToken = (within: Given): number =>
    Math.max(
        numberOf(within.accessTokenMinutes, TOKEN_DEFAULTS.accessTokenMinutes),
        numberOf(within.idTokenMinutes, TOKEN_DEFAULTS.idTokenMinutes),
    );

const leastRefreshHours = (within: Given): number => Math.floor(longestToken(within) / 60) + 1;

const CLIENT: ArgumentTable<UserDirectoryClient> = {
    callbackUrls: forUsers(redirects("a list of URLs")),
    logoutUrls: alsoWhere(
        (_, __, { within }) => isGiven(within.callbackUrls),
        "nothing without callbackUrls",
        redirects("a list of URLs"),
    ),
    allowLocalhost: flag(),
    scopes: list(
        once(
            textWhere(
                (scope, args, { within }) =>
                    serverScopes(args).includes(scope) || (!isMachine(within) && OWN_SCOPES.includes(scope)),
                (args, { within }) =>
                    [...(isMachine(within) ? [] : OWN_SCOPES), ...serverScopes(args)].join(", ") ||
                    "a scope of resourceServers, of which there are none",
                { kind: "a scope" },
            ),
            "each scope once",
        ),
        "a list of scopes",
        allOf(
            unless(
                (_, __, { within }) => isGiven(within.callbackUrls) || isMachine(within),
                "nothing without callbackUrls and clientCredentials",
            ),
            unless((scopes) => isCount(scopes, 1, SCOPES_MAX), `1 to ${SCOPES_MAX} scopes`),
        ),
    ),
    clientCredentials: flagWhere(
        (machine, _, { within }) => !machine || isGiven(within.scopes),
        "false without scopes",
        { remedy: "Name the scopes of resourceServers that it has" },
    ),
    generateSecret: flagWhere(
        (generated, _, { within }) => generated || !isMachine(within),
        "true with clientCredentials",
        { remedy: "The secret is all that such a client shows" },
    ),
    authFlows: forUsers(
        list(
            once(
                alsoWhere(
                    (flow, args) => flow !== AuthFlow.UserChoice || !isLite(args),
                    `another flow in the plan ${UserPoolPlan.Lite}`,
                    oneOf(AuthFlow),
                    { remedy: ABOVE_LITE },
                ),
                "each flow once",
            ),
            "a list of flows",
        ),
    ),
    identityProviders: forUsers(
        list(
            once(
                textWhere(
                    (name, args) => Object.keys(objectOf(args.identityProviders)).includes(name),
                    (args) =>
                        Object.keys(objectOf(args.identityProviders)).join(", ") ||
                        "a name in identityProviders, of which there are none",
                    { kind: "a name in identityProviders" },
                ),
                "each name once",
            ),
            "a list of names in identityProviders",
        ),
    ),
    ownUsers: forUsers(flag()),
    accessTokenMinutes: tokenMinutes(),
    idTokenMinutes: forUsers(tokenMinutes()),
    refreshTokenHours: forUsers(
        wholeNumber(
            (_, { within }) => ({ min: leastRefreshHours(within), max: REFRESH_HOURS_MAX }),
            (_, { within }) =>
                `a whole number from ${leastRefreshHours(within)}, which is longer than the other tokens hold, to ${REFRESH_HOURS_MAX} (hours)`,
        ),
    ),
    refreshTokenRotation: forUsers(
        flagWhere((rotates, args) => !rotates || !isLite(args), `false in the plan ${UserPoolPlan.Lite}`, {
            remedy: ABOVE_LITE,
        }),
    ),
};

const SERVER: ArgumentTable<UserDirectoryResourceServer> = {
    identifier: required(
        alsoWhere(
            (identifier, args) =>
                Object.values(objectOf(args.resourceServers))
                    .map(objectOf)
                    .filter((server) => server.identifier === identifier).length < 2,
            "an identifier that no other resource server has",
            textLike(/^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/, '1 to 256 characters without spaces, " and \\'),
        ),
    ),
    scopes: required(
        map(
            textWhere(({ length }) => length >= 1 && length <= 256, "a description, 1 to 256 characters"),
            "descriptions by the scopes' names",
            allOf(
                unless((scopes) => {
                    const { length } = Object.keys(scopes as object);
                    return length >= 1 && length <= SERVER_SCOPES_MAX;
                }, `1 to ${SERVER_SCOPES_MAX} scopes`),
                namesLike(
                    /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]{1,256}$/,
                    'a name of 1 to 256 characters without spaces, ", / and \\',
                ),
            ),
        ),
    ),
};

const isHttps = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === "https:";

const SAML: ArgumentTable<SamlProvider> = {
    metadataUrl: textWhere(
        (url, _, { within }) => isHttps(url) && !isGiven(within.metadata),
        "an https:// URL, beside no metadata",
    ),
    metadata: textWhere((xml) => /^\s*<[^>]/.test(xml), "an XML document"),
    idpInitiated: flag(),
    signOut: flag(),
};

const OIDC: ArgumentTable<OidcProvider> = {
    issuer: required(textWhere(isHttps, "an https:// URL")),
    clientId: required(input(text("the client's id"))),
    clientSecret: required(secret(input(text("the client's secret")))),
    scopes: list(
        once(textLike(/^[\x21\x23-\x5B\x5D-\x7E]+$/, "a scope"), "each scope once"),
        "a list of scopes",
        unless((scopes) => inText(scopes, "openid"), "openid among them"),
    ),
    attributesRequestMethod: oneOf(AttributesRequestMethod),
};

const PROVIDER: ArgumentTable<UserDirectoryProvider> = {
    saml: alsoWhere(
        (given, _, { within }) =>
            !isGiven(within.oidc) &&
            (isGiven(objectOf(given).metadataUrl) || isGiven(objectOf(given).metadata)),
        "metadataUrl or metadata, beside no oidc",
        object(SAML),
    ),
    oidc: object(OIDC),
    attributeMapping: required(
        alsoWhere(
            (mapping, _, { within }) =>
                isGiven(objectOf(mapping).email) && (isGiven(within.saml) || isGiven(within.oidc)),
            "email among the attributes, beside saml or oidc",
            map(text("the attribute's name there"), "names there by names here"),
        ),
    ),
    identifiers: list(
        once(textLike(/^[\w\s+=.@-]{1,40}$/, "1 to 40 letters, digits, spaces and _+=.@-"), "each word once"),
        "a list of words",
        unless((words) => isCount(words, 1, 50), "1 to 50 words"),
    ),
};

const GROUP: ArgumentTable<UserDirectoryGroup> = {
    description: textWhere(({ length }) => length >= 1 && length <= 2048, "1 to 2048 characters"),
    precedence: wholeNumber({ min: 0, max: 2_147_483_647 }, "a whole number, 0 or more"),
    permissions: alsoWhere(
        (_, args) => isGiven(args.identityPool),
        "nothing without identityPool",
        permissions(),
    ),
};

const IDENTITY_POOL: ArgumentTable<UserDirectoryIdentityPool> = {
    permissions: permissions(),
    ambiguousRoleResolution: oneOf(AmbiguousRoleResolution),
    guestPermissions: permissions(),
    permissionsBoundaryArn: input(arnOf("iam", "a policy")),
};

const CUSTOM_DOMAIN: ArgumentTable<UserDirectoryCustomDomain> = {
    domainName: required(
        textWhere(
            (name) => isDomainName(name) && name.split(".").length >= 3 && name.length <= 63,
            "a name below a domain, such as auth.shop.example.com, 63 characters at most",
        ),
    ),
    certificateArn: required(
        input(
            textLike(
                /^arn:aws:acm:us-east-1:\d{12}:certificate\/.+$/,
                "the ARN of a certificate in us-east-1, wherever the pool is",
            ),
        ),
    ),
};

const DOMAIN: ArgumentTable<UserDirectoryDomain> = {
    prefix: textWhere(
        (prefix, _, { within }) =>
            /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(prefix) &&
            !/aws|amazon|cognito/.test(prefix) &&
            !isGiven(within.customDomain),
        "1 to 63 small letters, digits and inner hyphens without aws, amazon and cognito, beside no customDomain",
    ),
    customDomain: object(CUSTOM_DOMAIN),
    managedLogin: flagWhere(
        (managed, args) => !managed || !isLite(args),
        `false in the plan ${UserPoolPlan.Lite}`,
        { remedy: ABOVE_LITE },
    ),
};

/** The ARN of a function, or of an alias or a version of it, in a region. */
function functionArn(beside: boolean) {
    const where = (args: Given, { within }: Place): string =>
        textOf(beside ? within.region : args.region, "the region");
    return input(
        textWhere(
            (arn, args, place) => {
                const at = where(args, triggersPlace(place));
                return new RegExp(
                    `^arn:aws:lambda:${isRegion(at) ? at : "[a-z0-9-]+"}:\\d{12}:function:[\\w-]{1,140}(?::[\\w-]+)?$`,
                ).test(arn);
            },
            (args, place) => `the ARN of a function in ${where(args, triggersPlace(place))}, or of its alias`,
            { kind: "the ARN of a function, or of its alias" },
        ),
    );
}

/** Where the triggers stand in which a function is. */
const triggersPlace = (place: Place): Place => place.outer ?? place;

function triggers(beside = false) {
    return object<UserDirectoryTriggers>({
        preSignUp: functionArn(beside),
        postConfirmation: functionArn(beside),
        preAuthentication: functionArn(beside),
        postAuthentication: functionArn(beside),
        preTokenGeneration: functionArn(beside),
        customMessage: functionArn(beside),
        userMigration: functionArn(beside),
        defineAuthChallenge: functionArn(beside),
        createAuthChallenge: functionArn(beside),
        verifyAuthChallengeResponse: functionArn(beside),
    });
}

function webAcl(beside: boolean) {
    return input(
        textWhere(
            (arn, args, { within }) => {
                const at = textOf(beside ? within.region : args.region);
                return new RegExp(
                    `^arn:aws:wafv2:${isRegion(at) ? at : "[a-z0-9-]+"}:\\d{12}:regional/webacl/.+$`,
                ).test(arn);
            },
            (args, { within }) =>
                `the ARN of a regional web ACL in ${textOf(beside ? within.region : args.region, "the region")}`,
            { kind: "the ARN of a regional web ACL" },
        ),
    );
}

const REPLICATION: ArgumentTable<UserDirectoryReplication> = {
    region: required(
        alsoWhere((other, args) => other !== args.region, "another region than the pool's", region()),
    ),
    kmsKeyArn: required(
        input(
            alsoWhere(
                (arn) => /:key\/mrk-/.test(String(arn)),
                "the ARN of a multi-Region key, arn:aws:kms:…:key/mrk-…",
                keyArn(),
            ),
        ),
    ),
    sharedIssuer: flag(),
    active: flag(),
    email: email(),
    triggers: triggers(true),
    webAclArn: webAcl(true),
    logKmsKeyArn: input(keyArn({ beside: "region" })),
    healthCheckId: alsoWhere(
        (_, args) => isGiven(args.domain),
        "nothing without domain",
        input(textLike(/^[0-9a-f-]{36}$/, "the id of a Route 53 health check")),
    ),
    alarmTopicArns: input(topicArns({ beside: "region" })),
};

/** The rules of the arguments. */
export const ARGUMENTS: ArgumentTable<UserDirectoryArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    plan: oneOf(UserPoolPlan),
    selfRegistration: flag(),
    mfa: oneOf(MfaRequirement),
    mfaMethods: leftOutWhile(
        (args) => mfaOf(args) === (MfaRequirement.Off as string),
        () => ({ shown: "given", allowed: `nothing with MfaRequirement.${MfaRequirement.Off}` }),
        list(
            once(
                alsoWhere(
                    (method, args) => method !== MfaMethod.Sms || isGiven(args.sms),
                    "another method without sms",
                    oneOf(MfaMethod),
                    { remedy: "Give the role by which Cognito sends text messages" },
                ),
                "each method once",
            ),
            "a list of methods",
            unless((methods) => isCount(methods, 1, 2), "one method or both"),
        ),
    ),
    passwordlessFactors: leftOutWhile(
        (args) => isLite(args) || mfaOf(args) === (MfaRequirement.Required as string),
        (args) =>
            isLite(args)
                ? notInLite()
                : {
                      shown: "given",
                      allowed: "nothing while everybody needs a second factor",
                      remedy: "Choose MfaRequirement.Optional: Cognito asks for a second factor after a password alone",
                  },
        list(
            once(
                alsoWhere(
                    (factor, args) => factor !== PasswordlessFactor.SmsCode || isGiven(args.sms),
                    "another factor without sms",
                    oneOf(PasswordlessFactor),
                ),
                "each factor once",
            ),
            "a list of factors",
            unless((factors) => isCount(factors, 1, 3), "1 to 3 factors"),
        ),
    ),
    passkeyDomain: alsoWhere(
        (_, args) => inText(args.passwordlessFactors, PasswordlessFactor.Passkey),
        `nothing without ${PasswordlessFactor.Passkey} in passwordlessFactors`,
        textWhere(
            (name) => isDomainName(name) && name.length <= 127,
            "a domain name of 127 characters at most",
        ),
    ),
    passwordPolicy: object(PASSWORDS),
    accountRecovery: alsoWhere(
        (way, args) => way !== AccountRecovery.EmailThenPhone || isGiven(args.sms),
        "another way without sms",
        oneOf(AccountRecovery),
    ),
    email: email(),
    sms: object(SMS),
    threatProtection: alsoWhere(
        (mode, args) => mode === ThreatProtection.Off || isPlus(args),
        `${ThreatProtection.Off} below the plan ${UserPoolPlan.Plus}`,
        oneOf(ThreatProtection),
        { remedy: "Choose UserPoolPlan.Plus, which alone has threat protection" },
    ),
    customAttributes: list(
        object(ATTRIBUTE),
        "a list of attributes",
        atMost(ATTRIBUTES_MAX, `${ATTRIBUTES_MAX} attributes at most`),
    ),
    clients: required(mapByShortNames(object(CLIENT), "applications by their names")),
    resourceServers: mapByShortNames(object(SERVER), "resource servers by their names"),
    identityProviders: alsoWhere(
        (providers) => Object.keys(objectOf(providers)).every((name) => name.length >= 3),
        "names of 3 characters or more",
        mapByShortNames(object(PROVIDER), "identity providers by their names"),
    ),
    groups: mapByShortNames(object(GROUP), "groups by their names"),
    identityPool: object(IDENTITY_POOL),
    domain: requiredWhile(
        needsDomain,
        { allowed: "prefix or customDomain while a client has callbackUrls or clientCredentials" },
        alsoWhere(
            // As it was given: one that is refused is there all the same.
            (_, args) => isGiven(objectOf(args.domain).prefix) || isGiven(objectOf(args.domain).customDomain),
            "prefix or customDomain",
            object(DOMAIN),
        ),
    ),
    triggers: triggers(),
    webAclArn: webAcl(false),
    logKmsKeyArn: input(keyArn()),
    logRetentionDays: logRetention(),
    replication: leftOutWhile(isLite, notInLite, object(REPLICATION)),
    alarmTopicArns: input(topicArns()),
    deletionProtection: flag(),
    tags: tags(),
};
