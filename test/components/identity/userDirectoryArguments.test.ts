import { expect } from "chai";
import {
    AccountRecovery,
    AuthFlow,
    MfaMethod,
    MfaRequirement,
    PasswordlessFactor,
    ThreatProtection,
    UserAttributeType,
    UserDirectory,
    type UserDirectoryArgs,
    UserPoolPlan,
} from "../../../components/identity/userDirectory/userDirectory";
import { loadCognito } from "../../../components/identity/userDirectory/awsNative";
import { FULL_DIRECTORY } from "../../support/components/identityArguments";
import { problemsOfProgram } from "../../support/components/problems";
import { TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { inTestAccount } from "../../support/surroundings";

const good: UserDirectoryArgs = { region: TEST_REGION, accountId: TEST_ACCOUNT, clients: { app: {} } };
const domain = { prefix: "shop-users" };
const page = { callbackUrls: ["https://app.example.com/in"] };
const api = { identifier: "https://api.example.com", scopes: { read: "Read" } };
const sms = { snsCallerRoleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/sms`, externalId: "shop" };
const saml = { metadataUrl: "https://login.example.com/metadata.xml" };
const email = { email: "email" };
const multiRegionKey = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/mrk-1`;

/** What is said against arguments that differ from good ones. */
const problems = (changes: object, name = "shop") =>
    problemsOfProgram(() => new UserDirectory(name, { ...good, ...changes }, inTestAccount()));

/** The same of the only application, which has pages. */
const clientProblems = (client: object, changes: object = {}) =>
    problems({ domain, ...changes, clients: { app: { ...page, ...client } } });

async function expectGood(...changes: readonly object[]): Promise<void> {
    for (const change of changes) {
        expect(await problems(change), JSON.stringify(change)).to.deep.equal([]);
    }
}

describe("the arguments of UserDirectory", () => {
    it("are fine with all that there is, and with the least", async () => {
        await expectGood({}, FULL_DIRECTORY);
    });

    it("hold passwords to their bounds, and their history to the plan", async () => {
        const policy = (passwordPolicy: object, plan?: UserPoolPlan) =>
            problems({ passwordPolicy, ...(plan && { plan }) });
        expect(
            await policy({ minimumLength: 8, passwordHistorySize: 24, temporaryPasswordValidityDays: 1 }),
        ).to.deep.equal([]);
        expect(
            await policy({ minimumLength: 99, passwordHistorySize: 0, temporaryPasswordValidityDays: 365 }),
        ).to.deep.equal([]);
        expect(
            await policy({ minimumLength: 7, passwordHistorySize: 25, temporaryPasswordValidityDays: 0 }),
        ).to.deep.equal([
            "passwordPolicy.minimumLength is 7; allowed: a whole number from 8 to 99 (characters)",
            "passwordPolicy.passwordHistorySize is 25; allowed: a whole number from 0 to 24",
            "passwordPolicy.temporaryPasswordValidityDays is 0; allowed: a whole number from 1 to 365 (days)",
        ]);
        expect(await policy({ minimumLength: 100, temporaryPasswordValidityDays: 366 })).to.have.lengthOf(2);
        expect(await policy({ passwordHistorySize: 0 }, UserPoolPlan.Lite)).to.deep.equal([]);
        expect(await policy({ passwordHistorySize: 1 }, UserPoolPlan.Lite)).to.deep.equal([
            "passwordPolicy.passwordHistorySize is 1; allowed: 0 in the plan LITE",
        ]);
    });

    it("say what each plan has not", async () => {
        const replication = { region: "us-east-1", kmsKeyArn: multiRegionKey };
        expect(
            await problems({
                plan: UserPoolPlan.Lite,
                mfa: MfaRequirement.Optional,
                passwordlessFactors: [PasswordlessFactor.Passkey],
                threatProtection: ThreatProtection.Audit,
                replication,
                domain: { ...domain, managedLogin: true },
                clients: { app: { authFlows: [AuthFlow.UserChoice], refreshTokenRotation: true } },
            }),
        ).to.have.members([
            'passwordlessFactors is "given"; allowed: nothing in the plan LITE. Choose UserPoolPlan.Essentials or UserPoolPlan.Plus',
            'threatProtection is "AUDIT"; allowed: OFF below the plan PLUS. Choose UserPoolPlan.Plus, which alone has threat protection',
            'clients["app"].authFlows[0] is "ALLOW_USER_AUTH"; allowed: another flow in the plan LITE. Choose UserPoolPlan.Essentials or UserPoolPlan.Plus',
            'clients["app"].refreshTokenRotation is true; allowed: false in the plan LITE. Choose UserPoolPlan.Essentials or UserPoolPlan.Plus',
            "domain.managedLogin is true; allowed: false in the plan LITE. Choose UserPoolPlan.Essentials or UserPoolPlan.Plus",
            'replication is "given"; allowed: nothing in the plan LITE. Choose UserPoolPlan.Essentials or UserPoolPlan.Plus',
        ]);
        await expectGood(
            { plan: UserPoolPlan.Plus, threatProtection: ThreatProtection.Audit },
            { threatProtection: ThreatProtection.Off },
            { plan: UserPoolPlan.Lite, domain: { ...domain, managedLogin: false } },
        );
    });

    it("ask for what second factors and codes need", async () => {
        expect(
            await problems({
                mfaMethods: [MfaMethod.Sms],
                accountRecovery: AccountRecovery.EmailThenPhone,
            }),
        ).to.deep.equal([
            'mfaMethods[0] is "SMS_MFA"; allowed: another method without sms. Give the role by which Cognito sends text messages',
            'accountRecovery is "EMAIL_THEN_PHONE"; allowed: another way without sms',
        ]);
        expect(await problems({ mfa: MfaRequirement.Off, mfaMethods: [MfaMethod.Totp] })).to.deep.equal([
            'mfaMethods is "given"; allowed: nothing with MfaRequirement.OFF',
        ]);
        expect(await problems({ mfaMethods: [] })).to.deep.equal([
            "mfaMethods is []; allowed: one method or both",
        ]);
        expect(await problems({ mfaMethods: [MfaMethod.Totp, MfaMethod.Totp] })).to.deep.equal([
            'mfaMethods[1] is "SOFTWARE_TOKEN_MFA"; allowed: each method once',
        ]);
        expect(await problems({ passwordlessFactors: [PasswordlessFactor.Passkey] })).to.deep.equal([
            'passwordlessFactors is "given"; allowed: nothing while everybody needs a second factor. Choose MfaRequirement.Optional: Cognito asks for a second factor after a password alone',
        ]);
        const optional = { mfa: MfaRequirement.Optional };
        expect(
            await problems({ ...optional, passwordlessFactors: [PasswordlessFactor.SmsCode] }),
        ).to.deep.equal(['passwordlessFactors[0] is "SMS_OTP"; allowed: another factor without sms']);
        expect(await problems({ passkeyDomain: "app.example.com" })).to.deep.equal([
            'passkeyDomain is "app.example.com"; allowed: nothing without WEB_AUTHN in passwordlessFactors',
        ]);
        await expectGood(
            { mfaMethods: [MfaMethod.Sms], sms },
            { ...optional, passwordlessFactors: [PasswordlessFactor.SmsCode], sms },
        );
    });

    it("send users to https alone, but for localhost where that is asked for", async () => {
        for (const url of ["https://app.example.com/in", "https://app.example.com/"]) {
            expect(await clientProblems({ callbackUrls: [url], logoutUrls: [url] })).to.deep.equal([]);
        }
        const refused = [
            "http://app.example.com/in",
            "http://localhost:5173/in",
            "https://app.example.com/in#top",
            "https://user@app.example.com/",
            "app://in",
            "in",
        ];
        expect(await clientProblems({ callbackUrls: refused })).to.deep.equal(
            refused.map(
                (url, index) =>
                    `clients["app"].callbackUrls[${index}] is "${url}"; allowed: an https:// URL without a fragment`,
            ),
        );
        const local = ["http://localhost:5173/in", "http://127.0.0.1/in", "http://[::1]:8080/in"];
        expect(await clientProblems({ callbackUrls: local, allowLocalhost: true })).to.deep.equal([]);
        expect(
            await clientProblems({ callbackUrls: ["http://app.example.com/"], allowLocalhost: true }),
        ).to.deep.equal([
            'clients["app"].callbackUrls[0] is "http://app.example.com/"; allowed: an https:// URL, or http://localhost, without a fragment',
        ]);
        const many = (count: number) =>
            Array.from({ length: count }, (_, index) => `https://app.example.com/${index}`);
        expect(await clientProblems({ callbackUrls: many(100) })).to.deep.equal([]);
        expect(await clientProblems({ callbackUrls: many(101) })).to.have.lengthOf(1);
        const long = (length: number) => `https://app.example.com/${"a".repeat(length - 24)}`;
        expect(await clientProblems({ callbackUrls: [long(1024)] })).to.deep.equal([]);
        expect(await clientProblems({ callbackUrls: [long(1025)] })).to.have.lengthOf(1);
        expect(
            await problems({ clients: { app: { logoutUrls: ["https://app.example.com/"] } } }),
        ).to.deep.equal([
            'clients["app"].logoutUrls is ["https://app.example.com/"]; allowed: nothing without callbackUrls',
        ]);
    });

    it("ask for pages where users are sent to them, and for one name", async () => {
        expect(await problems({ clients: { app: page } })).to.deep.equal([
            "domain is not given; allowed: prefix or customDomain while a client has callbackUrls or clientCredentials",
        ]);
        expect(await problems({ domain: {} })).to.deep.equal([
            "domain is {}; allowed: prefix or customDomain",
        ]);
        const customDomain = {
            domainName: "auth.example.com",
            certificateArn: `arn:aws:acm:us-east-1:${TEST_ACCOUNT}:certificate/1`,
        };
        expect(await problems({ domain: { prefix: "shop", customDomain } })).to.have.lengthOf(1);
        await expectGood({ domain: { customDomain } }, { domain: { prefix: "a".repeat(63) } });
        for (const prefix of ["a".repeat(64), "-shop", "my-cognito", "aws-shop", "Shop"]) {
            expect(await problems({ domain: { prefix } }), prefix).to.have.lengthOf(1);
        }
        expect(
            await problems({
                domain: {
                    customDomain: {
                        domainName: "example.com",
                        certificateArn: `arn:aws:acm:${TEST_REGION}:${TEST_ACCOUNT}:certificate/1`,
                    },
                },
            }),
        ).to.deep.equal([
            'domain.customDomain.domainName is "example.com"; allowed: a name below a domain, such as auth.shop.example.com, 63 characters at most',
            `domain.customDomain.certificateArn is "arn:aws:acm:${TEST_REGION}:${TEST_ACCOUNT}:certificate/1"; allowed: the ARN of a certificate in us-east-1, wherever the pool is`,
        ]);
    });

    it("know the scopes that there are, and those that no user is needed for", async () => {
        const own = "openid, email, profile, phone, aws.cognito.signin.user.admin";
        expect(
            await clientProblems(
                { scopes: ["openid", "https://api.example.com/write"] },
                { resourceServers: { api } },
            ),
        ).to.deep.equal([
            `clients["app"].scopes[1] is "https://api.example.com/write"; allowed: ${own}, https://api.example.com/read`,
        ]);
        expect(await clientProblems({ scopes: ["openid", "openid"] })).to.deep.equal([
            'clients["app"].scopes[1] is "openid"; allowed: each scope once',
        ]);
        expect(await problems({ clients: { app: { scopes: ["openid"] } } })).to.deep.equal([
            'clients["app"].scopes is ["openid"]; allowed: nothing without callbackUrls and clientCredentials',
        ]);
        const machine = (client: object, resourceServers?: object) =>
            problems({
                domain,
                ...(resourceServers && { resourceServers }),
                clients: { app: { clientCredentials: true, ...client } },
            });
        expect(await machine({ scopes: ["https://api.example.com/read"] }, { api })).to.deep.equal([]);
        expect(await machine({ scopes: ["openid"] })).to.deep.equal([
            'clients["app"].scopes[0] is "openid"; allowed: a scope of resourceServers, of which there are none',
        ]);
        expect(await machine({})).to.deep.equal([
            'clients["app"].clientCredentials is true; allowed: false without scopes. Name the scopes of resourceServers that it has',
        ]);
        expect(
            await machine(
                {
                    ...page,
                    scopes: ["https://api.example.com/read"],
                    generateSecret: false,
                    authFlows: [],
                    refreshTokenHours: 24,
                },
                { api },
            ),
        ).to.deep.equal([
            `clients["app"].callbackUrls is ["https://app.example.com/in"]; allowed: nothing beside clientCredentials, which signs in no users`,
            'clients["app"].generateSecret is false; allowed: true with clientCredentials. The secret is all that such a client shows',
            'clients["app"].authFlows is []; allowed: nothing beside clientCredentials, which signs in no users',
            'clients["app"].refreshTokenHours is 24; allowed: nothing beside clientCredentials, which signs in no users',
        ]);
    });

    it("hold tokens to Cognito's bounds, and the refresh token to be the longest", async () => {
        for (const minutes of [5, 1440]) {
            expect(
                await clientProblems({ accessTokenMinutes: minutes, idTokenMinutes: minutes }),
            ).to.deep.equal([]);
        }
        for (const minutes of [4, 1441, 5.5]) {
            expect(
                await clientProblems({ accessTokenMinutes: minutes, idTokenMinutes: minutes }),
            ).to.deep.equal(
                ["accessTokenMinutes", "idTokenMinutes"].map(
                    (argument) =>
                        `clients["app"].${argument} is ${minutes}; allowed: a whole number from 5 to 1440 (minutes)`,
                ),
            );
        }
        expect(await clientProblems({ refreshTokenHours: 2 })).to.deep.equal([]);
        expect(await clientProblems({ refreshTokenHours: 87_600 })).to.deep.equal([]);
        for (const refreshTokenHours of [1, 87_601]) {
            expect(await clientProblems({ refreshTokenHours })).to.deep.equal([
                `clients["app"].refreshTokenHours is ${refreshTokenHours}; allowed: a whole number from 2, which is longer than the other tokens hold, to 87600 (hours)`,
            ]);
        }
        expect(
            await clientProblems({ accessTokenMinutes: 59, idTokenMinutes: 59, refreshTokenHours: 1 }),
        ).to.deep.equal([]);
    });

    it("know the directories of others, each by one kind", async () => {
        const provider = (given: object) =>
            problems({ identityProviders: { work: { attributeMapping: email, ...given } } });
        const oidc = { issuer: "https://id.example.com", clientId: "a", clientSecret: "b" };
        expect(await provider({ saml })).to.deep.equal([]);
        expect(await provider({ saml: { metadata: "<EntityDescriptor/>" } })).to.deep.equal([]);
        expect(await provider({ oidc })).to.deep.equal([]);
        expect(await provider({ saml, oidc })).to.have.lengthOf(1);
        expect(await provider({ saml: {} })).to.have.lengthOf(1);
        expect(await provider({})).to.have.lengthOf(1);
        expect(await provider({ saml, attributeMapping: { name: "name" } })).to.deep.equal([
            'identityProviders["work"].attributeMapping is {"name":"name"}; allowed: email among the attributes, beside saml or oidc',
        ]);
        expect(
            await provider({ oidc: { ...oidc, issuer: "http://id.example.com", scopes: ["email"] } }),
        ).to.deep.equal([
            'identityProviders["work"].oidc.issuer is "http://id.example.com"; allowed: an https:// URL',
            'identityProviders["work"].oidc.scopes is ["email"]; allowed: openid among them',
        ]);
        expect(
            await problems({ identityProviders: { wo: { saml, attributeMapping: email } } }),
        ).to.have.lengthOf(1);
        expect(
            await problems({
                clients: { app: { identityProviders: ["home"] } },
                identityProviders: { work: { saml, attributeMapping: email } },
            }),
        ).to.deep.equal(['clients["app"].identityProviders[0] is "home"; allowed: work']);
    });

    it("give nobody permissions without an identity pool", async () => {
        const groups = {
            staff: { permissions: [[{ sid: "A", actions: ["s3:GetObject"], resources: ["*"] }]] },
        };
        expect(await problems({ groups })).to.have.lengthOf(1);
        await expectGood({ groups, identityPool: {} });
    });

    it("know attributes by one name each, and texts within 2048 characters", async () => {
        const attributes = (...customAttributes: object[]) => problems({ customAttributes });
        expect(await attributes({ name: "a".repeat(20), maximum: 2048 })).to.deep.equal([]);
        expect(await attributes({ name: "a".repeat(21), maximum: 2049 })).to.have.lengthOf(2);
        expect(await attributes({ name: "a" }, { name: "a" })).to.have.lengthOf(2);
        expect(await attributes({ name: "a", minimum: 5, maximum: 4 })).to.deep.equal([
            "customAttributes[0].maximum is 4; allowed: a whole number from 5 to 2048 (characters)",
        ]);
        expect(
            await attributes({ name: "a", type: UserAttributeType.Number, minimum: -5, maximum: 1e9 }),
        ).to.deep.equal([]);
        const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `a${index}` }));
        expect(await attributes(...many(25))).to.deep.equal([]);
        expect(await attributes(...many(26))).to.deep.equal([
            "customAttributes is 26; allowed: 25 attributes at most",
        ]);
    });

    it("are of the pool's region, and of the replica's where they are its", async () => {
        const arn = (region: string) => `arn:aws:lambda:${region}:${TEST_ACCOUNT}:function:welcome`;
        const acl = (region: string) => `arn:aws:wafv2:${region}:${TEST_ACCOUNT}:regional/webacl/shop/1`;
        const replication = {
            region: "us-east-1",
            kmsKeyArn: multiRegionKey,
            triggers: { postConfirmation: arn("us-east-1") },
            webAclArn: acl("us-east-1"),
        };
        await expectGood({
            triggers: { postConfirmation: arn(TEST_REGION) },
            webAclArn: acl(TEST_REGION),
            replication,
        });
        expect(
            await problems({
                triggers: { postConfirmation: arn("us-east-1") },
                webAclArn: acl("us-east-1"),
                replication: {
                    ...replication,
                    triggers: { postConfirmation: arn(TEST_REGION) },
                    webAclArn: acl(TEST_REGION),
                },
            }),
        ).to.deep.equal([
            `triggers.postConfirmation is "${arn("us-east-1")}"; allowed: the ARN of a function in ${TEST_REGION}, or of its alias`,
            `webAclArn is "${acl("us-east-1")}"; allowed: the ARN of a regional web ACL in ${TEST_REGION}`,
            `replication.triggers.postConfirmation is "${arn(TEST_REGION)}"; allowed: the ARN of a function in us-east-1, or of its alias`,
            `replication.webAclArn is "${acl(TEST_REGION)}"; allowed: the ARN of a regional web ACL in us-east-1`,
        ]);
        const single = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/1234`;
        expect(
            await problems({
                replication: {
                    region: TEST_REGION,
                    kmsKeyArn: single,
                    healthCheckId: "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
                },
            }),
        ).to.deep.equal([
            `replication.region is "${TEST_REGION}"; allowed: another region than the pool's`,
            `replication.kmsKeyArn is "${single}"; allowed: the ARN of a multi-Region key, arn:aws:kms:…:key/mrk-…`,
            'replication.healthCheckId is "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"; allowed: nothing without domain',
        ]);
    });

    it("are called so that roles can be called after them", async () => {
        expect(await problems({}, "shop_users")).to.have.lengthOf(1);
        const name = (length: number) => problems({ groups: { staff: {} } }, "a".repeat(length));
        expect(await name(39)).to.deep.equal([]);
        expect(await name(40)).to.have.lengthOf(1);
    });

    it("say how @pulumi/aws-native comes where it is missing", () => {
        const missing = (name: string): never => {
            throw Object.assign(new Error(`Cannot find module '${name}'`), { code: "MODULE_NOT_FOUND" });
        };
        expect(() => loadCognito('meridian:index:UserDirectory "shop"', missing)).to.throw(
            'meridian:index:UserDirectory "shop" needs @pulumi/aws-native, which is not installed beside this package: npm install @pulumi/aws-native',
        );
    });
});
