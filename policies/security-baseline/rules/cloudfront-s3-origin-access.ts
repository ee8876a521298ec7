import { stackRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { DISTRIBUTION } from "../shared/distributions";
import { accessControlOf, hasAccessControl, hasAccessIdentity, isS3Origin } from "../shared/s3Origins";

export const rule = stackRule({
    id: "cloudfront-s3-origin-access",
    severity: "medium",
    description: "Distributions sign their requests to S3 origins, so that the buckets need not be public.",
    fix: "Set originAccessControlId of the origin to the id of an aws.cloudfront.OriginAccessControl that signs always.",
    frameworks: { controls: ["75"], checkov: ["CKV2_AWS_46"] },
    types: [DISTRIBUTION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(DISTRIBUTION), (distribution) => {
            eachObject(distribution.props.origins, (origin, index) => {
                if (!isS3Origin(origin)) {
                    return;
                }
                if (!hasAccessControl(distribution, origin)) {
                    if (!hasAccessIdentity(distribution, origin)) {
                        report(`has an S3 origin without access control: origins[${index}].`, distribution);
                    }
                    return;
                }
                const control = accessControlOf(stack, distribution, origin);
                if (control !== undefined && text(control.props.signingBehavior) === "never") {
                    report(
                        `has an S3 origin whose access control "${control.name}" never signs: origins[${index}].`,
                        distribution,
                    );
                }
            });
        });
    },
});
