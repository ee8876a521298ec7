import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { classified, DataClassification } from "../../../security/dataClassification";
import { mergeTags } from "../../../shared/tags";
import { type DocumentCopyRegion } from "../args";
import { type EngineArgs } from "../parts";
import { BY_RUNBOOK, MASTER_USERNAME, type MongoDbSettings } from "../settings";
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
    { args, settings, kmsKeyArn }: EngineArgs,
    own: MongoDbSettings,
    parent: pulumi.Resource,
): ReplicaSetSecrets {
    const { region, identifier } = args;
    const secret = (
        role: string,
        description: string,
        replicas: readonly DocumentCopyRegion[] = [],
    ): aws.secretsmanager.Secret =>
        new aws.secretsmanager.Secret(
            `${name}-${role}`,
            {
                region,
                description: `${description} of the replica set ${identifier}`,
                kmsKeyId: kmsKeyArn,
                ...(replicas.length === 0
                    ? {}
                    : {
                          replicas: replicas.map((copy) => ({
                              region: copy.region,
                              kmsKeyId: copy.kmsKeyArn,
                          })),
                      }),
                recoveryWindowInDays: 30,
                tags: classified(DataClassification.Confidential, mergeTags(settings.tags, BY_RUNBOOK)),
            },
            { parent, protect: settings.deletionProtection },
        );
    const value = (
        role: string,
        of: aws.secretsmanager.Secret,
        secretString: pulumi.Input<string>,
    ): pulumi.Resource =>
        new aws.secretsmanager.SecretVersion(
            `${name}-${role}-value`,
            { region, secretId: of.arn, secretString },
            // The runbook writes later versions.
            { parent, ignoreChanges: ["secretString"] },
        );
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

    const password = new random.RandomPassword(
        `${name}-master-password`,
        { length: 40, overrideSpecial: "-_.~", minLower: 4, minUpper: 4, minNumeric: 4, minSpecial: 2 },
        { parent },
    );
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
                pulumi.jsonStringify({ username: MASTER_USERNAME, password: password.result }),
            ),
            value("key-file", keyFile, key.base64),
        ],
    };
}
