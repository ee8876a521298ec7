import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { EncryptionKey } from "../../security/encryptionKey";
import { keyStatements } from "../../security/keyUsers";
import { policyDocument } from "../../security/policyDocument";
import { ENGINE } from "../auroraMember/engine";
import { firstValue, replicaArn, signInSecret } from "../signInSecret";
import { type TagsInput } from "../../shared/tags";

/** What the master secret is made from. */
export interface MasterSecretArgs {
    region: string;
    accountId: pulumi.Input<string>;
    clusterIdentifier: string;
    replicaRegions: readonly string[];
    deletionProtection: boolean;
    tags: TagsInput;
}

/** The secret that holds the master user's sign-in, and what it is encrypted with. */
export interface MasterSecret {
    secretArn: pulumi.Output<string>;
    /** The first password. Rotation replaces it in the secret and the database, not here. */
    initialPassword: pulumi.Output<string>;
    /** ARN of the secret in the home region and in each replica region. */
    secretArns: pulumi.Output<string>[];
    /** ARN of the secret's key in the home region and in each replica region. */
    keyArns: pulumi.Output<string>[];
}

/** Makes the master password, and a secret for it that survives the loss of its region. */
export function createMasterSecret(
    name: string,
    args: MasterSecretArgs,
    parent: pulumi.Resource,
): MasterSecret {
    const { region, tags } = args;
    const password = new random.RandomPassword(
        `${name}-master-password`,
        // RDS refuses / " @ and spaces. Quotes, backslashes and the signs of URLs are left out as well: they only
        // hurt whoever types the password in an emergency.
        { length: 40, overrideSpecial: "!*-_=+.,~^", minLower: 4, minUpper: 4, minNumeric: 4, minSpecial: 4 },
        { parent },
    );
    const key = new EncryptionKey(
        `${name}-secret-encryption`,
        {
            region,
            accountId: args.accountId,
            description: `Master password of the Aurora database ${args.clusterIdentifier}`,
            // One key material in every region: the secret's replicas need no re-encryption, and a replica can be
            // promoted when this region is gone.
            multiRegion: true,
            deletionProtection: args.deletionProtection,
            tags,
        },
        { parent },
    );
    const replicas = args.replicaRegions.map((replicaRegion) => ({
        region: replicaRegion,
        kmsKeyArn: createReplicaKey(name, args, replicaRegion, key, parent).arn,
    }));
    const secret = signInSecret(
        `${name}-master`,
        {
            region,
            description: `Master user of the Aurora database ${args.clusterIdentifier}, for emergencies`,
            kmsKeyArn: key.keyArn,
            replicas,
            deletionProtection: args.deletionProtection,
            tags,
        },
        parent,
    );
    return {
        secretArn: secret.arn,
        initialPassword: password.result,
        secretArns: [region, ...args.replicaRegions].map((there) =>
            secret.arn.apply((arn) => replicaArn(arn, there)),
        ),
        keyArns: [key.keyArn, ...replicas.map((replica) => replica.kmsKeyArn)],
    };
}

function createReplicaKey(
    name: string,
    args: MasterSecretArgs,
    region: string,
    key: EncryptionKey,
    parent: pulumi.Resource,
): aws.kms.ReplicaKey {
    const replicaKey = new aws.kms.ReplicaKey(
        `${name}-secret-encryption-${region}`,
        {
            region,
            primaryKeyArn: key.keyArn,
            description: `Replica in ${region} of the key for the master password of ${args.clusterIdentifier}`,
            // KMS copies the key and not its policy.
            policy: policyDocument(keyStatements({ region, accountId: args.accountId }, [])),
            deletionWindowInDays: 30,
            tags: args.tags,
        },
        // A secret's replica without its key is lost, and with it the way to promote it.
        { parent, protect: args.deletionProtection },
    );
    new aws.kms.Alias(
        `${name}-secret-encryption-${region}-alias`,
        { region, targetKeyId: replicaKey.keyId },
        { parent },
    );
    return replicaKey;
}

/** What the secret says beside the password. */
export interface MasterSignIn {
    username: string;
    password: pulumi.Output<string>;
    host: pulumi.Output<string>;
    port: number;
    databaseName: string;
    clusterIdentifier: string;
}

/** Writes the first version of the secret, in the form that AWS's own tools read. */
export function writeMasterSecret(
    name: string,
    region: string,
    secretArn: pulumi.Output<string>,
    signIn: MasterSignIn,
    parent: pulumi.Resource,
): aws.secretsmanager.SecretVersion {
    return firstValue(
        `${name}-master-value`,
        {
            region,
            secretArn,
            secretString: pulumi.jsonStringify({
                engine: ENGINE,
                host: signIn.host,
                port: signIn.port,
                username: signIn.username,
                password: signIn.password,
                dbname: signIn.databaseName,
                dbClusterIdentifier: signIn.clusterIdentifier,
            }),
        },
        parent,
    );
}
