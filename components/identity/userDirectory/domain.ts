import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type UserDirectoryDomain, UserPoolPlan } from "./args";
import { type NativeCognito } from "./awsNative";
import { type Clients } from "./clients";
import { type Maker } from "./place";

/** The sign-in pages. */
export interface MadeDomain {
    /** URL of the pages. */
    readonly url: pulumi.Output<string>;
    /** Where a record for a name of one's own leads: a distribution of CloudFront. */
    readonly target?: pulumi.Output<string>;
}

/** Makes the domain of the sign-in pages, `<name>-domain`, and their looks for each application that has them. */
export function makeDomain(
    maker: Maker,
    domain: UserDirectoryDomain,
    clients: Clients,
    native: { readonly of: NativeCognito; readonly provider: pulumi.ProviderResource } | undefined,
): MadeDomain {
    const { parent, name, args, pool } = maker;
    const { region, replication } = args;
    const managed = domain.managedLogin ?? args.plan !== UserPoolPlan.Lite;
    const managedLoginVersion = managed ? 2 : 1;
    const host = domain.customDomain?.domainName ?? domain.prefix ?? "";
    const certificateArn = domain.customDomain?.certificateArn;
    // A pool has one domain of each kind.
    const opts = { parent, deleteBeforeReplace: true };
    const target =
        native === undefined
            ? new aws.cognito.UserPoolDomain(
                  `${name}-domain`,
                  {
                      region,
                      userPoolId: pool.id,
                      domain: host,
                      managedLoginVersion,
                      ...(certificateArn === undefined ? {} : { certificateArn }),
                  },
                  opts,
              ).cloudfrontDistribution
            : new native.of.cognito.UserPoolDomain(
                  `${name}-domain`,
                  {
                      userPoolId: pool.id,
                      domain: host,
                      managedLoginVersion,
                      ...(certificateArn === undefined ? {} : { customDomainConfig: { certificateArn } }),
                      ...(replication?.healthCheckId === undefined
                          ? {}
                          : {
                                routing: {
                                    failover: {
                                        primaryRoute53HealthCheckId: replication.healthCheckId,
                                        secondaryRegion: replication.region,
                                    },
                                },
                            }),
                  },
                  { ...opts, provider: native.provider },
              ).cloudFrontDistribution;
    if (managed) {
        brandClients(maker, clients);
    }
    return {
        url: pulumi.output(
            domain.customDomain === undefined
                ? `https://${host}.auth.${region}.amazoncognito.com`
                : `https://${host}`,
        ),
        ...(domain.customDomain === undefined ? {} : { target }),
    };
}

/** Managed login shows an error where an application has no style. */
function brandClients({ parent, name, args, pool }: Maker, clients: Clients): void {
    for (const [key, client] of clients) {
        if (args.clients[key]?.callbackUrls !== undefined) {
            new aws.cognito.ManagedLoginBranding(
                `${name}-${key}-style`,
                {
                    region: args.region,
                    userPoolId: pool.id,
                    clientId: client.id,
                    useCognitoProvidedValues: true,
                },
                // A client has one style.
                { parent, deleteBeforeReplace: true },
            );
        }
    }
}
