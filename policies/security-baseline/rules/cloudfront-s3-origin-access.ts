import { ifKnown, type Member, type Props, stackRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { DISTRIBUTION } from "../shared/distributions";

const ORIGIN_ACCESS_CONTROL = "aws:cloudfront/originAccessControl:OriginAccessControl";

export const rule = stackRule({
    id: "cloudfront-s3-origin-access",
    severity: "medium",
    description: "Distributions sign their requests to S3 origins, so that the buckets need not be public.",
    fix: "Set originAccessControlId of the origin to the id of an aws.cloudfront.OriginAccessControl.",
    frameworks: { controls: ["75"], securityHub: ["CloudFront.13"], checkov: ["CKV2_AWS_46"] },
    types: [DISTRIBUTION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(DISTRIBUTION), (distribution) => {
            eachObject(distribution.props.origins, (origin, index) => {
                if (isS3(origin) && !isSigned(distribution, origin)) {
                    report(`has an S3 origin without access control: origins[${index}].`, distribution);
                }
            });
        });
    },
});

/** Whether the origin is a bucket: it has the domain name of one, or, while that is unknown, no other kind's settings. */
function isS3(origin: Props): boolean {
    const domain = ifKnown(() => text(origin.domainName));
    if (domain !== undefined) {
        return (
            /\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/.test(domain) &&
            !domain.includes(".s3-website")
        );
    }
    return [origin.customOriginConfig, origin.vpcOriginConfig].every(
        (config) => config === undefined || config === null,
    );
}

function isSigned(distribution: Member, origin: Props): boolean {
    const related = (distribution.propertyDependencies.origins ?? []).some(
        ({ type }) => type === ORIGIN_ACCESS_CONTROL,
    );
    // Unknown beside an access control of the stack, it is that one's id.
    const id = related
        ? ifKnown(() => text(origin.originAccessControlId), "unknown")
        : text(origin.originAccessControlId);
    return (id ?? "") !== "";
}
