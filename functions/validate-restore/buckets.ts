import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";

import { type Buckets } from "./checks";

/** How much of a bucket is listed: a check reads a few objects of it. */
const LISTED = 100;

/** Tells of buckets. */
export function bucketsOf(s3: Pick<S3Client, "send">): Buckets {
    return {
        list: async (bucket) => {
            const { Contents: objects = [] } = await s3.send(
                new ListObjectsV2Command({ Bucket: bucket, MaxKeys: LISTED }),
            );
            return objects.flatMap(({ Key: key, Size: bytes = 0 }) =>
                key === undefined ? [] : [{ key, bytes }],
            );
        },
        touch: async (bucket, key) => {
            const { Body: body } = await s3.send(
                new GetObjectCommand({ Bucket: bucket, Key: key, Range: "bytes=0-0" }),
            );
            // The connection is free for the next object once the byte has been read.
            await body?.transformToByteArray();
        },
    };
}
