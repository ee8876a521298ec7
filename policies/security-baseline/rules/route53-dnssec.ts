import { stackRule, text } from "../../framework";
import { anyOf } from "../../framework/items";
import { isPublicZone, ZONE } from "../shared/zones";

export const rule = stackRule({
    id: "route53-dnssec",
    severity: "low",
    level: "advisory",
    description: "Public hosted zones sign their answers (DNSSEC).",
    fix: "Add an aws.route53.KeySigningKey and an aws.route53.HostedZoneDnsSec for the zone, and a DS record at its parent.",
    frameworks: { controls: ["82"], checkov: ["CKV2_AWS_38"] },
    types: [ZONE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(ZONE), (zone) => {
            const signings = stack.referrersOf(
                zone,
                "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
                "hostedZoneId",
            );
            // Left out, the provider's default is to sign.
            const signs = signings.map(
                ({ props }) =>
                    () =>
                        (text(props.signingStatus) ?? "SIGNING") === "SIGNING",
            );
            if (isPublicZone(zone) && !anyOf(signs)) {
                report("does not sign its answers.", zone);
            }
        });
    },
});
