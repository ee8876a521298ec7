import {
    DescribeSecretCommand,
    GetRandomPasswordCommand,
    GetSecretValueCommand,
    PutSecretValueCommand,
    ResourceNotFoundException,
    type SecretsManagerClient,
    UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";

import { type Patience, waitFor } from "./waiting";

const CURRENT = "AWSCURRENT";
const PENDING = "AWSPENDING";

/** Stands for all signs that are neither letters nor digits. */
export const PUNCTUATION = Symbol("punctuation");

/** What Secrets Manager sends for each step of a rotation. */
export interface RotationEvent {
    Step: string;
    /** ARN of the secret. */
    SecretId: string;
    /** Id of the version that this rotation makes. */
    ClientRequestToken: string;
}

/** Secrets Manager, as far as a rotation uses it. */
export type Secrets = Pick<SecretsManagerClient, "send">;

/** What a secret holds, as AWS's own tools read it. */
export interface SignIn {
    username: string;
    password: string;
    [key: string]: unknown;
}

/** What is special to what the secret is for. */
export interface RotationSteps {
    /** What the new password is given to, in an error: `the database`. */
    readonly target: string;
    /** How a new password may look. */
    readonly password: {
        readonly length: number;
        /** Signs that it may not have, or none of them at all. */
        readonly exclude: string | typeof PUNCTUATION;
    };
    /** What the next version says beside the new password. */
    next(current: SignIn): Promise<SignIn>;
    /** Gives the pending sign-in to whoever it is for. */
    set(pending: SignIn, current: () => Promise<SignIn>): Promise<void>;
    /** Waits until it is in force. */
    test(pending: () => Promise<SignIn>): Promise<void>;
}

/**
 * Carries out one step of a rotation. Each may be repeated, because Secrets Manager does so when a step failed.
 *
 * @throws Error when the step cannot be done now. Secrets Manager tries again, and the old password stays current.
 */
export async function rotateSecret(
    event: RotationEvent,
    secrets: Secrets,
    steps: RotationSteps,
): Promise<void> {
    if (await isAlreadyCurrent(event, secrets)) {
        return;
    }
    const pending = async (): Promise<SignIn> => {
        const value = await pendingValue(event, secrets);
        if (value === undefined) {
            throw new Error(
                `the version ${event.ClientRequestToken} has no value to give to ${steps.target}`,
            );
        }
        return value;
    };
    switch (event.Step) {
        case "createSecret":
            return createSecret(event, secrets, steps);
        case "setSecret":
            return steps.set(await pending(), () => currentValue(event, secrets));
        case "testSecret":
            return steps.test(pending);
        case "finishSecret":
            return finishSecret(event, secrets);
        default:
            throw new Error(
                `Secrets Manager asked for the step "${event.Step}", which is none of a rotation`,
            );
    }
}

/**
 * Waits until the service that a password is for has taken it over. Signing in would need a network path that these
 * functions have not.
 */
export async function waitForPassword(
    look: () => Promise<{ inForce: boolean; state: string }>,
    patience: Patience,
): Promise<void> {
    // The service takes a moment to show that it has begun, and until then it looks as if it were done.
    await patience.sleep(patience.pause);
    let last = "";
    await waitFor(
        async () => {
            const { inForce, state } = await look();
            last = state;
            return inForce ? state : undefined;
        },
        patience,
        () => `the new password is not in force yet: ${last}`,
    );
}

async function stagesOf(secretId: string, secrets: Secrets): Promise<Record<string, string[]>> {
    const secret = await secrets.send(new DescribeSecretCommand({ SecretId: secretId }));
    return secret.VersionIdsToStages ?? {};
}

async function isAlreadyCurrent(event: RotationEvent, secrets: Secrets): Promise<boolean> {
    const stages = (await stagesOf(event.SecretId, secrets))[event.ClientRequestToken];
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

async function currentValue(event: RotationEvent, secrets: Secrets): Promise<SignIn> {
    return parse(
        await secrets.send(new GetSecretValueCommand({ SecretId: event.SecretId, VersionStage: CURRENT })),
    );
}

/** Thinks of a new password and stores it as the pending version. */
async function createSecret(event: RotationEvent, secrets: Secrets, steps: RotationSteps): Promise<void> {
    if ((await pendingValue(event, secrets)) !== undefined) {
        return;
    }
    const current = await currentValue(event, secrets);
    const { RandomPassword: password } = await secrets.send(
        new GetRandomPasswordCommand({
            PasswordLength: steps.password.length,
            ...(steps.password.exclude === PUNCTUATION
                ? { ExcludePunctuation: true }
                : { ExcludeCharacters: steps.password.exclude }),
            RequireEachIncludedType: true,
        }),
    );
    if (password === undefined) {
        throw new Error("Secrets Manager gave no random password");
    }
    const next = { ...(await steps.next(current)), password };
    await secrets.send(
        new PutSecretValueCommand({
            SecretId: event.SecretId,
            ClientRequestToken: event.ClientRequestToken,
            SecretString: JSON.stringify(next),
            VersionStages: [PENDING],
        }),
    );
}

/** Makes the pending version the current one. */
async function finishSecret(event: RotationEvent, secrets: Secrets): Promise<void> {
    const stages = await stagesOf(event.SecretId, secrets);
    const previous = Object.keys(stages).find((version) => stages[version]?.includes(CURRENT) === true);
    await secrets.send(
        new UpdateSecretVersionStageCommand({
            SecretId: event.SecretId,
            VersionStage: CURRENT,
            MoveToVersionId: event.ClientRequestToken,
            ...(previous === undefined ? {} : { RemoveFromVersionId: previous }),
        }),
    );
}

async function pendingValue(event: RotationEvent, secrets: Secrets): Promise<SignIn | undefined> {
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
