import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";

/**
 * How long a client tries one host before the next, in seconds. Inside a region an answer takes milliseconds; the
 * cluster endpoint of a region that does not write may give none.
 */
const CONNECT_TIMEOUT_SECONDS = 3;

/** What a connection string is made of. */
export interface Connection {
    endpoint: string;
    readerEndpoint: string;
    port: number;
    databaseName: string;
    username: string;
    certificateBundlePath: string;
}

/**
 * The connection string of a region, for libpq and what follows it: the cluster endpoint, which is the writer where
 * the region writes, then the reader endpoint, whose instances forward writes where it does not. Both are AWS's own
 * names, because the certificate holds no others. There is no password: it is an IAM token, made anew by each
 * client.
 */
export function connectionString(connection: Connection): string {
    const { endpoint, readerEndpoint, port, databaseName, username } = connection;
    const options = [
        "sslmode=verify-full",
        `sslrootcert=${connection.certificateBundlePath}`,
        // A reader that forwards writes still calls itself a standby, so `read-write` would turn it away. With
        // `any`, the order of the hosts decides: the writer where there is one.
        "target_session_attrs=any",
        `connect_timeout=${CONNECT_TIMEOUT_SECONDS}`,
    ];
    return `postgresql://${username}@${endpoint}:${port},${readerEndpoint}:${port}/${databaseName}?${options.join("&")}`;
}

/** The parameters, by the last part of their names: the part that is the same in every region. */
export const PARAMETERS = [
    "endpoint",
    "reader-endpoint",
    "port",
    "database-name",
    "username",
    "connection-string",
] as const;

const DESCRIPTIONS: Record<(typeof PARAMETERS)[number], string> = {
    endpoint: "Cluster endpoint of this region's database: the writer, where this region writes",
    "reader-endpoint": "Reader endpoint of this region's database",
    port: "TCP port of the database",
    "database-name": "Name of the database",
    username: "Database user to sign in as with an IAM token",
    "connection-string": "Connection string for this region, without password: sign in with an IAM token",
};

/** The full names of the parameters, by the last part. */
export function parameterNames(prefix: string): Record<string, string> {
    return Object.fromEntries(PARAMETERS.map((parameter) => [parameter, `${prefix}/${parameter}`]));
}

/** The ARNs of the parameters in a region, whether or not they exist yet. */
export function parameterArns(
    region: string,
    accountId: pulumi.Input<string>,
    prefix: string,
): pulumi.Output<string[]> {
    return pulumi
        .output(accountId)
        .apply((account) =>
            PARAMETERS.map((parameter) => `arn:aws:ssm:${region}:${account}:parameter${prefix}/${parameter}`),
        );
}

/** Where the parameters of a member are written. */
export interface ParameterPlace {
    region: string;
    parameterPrefix: string;
    tags: TagsInput;
}

/** Writes the connection parameters of a member in its region. */
export function createParameters(
    prefix: string,
    place: ParameterPlace,
    connection: { [Key in keyof Connection]: pulumi.Input<Connection[Key]> },
    parent: pulumi.Resource,
): aws.ssm.Parameter[] {
    const values: Record<(typeof PARAMETERS)[number], pulumi.Input<string>> = {
        endpoint: connection.endpoint,
        "reader-endpoint": connection.readerEndpoint,
        port: pulumi.output(connection.port).apply(String),
        "database-name": connection.databaseName,
        username: connection.username,
        "connection-string": pulumi.output(connection).apply(connectionString),
    };
    return PARAMETERS.map(
        (parameter) =>
            new aws.ssm.Parameter(
                `${prefix}-${parameter}`,
                {
                    region: place.region,
                    name: `${place.parameterPrefix}/${parameter}`,
                    description: DESCRIPTIONS[parameter],
                    type: aws.ssm.ParameterType.String,
                    // Nothing here is secret, and a plan that shows the value is worth more than one that hides it.
                    insecureValue: values[parameter],
                    tags: place.tags,
                },
                { parent },
            ),
    );
}

/**
 * The ARN to allow `rds-db:connect` on.
 *
 * @param clusterResourceId Id that AWS gave the cluster. Left out, any cluster of the account and region will do:
 * the user is the database's own, and clusters that do not have it let nobody in under its name.
 */
export function connectArn(
    region: string,
    accountId: pulumi.Input<string>,
    username: string,
    clusterResourceId: pulumi.Input<string> = "*",
): pulumi.Output<string> {
    return pulumi.interpolate`arn:aws:rds-db:${region}:${accountId}:dbuser:${clusterResourceId}/${username}`;
}
