import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { firstValue } from "../../signInSecret";
import { DocumentGlobalRole } from "../args";
import { byRegion, type EngineArgs, type EngineParts } from "../parts";
import { masterPassword, runbookSecret } from "../runbookSecret";
import { type DocumentDbSettings } from "../settings";

/** How the master user of a cluster comes by a password. */
export interface Credentials {
    /** What the cluster is told. */
    readonly cluster: Partial<aws.docdb.ClusterArgs>;
    /** What an update must leave alone. */
    readonly ignoreChanges: string[];
    /** The secret, once there is a cluster. */
    secretOf(cluster: aws.docdb.Cluster): Pick<EngineParts, "secretArn" | "secretKeyArn" | "secretArns">;
}

/**
 * A cluster that stands alone has its password made, kept and replaced every week by AWS. AWS does not offer that for
 * members of a global cluster (DocumentDB Developer Guide, "Password management"), so the founding region makes a
 * password and a secret with replicas, and the others read theirs.
 */
export function credentials(
    name: string,
    engine: EngineArgs,
    own: DocumentDbSettings,
    parent: pulumi.Resource,
): Credentials {
    const { globalCluster } = own;
    if (globalCluster === undefined) {
        return managed(engine, own);
    }
    return globalCluster.role === DocumentGlobalRole.Primary
        ? founded(name, engine, own, parent)
        : {
              cluster: {},
              ignoreChanges: [],
              secretOf: () => {
                  const secretArn = pulumi.output(globalCluster.secretArn ?? "");
                  return {
                      secretArn,
                      secretArns: byRegion([engine.args.region], secretArn),
                      ...(globalCluster.secretKmsKeyArn === undefined
                          ? {}
                          : { secretKeyArn: globalCluster.secretKmsKeyArn }),
                  };
              },
          };
}

function managed({ args }: EngineArgs, own: DocumentDbSettings): Credentials {
    return {
        cluster: { masterUsername: own.masterUsername, manageMasterUserPassword: true },
        ignoreChanges: [],
        secretOf: (cluster) => {
            const secretArn = cluster.masterUserSecrets.apply(([secret]) => secret?.secretArn ?? "");
            // Under AWS's own key for secrets, because the provider cannot name another one for this engine.
            return { secretArn, secretArns: byRegion([args.region], secretArn) };
        },
    };
}

function founded(
    name: string,
    engine: EngineArgs,
    own: DocumentDbSettings,
    parent: pulumi.Resource,
): Credentials {
    const { args } = engine;
    const replicas = own.globalCluster?.secretReplicas ?? [];
    const password = masterPassword(name, parent);
    const secret = runbookSecret(
        `${name}-master`,
        engine,
        { description: `Master user of the DocumentDB global cluster of ${args.identifier}`, replicas },
        parent,
    );
    return {
        cluster: { masterUsername: own.masterUsername, masterPassword: password },
        // The runbook replaces it in AWS; sent again, the first one would come back.
        ignoreChanges: ["masterPassword"],
        secretOf: (cluster) => {
            firstValue(
                `${name}-master-value`,
                {
                    region: args.region,
                    secretArn: secret.arn,
                    // In the form that DocumentDB's own managed secrets have, and what AWS's tools read besides.
                    secretString: pulumi.jsonStringify({
                        engine: "mongo",
                        ssl: true,
                        host: cluster.endpoint,
                        port: cluster.port,
                        username: own.masterUsername,
                        password,
                        dbClusterIdentifier: args.identifier,
                    }),
                },
                parent,
            );
            return {
                secretArn: secret.arn,
                secretKeyArn: engine.kmsKeyArn,
                secretArns: byRegion([args.region, ...replicas.map(({ region }) => region)], secret.arn),
            };
        },
    };
}
