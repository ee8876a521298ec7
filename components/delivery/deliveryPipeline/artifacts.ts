import * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../security/dataClassification";
import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { SecureBucket } from "../../security/secureBucket";
import { type DeliveryPipelineArgs } from "./args";

/** Where the pipeline keeps what its stages hand on. */
export interface Artifacts {
    readonly bucketName: pulumi.Output<string>;
    readonly bucketArn: pulumi.Output<string>;
    /** What reading takes. */
    readonly read: pulumi.Output<Permission[]>;
    /** What writing takes beside that. */
    readonly write: pulumi.Output<Permission[]>;
}

/** Makes `<name>-artifacts`. */
export function artifactStore(name: string, args: DeliveryPipelineArgs, parent: pulumi.Resource): Artifacts {
    const bucket = new SecureBucket(
        `${name}-artifacts`,
        {
            region: args.region,
            accountId: args.accountId,
            kmsKeyArn: args.kmsKeyArn,
            lifecycle: {
                expireAfterDays: args.artifactRetentionDays ?? 30,
                noncurrentExpireAfterDays: 7,
            },
            accessLogBucket: args.accessLogBucket,
            deletionProtection: args.deletionProtection ?? true,
            // Source code and what was built of it.
            tags: classified(DataClassification.Internal, args.tags),
        },
        { parent },
    );
    const objects = [pulumi.interpolate`${bucket.bucketArn}/*`];
    const throughS3 = [viaService("s3", args.region)];
    return {
        bucketName: bucket.policyReady,
        bucketArn: bucket.bucketArn,
        read: permissionsOf([
            {
                sid: "FindArtifacts",
                actions: ["s3:GetBucketLocation", "s3:GetBucketVersioning"],
                resources: [bucket.bucketArn],
            },
            { sid: "ReadArtifacts", actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: objects },
            {
                sid: "DecryptArtifacts",
                actions: ["kms:Decrypt"],
                resources: [args.kmsKeyArn],
                conditions: throughS3,
            },
        ]),
        write: permissionsOf([
            { sid: "WriteArtifacts", actions: ["s3:PutObject"], resources: objects },
            {
                sid: "EncryptArtifacts",
                actions: ["kms:GenerateDataKey"],
                resources: [args.kmsKeyArn],
                conditions: throughS3,
            },
        ]),
    };
}
