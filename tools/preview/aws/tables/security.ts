/** Identities, keys, secrets and what watches over them. */
import { type Context } from "../context";
import { type ModelTable, byArn, named, settingOf, withId } from "../model";
import { hex } from "../../synthetic";

/** A path argument, which begins and ends with a slash. */
function path({ text }: Context): string {
    return text("path") ?? "/";
}

function iamArn(kind: string): (context: Context) => string {
    return (context) =>
        `arn:${context.partition}:iam::${context.account}:${kind}${path(context)}${context.physicalName}`;
}

function keyId(context: Context): string {
    return context.inputs["multiRegion"] === true ? `mrk-${context.hex(32, "key")}` : context.uuid("key");
}

/** A replica has its primary's key id. */
function replicaKeyId(context: Context): string | undefined {
    return context.text("primaryKeyArn")?.split(":key/")[1];
}

/** Secrets Manager adds six characters to a secret's name, so that a later one of the same name has another ARN. */
const SECRET = "secret:{name}-{az:6}";

/** An identity provider is known by its URL, without the scheme. */
function identityProviderArn({ partition, account, text, hex }: Context): string {
    const issuer = text("url")?.replace(/^https:\/\//, "") ?? hex(8);
    return `arn:${partition}:iam::${account}:oidc-provider/${issuer}`;
}

export const SECURITY_TABLE: ModelTable = {
    "iam.Role": named(undefined, {
        nameLength: 64,
        outputs: { arn: iamArn("role"), uniqueId: "AROA{AZ:17}" },
    }),
    "iam.User": named(undefined, {
        nameLength: 64,
        outputs: { arn: iamArn("user"), uniqueId: "AIDA{AZ:17}" },
    }),
    "iam.Group": named(undefined, {
        nameLength: 128,
        outputs: { arn: iamArn("group"), uniqueId: "AGPA{AZ:17}" },
    }),
    "iam.Policy": {
        id: iamArn("policy"),
        nameLength: 128,
        outputs: { arn: "{id}", policyId: "ANPA{AZ:17}", attachmentCount: 0 },
    },
    "iam.InstanceProfile": named(undefined, {
        nameLength: 128,
        outputs: { arn: iamArn("instance-profile"), uniqueId: "AIPA{AZ:17}" },
    }),
    "iam.RolePolicy": named(undefined, { id: "{in:role}:{name}", nameLength: 128 }),
    "iam.RolePolicyAttachment": withId("{in:role}-{hex:26}"),
    "iam.RolePoliciesExclusive": settingOf("roleName"),
    "iam.OpenIdConnectProvider": { id: identityProviderArn, autoName: false, outputs: { arn: "{id}" } },
    "iam.ServiceLinkedRole": byArn("role/aws-service-role/{in:awsServiceName}/{hex:8}", { autoName: false }),
    "iam.AccountPasswordPolicy": withId("iam-account-password-policy"),
    "iam.AccessKey": withId("AKIA{AZ:16}"),
    "kms.Key": { id: keyId, autoName: false, arn: "key/{id}", outputs: { keyId: "{id}" } },
    "kms.ExternalKey": { id: keyId, autoName: false, arn: "key/{id}" },
    "kms.ReplicaKey": {
        id: replicaKeyId,
        autoName: false,
        arn: "key/{id}",
        outputs: { keyId: "{id}", keyRotationEnabled: true },
    },
    "kms.Alias": named("{name}", {
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
    "kms.Grant": withId("{in:keyId}:{hex:64}"),
    "secretsmanager.Secret": byArn(SECRET, { nameLength: 512 }),
    "secretsmanager.SecretVersion": withId("{in:secretId}|{uuid}", undefined, {
        outputs: { arn: "{in:secretId}", versionId: "{uuid}" },
    }),
    "secretsmanager.SecretRotation": settingOf("secretId", { outputs: { rotationEnabled: true } }),
    "secretsmanager.SecretPolicy": settingOf("secretArn"),
    "ssm.Parameter": {
        nameLength: 1011,
        outputs: {
            arn: ({ physicalName, partition, region, account }) =>
                `arn:${partition}:ssm:${region}:${account}:parameter/${physicalName.replace(/^\//, "")}`,
            version: 1,
        },
    },
    "ssm.Document": named("document/{name}", { nameLength: 128 }),
    "ssm.Association": withId("{uuid}", "association/{id}"),
    "ssm.MaintenanceWindow": withId("mw-0{hex:16}", undefined, { autoName: true }),
    "acm.Certificate": byArn("certificate/{uuid}", {
        autoName: false,
        outputs: {
            status: "PENDING_VALIDATION",
            type: "AMAZON_ISSUED",
            domainValidationOptions: validationOptions,
        },
    }),
    "acm.CertificateValidation": withId("0001-01-01 00:00:00 +0000 UTC"),
    "acmpca.CertificateAuthority": byArn(
        "arn:{partition}:acm-pca:{region}:{account}:certificate-authority/{uuid}",
    ),
    "guardduty.Detector": withId("{hex:32}", "detector/{id}", { outputs: { accountId: "{account}" } }),
    "guardduty.DetectorFeature": { id: "{in:detectorId}/{in:name}", autoName: false },
    "cloudtrail.Trail": byArn("trail/{name}", { nameLength: 128, outputs: { homeRegion: "{region}" } }),
    "cloudtrail.EventDataStore": byArn("eventdatastore/{uuid}", { autoName: true }),
    "cfg.Recorder": named(undefined, { nameLength: 256 }),
    "cfg.DeliveryChannel": named(undefined, { nameLength: 256 }),
    "cfg.RecorderStatus": named(undefined, { autoName: false }),
    "cfg.Rule": named("config-rule/config-rule-{az:6}", {
        nameLength: 128,
        outputs: { ruleId: "config-rule-{az:6}" },
    }),
    "securityhub.Account": withId("{account}", "hub/default"),
    "accessanalyzer.Analyzer": named("analyzer/{name}", { nameProperty: "analyzerName", nameLength: 255 }),
    "inspector2.Enabler": withId("{account}-{hex:8}"),
    "macie2.Account": withId("{account}"),
    "shield.Protection": withId("{uuid}", "protection/{id}"),
    "shield.ProtectionGroup": settingOf("protectionGroupId", {}),
};

/**
 * One record per domain of a certificate. ACM asks for the same record of every certificate that an account has for
 * a domain, in any region, and for the same one of a domain and of its wildcard.
 */
function validationOptions({ inputs, account }: Context): unknown {
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
