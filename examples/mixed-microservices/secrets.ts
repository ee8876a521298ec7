import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { permissionsOf, viaService } from "../../components/security/permissions";
import { type Needs } from "../shared/needs";
import { type MixedKeyRing } from "./keys";
import { type MixedSettings } from "./settings";

/** What those need who deal with somebody outside. */
export interface MixedSecrets {
    /** The payment provider's key. */
    readonly payments: Needs;
    /** What the carrier signs with. */
    readonly carrier: Needs;
}

/**
 * Makes a secret for each party outside, in each region by itself. Somebody puts the value in once the party has given it
 * (`aws secretsmanager put-secret-value`): Pulumi never sees it.
 */
export function createSecrets(
    settings: MixedSettings,
    keys: MixedKeyRing,
    provider: aws.Provider,
): MixedSecrets {
    const { region, deletionProtection, namePrefix } = settings;
    const needs = (party: string, variable: string): Needs => {
        const { arn } = new aws.secretsmanager.Secret(
            `mixed-${party}`,
            {
                region,
                name: `${namePrefix}/${party}`,
                description: `What the ${party} has given`,
                kmsKeyId: keys.data,
                tags: { "data-classification": "confidential", "replaced-by": "runbook" },
            },
            { provider, protect: deletionProtection },
        );
        return {
            permissions: [
                permissionsOf([
                    { sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: [arn] },
                    {
                        sid: "DecryptSecrets",
                        actions: ["kms:Decrypt"],
                        resources: [keys.data],
                        conditions: [viaService("secretsmanager", region)],
                    },
                ]),
            ],
            environment: { [variable]: pulumi.output(arn) },
        };
    };
    return {
        payments: needs("payment-provider", "PAYMENT_PROVIDER_SECRET_ARN"),
        carrier: needs("carrier", "CARRIER_SECRET_ARN"),
    };
}
