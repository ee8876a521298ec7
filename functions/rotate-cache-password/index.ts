import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

import { type RotationEvent } from "../shared/secretRotation";
import { sleep } from "../shared/waiting";
import { rotate } from "./rotation";

const secrets = new SecretsManagerClient({});
const elastiCache = new ElastiCacheClient({});

/** Replaces the password of a cache's user. Called by Secrets Manager. */
export async function handler(event: RotationEvent): Promise<void> {
    console.log(`step ${event.Step} of the version ${event.ClientRequestToken}`);
    await rotate(event, {
        secrets,
        elastiCache,
        // Ten minutes, within the function's own time. ElastiCache takes one or two.
        patience: { attempts: 60, pause: 10_000, sleep },
    });
}
