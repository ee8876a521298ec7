/** A user's own folder, reached by the AWS SDK with the credentials of the identity pool. */
import {
    CognitoIdentityClient,
    GetCredentialsForIdentityCommand,
    GetIdCommand,
} from "@aws-sdk/client-cognito-identity";
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

import { type Config } from "./config";
import { type Session } from "./users";

/** A file in the folder. */
export interface StoredFile {
    readonly name: string;
    readonly size: number;
}

/** The folder of a user. */
export interface Files {
    /** The identity's id, which the folder is called after. */
    readonly identityId: string;
    list(): Promise<StoredFile[]>;
    put(file: File): Promise<void>;
    remove(name: string): Promise<void>;
}

/** The folder of who has signed in. */
export async function filesOf(config: Config, { idToken }: Session): Promise<Files> {
    const { region, identityPoolId, providerName, bucketName: Bucket, endpoint } = config;
    const place = { region, ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }) };
    const identities = new CognitoIdentityClient({
        ...place,
        credentials: { accessKeyId: "none", secretAccessKey: "none" },
    });
    const logins = { Logins: { [providerName]: idToken } };
    const { IdentityId } = await identities.send(
        new GetIdCommand({ IdentityPoolId: identityPoolId, ...logins }),
    );
    const identityId = IdentityId ?? "";
    const s3 = new S3Client({
        ...place,
        credentials: async () => {
            const { Credentials: given } = await identities.send(
                new GetCredentialsForIdentityCommand({ IdentityId: identityId, ...logins }),
            );
            return {
                accessKeyId: given?.AccessKeyId ?? "",
                secretAccessKey: given?.SecretKey ?? "",
                ...(given?.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
                ...(given?.Expiration === undefined ? {} : { expiration: given.Expiration }),
            };
        },
    });
    const Prefix = `${identityId}/`;
    return {
        identityId,
        list: async () => {
            const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
            return Contents.map(({ Key = "", Size = 0 }) => ({ name: Key.slice(Prefix.length), size: Size }));
        },
        put: async (file) => {
            const Body = new Uint8Array(await file.arrayBuffer());
            await s3.send(
                new PutObjectCommand({
                    Bucket,
                    Key: `${Prefix}${file.name}`,
                    Body,
                    ContentType: file.type === "" ? "application/octet-stream" : file.type,
                }),
            );
        },
        remove: async (name) => {
            await s3.send(new DeleteObjectCommand({ Bucket, Key: `${Prefix}${name}` }));
        },
    };
}
