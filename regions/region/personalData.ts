import type * as pulumi from "@pulumi/pulumi";
import { PersonalDataStore } from "../../components/data";
import { BACKUP_TAG, BackupClass, RECOVERY_TIER_TAG, RecoveryTier } from "../../components/operations";
import { type RegionalConfig } from "../configTypes";
import { type Surroundings } from "./surroundings";

/** Makes the store of what may not leave the region's jurisdiction. */
export function createPersonalData(
    config: RegionalConfig,
    { logs }: Surroundings,
    opts: pulumi.ComponentResourceOptions,
): PersonalDataStore {
    return new PersonalDataStore(
        "shop-pii",
        {
            region: config.entry.region,
            accountId: config.accountId,
            jurisdiction: config.entry.jurisdiction,
            accessLogBucket: logs.bucketName,
            deletionProtection: config.deletionProtection,
            // It may not leave its jurisdiction, so no other region has it: it comes back from a backup.
            tags: { [BACKUP_TAG]: BackupClass.PersonalData, [RECOVERY_TIER_TAG]: RecoveryTier.Second },
        },
        opts,
    );
}
