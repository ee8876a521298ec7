import type * as pulumi from "@pulumi/pulumi";

import { replicaArn } from "../signInSecret";
import { type DocumentDatabaseArgs } from "./args";
import { type CommonSettings } from "./settings";

/** What an engine is made from. */
export interface EngineArgs {
    args: DocumentDatabaseArgs;
    settings: CommonSettings;
    /** ARN of the key that encrypts data, secrets and logs. */
    kmsKeyArn: pulumi.Input<string>;
}

/** What an engine gives out: the same of both, so that programs cannot tell them apart. */
export interface EngineParts {
    securityGroupId: pulumi.Output<string>;
    /** The host to begin with: the one that writes, or one that knows it. */
    endpoint: pulumi.Output<string>;
    readerEndpoint: pulumi.Output<string>;
    /** Hosts of the connection string. */
    hosts: pulumi.Output<string[]>;
    /** Whether a client may send a write again that it had no answer to. */
    retryWrites: boolean;
    secretArn: pulumi.Output<string>;
    /** ARN of the key that the secret is under; undefined where that is AWS's own, which needs no permission. */
    secretKeyArn?: pulumi.Input<string>;
    /** ARNs of the secret by region. */
    secretArns: pulumi.Output<Record<string, string>>;
    /** ARN of the parameter with the certificate of the database's authority; undefined where AWS publishes it. */
    caCertificateParameterArn?: pulumi.Output<string>;
    /** Name of the global cluster, known once there is a writer to follow. */
    globalClusterIdentifier?: pulumi.Output<string>;
    /** ARN of the cluster of DocumentDB. */
    clusterArn?: pulumi.Output<string>;
}

/** The ARNs of a secret and its replicas, which differ in the region alone. */
export function byRegion(
    regions: readonly string[],
    secretArn: pulumi.Output<string>,
): pulumi.Output<Record<string, string>> {
    return secretArn.apply((arn) =>
        Object.fromEntries(regions.map((region) => [region, replicaArn(arn, region)])),
    );
}
