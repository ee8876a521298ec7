import { RDSClient } from "@aws-sdk/client-rds";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

import { required } from "../shared/environment";
import { sleep } from "../shared/waiting";
import { rotate, type RotationEvent } from "./rotation";

const secrets = new SecretsManagerClient({});

/** Replaces the master password of a global database, whichever region writes. Called by Secrets Manager. */
export async function handler(event: RotationEvent): Promise<void> {
    console.log(`step ${event.Step} of the version ${event.ClientRequestToken}`);
    await rotate(event, {
        secrets,
        rdsIn: (region) => new RDSClient({ region }),
        database: {
            clusterArn: required("CLUSTER_ARN"),
            globalClusterIdentifier: required("GLOBAL_CLUSTER_IDENTIFIER"),
        },
        // Ten minutes, within the function's own time. RDS takes one or two.
        patience: { attempts: 60, pause: 10_000, sleep },
    });
}
