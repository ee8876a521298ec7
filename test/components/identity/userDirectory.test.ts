import { expect } from "chai";
import {
    AccountRecovery,
    MfaRequirement,
    UserAttributeType,
    UserDirectory,
    type UserDirectoryArgs,
    UserPoolPlan,
} from "../../../components/identity/userDirectory/userDirectory";
import { FULL_DIRECTORY } from "../../support/components/identityArguments";
import { declaredArguments } from "../../support/components/nativeDeclarations";
import { mayAssume } from "../../support/iam/evaluator";
import {
    at,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../support/preview";
import { expectRegion, inTestAccount, statements } from "../../support/surroundings";

const POOL = "aws:cognito/userPool:UserPool";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain";
const IDENTITIES = "aws:cognito/identityPool:IdentityPool";
const ATTACHMENT = "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment";
const GROUP = "aws:cognito/userGroup:UserGroup";
const PROVIDER = "aws:cognito/identityProvider:IdentityProvider";
const STYLE = "aws:cognito/managedLoginBranding:ManagedLoginBranding";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const PERMISSION = "aws:lambda/permission:Permission";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const ABROAD = "us-east-1";
const topics = [`arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:oncall`];
const functionArn = `arn:aws:lambda:${TEST_REGION}:${TEST_ACCOUNT}:function:welcome`;

const good: UserDirectoryArgs = { region: TEST_REGION, accountId: TEST_ACCOUNT, clients: { app: {} } };
const { replication, ...alone } = FULL_DIRECTORY;

function make(changes: Partial<UserDirectoryArgs> = {}, base: UserDirectoryArgs = good) {
    return previewProgram(() => {
        const made = new UserDirectory("shop", { ...base, ...changes }, inTestAccount());
        const { userPoolId, userPoolArn, issuer, jwksUri, clientIds, clientSecrets, groupRoleArns } = made;
        const { signInUrl, signInTarget, identityPoolId, replicaArn, adminPermissions } = made;
        return {
            ...{ userPoolId, userPoolArn, issuer, jwksUri, clientIds, clientSecrets, groupRoleArns },
            ...{ signInUrl, signInTarget, identityPoolId, replicaArn, adminPermissions },
        };
    });
}

/** A preview that succeeded. */
async function made(...given: Parameters<typeof make>): Promise<ProgramPreview> {
    const run = await make(...given);
    expect(run.error).to.equal(undefined);
    return run;
}

describe("UserDirectory", () => {
    let full: ProgramPreview;
    let replicated: ProgramPreview;
    before(async () => {
        full = await made({}, alone);
        replicated = await made({}, FULL_DIRECTORY);
    });

    it("asks for an address, a long password and a second factor, and is protected, where nothing is said", async () => {
        const run = await made();
        const pool = one(run, POOL);
        expect(pool.name).to.equal("shop-pool");
        expect(pool.inputs).to.deep.equal({
            region: TEST_REGION,
            name: pool.outputs.name,
            userPoolTier: "ESSENTIALS",
            usernameAttributes: ["email"],
            usernameConfiguration: { caseSensitive: false },
            autoVerifiedAttributes: ["email"],
            userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
            adminCreateUserConfig: { allowAdminCreateUserOnly: false },
            accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
            passwordPolicy: {
                minimumLength: 12,
                requireLowercase: true,
                requireUppercase: true,
                requireNumbers: true,
                requireSymbols: true,
                temporaryPasswordValidityDays: 3,
                passwordHistorySize: 0,
            },
            mfaConfiguration: "ON",
            softwareTokenMfaConfiguration: { enabled: true },
            verificationMessageTemplate: { defaultEmailOption: "CONFIRM_WITH_CODE" },
            emailConfiguration: { emailSendingAccount: "COGNITO_DEFAULT" },
            deletionProtection: "ACTIVE",
            signInPolicy: { allowedFirstAuthFactors: ["PASSWORD"] },
            tags: { "data-classification": "confidential" },
        });
        expect(pool.protect).to.equal(true);
        const others = run.resources.filter(({ type }) => type.startsWith("aws:")).map(({ type }) => type);
        expect(others).to.have.members([POOL, CLIENT]);
        expectRegion(run, TEST_REGION);
    });

    it("leaves out what the least plan has not, and protects by threat in the greatest alone", async () => {
        const lite = one(await made({ plan: UserPoolPlan.Lite }), POOL).inputs;
        expect(lite).to.not.have.any.keys("signInPolicy", "userPoolAddOns");
        expect(lite.passwordPolicy).to.not.have.property("passwordHistorySize");
        expect(one(await made(), POOL).inputs).to.not.have.property("userPoolAddOns");
        expect(one(await made({ plan: UserPoolPlan.Plus }), POOL).inputs.userPoolAddOns).to.deep.equal({
            advancedSecurityMode: "ENFORCED",
            advancedSecurityAdditionalFlows: { customAuthMode: "ENFORCED" },
        });
    });

    it("has the directory that it is told of", () => {
        const { inputs } = one(full, POOL);
        expect(inputs).to.deep.include({
            userPoolTier: "PLUS",
            mfaConfiguration: "OPTIONAL",
            signInPolicy: { allowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN", "EMAIL_OTP"] },
            webAuthnConfiguration: {
                relyingPartyId: "auth.shop.example.com",
                userVerification: "required",
            },
            smsConfiguration: {
                snsCallerArn: `arn:aws:iam::${TEST_ACCOUNT}:role/shop-messages`,
                externalId: "shop",
                snsRegion: TEST_REGION,
            },
            schemas: [
                {
                    name: "tenant",
                    attributeDataType: "String",
                    developerOnlyAttribute: false,
                    mutable: false,
                    required: false,
                    stringAttributeConstraints: { minLength: "1", maxLength: "64" },
                },
            ],
        });
        expect(at(inputs, "emailConfiguration")).to.include({
            emailSendingAccount: "DEVELOPER",
            fromEmailAddress: "Shop <hello@shop.example.com>",
            configurationSet: "shop-mail",
        });
        expect(at(inputs, "accountRecoverySetting.recoveryMechanisms")).to.deep.equal([
            { name: "verified_email", priority: 1 },
            { name: "verified_phone_number", priority: 2 },
        ]);
        expectRegion(full, TEST_REGION);
    });

    it("signs users in by codes that are good once, and never tells who is a user", () => {
        const { inputs } = one(full, CLIENT, "shop-app-client");
        expect(inputs).to.deep.include({
            allowedOauthFlowsUserPoolClient: true,
            allowedOauthFlows: ["code"],
            allowedOauthScopes: ["openid", "email", "https://api.shop.example.com/todos"],
            callbackUrls: ["https://app.shop.example.com/signed-in", "http://localhost:5173/signed-in"],
            logoutUrls: ["https://app.shop.example.com/"],
            generateSecret: false,
            preventUserExistenceErrors: "ENABLED",
            enableTokenRevocation: true,
            supportedIdentityProviders: ["COGNITO", "work", "partner"],
            accessTokenValidity: 15,
            idTokenValidity: 15,
            refreshTokenValidity: 24,
            tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
            refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 },
            // With rotation the older way to refresh is refused.
            explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"],
        });
        expect(one(full, STYLE).inputs).to.include({ useCognitoProvidedValues: true });
    });

    it("lets an application sign in as itself, for scopes of APIs and with a secret", () => {
        const { inputs } = one(full, CLIENT, "shop-reports-client");
        expect(inputs).to.deep.include({
            allowedOauthFlows: ["client_credentials"],
            allowedOauthScopes: ["https://api.shop.example.com/todos"],
            generateSecret: true,
            explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        });
        expect(inputs).to.not.have.any.keys("callbackUrls", "supportedIdentityProviders");
        expect(Object.keys(full.outputs.clientSecrets as object)).to.deep.equal(["reports"]);
        expect(Object.keys(full.outputs.clientIds as object)).to.have.members(["app", "reports"]);
    });

    it("refreshes tokens and signs in without the password leaving the device where nothing is said", async () => {
        const { inputs } = one(await made(), CLIENT);
        expect(inputs).to.deep.include({
            allowedOauthFlowsUserPoolClient: false,
            explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            refreshTokenRotation: { feature: "DISABLED" },
            refreshTokenValidity: 720,
        });
        expect(inputs).to.not.have.property("allowedOauthFlows");
        const lite = one(await made({ plan: UserPoolPlan.Lite }), CLIENT).inputs;
        expect(lite).to.not.have.property("refreshTokenRotation");
    });

    it("keeps the secret that another directory gave, and waits for it before an application offers it", () => {
        const saml = one(full, PROVIDER, "shop-work-provider").inputs;
        expect(saml).to.deep.include({ providerType: "SAML", idpIdentifiers: ["example.com"] });
        expect(saml.providerDetails).to.deep.equal({
            MetadataURL: "https://login.example.com/metadata.xml",
            IDPInit: "false",
            IDPSignout: "true",
            RequestSigningAlgorithm: "rsa-sha256",
        });
        const oidc = one(full, PROVIDER, "shop-partner-provider");
        expect(oidc.inputs.providerDetails).to.deep.include({
            oidc_issuer: "https://id.partner.example",
            authorize_scopes: "openid email",
            attributes_request_method: "POST",
        });
        expect(JSON.stringify(full.resources.map(({ state }) => state))).not.to.include(
            "said-by-the-partner",
        );
        const client = one(full, CLIENT, "shop-app-client");
        expect(client.dependencies).to.include.members(ofType(full, PROVIDER).map(({ urn }) => urn));
    });

    it("gives credentials to users of the pool alone, and a group's members its role", () => {
        const pool = one(full, IDENTITIES);
        expect(pool.inputs).to.deep.include({
            allowClassicFlow: false,
            allowUnauthenticatedIdentities: true,
            cognitoIdentityProviders: [
                {
                    clientId: at(full.outputs.clientIds, "app"),
                    providerName: `cognito-idp.${TEST_REGION}.amazonaws.com/${String(full.outputs.userPoolId)}`,
                    serverSideTokenCheck: true,
                },
            ],
        });
        const attached = one(full, ATTACHMENT).inputs;
        expect(attached.roleMappings).to.deep.equal([
            {
                identityProvider: `cognito-idp.${TEST_REGION}.amazonaws.com/${String(full.outputs.userPoolId)}:${String(at(full.outputs.clientIds, "app"))}`,
                type: "Token",
                ambiguousRoleResolution: "Deny",
            },
        ]);
        expect(Object.keys(attached.roles as object)).to.have.members(["authenticated", "unauthenticated"]);
        const groups = ofType(full, GROUP);
        expect(groups.map(({ inputs }) => [inputs.name, inputs.precedence])).to.deep.equal([
            ["admins", 1],
            ["members", 10],
        ]);
        for (const { inputs } of groups) {
            expect(inputs.roleArn).to.equal(at(full.outputs.groupRoleArns, String(inputs.name)));
        }
    });

    it("has no guests, and one role for all, where nothing is said", async () => {
        const run = await made({ identityPool: {} });
        expect(one(run, IDENTITIES).inputs.allowUnauthenticatedIdentities).to.equal(false);
        expect(one(run, ROLE).name).to.equal("shop-users-role");
        expect(ofType(run, ROLE_POLICY)).to.deep.equal([]);
        const attached = one(run, ATTACHMENT).inputs;
        expect(Object.keys(attached.roles as object)).to.deep.equal(["authenticated"]);
        expect(attached).to.not.have.property("roleMappings");
        const grouped = one(await made({ identityPool: {}, groups: { staff: {} } }), ATTACHMENT).inputs;
        expect(grouped).to.have.nested.property(
            "roleMappings[0].ambiguousRoleResolution",
            "AuthenticatedRole",
        );
    });

    it("has roles that trust the pool's own users, and its guests for theirs alone", () => {
        const identityPoolId = String(full.outputs.identityPoolId);
        const trusts = (name: string, aud: string, amr: readonly string[]) =>
            mayAssume(
                String(one(full, ROLE, name).inputs.assumeRolePolicy),
                "cognito-identity.amazonaws.com",
                "sts:AssumeRoleWithWebIdentity",
                {
                    "cognito-identity.amazonaws.com:aud": aud,
                    "cognito-identity.amazonaws.com:amr": amr,
                },
            );
        const signedIn = ["authenticated", "cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a"];
        for (const name of ["shop-users-role", "shop-admins-group-role", "shop-members-group-role"]) {
            expect(trusts(name, identityPoolId, signedIn), name).to.equal(true);
            expect(trusts(name, identityPoolId, ["unauthenticated"]), name).to.equal(false);
            expect(trusts(name, `${TEST_REGION}:another`, signedIn), name).to.equal(false);
        }
        for (const { inputs } of ofType(full, ROLE)) {
            expect(inputs.permissionsBoundary).to.equal(`arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`);
        }
        expect(trusts("shop-guests-role", identityPoolId, ["unauthenticated"])).to.equal(true);
        expect(trusts("shop-guests-role", identityPoolId, signedIn)).to.equal(false);
        // A group's role has what every user has, too.
        const policy = one(full, ROLE_POLICY, "shop-members-group-policy");
        expect(statements(policy)).to.have.keys("ReadHelp");
    });

    it("has groups without roles where there are no credentials", async () => {
        const run = await made({ groups: { staff: {} } });
        expect(one(run, GROUP).inputs).to.not.have.property("roleArn");
        expect(run.outputs.groupRoleArns).to.deep.equal({});
    });

    it("has its pages at a name of its own or a prefix, newer than in the least plan", async () => {
        expect(one(full, DOMAIN).inputs).to.deep.include({
            domain: "auth.shop.example.com",
            certificateArn: `arn:aws:acm:us-east-1:${TEST_ACCOUNT}:certificate/0a1b`,
            managedLoginVersion: 2,
        });
        expect(full.outputs.signInUrl).to.equal("https://auth.shop.example.com");
        expect(full.outputs.signInTarget).to.match(/\.cloudfront\.net$/);
        const lite = await made({ plan: UserPoolPlan.Lite, domain: { prefix: "shop-users" } });
        expect(one(lite, DOMAIN).inputs).to.include({ domain: "shop-users", managedLoginVersion: 1 });
        expect(lite.outputs.signInUrl).to.equal(`https://shop-users.auth.${TEST_REGION}.amazoncognito.com`);
        expect(lite.outputs.signInTarget).to.equal(undefined);
    });

    it("may call the functions that it is given, and their aliases, and tells them of access tokens", async () => {
        const called = ofType(full, PERMISSION);
        expect(called).to.have.lengthOf(10);
        for (const { inputs } of called) {
            expect(inputs).to.include({
                function: `arn:aws:lambda:${TEST_REGION}:${TEST_ACCOUNT}:function:shop-welcome`,
                qualifier: "live",
                principal: "cognito-idp.amazonaws.com",
                sourceArn: full.outputs.userPoolArn,
                sourceAccount: TEST_ACCOUNT,
            });
        }
        expect(one(full, POOL).inputs.lambdaConfig).to.deep.include({
            preTokenGenerationConfig: {
                lambdaArn: `${functionArn.replace("welcome", "shop-welcome")}:live`,
                lambdaVersion: "V2_0",
            },
        });
        const lite = await made({
            plan: UserPoolPlan.Lite,
            triggers: { preTokenGeneration: functionArn },
        });
        expect(one(lite, POOL).inputs.lambdaConfig).to.deep.equal({ preTokenGeneration: functionArn });
        expect(one(lite, PERMISSION).inputs).to.not.have.property("qualifier");
    });

    it("logs under the key that it is given, and what users do in the greatest plan alone", async () => {
        const delivery = "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration";
        const sources = (run: ProgramPreview) =>
            (one(run, delivery).inputs.logConfigurations as { eventSource: string }[]).map(
                ({ eventSource }) => eventSource,
            );
        expect(sources(full)).to.deep.equal(["userNotification", "userAuthEvents"]);
        const logKmsKeyArn = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/1234abcd`;
        const run = await made({ logKmsKeyArn });
        expect(sources(run)).to.deep.equal(["userNotification"]);
        const group = one(run, "aws:cloudwatch/logGroup:LogGroup");
        expect(group.inputs).to.include({ retentionInDays: 365, kmsKeyId: logKmsKeyArn });
        expect(group.outputs.name).to.match(/^\/aws\/vendedlogs\/cognito\/shop-/);
    });

    it("rings when users are turned away or most sign-ins fail, and for risks where they are looked for", async () => {
        expect(ofType(full, ALARM).map(({ name }) => name)).to.have.members([
            "shop-throttled",
            "shop-sign-in-failures",
            "shop-risks",
        ]);
        expect(at(one(full, ALARM, "shop-throttled").inputs, "metricQueries[0]")).to.deep.equal({
            id: "signins",
            expression: `SELECT SUM(SignInThrottles) FROM SCHEMA("AWS/Cognito", "UserPool", "UserPoolClient") WHERE UserPool = '${String(full.outputs.userPoolId)}'`,
            period: 300,
            returnData: false,
        });
        const run = await made({ alarmTopicArns: topics });
        expect(ofType(run, ALARM)).to.have.lengthOf(2);
        expect(ofType(await made(), ALARM)).to.deep.equal([]);
    });

    it("is guarded by the web ACL that it is given", () => {
        expect(one(full, "aws:wafv2/webAclAssociation:WebAclAssociation").inputs).to.include({
            resourceArn: full.outputs.userPoolArn,
            webAclArn: alone.webAclArn,
        });
    });

    it("gives out who signs the tokens, and what administers users, which sets no passwords", () => {
        const { issuer, jwksUri, userPoolId, userPoolArn, adminPermissions } = full.outputs;
        expect(issuer).to.equal(`https://cognito-idp.${TEST_REGION}.amazonaws.com/${String(userPoolId)}`);
        expect(jwksUri).to.equal(`${String(issuer)}/.well-known/jwks.json`);
        const [permission] = adminPermissions as { actions: string[]; resources: unknown[] }[];
        expect(permission?.resources).to.deep.equal([userPoolArn]);
        expect(permission?.actions).to.include("cognito-idp:AdminDisableUser");
        expect(permission?.actions.filter((action) => /Password$|Auth$|\*/.test(action))).to.deep.equal([
            "cognito-idp:AdminResetUserPassword",
        ]);
    });

    it("lets go of its users when told so", async () => {
        const run = await made({ deletionProtection: false, identityPool: {} });
        expect(one(run, POOL).inputs.deletionProtection).to.equal("INACTIVE");
        expect([POOL, IDENTITIES].map((type) => one(run, type).protect)).to.deep.equal([false, false]);
    });

    describe("in two regions", () => {
        const NATIVE = "aws-native:cognito:";

        it("is CloudFormation's pool under the multi-Region key, with an issuer of both regions", () => {
            const pool = one(replicated, `${NATIVE}UserPool`);
            expect(ofType(replicated, POOL)).to.deep.equal([]);
            expect(pool.protect).to.equal(true);
            expect(pool.inputs).to.deep.include({
                userPoolName: "shop",
                userPoolTags: { project: "shop", "data-classification": "confidential" },
                keyConfiguration: {
                    keyType: "CUSTOMER_MANAGED_KEY",
                    kmsKeyArn: replication?.kmsKeyArn,
                },
                issuerConfiguration: { type: "UPDATED" },
                enabledMfas: ["SOFTWARE_TOKEN_MFA", "SMS_MFA"],
                webAuthnRelyingPartyId: "auth.shop.example.com",
                webAuthnUserVerification: "required",
                userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ["email"] },
            });
            expect(pool.inputs).to.have.nested.property("policies.passwordPolicy.minimumLength", 14);
            expect(pool.inputs).to.have.nested.property("emailConfiguration.from");
            expect(replicated.outputs.issuer).to.equal(
                `https://issuer-cognito-idp.${TEST_REGION}.amazonaws.com/${String(replicated.outputs.userPoolId)}`,
            );
        });

        it("has the same settings as @pulumi/aws's pool, name by name", () => {
            const renamed: Record<string, string> = {
                name: "userPoolName",
                tags: "userPoolTags",
                schemas: "schema",
                passwordPolicy: "policies",
                signInPolicy: "policies",
                softwareTokenMfaConfiguration: "enabledMfas",
                webAuthnConfiguration: "webAuthnUserVerification",
            };
            const { region: _, ...inputs } = one(full, POOL).inputs;
            const own = Object.keys(inputs).map((key) => renamed[key] ?? key);
            const added = ["keyConfiguration", "issuerConfiguration", "webAuthnRelyingPartyId"];
            expect(one(replicated, `${NATIVE}UserPool`).inputs).to.have.keys([...own, ...added]);
        });

        it("gives every resource of CloudFormation what its declaration asks for, and nothing that it lacks", () => {
            const native = replicated.resources.filter(({ type }) => type.startsWith(NATIVE));
            expect(native.map(({ name }) => name)).to.have.members([
                ...["shop-pool", "shop-replica", `shop-${ABROAD}`, "shop-domain"],
            ]);
            for (const { type, inputs } of native) {
                const declared = declaredArguments(type);
                expect([...declared.keys()], type).to.include.members(Object.keys(inputs));
                const required = [...declared].filter(([, optional]) => !optional).map(([name]) => name);
                expect(Object.keys(inputs), type).to.include.members(required);
            }
        });

        it("makes the replica from home, and what is set for it alone by a provider of its region", () => {
            const providers = Object.fromEntries(
                ofType(replicated, "pulumi:providers:aws-native").map(({ name, urn, inputs }) => [
                    name,
                    { urn, region: inputs.region },
                ]),
            );
            expect(Object.entries(providers).map(([name, { region }]) => [name, region])).to.deep.equal([
                ["shop-native", TEST_REGION],
                [`shop-${ABROAD}-native`, ABROAD],
            ]);
            const replica = one(replicated, `${NATIVE}UserPoolReplica`);
            expect(replica.provider).to.include(`${providers["shop-native"]?.urn ?? "none"}::`);
            expect(replica.inputs).to.include({
                regionName: ABROAD,
                userPoolId: replicated.outputs.userPoolId,
            });
            expect(replica.protect).to.equal(true);
            const settings = one(replicated, `${NATIVE}UserPoolRegionalConfigurationAttachment`);
            expect(settings.provider).to.include(`${providers[`shop-${ABROAD}-native`]?.urn ?? "none"}::`);
            expect(settings.inputs.status).to.equal("ACTIVE");
            expect(settings.dependencies).to.include(replica.urn);
            expect(one(replicated, `${NATIVE}UserPoolDomain`).inputs.routing).to.deep.equal({
                failover: {
                    primaryRoute53HealthCheckId: replication?.healthCheckId,
                    secondaryRegion: ABROAD,
                },
            });
        });

        it("has triggers, firewall, logs and alarms of its own abroad", () => {
            const abroad = replicated.resources.filter(({ inputs }) => inputs.region === ABROAD);
            const count = (type: string) => abroad.filter((resource) => resource.type === type).length;
            expect(count(PERMISSION)).to.equal(10);
            expect(count(ALARM)).to.equal(3);
            expect(count("aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration")).to.equal(1);
            const guard = abroad.find(({ type }) => type === "aws:wafv2/webAclAssociation:WebAclAssociation");
            expect(guard?.inputs.resourceArn).to.equal(replicated.outputs.replicaArn);
            expect(replicated.outputs.replicaArn).to.equal(
                `arn:aws:cognito-idp:${ABROAD}:${TEST_ACCOUNT}:userpool/${String(replicated.outputs.userPoolId)}`,
            );
        });

        it("starts inactive, and may keep an issuer for each region", async () => {
            const run = await made({
                replication: {
                    region: ABROAD,
                    kmsKeyArn: `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/mrk-1`,
                    sharedIssuer: false,
                },
            });
            expect(one(run, `${NATIVE}UserPoolRegionalConfigurationAttachment`).inputs.status).to.equal(
                "INACTIVE",
            );
            expect(at(one(run, `${NATIVE}UserPool`).inputs, "issuerConfiguration.type")).to.equal("ORIGINAL");
            expect(run.outputs.issuer).to.match(/^https:\/\/cognito-idp\./);
        });
    });

    it("has no second factor, no registration and no recovery where it is told so, and whole numbers of users", async () => {
        const { inputs } = one(
            await made({
                mfa: MfaRequirement.Off,
                accountRecovery: AccountRecovery.AdminOnly,
                selfRegistration: false,
                customAttributes: [{ name: "tenant" }, { name: "score", type: UserAttributeType.Number }],
            }),
            POOL,
        );
        expect(inputs).to.deep.include({
            mfaConfiguration: "OFF",
            softwareTokenMfaConfiguration: { enabled: false },
            adminCreateUserConfig: { allowAdminCreateUserOnly: true },
            accountRecoverySetting: { recoveryMechanisms: [{ name: "admin_only", priority: 1 }] },
        });
        expect(at(inputs, "schemas[0].stringAttributeConstraints")).to.deep.equal({
            minLength: "0",
            maxLength: "256",
        });
        expect(at(inputs, "schemas[1].numberAttributeConstraints")).to.deep.equal({
            minValue: "0",
            maxValue: "2147483647",
        });
    });
});
