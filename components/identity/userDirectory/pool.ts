import type * as aws from "@pulumi/aws";

import { type TagsInput } from "../../shared/tags";
import {
    AccountRecovery,
    type CustomUserAttribute,
    MfaMethod,
    MfaRequirement,
    PasswordlessFactor,
    ThreatProtection,
    UserAttributeType,
    type UserDirectoryArgs,
    type UserDirectoryEmail,
    UserPoolPlan,
} from "./args";
import { attributeMaximum } from "./table";

/** What is done about attacks. */
export function threatProtection({ plan, threatProtection: mode }: UserDirectoryArgs): ThreatProtection {
    return mode ?? (plan === UserPoolPlan.Plus ? ThreatProtection.Enforced : ThreatProtection.Off);
}

/** Which second factors there are. */
export function mfaMethods({ mfa, mfaMethods: methods }: UserDirectoryArgs): readonly MfaMethod[] {
    return mfa === MfaRequirement.Off ? [] : (methods ?? [MfaMethod.Totp]);
}

/** The user pool, but for its name. */
export function poolInputs(args: UserDirectoryArgs, tags: TagsInput) {
    const { sms, triggers } = args;
    const protection = threatProtection(args);
    return {
        userPoolTier: args.plan ?? UserPoolPlan.Essentials,
        // Somebody's address in capitals is the same person.
        usernameAttributes: ["email"],
        usernameConfiguration: { caseSensitive: false },
        autoVerifiedAttributes: ["email"],
        // The old address stays until the new one is verified: else a typing error locks its owner out.
        userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
        adminCreateUserConfig: { allowAdminCreateUserOnly: !(args.selfRegistration ?? true) },
        accountRecoverySetting: { recoveryMechanisms: recoveryMechanisms(args.accountRecovery) },
        passwordPolicy: passwordPolicy(args),
        mfaConfiguration: args.mfa ?? MfaRequirement.Required,
        softwareTokenMfaConfiguration: { enabled: mfaMethods(args).includes(MfaMethod.Totp) },
        verificationMessageTemplate: { defaultEmailOption: "CONFIRM_WITH_CODE" },
        emailConfiguration: emailConfiguration(args.email),
        deletionProtection: (args.deletionProtection ?? true) ? "ACTIVE" : "INACTIVE",
        ...signIn(args),
        ...(sms === undefined
            ? {}
            : {
                  smsConfiguration: {
                      snsCallerArn: sms.snsCallerRoleArn,
                      externalId: sms.externalId,
                      snsRegion: args.region,
                  },
              }),
        ...(args.customAttributes === undefined ? {} : { schemas: args.customAttributes.map(schema) }),
        ...(protection === ThreatProtection.Off
            ? {}
            : {
                  userPoolAddOns: {
                      advancedSecurityMode: protection,
                      // Challenges of functions are looked at, too.
                      advancedSecurityAdditionalFlows: { customAuthMode: protection },
                  },
              }),
        ...(triggers === undefined ? {} : { lambdaConfig: lambdaConfig(args) }),
        tags,
    } satisfies aws.cognito.UserPoolArgs;
}

/** A version 2 trigger sees access tokens, too, which the least plan does not let it change. */
export function lambdaConfig({ plan, triggers = {} }: Pick<UserDirectoryArgs, "plan" | "triggers">) {
    const { preTokenGeneration, ...others } = triggers;
    if (preTokenGeneration === undefined || plan === UserPoolPlan.Lite) {
        return triggers;
    }
    return {
        ...others,
        preTokenGenerationConfig: { lambdaArn: preTokenGeneration, lambdaVersion: "V2_0" },
    };
}

function recoveryMechanisms(recovery = AccountRecovery.Email) {
    switch (recovery) {
        case AccountRecovery.Email:
            return [{ name: "verified_email", priority: 1 }];
        case AccountRecovery.EmailThenPhone:
            return [
                { name: "verified_email", priority: 1 },
                { name: "verified_phone_number", priority: 2 },
            ];
        case AccountRecovery.AdminOnly:
            return [{ name: "admin_only", priority: 1 }];
    }
}

function passwordPolicy({ plan, passwordPolicy: policy = {} }: UserDirectoryArgs) {
    return {
        minimumLength: policy.minimumLength ?? 12,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: policy.temporaryPasswordValidityDays ?? 3,
        // The least plan refuses the setting, whatever it says.
        ...(plan === UserPoolPlan.Lite ? {} : { passwordHistorySize: policy.passwordHistorySize ?? 0 }),
    };
}

/** Who sends mail, as Cognito has it. */
export function emailConfiguration(email: UserDirectoryEmail | undefined) {
    if (email === undefined) {
        return { emailSendingAccount: "COGNITO_DEFAULT" };
    }
    return {
        emailSendingAccount: "DEVELOPER",
        sourceArn: email.identityArn,
        fromEmailAddress: email.fromAddress,
        ...(email.replyToAddress === undefined ? {} : { replyToEmailAddress: email.replyToAddress }),
        ...(email.configurationSetName === undefined ? {} : { configurationSet: email.configurationSetName }),
    };
}

/** What users sign in with. */
interface SignIn {
    readonly signInPolicy?: { readonly allowedFirstAuthFactors: string[] };
    readonly webAuthnConfiguration?: { readonly relyingPartyId?: string; readonly userVerification: string };
}

function signIn({ plan, passwordlessFactors = [], passkeyDomain, domain }: UserDirectoryArgs): SignIn {
    if (plan === UserPoolPlan.Lite) {
        return {};
    }
    const relyingPartyId = passkeyDomain ?? domain?.customDomain?.domainName;
    return {
        signInPolicy: { allowedFirstAuthFactors: ["PASSWORD", ...passwordlessFactors] },
        ...(passwordlessFactors.includes(PasswordlessFactor.Passkey)
            ? {
                  webAuthnConfiguration: {
                      ...(relyingPartyId === undefined ? {} : { relyingPartyId }),
                      // A device that somebody picked up does not sign its finder in.
                      userVerification: "required",
                  },
              }
            : {}),
    };
}

// Whatever is left out here Cognito fills in, and the provider then wants to make the pool anew.
function schema({ name, type, mutable, minimum, maximum }: CustomUserAttribute) {
    const least = String(minimum ?? 0);
    const most = String(maximum ?? attributeMaximum(type));
    return {
        name,
        attributeDataType: type ?? UserAttributeType.String,
        developerOnlyAttribute: false,
        mutable: mutable ?? true,
        required: false,
        ...(type === UserAttributeType.Number
            ? { numberAttributeConstraints: { minValue: least, maxValue: most } }
            : { stringAttributeConstraints: { minLength: least, maxLength: most } }),
    };
}
