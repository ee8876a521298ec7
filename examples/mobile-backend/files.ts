import type * as pulumi from "@pulumi/pulumi";

import { UserStorage } from "../../components/identity";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey } from "../../components/security/encryptionKey";
import { type Hosts } from "./hosts";
import { type BackendSettings } from "./settings";

/** The users' folders, and the key that they are under. */
export interface UserFiles {
    readonly storage: UserStorage;
    readonly keyArn: pulumi.Output<string>;
}

/** Makes the bucket with a folder for each user. */
export function createFiles(
    settings: BackendSettings,
    { client }: Hosts,
    { logBucketName }: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): UserFiles {
    const { region, accountId, deletionProtection, jurisdiction } = settings;
    const { keyArn } = new EncryptionKey(
        "mobile-folders",
        { description: `Files of users in ${region}`, region, accountId, deletionProtection },
        opts,
    );
    const storage = new UserStorage(
        "mobile-folders",
        {
            region,
            accountId,
            kmsKeyArn: keyArn,
            jurisdiction,
            allowedOrigins: [`https://${client}`],
            deletionProtection,
            accessLogBucket: logBucketName,
        },
        opts,
    );
    return { storage, keyArn };
}
