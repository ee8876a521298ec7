import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey } from "../../security/encryptionKey";
import { policyDocument, type PolicyStatement } from "../../security/policyDocument";
import { asSetting } from "../../shared/replacement";
import { BackupLockMode, type RegionalBackupArgs } from "./args";
import { backupNames, type Settings } from "./settings";
import { mergeTags, type TagsInput } from "../../shared/tags";

/** A vault with the key that encrypts what is in it. */
export interface LockedVault {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    readonly keyArn: pulumi.Output<string>;
}

/** Where backups are and where their copies go. */
export interface Vaults {
    /** Standard backups, in the region. */
    readonly home: LockedVault;
    /** Personal data, in the region. */
    readonly personal: LockedVault;
    /** Copies of standard backups, in the peer region; left out where there is none. */
    readonly copies?: LockedVault;
}

/**
 * What a vault itself reports. Failed jobs come through EventBridge, which says more; of these there is no event.
 * Source: AWS Backup API Reference, PutBackupVaultNotifications.
 */
export const VAULT_EVENTS = [
    "CONTINUOUS_BACKUP_INTERRUPTED",
    "S3_BACKUP_OBJECT_FAILED",
    "S3_RESTORE_OBJECT_FAILED",
];

/** Makes the region's two vaults, and the one in the peer region, where there is one. */
export function createVaults(
    parent: pulumi.Resource,
    name: string,
    args: RegionalBackupArgs,
    settings: Settings,
): Vaults {
    const names = backupNames(args.namePrefix);
    const { retention, lock } = settings;
    const make = (role: string, vault: Omit<VaultArgs, "accountId" | "settings">): LockedVault =>
        createVault(parent, `${name}-${role}`, { accountId: args.accountId, settings, ...vault });
    const home = make("backups", {
        region: args.region,
        vaultName: names.vault,
        description: `Backups of ${args.namePrefix}`,
        maxRetentionDays: lock.maxRetentionDays,
        statements: [],
        tags: settings.tags,
        topicArn: args.alarmTopicArn,
    });
    const personal = make("personal", {
        region: args.region,
        vaultName: names.personalVault,
        description: `Backups of personal data of ${args.namePrefix}`,
        // Whoever takes a backup by hand cannot keep it longer than erased data may linger.
        maxRetentionDays: retention.personalDataDays,
        statements: [
            {
                // Whoever wants a copy elsewhere has to remove this first, and cannot say that it was an oversight.
                Sid: "DenyCopies",
                Effect: "Deny",
                Principal: "*",
                Action: "backup:CopyFromBackupVault",
                Resource: "*",
            },
        ],
        tags: mergeTags(settings.tags, personalTags(args)),
        topicArn: args.alarmTopicArn,
    });
    if (args.peerRegion === undefined) {
        return { home, personal };
    }
    // Jobs run and are reported where the backups are; no topic of this stack is in the peer region.
    const copies = make("copies", {
        region: args.peerRegion,
        vaultName: names.peerVault,
        description: `Copies of the backups of ${args.namePrefix}`,
        maxRetentionDays: lock.maxRetentionDays,
        statements: [],
        tags: settings.tags,
    });
    return { home, personal, copies };
}

/** What marks everything that holds or moves personal data. */
export function personalTags({ jurisdiction }: RegionalBackupArgs): Record<string, string> {
    return { "data-classification": "pii", jurisdiction };
}

interface VaultArgs {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly settings: Settings;
    readonly vaultName: string;
    readonly description: string;
    readonly maxRetentionDays: number;
    /** What its policy says beside what every vault's says. */
    readonly statements: PolicyStatement[];
    readonly tags: TagsInput;
    readonly topicArn?: pulumi.Input<string>;
}

function createVault(parent: pulumi.Resource, name: string, args: VaultArgs): LockedVault {
    const { region, settings, tags } = args;
    const { deletionProtection, lock } = settings;
    const key = new EncryptionKey(
        `${name}-encryption`,
        { region, accountId: args.accountId, description: args.description, deletionProtection, tags },
        { parent },
    );
    const vault = new aws.backup.Vault(
        `${name}-vault`,
        {
            region,
            name: args.vaultName,
            kmsKeyArn: key.keyArn,
            // Deleting the vault deletes the backups only where the stack may be destroyed at all.
            forceDestroy: !deletionProtection,
            tags,
        },
        // The last that is left when everything else has gone.
        { parent, protect: deletionProtection },
    );
    new aws.backup.VaultLockConfiguration(
        `${name}-lock`,
        {
            region,
            backupVaultName: vault.name,
            minRetentionDays: lock.minRetentionDays,
            maxRetentionDays: args.maxRetentionDays,
            // Its very presence makes the lock a compliance lock, which nobody can ever remove.
            ...(lock.mode === BackupLockMode.Compliance ? { changeableForDays: lock.changeableForDays } : {}),
        },
        // Other days, and the step from governance to compliance, make another lock of the same vault.
        asSetting({ parent }),
    );
    new aws.backup.VaultPolicy(
        `${name}-vault-policy`,
        {
            region,
            backupVaultName: vault.name,
            policy: policyDocument([keepRecoveryPoints(args), ...args.statements]),
        },
        asSetting({ parent }),
    );
    if (args.topicArn !== undefined) {
        new aws.backup.VaultNotifications(
            `${name}-notifications`,
            {
                region,
                backupVaultName: vault.name,
                snsTopicArn: args.topicArn,
                backupVaultEvents: VAULT_EVENTS,
            },
            asSetting({ parent }),
        );
    }
    return { name: vault.name, arn: vault.arn, keyArn: key.keyArn };
}

/** Backups go when their time is over, and not because somebody, or something in his name, deletes them. */
function keepRecoveryPoints({ accountId, settings }: VaultArgs): PolicyStatement {
    return {
        Sid: "DenyDeletingRecoveryPoints",
        Effect: "Deny",
        Principal: "*",
        Action: [
            "backup:DeleteRecoveryPoint",
            "backup:DisassociateRecoveryPoint",
            "backup:DisassociateRecoveryPointFromParent",
            "backup:UpdateRecoveryPointLifecycle",
        ],
        Resource: "*",
        Condition: {
            ArnNotLike: {
                "aws:PrincipalArn": [
                    // AWS Backup itself, when a backup's time is over.
                    pulumi.interpolate`arn:aws:iam::${accountId}:role/aws-service-role/backup.amazonaws.com/*`,
                    ...settings.recoveryPointAdministrators,
                ],
            },
        },
    };
}
