import { RDSClient } from "@aws-sdk/client-rds";
import { ExecuteStatementCommand, RDSDataClient } from "@aws-sdk/client-rds-data";

import { required } from "../shared/environment";
import { sleep } from "../shared/waiting";
import { prepare, type PreparationEvent, type Statement } from "./preparation";

async function execute(statement: Statement): Promise<void> {
    await new RDSDataClient({ region: statement.region }).send(
        new ExecuteStatementCommand({
            resourceArn: statement.clusterArn,
            secretArn: statement.secretArn,
            database: statement.databaseName,
            sql: statement.sql,
        }),
    );
}

/** Prepares a global database for its applications. Called by Pulumi while it deploys. */
export async function handler(event: PreparationEvent): Promise<{ done: string }> {
    const done = await prepare(event, {
        rdsIn: (region) => new RDSClient({ region }),
        execute,
        database: {
            clusterArn: required("CLUSTER_ARN"),
            globalClusterIdentifier: required("GLOBAL_CLUSTER_IDENTIFIER"),
        },
        databaseName: required("DATABASE_NAME"),
        secretArn: required("SECRET_ARN"),
        // Four minutes, within the function's own time.
        patience: { attempts: 24, pause: 10_000, sleep },
        log: (message) => {
            console.log(message);
        },
    });
    console.log(done);
    return { done };
}
