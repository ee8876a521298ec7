/** Origins of distributions that are S3 buckets, and how requests to them are signed. */
import { ifKnown, type Member, object, type Props, type StackView, text } from "../../framework";
import { isGiven } from "../../framework/items";

export const ORIGIN_ACCESS_CONTROL = "aws:cloudfront/originAccessControl:OriginAccessControl";
const IDENTITY = "aws:cloudfront/originAccessIdentity:OriginAccessIdentity";

/** Whether the origin is a bucket: it has the domain name of one, or, while that is unknown, no other kind's settings. */
export function isS3Origin(origin: Props): boolean {
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

/** Whether an origin access control is given. Unknown beside one of the stack, it is that one's id. */
export function hasAccessControl(distribution: Member, origin: Props): boolean {
    return isNamed(distribution, ORIGIN_ACCESS_CONTROL, () => text(origin.originAccessControlId));
}

/** Whether an origin access identity is given, which signs too, in the way of before. */
export function hasAccessIdentity(distribution: Member, origin: Props): boolean {
    return (
        isGiven(origin, "s3OriginConfig") &&
        isNamed(distribution, IDENTITY, () => text(object(origin.s3OriginConfig).originAccessIdentity))
    );
}

/** The access control of an origin, where the stack has it and no other could be meant. */
export function accessControlOf(stack: StackView, distribution: Member, origin: Props): Member | undefined {
    const related = stack.referencesOf(distribution, "origins", ORIGIN_ACCESS_CONTROL);
    const id = ifKnown(() => text(origin.originAccessControlId));
    const named = related.find((control) => id !== undefined && ifKnown(() => control.props["id"]) === id);
    return named ?? (related.length === 1 && id === undefined ? related[0] : undefined);
}

function isNamed(distribution: Member, type: string, read: () => string | undefined): boolean {
    const related = (distribution.propertyDependencies.origins ?? []).some((other) => other.type === type);
    return ((related ? ifKnown(read, "unknown") : read()) ?? "") !== "";
}
