import { isUnknown, object, type Props, stackRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { eachOrigin, isWebsite } from "../shared/distribution";
import { BUCKETS, DISTRIBUTION } from "../shared/types";

export const rule = stackRule({
    id: "cloudfront-origin-access",
    severity: "high",
    description:
        "Origins with an origin access control are buckets by their REST endpoint, with no identity besides.",
    fix: "Use the bucket's bucketRegionalDomainName with originAccessControlId, and neither customOriginConfig nor an origin access identity.",
    frameworks: { controls: ["C8", "F5.9"] },
    types: [DISTRIBUTION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(DISTRIBUTION), (distribution) => {
            // The name of a bucket that is still to be made is judged at the update.
            const isPending = stack.referencesOf(distribution, "origins", ...BUCKETS).length > 0;
            eachOrigin(distribution.props, (origin, at) => {
                judgeOrigin(origin, at, isPending, (reason) => {
                    report(reason, distribution);
                });
            });
        });
    },
});

function judgeOrigin(origin: Props, at: string, isPending: boolean, report: (reason: string) => void): void {
    const isCustom = isGiven(origin, "customOriginConfig");
    if (isCustom && isGiven(origin, "s3OriginConfig")) {
        report(`has ${at} with both customOriginConfig and s3OriginConfig.`);
    }
    if (!isGiven(origin, "originAccessControlId")) {
        return;
    }
    if (isGiven(object(origin.s3OriginConfig), "originAccessIdentity")) {
        report(`has ${at} with originAccessControlId and an origin access identity.`);
    }
    const isAwaited = isPending && isUnknown(() => origin.domainName);
    const domain = isAwaited ? "" : (text(origin.domainName) ?? "");
    if (isWebsite(domain)) {
        report(`has ${at} with originAccessControlId and the website endpoint ${domain}.`);
    }
    // Function URLs and media services have both.
    if (isCustom && domain !== "" && !/\.(?:on\.aws$|mediastore\.|mediapackagev2\.)/.test(domain)) {
        report(`has ${at} with originAccessControlId and customOriginConfig.`);
    }
}
