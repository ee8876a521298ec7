import { regionOf, type Subject, text } from "./subject";

// What @pulumi/aws 7 gives no `region` argument: services that are the same everywhere, and settings of an account.
const GLOBAL_MODULES = [
    "account",
    "bcmdata",
    "billing",
    "budgets",
    "cloudfront",
    "costexplorer",
    "costoptimizationhub",
    "cur",
    "globalaccelerator",
    "iam",
    "networkmanager",
    "notifications",
    "organizations",
    "rolesanywhere",
    "route53domains",
    "route53recoverycontrol",
    "route53recoveryreadiness",
    "shield",
    "uxc",
    "waf",
];

const GLOBAL_TYPES: ReadonlySet<string> = new Set([
    "aws:backup/globalSettings:GlobalSettings",
    "aws:bedrock/useCaseForModelAccess:UseCaseForModelAccess",
    "aws:chime/sdkvoiceGlobalSettings:SdkvoiceGlobalSettings",
    "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount",
    "aws:directconnect/gateway:Gateway",
    "aws:ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount",
    "aws:fms/adminAccount:AdminAccount",
    "aws:ram/sharingWithOrganization:SharingWithOrganization",
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    "aws:servicecatalog/organizationsAccess:OrganizationsAccess",
]);

/** Whether the type is one of AWS, in @pulumi/aws or in @pulumi/aws-native. */
export function isOfAws(type: string): boolean {
    return /^aws(?:-native)?:/.test(type);
}

/** Whether the type is one of resources. The SDK has components too, such as aws:sqs:QueueEventSubscription. */
export function isResourceType(type: string): boolean {
    return /^(?:aws:[\w-]+\/\w+|aws-native:\w+):\w+$/.test(type);
}

/** The service part of a type of AWS: `ec2` of `aws:ec2/vpc:Vpc` and of `aws-native:ec2:Vpc`. */
export function moduleOf(type: string): string {
    return /^aws(?:-native)?:([^:/]*)/.exec(type)?.[1] ?? "";
}

/** Whether resources of the AWS type belong to no region. */
export function isGlobal(type: string): boolean {
    return (
        GLOBAL_MODULES.includes(moduleOf(type)) ||
        GLOBAL_TYPES.has(type) ||
        // Zones, records and health checks are global; resolvers and profiles are not.
        /^aws:route53\/(?!resolver|profiles)|^aws-native:route53:/.test(type)
    );
}

/**
 * The region that a resource is in: its own `region`, else its provider's, else the one that its zone or its ARN
 * tells. Undefined where nothing does.
 */
export function placeOf(resource: Subject): string | undefined {
    return (
        regionOf(resource) ??
        regionOfZone(text(resource.props.availabilityZone)) ??
        regionOfArn(text(resource.props.arn))
    );
}

/** The region of an availability zone, such as `eu-central-1a`. */
export function regionOfZone(zone: string | undefined): string | undefined {
    return /^([a-z]{2}(?:-[a-z]+)+-\d+)[a-z]$/.exec(zone ?? "")?.[1];
}

/** The region in an ARN; undefined where it names none, as those of buckets do. */
export function regionOfArn(arn: string | undefined): string | undefined {
    const region = /^arn:[^:]*:[^:]*:([^:]*):/.exec(arn ?? "")?.[1];
    return region === "" ? undefined : region;
}
