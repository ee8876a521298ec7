import { inputOf } from "./items";
import { placeOf } from "./places";
import { type Member } from "./stackView";
import { flag, object, text } from "./subject";

/** Something that an account has once, in each of its regions or at all. */
export interface Singleton {
    readonly per: "account" | "region";
    /** As a sentence calls it. */
    readonly what: string;
    /** Tells apart what may exist side by side. Left out: nothing may. Undefined from it: not the singleton. */
    readonly kind?: (resource: Member) => string | undefined;
}

const region = (what: string): Singleton => ({ per: "region", what });
const account = (what: string): Singleton => ({ per: "account", what });
const only = (applies: boolean): string | undefined => (applies ? "" : undefined);

/** The singletons by type; a type may be one in several ways. */
export const SINGLETONS: Readonly<Partial<Record<string, readonly Singleton[]>>> = {
    "aws:guardduty/detector:Detector": [region("one detector")],
    "aws:securityhub/account:Account": [region("one enrolment in Security Hub")],
    "aws:cfg/recorder:Recorder": [
        region("one recorder"),
        {
            per: "account",
            what: "one recorder that records global resources",
            kind: (resource) =>
                only(flag(object(inputOf(resource, "recordingGroup")).includeGlobalResourceTypes) === true),
        },
    ],
    "aws:cfg/deliveryChannel:DeliveryChannel": [region("one delivery channel")],
    "aws:macie2/account:Account": [region("one enrolment in Macie")],
    "aws:macie/account:Account": [region("one enrolment in Macie")],
    "aws:inspector2/enabler:Enabler": [region("one activation of Inspector")],
    "aws:detective/graph:Graph": [region("one behaviour graph")],
    "aws:accessanalyzer/analyzer:Analyzer": [
        {
            per: "region",
            what: "one analyzer of external access for the account",
            kind: (resource) => only((text(resource.props.type) ?? "ACCOUNT") === "ACCOUNT"),
        },
    ],
    "aws:ebs/encryptionByDefault:EncryptionByDefault": [region("one setting of default encryption")],
    "aws:ebs/defaultKmsKey:DefaultKmsKey": [region("one default key")],
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": [
        region("one setting of public access to snapshots"),
    ],
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": [
        region("one setting of public access to images"),
    ],
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": [region("one set of metadata defaults")],
    "aws:ec2/serialConsoleAccess:SerialConsoleAccess": [region("one setting of the serial console")],
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": [
        region("one setting of public access to networks"),
    ],
    "aws:ecr/registryPolicy:RegistryPolicy": [region("one registry policy")],
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": [
        region("one scanning configuration of the registry"),
    ],
    "aws:ecr/replicationConfiguration:ReplicationConfiguration": [
        region("one replication configuration of the registry"),
    ],
    "aws:apigateway/account:Account": [region("one set of API Gateway settings")],
    "aws:backup/regionSettings:RegionSettings": [region("one set of Backup's regional settings")],
    "aws:xray/encryptionConfig:EncryptionConfig": [region("one encryption setting of X-Ray")],
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": [
        {
            per: "region",
            what: "one account policy of each type for log groups",
            kind: (resource) => text(resource.props.policyType) ?? "",
        },
    ],
    "aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes": [
        region("one suppression setting of SES"),
    ],
    "aws:sesv2/accountVdmAttributes:AccountVdmAttributes": [
        region("one setting of SES's deliverability manager"),
    ],
    "aws:sesv2/contactList:ContactList": [region("one contact list of SES")],
    "aws:ssm/serviceSetting:ServiceSetting": [
        {
            per: "region",
            what: "one value of each service setting",
            kind: (resource) => text(resource.props.settingId) ?? "",
        },
    ],

    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": [account("one public access block")],
    "aws:s3control/accountPublicAccessBlock:AccountPublicAccessBlock": [account("one public access block")],
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": [account("one password policy")],
    "aws:iam/accountAlias:AccountAlias": [account("one alias")],
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": [
        {
            per: "account",
            what: "one identity provider for each URL",
            kind: (resource) => text(resource.props.url) ?? "",
        },
    ],
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": [
        {
            per: "account",
            what: "one role linked to each service",
            kind: (resource) =>
                `${text(resource.props.awsServiceName) ?? ""} ${text(resource.props.customSuffix) ?? ""}`,
        },
    ],
    "aws:backup/globalSettings:GlobalSettings": [account("one set of Backup's global settings")],
    "aws:organizations/organization:Organization": [account("one organization")],
    "aws:shield/subscription:Subscription": [account("one subscription to Shield Advanced")],
    // A second one works, and records and bills everything twice.
    "aws:cloudtrail/trail:Trail": [
        {
            per: "account",
            what: "one trail of all regions",
            kind: (resource) => only(flag(resource.props.isMultiRegionTrail) === true),
        },
    ],
};

/** One of the things of which a resource is the only one, in the account that a key stands for. */
export interface Claim {
    readonly what: string;
    /** The same for all that claim to be this one. */
    readonly key: string;
    /** The account or the region, for a message. */
    readonly place: string;
}

/**
 * What a resource is the only one of.
 *
 * @param account What tells the resource's account apart from others.
 * @throws The error about an unknown value, where that tells whether it is one.
 */
export function claimsOf(resource: Member, account: string): readonly Claim[] {
    return (SINGLETONS[resource.type] ?? []).flatMap(({ kind: kindOf, per, what }): Claim[] => {
        const kind = kindOf === undefined ? "" : kindOf(resource);
        if (kind === undefined) {
            return [];
        }
        const region = per === "region" ? (placeOf(resource) ?? "") : "";
        const place = per === "region" ? `a region (here ${region})` : "an account";
        return [{ what, key: [account, region, what, kind].join(" "), place }];
    });
}
