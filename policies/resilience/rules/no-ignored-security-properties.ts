import { resourceRule } from "../../framework";
import { listed, matchesAny } from "../../framework/patterns";

interface Config {
    readonly properties: readonly string[];
    readonly allowed: readonly string[];
}

// Not on the list, because somebody else changes them on purpose: engineVersion (minor upgrades), masterPassword and
// secretString (rotation), globalClusterIdentifier and replicationSourceIdentifier (a switchover), desiredCapacity
// and desiredCount (scaling), image and task definition (deployments), tags (cost tools).
const PROPERTIES = [
    // Everything at once.
    "*",
    // Who may do what.
    "assumeRolePolicy",
    "authorization",
    "authorizationType",
    "iamDatabaseAuthenticationEnabled",
    "inlinePolicies",
    "managedPolicyArns",
    "permissionsBoundary",
    "policy",
    "policyArn",
    "policyDocument",
    "principal",
    "trustPolicy",
    // Encryption, at rest and on the way.
    "atRestEncryptionEnabled",
    "certificateArn",
    "customerMasterKeySpec",
    "enableKeyRotation",
    "encrypted",
    "encryptAtRest",
    "encryptionConfiguration",
    "encryptionConfigurations",
    "kmsKeyArn",
    "kmsKeyId",
    "kmsMasterKeyId",
    "nodeToNodeEncryption",
    "serverSideEncryption",
    "sqsManagedSseEnabled",
    "sslPolicy",
    "storageEncrypted",
    "transitEncryptionEnabled",
    "viewerCertificate",
    // Who can reach it.
    "blockPublicAcls",
    "blockPublicPolicy",
    "cidrBlocks",
    "cidrIpv4",
    "cidrIpv6",
    "defaultAction",
    "egress",
    "ignorePublicAcls",
    "ingress",
    "mapPublicIpOnLaunch",
    "metadataOptions",
    "networkInterfaces",
    "prefixListId",
    "publiclyAccessible",
    "referencedSecurityGroupId",
    "restrictPublicBuckets",
    "restrictions",
    "rules",
    "securityGroups",
    "sourceSecurityGroupId",
    "vpcSecurityGroupIds",
    "webAclArn",
    "webAclId",
    // What is kept, and what is seen.
    "accessLogs",
    "backupRetentionPeriod",
    "deletionProtection",
    "deletionProtectionEnabled",
    "enableDeletionProtection",
    "enableLogFileValidation",
    "enabledCloudwatchLogsExports",
    "isMultiRegionTrail",
    "loggingConfig",
    "pointInTimeRecovery",
    "retentionInDays",
    "versioningConfiguration",
    // Whose account it is.
    "allowedAccountIds",
    "assumeRoles",
];

export const rule = resourceRule<Config>({
    id: "no-ignored-security-properties",
    severity: "high",
    description: "Pulumi puts right what somebody changed by hand, if it concerns security.",
    fix: "Take the property out of ignoreChanges.",
    frameworks: { controls: ["P21"] },
    option: "ignoreChanges",
    config: {
        properties: {
            type: "array",
            items: { type: "string" },
            default: PROPERTIES,
            description: "Properties that ignoreChanges must not name, nor anything inside them.",
        },
        allowed: {
            type: "array",
            items: { type: "string" },
            // AWS asks for it where the rules of a web ACL are resources of their own.
            default: ["aws:wafv2/webAcl:WebAcl#rules"],
            description: "Exceptions, as <type>#<property>; * stands for any run of characters.",
        },
    },
    check: (resource, report, { properties, allowed }) => {
        const ignored = resource.opts.ignoreChanges.filter((path) => {
            // `metadataOptions.httpTokens`, `ingress[0]` and `["policy"]` begin with the property's name.
            const [name = path] = /[^.[\]"]+/.exec(path) ?? [];
            return (
                properties.includes(name.startsWith("*") ? "*" : name) &&
                !matchesAny(allowed, `${resource.type}#${name}`)
            );
        });
        if (ignored.length > 0) {
            report(`ignores changes of ${listed(ignored)}.`);
        }
    },
});
