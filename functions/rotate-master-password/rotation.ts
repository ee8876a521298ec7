import { ModifyDBClusterCommand } from "@aws-sdk/client-rds";

import { rotateSecret, type RotationEvent, type Secrets, waitForPassword } from "../shared/secretRotation";
import { type Patience } from "../shared/waiting";
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
        test: () => waitForPassword(() => passwordState(tools), tools.patience),
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

/** Whether the cluster that takes writes now has taken the password over. */
async function passwordState({ database, rdsIn }: RotationTools) {
    const { arn, status, passwordPending } = await describeWriter(database, rdsIn);
    return {
        inForce: status === "available" && !passwordPending,
        state: `${arn} is ${status}${passwordPending ? " with the password pending" : ""}`,
    };
}
