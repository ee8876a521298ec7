import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type RegionalFoundation } from "../../components/operations";
import { type Permission, permissionsOf, viaService } from "../../components/security/permissions";
import { SecureBucket } from "../../components/security/secureBucket";
import { asSetting } from "../../components/shared/replacement";
import { type MixedKeyRing } from "./keys";
import { type MixedSettings } from "./settings";

/** Images that users have put somewhere. */
export interface Images {
    readonly bucketName: pulumi.Output<string>;
    /** What those need who look at them. */
    readonly readPermissions: pulumi.Output<Permission[]>;
}

/** Makes the bucket of images, which tells EventBridge of every change. */
export function createImages(
    { region, accountId, deletionProtection }: MixedSettings,
    { logBucketName }: RegionalFoundation,
    keys: MixedKeyRing,
    provider: aws.Provider,
): Images {
    const bucket = new SecureBucket(
        "mixed-images",
        {
            region,
            accountId,
            kmsKeyArn: keys.data,
            accessLogBucket: logBucketName,
            deletionProtection,
            tags: { "data-classification": "confidential", backup: "none" },
        },
        { providers: [provider] },
    );
    // A bucket has one such configuration; with EventBridge any number of programs listens.
    new aws.s3.BucketNotification(
        "mixed-images-events",
        { region, bucket: bucket.bucketName, eventbridge: true },
        asSetting({ provider }),
    );
    return {
        bucketName: bucket.bucketName,
        readPermissions: permissionsOf([
            {
                sid: "ReadImages",
                actions: ["s3:GetObject"],
                resources: [pulumi.interpolate`${bucket.bucketArn}/*`],
            },
            {
                sid: "DecryptImages",
                actions: ["kms:Decrypt"],
                resources: [keys.data],
                conditions: [viaService("s3", region)],
            },
        ]),
    };
}
