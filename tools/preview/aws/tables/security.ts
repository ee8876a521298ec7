/** Identities, keys, secrets and what watches over them. */
import { type ModelContext, type ModelTable, byArn, named, settingOf, withId } from "../model";
import { hex } from "../../synthetic";

/** A path argument, which begins and ends with a slash. */
function path({ text }: ModelContext): string {
    return text("path") ?? "/";
}

function iamArn(kind: string): (context: ModelContext) => string {
    return (context) =>
        `arn:${context.partition}:iam::${context.account}:${kind}${path(context)}${context.physicalName}`;
}

function keyId(context: ModelContext): string {
    return context.inputs["multiRegion"] === true ? `mrk-${context.hex(32, "key")}` : context.uuid("key");
}

/** A replica has its primary's key id. */
function replicaKeyId(context: ModelContext): string | undefined {
    return context.text("primaryKeyArn")?.split(":key/")[1];
}

/** Secrets Manager adds six characters to a secret's name, so that a later one of the same name has another ARN. */
const SECRET = "secret:{name}-{az:6}";

export const SECURITY_TABLE: ModelTable = {
    "aws:iam/role:Role": named(undefined, {
        nameLength: 64,
        outputs: { arn: iamArn("role"), uniqueId: "AROA{AZ:17}" },
    }),
    "aws:iam/user:User": named(undefined, {
        nameLength: 64,
        outputs: { arn: iamArn("user"), uniqueId: "AIDA{AZ:17}" },
    }),
    "aws:iam/group:Group": named(undefined, {
        nameLength: 128,
        outputs: { arn: iamArn("group"), uniqueId: "AGPA{AZ:17}" },
    }),
    "aws:iam/policy:Policy": {
        id: iamArn("policy"),
        nameLength: 128,
        outputs: { arn: "{id}", policyId: "ANPA{AZ:17}", attachmentCount: 0 },
    },
    "aws:iam/instanceProfile:InstanceProfile": named(undefined, {
        nameLength: 128,
        outputs: { arn: iamArn("instance-profile"), uniqueId: "AIPA{AZ:17}" },
    }),
    "aws:iam/rolePolicy:RolePolicy": named(undefined, { id: "{in:role}:{name}", nameLength: 128 }),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": withId("{in:role}-{hex:26}"),
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": settingOf("roleName"),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": byArn("oidc-provider/{hex:8}", {
        autoName: false,
    }),
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": byArn(
        "role/aws-service-role/{in:awsServiceName}/{hex:8}",
        {
            autoName: false,
        },
    ),
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": withId("iam-account-password-policy"),
    "aws:iam/accessKey:AccessKey": withId("AKIA{AZ:16}"),
    "aws:kms/key:Key": { id: keyId, autoName: false, arn: "key/{id}", outputs: { keyId: "{id}" } },
    "aws:kms/externalKey:ExternalKey": { id: keyId, autoName: false, arn: "key/{id}" },
    "aws:kms/replicaKey:ReplicaKey": {
        id: replicaKeyId,
        autoName: false,
        arn: "key/{id}",
        outputs: { keyId: "{id}", keyRotationEnabled: true },
    },
    "aws:kms/alias:Alias": named("{name}", {
        nameLength: 256,
        shapeName: (name) => `alias/${name}`,
        outputs: {
            targetKeyArn: ({ text, fill }) => {
                const target = text("targetKeyId");
                return target?.startsWith("arn:") === true
                    ? target
                    : fill("arn:{partition}:kms:{region}:{account}:key/{in:targetKeyId}");
            },
        },
    }),
    "aws:kms/grant:Grant": withId("{in:keyId}:{hex:64}"),
    "aws:secretsmanager/secret:Secret": byArn(SECRET, { nameLength: 512 }),
    "aws:secretsmanager/secretVersion:SecretVersion": withId("{in:secretId}|{uuid}", undefined, {
        outputs: { arn: "{in:secretId}", versionId: "{uuid}" },
    }),
    "aws:secretsmanager/secretRotation:SecretRotation": settingOf("secretId", {
        outputs: { rotationEnabled: true },
    }),
    "aws:secretsmanager/secretPolicy:SecretPolicy": settingOf("secretArn"),
    "aws:ssm/parameter:Parameter": {
        nameLength: 1011,
        outputs: {
            arn: ({ physicalName, partition, region, account }) =>
                `arn:${partition}:ssm:${region}:${account}:parameter/${physicalName.replace(/^\//, "")}`,
            version: 1,
        },
    },
    "aws:ssm/document:Document": named("document/{name}", { nameLength: 128 }),
    "aws:ssm/association:Association": withId("{uuid}", "association/{id}"),
    "aws:ssm/maintenanceWindow:MaintenanceWindow": withId("mw-0{hex:16}", undefined, { autoName: true }),
    "aws:acm/certificate:Certificate": byArn("certificate/{uuid}", {
        autoName: false,
        outputs: {
            status: "PENDING_VALIDATION",
            type: "AMAZON_ISSUED",
            domainValidationOptions: validationOptions,
        },
    }),
    "aws:acm/certificateValidation:CertificateValidation": withId("0001-01-01 00:00:00 +0000 UTC"),
    "aws:acmpca/certificateAuthority:CertificateAuthority": byArn(
        "arn:{partition}:acm-pca:{region}:{account}:certificate-authority/{uuid}",
    ),
    "aws:guardduty/detector:Detector": withId("{hex:32}", "detector/{id}", {
        outputs: { accountId: "{account}" },
    }),
    "aws:guardduty/detectorFeature:DetectorFeature": { id: "{in:detectorId}/{in:name}", autoName: false },
    "aws:cloudtrail/trail:Trail": byArn("trail/{name}", {
        nameLength: 128,
        outputs: { homeRegion: "{region}" },
    }),
    "aws:cloudtrail/eventDataStore:EventDataStore": byArn("eventdatastore/{uuid}", { autoName: true }),
    "aws:cfg/recorder:Recorder": named(undefined, { nameLength: 256 }),
    "aws:cfg/deliveryChannel:DeliveryChannel": named(undefined, { nameLength: 256 }),
    "aws:cfg/recorderStatus:RecorderStatus": named(undefined, { autoName: false }),
    "aws:cfg/rule:Rule": named("config-rule/config-rule-{az:6}", {
        nameLength: 128,
        outputs: { ruleId: "config-rule-{az:6}" },
    }),
    "aws:securityhub/account:Account": withId("{account}", "hub/default"),
    "aws:accessanalyzer/analyzer:Analyzer": named("analyzer/{name}", {
        nameProperty: "analyzerName",
        nameLength: 255,
    }),
    "aws:inspector2/enabler:Enabler": withId("{account}-{hex:8}"),
    "aws:macie2/account:Account": withId("{account}"),
    "aws:shield/protection:Protection": withId("{uuid}", "protection/{id}"),
    "aws:shield/protectionGroup:ProtectionGroup": settingOf("protectionGroupId", {}),
    "aws:cognito/userPool:UserPool": {
        id: ({ region, hex: digits }) => `${region}_${digits(9)}`,
        arn: "userpool/{id}",
        nameLength: 128,
        outputs: { endpoint: "cognito-idp.{region}.{dns}/{id}" },
    },
    "aws:cognito/userPoolClient:UserPoolClient": { id: "{az:26}", nameLength: 128 },
    "aws:cognito/userPoolDomain:UserPoolDomain": settingOf("domain", {
        outputs: {
            cloudfrontDistribution: "d{az:13}.cloudfront.net",
            cloudfrontDistributionZoneId: "Z2FDTNDATAQYW2",
        },
    }),
    "aws:cognito/identityPool:IdentityPool": {
        id: "{region}:{uuid}",
        arn: "identitypool/{id}",
        nameProperty: "identityPoolName",
    },
};

/**
 * One record per domain of a certificate. ACM asks for the same record of every certificate that an account has for
 * a domain, in any region, and for the same one of a domain and of its wildcard.
 */
function validationOptions({ inputs, account }: ModelContext): unknown {
    const alternatives = Array.isArray(inputs["subjectAlternativeNames"])
        ? inputs["subjectAlternativeNames"]
        : [];
    const domains = [...new Set([inputs["domainName"], ...(alternatives as unknown[])])].filter(
        (domain) => typeof domain === "string",
    );
    return domains.map((domainName) => {
        const base = domainName.replace(/^\*\./, "");
        const seed = `acm/${account}/${base}`;
        const label = hex(`${seed}#label`, 10).replaceAll(/\d/g, (digit) =>
            "ghijklmnop".charAt(Number(digit)),
        );
        return {
            domainName,
            resourceRecordName: `_${hex(`${seed}#name`, 32)}.${base}.`,
            resourceRecordType: "CNAME",
            resourceRecordValue: `_${hex(`${seed}#value`, 32)}.${label}.acm-validations.aws.`,
        };
    });
}
