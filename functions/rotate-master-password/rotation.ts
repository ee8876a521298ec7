import { ModifyDBClusterCommand } from "@aws-sdk/client-rds";

import { rotateSecret, type RotationEvent, type Secrets } from "../shared/secretRotation";
import { type Patience, waitFor } from "../shared/waiting";
import { type Database, describeWriter, type RdsIn } from "../shared/writer";

export { type RotationEvent } from "../shared/secretRotation";

/** What a rotation works with. */
export interface RotationTools {
    secrets: Secrets;
    rdsIn: RdsIn;
    database: Database;
    patience: Patience;
}

/**
 * Carries out one step of a rotation of the master password.
 *
 * @throws Error when the step cannot be done now. Secrets Manager tries again, and the old password stays current.
 */
export async function rotate(event: RotationEvent, tools: RotationTools): Promise<void> {
    await rotateSecret(event, tools.secrets, {
        target: "the database",
        password: {
            length: 40,
            // What RDS refuses, and what hurts when it is typed or put in a URL.
            exclude: "/@\"'`\\ #%?&:;$|<>{}[]()",
        },
        next: async (current) => {
            const writer = await describeWriter(tools.database, tools.rdsIn);
            return {
                ...current,
                // Whoever needs this needs it in an emergency: say where the writer is now, not where it was founded.
                host: writer.endpoint,
                port: writer.port,
                dbClusterIdentifier: writer.identifier,
            };
        },
        set: (pending) => setPassword(pending.password, tools),
        test: () => waitForPassword(tools),
    });
}

/** Gives the pending password to the cluster that takes writes now, in whatever region it is. */
async function setPassword(password: string, tools: RotationTools): Promise<void> {
    const writer = await describeWriter(tools.database, tools.rdsIn);
    if (writer.status !== "available") {
        throw new Error(
            `the cluster ${writer.arn} is ${writer.status}, and its password can be set when it is available`,
        );
    }
    await tools.rdsIn(writer.region).send(
        new ModifyDBClusterCommand({
            DBClusterIdentifier: writer.arn,
            MasterUserPassword: password,
            ApplyImmediately: true,
        }),
    );
}

/** Waits until RDS has taken the password over. Signing in would need a network path that this function has not. */
async function waitForPassword(tools: RotationTools): Promise<void> {
    // RDS takes a moment to show that it has begun, and until then it looks as if it were done.
    await tools.patience.sleep(tools.patience.pause);
    let last = "";
    await waitFor(
        async () => {
            const writer = await describeWriter(tools.database, tools.rdsIn);
            last = `${writer.arn} is ${writer.status}${writer.passwordPending ? " with the password pending" : ""}`;
            return writer.status === "available" && !writer.passwordPending ? writer : undefined;
        },
        tools.patience,
        () => `the new password is not in force yet: ${last}`,
    );
}
