import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { firstValue } from "../../signInSecret";
import { type DocumentCopyRegion } from "../args";
import { type EngineArgs } from "../parts";
import { masterPassword, runbookSecret } from "../runbookSecret";
import { MASTER_USERNAME, type MongoDbSettings } from "../settings";
import { parameterName } from "./names";

/** What the members of a replica set keep outside their instances. */
export interface ReplicaSetSecrets {
    /** The master user's sign-in, for programs too. */
    master: aws.secretsmanager.Secret;
    /** What members tell each other by. */
    keyFile: aws.secretsmanager.Secret;
    /** Key and certificate of the authority that members' certificates are from. The first member writes it. */
    authority: aws.secretsmanager.Secret;
    /** That certificate alone, for clients. */
    certificate: aws.ssm.Parameter;
    /** Whether the replica set has ever been initiated. */
    initiation: aws.ssm.Parameter;
    /** The first values, which must be there before a member looks. */
    values: pulumi.Resource[];
}

/** As `openssl rand -base64 756` makes it in MongoDB's manual: 1008 characters of the 1024 that a key may have. */
const KEY_BYTES = 756;

/** What a parameter says before the first member has written it. */
export const PENDING = "pending";

/**
 * Makes `<name>-master-password`, `-master`, `-master-value`, `-key`, `-key-file`, `-key-file-value`, `-authority`,
 * `-certificate` and `-initiation`.
 *
 * The authority's key is made by the first member and not here: so it is in no state of Pulumi's, one update brings the
 * replica set up, and no package more is needed. Members ask it for a certificate at each boot, and keep none of its key.
 */
export function replicaSetSecrets(
    name: string,
    engine: EngineArgs,
    own: MongoDbSettings,
    parent: pulumi.Resource,
): ReplicaSetSecrets {
    const { settings } = engine;
    const { region, identifier } = engine.args;
    const secret = (role: string, description: string, replicas: readonly DocumentCopyRegion[] = []) =>
        runbookSecret(
            `${name}-${role}`,
            engine,
            {
                description: `${description} of the replica set ${identifier}`,
                ...(replicas.length === 0 ? {} : { replicas }),
            },
            parent,
        );
    const value = (role: string, of: aws.secretsmanager.Secret, secretString: pulumi.Input<string>) =>
        firstValue(`${name}-${role}-value`, { region, secretArn: of.arn, secretString }, parent);
    const parameter = (last: string, description: string): aws.ssm.Parameter =>
        new aws.ssm.Parameter(
            `${name}-${last}`,
            {
                region,
                name: parameterName(identifier, last),
                description,
                type: aws.ssm.ParameterType.String,
                insecureValue: PENDING,
                tags: settings.tags,
            },
            // The first member writes it; another update would have it make the replica set anew.
            { parent, ignoreChanges: ["insecureValue", "value"] },
        );

    const password = masterPassword(name, parent);
    const key = new random.RandomBytes(`${name}-key`, { length: KEY_BYTES }, { parent });
    // Where snapshots go, the password that is in them must be known when this region is gone.
    const master = secret("master", "Master user", own.snapshotCopies);
    const keyFile = secret("key-file", "Key by which the members know each other");
    return {
        master,
        keyFile,
        authority: secret("authority", "Certificate authority"),
        certificate: parameter(
            "certificate",
            `Certificate of the authority of the replica set ${identifier}`,
        ),
        initiation: parameter("initiation", `Whether the replica set ${identifier} has been initiated`),
        values: [
            value(
                "master",
                master,
                // In the form that DocumentDB's managed secrets have.
                pulumi.jsonStringify({ username: MASTER_USERNAME, password }),
            ),
            value("key-file", keyFile, key.base64),
        ],
    };
}
