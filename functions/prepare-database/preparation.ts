import { ModifyDBClusterCommand } from "@aws-sdk/client-rds";

import { type Patience, waitFor } from "../shared/waiting";
import { type Database, describeCluster, describeWriter, type RdsIn } from "../shared/writer";
import { applicationUserStatements } from "./applicationUser";

/** What the function is asked to do. */
export interface PreparationEvent {
    /** `CreateApplicationUser` or `ForwardWrites`. */
    action: string;
    /** The user, for `CreateApplicationUser`. */
    username?: string;
}

/** A statement to run on a cluster as the master user. */
export interface Statement {
    clusterArn: string;
    region: string;
    secretArn: string;
    databaseName: string;
    sql: string;
}

/** What the function works with. */
export interface PreparationTools {
    rdsIn: RdsIn;
    execute: (statement: Statement) => Promise<void>;
    database: Database;
    databaseName: string;
    /** ARN of the master secret in the founding region. */
    secretArn: string;
    patience: Patience;
    /** Tells the function's log what is going on. */
    log: (message: string) => void;
}

/**
 * Does what it is asked, once or again.
 *
 * @returns What was done, for the log of the deployment.
 */
export async function prepare(event: PreparationEvent, tools: PreparationTools): Promise<string> {
    switch (event.action) {
        case "CreateApplicationUser":
            return createApplicationUser(event.username, tools);
        case "ForwardWrites":
            return forwardWrites(tools);
        default:
            throw new Error(
                `"${event.action}" is not an action; there are CreateApplicationUser and ForwardWrites`,
            );
    }
}

async function createApplicationUser(username: string | undefined, tools: PreparationTools): Promise<string> {
    if (username === undefined || username === "") {
        throw new Error("CreateApplicationUser needs a username");
    }
    const writer = await describeWriter(tools.database, tools.rdsIn);
    if (!writer.dataApi) {
        throw new Error(
            `the Data API of ${writer.arn}, which takes the writes now, is off; turn it on with ` +
                `aws rds enable-http-endpoint --region ${writer.region} --resource-arn ${writer.arn}, and update again`,
        );
    }
    const secretArn = inRegion(tools.secretArn, writer.region);
    for (const sql of applicationUserStatements(username, tools.databaseName)) {
        await patiently(tools, () =>
            tools.execute({
                clusterArn: writer.arn,
                region: writer.region,
                secretArn,
                databaseName: tools.databaseName,
                sql,
            }),
        );
    }
    return `the user ${username} of ${writer.arn} signs in with IAM`;
}

/**
 * Makes the founding cluster forward writes once another region writes. It can be said only of a member of a global
 * database, and so not when the cluster is made.
 */
async function forwardWrites(tools: PreparationTools): Promise<string> {
    const founder = await describeCluster(tools.database.clusterArn, tools.rdsIn);
    await patiently(tools, () =>
        tools.rdsIn(founder.region).send(
            new ModifyDBClusterCommand({
                DBClusterIdentifier: founder.arn,
                EnableGlobalWriteForwarding: true,
                ApplyImmediately: true,
            }),
        ),
    );
    return `${founder.arn} forwards writes when another region writes`;
}

/** Names of errors that pass by themselves: the cluster is busy, or has only just been made. */
const PASSING = [
    "DatabaseResumingException",
    "DatabaseUnavailableException",
    "HttpEndpointNotEnabledException",
    "InternalServerErrorException",
    "InvalidDBClusterStateFault",
    "InvalidDBClusterStateException",
    "ServiceUnavailableError",
    "StatementTimeoutException",
    "ThrottlingException",
];

async function patiently(tools: PreparationTools, act: () => Promise<unknown>): Promise<void> {
    let last = "";
    await waitFor(
        async () => {
            try {
                await act();
                return true;
            } catch (error) {
                if (!(error instanceof Error) || !PASSING.includes(error.name)) {
                    throw error;
                }
                last = `${error.name}: ${error.message}`;
                tools.log(`not yet: ${last}`);
                return undefined;
            }
        },
        tools.patience,
        () => `gave up after ${tools.patience.attempts} attempts: ${last}`,
    );
}

/** The secret's replica in a region has the same ARN but for the region. */
function inRegion(arn: string, region: string): string {
    return arn.split(":").with(3, region).join(":");
}
