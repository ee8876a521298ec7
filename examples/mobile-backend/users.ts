import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { MfaRequirement, PasswordlessFactor, UserDirectory, UserPoolPlan } from "../../components/identity";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey, KeyUser } from "../../components/security/encryptionKey";
import { keyStatements } from "../../components/security/keyUsers";
import { policyDocument } from "../../components/security/policyDocument";
import { type UserFiles } from "./files";
import { type Hosts } from "./hosts";
import { type BackendSettings } from "./settings";

/** The application in the directory. */
const CLIENT = "app";

/** Who signs in. */
export interface BackendUsers {
    /** ARNs of the pools whose tokens the API takes: in two regions those of both. */
    readonly userPoolArns: pulumi.Output<string>[];
    readonly directory?: UserDirectory;
}

/** The users of the primary region's stack, whose replica is in this region. */
export function followUsers(primary: pulumi.StackReference): BackendUsers {
    return {
        userPoolArns: ["replicaArn", "userPoolArn"].map(
            (name) => primary.requireOutput(name) as pulumi.Output<string>,
        ),
    };
}

/** Makes the directory, with a replica in the other region where there is one. */
export function createUsers(
    settings: BackendSettings,
    { alarmTopicArn, kmsKeyArn }: RegionalFoundation,
    { client }: Hosts,
    files: UserFiles,
    provider: aws.Provider,
): BackendUsers {
    const opts = { providers: [provider] };
    const { region, accountId, deletionProtection, logRetentionDays, mailIdentityArn } = settings;
    const directory = new UserDirectory(
        "mobile-users",
        {
            region,
            accountId,
            plan: UserPoolPlan.Plus,
            ...(settings.mfaForAll
                ? { mfa: MfaRequirement.Required }
                : {
                      mfa: MfaRequirement.Optional,
                      passwordlessFactors: [PasswordlessFactor.Passkey],
                      passkeyDomain: client,
                  }),
            ...(mailIdentityArn === undefined
                ? {}
                : { email: { identityArn: mailIdentityArn, fromAddress: `hello@${client}` } }),
            clients: {
                [CLIENT]: {
                    callbackUrls: [`https://${client}/`],
                    logoutUrls: [`https://${client}/`],
                },
            },
            ...(settings.samlMetadataUrl === undefined
                ? {}
                : {
                      identityProviders: {
                          work: {
                              saml: { metadataUrl: settings.samlMetadataUrl },
                              attributeMapping: {
                                  email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
                              },
                          },
                      },
                  }),
            domain: { prefix: settings.signInPrefix },
            identityPool: {
                permissions: [files.storage.ownFolderPermissions],
                permissionsBoundaryArn: identityBoundary(files, provider),
            },
            ...replication(settings, provider),
            logKmsKeyArn: kmsKeyArn,
            logRetentionDays,
            alarmTopicArns: [alarmTopicArn],
            deletionProtection,
        },
        opts,
    );
    const { replicaArn } = directory;
    return {
        userPoolArns: [directory.userPoolArn, ...(replicaArn === undefined ? [] : [replicaArn])],
        directory,
    };
}

/**
 * What users can be given at most, whatever their roles say: files in the bucket, under its key. A role that grows by mistake
 * does not grow past it.
 */
function identityBoundary({ storage, keyArn }: UserFiles, provider: aws.Provider): pulumi.Output<string> {
    return new aws.iam.Policy(
        "mobile-users-boundary",
        {
            description: "What users of the mobile backend can be given at most",
            policy: policyDocument([
                {
                    Sid: "UseFiles",
                    Effect: "Allow",
                    Action: [
                        "s3:AbortMultipartUpload",
                        "s3:DeleteObject",
                        "s3:GetObject",
                        "s3:ListBucket",
                        "s3:ListMultipartUploadParts",
                        "s3:PutObject",
                    ],
                    Resource: [storage.bucketArn, pulumi.interpolate`${storage.bucketArn}/*`],
                },
                {
                    Sid: "UseFilesKey",
                    Effect: "Allow",
                    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                    Resource: keyArn,
                },
            ]),
        },
        { provider },
    ).arn;
}

/**
 * The second region's part, where there is one. Each region signs tokens in its own name: an issuer of both is none that REST
 * APIs know, and each API takes the tokens of both anyway.
 */
function replication(settings: BackendSettings, provider: aws.Provider) {
    const { region, accountId, deletionProtection, peerRegion, replicaActive } = settings;
    if (peerRegion === undefined) {
        return {};
    }
    const key = new EncryptionKey(
        "mobile-users",
        {
            description: "Users of the mobile backend, in both regions",
            region,
            accountId,
            services: [KeyUser.Cognito],
            multiRegion: true,
            deletionProtection,
        },
        { providers: [provider] },
    );
    new aws.kms.ReplicaKey(
        "mobile-users-key-replica",
        {
            region: peerRegion,
            primaryKeyArn: key.keyArn,
            description: "Users of the mobile backend, in both regions",
            deletionWindowInDays: 30,
            policy: policyDocument(keyStatements({ region: peerRegion, accountId }, [KeyUser.Cognito])),
        },
        { provider, protect: deletionProtection },
    );
    return {
        replication: {
            region: peerRegion,
            kmsKeyArn: key.keyArn,
            sharedIssuer: false,
            active: replicaActive,
        },
    };
}
