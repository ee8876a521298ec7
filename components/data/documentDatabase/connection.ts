import type * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { type EngineParts } from "./parts";
import { PORT, REPLICA_SET } from "./settings";

/**
 * The connection string of a database, without user and password: a client takes them out of the secret. It has the
 * three lines that programs for MongoDB lack when they first meet DocumentDB: TLS with the authority's certificate, the
 * replica set's name, and no second attempts at writes where the engine does not know them.
 */
export function connectionString(
    hosts: readonly string[],
    options: { certificateBundlePath: string; retryWrites: boolean },
): string {
    const addresses = hosts.map((host) => `${host}:${PORT}`).join(",");
    const words = [
        "tls=true",
        `tlsCAFile=${options.certificateBundlePath}`,
        `replicaSet=${REPLICA_SET}`,
        `retryWrites=${String(options.retryWrites)}`,
    ];
    return `mongodb://${addresses}/?${words.join("&")}`;
}

/** What a program needs that connects: the secret with user and password, and the certificate to tell the database by. */
export function connectPermissions(region: string, parts: EngineParts): pulumi.Output<Permission[]> {
    const { secretArn, secretKeyArn, caCertificateParameterArn } = parts;
    return permissionsOf([
        {
            sid: "ReadDatabaseSecret",
            actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            resources: [secretArn],
        },
        ...(secretKeyArn === undefined
            ? []
            : [
                  {
                      sid: "DecryptDatabaseSecret",
                      actions: ["kms:Decrypt"],
                      resources: [secretKeyArn],
                      conditions: [
                          viaService("secretsmanager", region),
                          {
                              operator: "StringEquals",
                              // The key may encrypt other secrets, too.
                              key: "kms:EncryptionContext:SecretARN",
                              values: [secretArn],
                          },
                      ],
                  },
              ]),
        ...(caCertificateParameterArn === undefined
            ? []
            : [
                  {
                      sid: "ReadDatabaseCertificate",
                      actions: ["ssm:GetParameter", "ssm:GetParameters"],
                      resources: [caCertificateParameterArn],
                  },
              ]),
    ]);
}
