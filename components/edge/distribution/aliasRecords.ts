import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { isKnown } from "../../shared/validation";

/** The zone of all alias targets at CloudFront. Source: Amazon Route 53 API Reference, AliasTarget. */
export const CLOUDFRONT_ZONE_ID = "Z2FDTNDATAQYW2";

/** Makes alias records, A and AAAA, of all names of a distribution. */
export function makeAliasRecords(
    parent: pulumi.Resource,
    name: string,
    args: { readonly domainNames: pulumi.Input<string>[]; readonly hostedZoneId: pulumi.Input<string> },
    distribution: aws.cloudfront.Distribution,
): void {
    for (const [index, domainName] of args.domainNames.entries()) {
        for (const type of ["A", "AAAA"]) {
            new aws.route53.Record(
                `${name}-${type.toLowerCase()}-${isKnown(domainName) ? domainName : index}`,
                {
                    zoneId: args.hostedZoneId,
                    name: domainName,
                    type,
                    aliases: [
                        {
                            name: distribution.domainName,
                            zoneId: CLOUDFRONT_ZONE_ID,
                            // Route 53 cannot check a distribution.
                            evaluateTargetHealth: false,
                        },
                    ],
                },
                { parent },
            );
        }
    }
}
