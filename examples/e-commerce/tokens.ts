import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey } from "../../components/security/encryptionKey";
import { each } from "../shared/each";
import { THIRD_PARTIES, type ThirdParty } from "./serviceTable";
import { type ShopSettings } from "./settings";

const PARTIES = Object.values(THIRD_PARTIES);

/** Tokens of third parties. */
export interface ShopTokens {
    readonly arns: Readonly<Record<ThirdParty, pulumi.Output<string>>>;
    readonly kmsKeyArn: pulumi.Output<string>;
    /** What the other region's stack takes, in the primary of two regions. */
    readonly replicas?: pulumi.Output<ToldTokens>;
}

/** What the primary region's stack tells of the secrets' replicas. */
interface ToldTokens {
    readonly arns: Record<ThirdParty, string>;
    readonly kmsKeyArn: string;
}

/**
 * Makes a secret for each third party's token, in the primary region, with a replica in the other. Somebody puts the value in
 * once the third party has given it (`aws secretsmanager put-secret-value`): Pulumi never sees it.
 */
export function createTokens(
    settings: ShopSettings,
    primary: pulumi.StackReference | undefined,
    provider: aws.Provider,
): ShopTokens {
    if (primary !== undefined) {
        const told = primary.requireOutput("tokens") as pulumi.Output<ToldTokens>;
        return {
            arns: each(PARTIES, (party) => told.apply(({ arns }) => arns[party])),
            kmsKeyArn: told.kmsKeyArn,
        };
    }
    const { region, accountId, peerRegion, deletionProtection } = settings;
    const opts = { providers: [provider] };
    const key = (name: string, where: string) =>
        new EncryptionKey(
            name,
            {
                region: where,
                accountId,
                description: `Tokens of third parties in ${where}`,
                deletionProtection,
            },
            opts,
        );
    const own = key("commerce-tokens", region);
    const abroad = peerRegion === undefined ? undefined : key("commerce-token-replicas", peerRegion);
    const secrets = each(
        PARTIES,
        (party) =>
            new aws.secretsmanager.Secret(
                `commerce-${party}-token`,
                {
                    region,
                    // Replicas are found by the name that all have.
                    name: `${settings.namePrefix}/${party}`,
                    description: `Token of the ${party.replace("-", " ")}`,
                    kmsKeyId: own.keyArn,
                    ...(peerRegion === undefined || abroad === undefined
                        ? {}
                        : { replicas: [{ region: peerRegion, kmsKeyId: abroad.keyArn }] }),
                    tags: { "data-classification": "confidential", "replaced-by": "runbook" },
                },
                { provider, protect: deletionProtection },
            ),
    );
    const arns = each(PARTIES, (party) => secrets[party].arn);
    return {
        arns,
        kmsKeyArn: own.keyArn,
        ...(peerRegion === undefined || abroad === undefined
            ? {}
            : {
                  replicas: pulumi.all([pulumi.output(arns), abroad.keyArn]).apply(([all, kmsKeyArn]) => ({
                      // A replica has the ARN of its secret, but for the region.
                      arns: each(PARTIES, (party) => all[party].replace(`:${region}:`, `:${peerRegion}:`)),
                      kmsKeyArn,
                  })),
              }),
    };
}
