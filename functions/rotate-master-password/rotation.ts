import {
    DescribeSecretCommand,
    GetRandomPasswordCommand,
    GetSecretValueCommand,
    PutSecretValueCommand,
    ResourceNotFoundException,
    type SecretsManagerClient,
    UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { ModifyDBClusterCommand } from "@aws-sdk/client-rds";

import { type Patience, waitFor } from "../shared/waiting";
import { type Database, describeWriter, type RdsIn } from "../shared/writer";

const CURRENT = "AWSCURRENT";
const PENDING = "AWSPENDING";

/** What Secrets Manager sends for each step of a rotation. */
export interface RotationEvent {
    Step: string;
    /** ARN of the secret. */
    SecretId: string;
    /** Id of the version that this rotation makes. */
    ClientRequestToken: string;
}

/** What a rotation works with. */
export interface RotationTools {
    secrets: Pick<SecretsManagerClient, "send">;
    rdsIn: RdsIn;
    database: Database;
    patience: Patience;
}

/** What the secret holds: the sign-in of the master user, as AWS's own tools read it. */
interface SignIn {
    username: string;
    password: string;
    [key: string]: unknown;
}

/**
 * Carries out one step of a rotation. Each may be repeated, because Secrets Manager does so when a step failed.
 *
 * @throws Error when the step cannot be done now. Secrets Manager tries again, and the old password stays current.
 */
export async function rotate(event: RotationEvent, tools: RotationTools): Promise<void> {
    if (await isAlreadyCurrent(event, tools)) {
        return;
    }
    switch (event.Step) {
        case "createSecret":
            return createSecret(event, tools);
        case "setSecret":
            return setSecret(event, tools);
        case "testSecret":
            return testSecret(tools);
        case "finishSecret":
            return finishSecret(event, tools);
        default:
            throw new Error(
                `Secrets Manager asked for the step "${event.Step}", which is none of a rotation`,
            );
    }
}

async function stagesOf(secretId: string, { secrets }: RotationTools): Promise<Record<string, string[]>> {
    const secret = await secrets.send(new DescribeSecretCommand({ SecretId: secretId }));
    return secret.VersionIdsToStages ?? {};
}

async function isAlreadyCurrent(event: RotationEvent, tools: RotationTools): Promise<boolean> {
    const stages = (await stagesOf(event.SecretId, tools))[event.ClientRequestToken];
    if (stages === undefined) {
        throw new Error(`the secret has no version ${event.ClientRequestToken} to rotate to`);
    }
    if (stages.includes(CURRENT)) {
        return true;
    }
    if (!stages.includes(PENDING)) {
        throw new Error(`the version ${event.ClientRequestToken} is not staged as ${PENDING}`);
    }
    return false;
}

/** Thinks of a new password and stores it as the pending version. */
async function createSecret(event: RotationEvent, tools: RotationTools): Promise<void> {
    const { secrets } = tools;
    if ((await pendingValue(event, tools)) !== undefined) {
        return;
    }
    const current = parse(
        await secrets.send(new GetSecretValueCommand({ SecretId: event.SecretId, VersionStage: CURRENT })),
    );
    const { RandomPassword: password } = await secrets.send(
        new GetRandomPasswordCommand({
            PasswordLength: 40,
            // What RDS refuses, and what hurts when it is typed or put in a URL.
            ExcludeCharacters: "/@\"'`\\ #%?&:;$|<>{}[]()",
            RequireEachIncludedType: true,
        }),
    );
    if (password === undefined) {
        throw new Error("Secrets Manager gave no random password");
    }
    const writer = await describeWriter(tools.database, tools.rdsIn);
    const next: SignIn = {
        ...current,
        password,
        // Whoever needs this needs it in an emergency: say where the writer is now, not where it was founded.
        host: writer.endpoint,
        port: writer.port,
        dbClusterIdentifier: writer.identifier,
    };
    await secrets.send(
        new PutSecretValueCommand({
            SecretId: event.SecretId,
            ClientRequestToken: event.ClientRequestToken,
            SecretString: JSON.stringify(next),
            VersionStages: [PENDING],
        }),
    );
}

/** Gives the pending password to the cluster that takes writes now, in whatever region it is. */
async function setSecret(event: RotationEvent, tools: RotationTools): Promise<void> {
    const pending = await pendingValue(event, tools);
    if (pending === undefined) {
        throw new Error(`the version ${event.ClientRequestToken} has no value to give to the database`);
    }
    const writer = await describeWriter(tools.database, tools.rdsIn);
    if (writer.status !== "available") {
        throw new Error(
            `the cluster ${writer.arn} is ${writer.status}, and its password can be set when it is available`,
        );
    }
    await tools.rdsIn(writer.region).send(
        new ModifyDBClusterCommand({
            DBClusterIdentifier: writer.arn,
            MasterUserPassword: pending.password,
            ApplyImmediately: true,
        }),
    );
}

/** Waits until RDS has taken the password over. Signing in would need a network path that this function has not. */
async function testSecret(tools: RotationTools): Promise<void> {
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

/** Makes the pending version the current one. */
async function finishSecret(event: RotationEvent, tools: RotationTools): Promise<void> {
    const stages = await stagesOf(event.SecretId, tools);
    const previous = Object.keys(stages).find((version) => stages[version]?.includes(CURRENT) === true);
    await tools.secrets.send(
        new UpdateSecretVersionStageCommand({
            SecretId: event.SecretId,
            VersionStage: CURRENT,
            MoveToVersionId: event.ClientRequestToken,
            ...(previous === undefined ? {} : { RemoveFromVersionId: previous }),
        }),
    );
}

async function pendingValue(event: RotationEvent, { secrets }: RotationTools): Promise<SignIn | undefined> {
    try {
        return parse(
            await secrets.send(
                new GetSecretValueCommand({
                    SecretId: event.SecretId,
                    VersionId: event.ClientRequestToken,
                    VersionStage: PENDING,
                }),
            ),
        );
    } catch (error) {
        if (error instanceof ResourceNotFoundException) {
            return undefined;
        }
        throw error;
    }
}

function parse({ SecretString: text }: { SecretString?: string | undefined }): SignIn {
    // The text itself must not reach an error message: those are logged.
    let value: unknown;
    try {
        value = JSON.parse(text ?? "");
    } catch {
        throw new Error("the secret's value is not JSON");
    }
    if (typeof value !== "object" || value === null || !("username" in value) || !("password" in value)) {
        throw new Error("the secret's value has no username and password");
    }
    return value as SignIn;
}
