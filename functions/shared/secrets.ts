import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

import { answeredWithin } from "./answeredWithin";

// Short enough that a rotated secret is soon known, long enough that Secrets Manager is no part of every call.
const KEPT_MILLISECONDS = 300_000;

const kept = new Map<string, { value: Promise<string>; until: number }>();

let client: SecretsManagerClient | undefined;

async function fetchSecret(arn: string): Promise<string> {
    client ??= new SecretsManagerClient({
        maxAttempts: 4,
        requestHandler: answeredWithin(3000),
    });
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (SecretString === undefined) {
        throw new Error("the secret has no text");
    }
    return SecretString;
}

/** A secret's text, asked for anew every few minutes. */
export function secretText(arn: string): Promise<string> {
    const known = kept.get(arn);
    if (known !== undefined && known.until > Date.now()) {
        return known.value;
    }
    const value = fetchSecret(arn);
    kept.set(arn, { value, until: Date.now() + KEPT_MILLISECONDS });
    // A failure is not kept.
    value.catch(() => kept.delete(arn));
    return value;
}

/** Forgets a secret that has turned out to be no longer right. */
export function forgetSecret(arn: string): void {
    kept.delete(arn);
}

/** One value of a secret: that of the property where the text is JSON, else the text itself. */
export async function secretValue(arn: string, property: string): Promise<string> {
    const text = await secretText(arn);
    if (!text.startsWith("{")) {
        return text;
    }
    const value = (JSON.parse(text) as Record<string, unknown>)[property];
    if (typeof value !== "string" || value === "") {
        throw new Error(`the secret has no text ${property}`);
    }
    return value;
}
