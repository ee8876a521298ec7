import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { setting, unsetting } from "./settings";

const POOL = "aws:cognito/userPool:UserPool";
const IDENTITIES = "aws:cognito/identityPool:IdentityPool";

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
        inputs: { identityPoolName: "customers", allowUnauthenticatedIdentities: false },
    },
];
const pool = { type: POOL, name: "customers", fixture: POOLS };
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
];

export const accepted: readonly Accepted[] = [
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
