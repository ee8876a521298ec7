import { stackRule } from "../../framework";
import { eachObject } from "../../framework/items";
import { DISTRIBUTION } from "../shared/distributions";
import { hasAccessControl, hasAccessIdentity, isS3Origin } from "../shared/s3Origins";

export const rule = stackRule({
    id: "cloudfront-origin-access-control",
    severity: "medium",
    level: "advisory",
    description:
        "Distributions sign their requests to S3 origins by an origin access control: the identities of before know neither KMS keys nor newer regions.",
    fix: "Set originAccessControlId of the origin to the id of an aws.cloudfront.OriginAccessControl, let the bucket's policy in by the distribution's ARN, and take originAccessIdentity away.",
    frameworks: { controls: ["75"], securityHub: ["CloudFront.13"] },
    types: [DISTRIBUTION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(DISTRIBUTION), (distribution) => {
            eachObject(distribution.props.origins, (origin, index) => {
                // One that is not signed at all is cloudfront-s3-origin-access's matter.
                if (
                    isS3Origin(origin) &&
                    !hasAccessControl(distribution, origin) &&
                    hasAccessIdentity(distribution, origin)
                ) {
                    report(`signs by an origin access identity: origins[${index}].`, distribution);
                }
            });
        });
    },
});
