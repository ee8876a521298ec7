import type * as pulumi from "@pulumi/pulumi";

import { loadNative, type NativeClass, type ProviderModule } from "../../security/awsNative";
import { type TagsInput } from "../../shared/tags";
import { MfaMethod, MfaRequirement } from "./args";
import { type poolInputs } from "./pool";

type Pool = ReturnType<typeof poolInputs>;

/** Arguments of `cognito.UserPool`: what CloudFormation calls otherwise than @pulumi/aws, and what that lacks. */
export interface NativePoolArgs {
    userPoolName: string;
    userPoolTags: TagsInput;
    policies: object;
    enabledMfas: string[];
    keyConfiguration: { keyType: "CUSTOMER_MANAGED_KEY"; kmsKeyArn: pulumi.Input<string> };
    issuerConfiguration: { type: "ORIGINAL" | "UPDATED" };
    [argument: string]: unknown;
}

/** Arguments of `cognito.UserPoolReplica`. */
export interface ReplicaArgs {
    regionName: string;
    userPoolId: pulumi.Input<string>;
    userPoolTagsAtCreate?: TagsInput;
}

/** Arguments of `cognito.UserPoolRegionalConfigurationAttachment`. */
export interface RegionalConfigurationArgs {
    userPoolId: pulumi.Input<string>;
    status: "ACTIVE" | "INACTIVE";
    emailConfiguration?: object;
    lambdaConfig?: object;
    userPoolTags?: TagsInput;
}

/** Arguments of `cognito.UserPoolDomain`. */
export interface NativeDomainArgs {
    domain: string;
    userPoolId: pulumi.Input<string>;
    managedLoginVersion: number;
    customDomainConfig?: { certificateArn: pulumi.Input<string> };
    routing?: { failover: { primaryRoute53HealthCheckId: pulumi.Input<string>; secondaryRegion: string } };
}

/** The module `cognito` of @pulumi/aws-native. */
export interface CognitoModule {
    readonly UserPool: NativeClass<NativePoolArgs, "arn" | "userPoolId">;
    readonly UserPoolDomain: NativeClass<NativeDomainArgs, "cloudFrontDistribution">;
    readonly UserPoolRegionalConfigurationAttachment: NativeClass<RegionalConfigurationArgs, never>;
    readonly UserPoolReplica: NativeClass<ReplicaArgs, never>;
}

/** What the component uses of the package. */
export interface NativeCognito {
    readonly cognito: CognitoModule;
    readonly provider: ProviderModule;
}

/**
 * Loads what the component uses of @pulumi/aws-native.
 *
 * @throws pulumi.RunError when the package is not installed.
 */
export function loadCognito(asker: string, load?: (name: string) => unknown): NativeCognito {
    return {
        cognito: loadNative(asker, "cognito", load) as CognitoModule,
        provider: loadNative(asker, "provider", load) as ProviderModule,
    };
}

/** The pool of {@link poolInputs} as CloudFormation has it, under a key and with the issuer that replication needs. */
export function nativePoolArgs(
    name: string,
    pool: Pool,
    kmsKeyArn: pulumi.Input<string>,
    sharedIssuer: boolean,
): NativePoolArgs {
    const {
        tags,
        passwordPolicy,
        signInPolicy,
        softwareTokenMfaConfiguration,
        emailConfiguration,
        userAttributeUpdateSettings,
        webAuthnConfiguration,
        schemas,
        ...alike
    } = pool;
    const methods = [
        ...(softwareTokenMfaConfiguration.enabled ? [MfaMethod.Totp] : []),
        ...(alike.smsConfiguration === undefined ? [] : [MfaMethod.Sms]),
    ];
    return {
        ...alike,
        // Names of pools need not be unique.
        userPoolName: name,
        userPoolTags: tags,
        policies: { passwordPolicy, ...(signInPolicy === undefined ? {} : { signInPolicy }) },
        enabledMfas: pool.mfaConfiguration === MfaRequirement.Off ? [] : methods,
        emailConfiguration: nativeEmail(emailConfiguration),
        userAttributeUpdateSettings: {
            attributesRequireVerificationBeforeUpdate:
                userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdates,
        },
        ...(webAuthnConfiguration === undefined
            ? {}
            : {
                  ...(webAuthnConfiguration.relyingPartyId === undefined
                      ? {}
                      : { webAuthnRelyingPartyId: webAuthnConfiguration.relyingPartyId }),
                  webAuthnUserVerification: webAuthnConfiguration.userVerification,
              }),
        ...(schemas === undefined ? {} : { schema: schemas }),
        keyConfiguration: { keyType: "CUSTOMER_MANAGED_KEY", kmsKeyArn },
        issuerConfiguration: { type: sharedIssuer ? "UPDATED" : "ORIGINAL" },
    };
}

/** Who sends mail, as CloudFormation has it. */
export function nativeEmail(email: Pool["emailConfiguration"]): object {
    if (!("fromEmailAddress" in email)) {
        return email;
    }
    const { fromEmailAddress, ...others } = email;
    return { ...others, from: fromEmailAddress };
}
