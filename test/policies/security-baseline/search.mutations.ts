import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { ACCOUNT, KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const DOMAIN = "aws:opensearch/domain:Domain";
const OLD_DOMAIN = "aws:elasticsearch/domain:Domain";
const LOG_GROUP = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:search`;

const INPUTS = {
    domainName: "wares",
    clusterConfig: { instanceCount: 3, zoneAwarenessEnabled: true },
    encryptAtRest: { enabled: true, kmsKeyId: KEY_ARN },
    nodeToNodeEncryption: { enabled: true },
    vpcOptions: { subnetIds: ["subnet-0123456789abcdef0"] },
    advancedSecurityOptions: { enabled: true },
    domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
    logPublishingOptions: [
        { logType: "ES_APPLICATION_LOGS", cloudwatchLogGroupArn: LOG_GROUP },
        { logType: "AUDIT_LOGS", cloudwatchLogGroupArn: LOG_GROUP, enabled: true },
    ],
};
const DOMAINS: readonly FixtureResource[] = [
    { type: DOMAIN, name: "wares", inputs: INPUTS, options: { protect: true } },
    { type: OLD_DOMAIN, name: "wares", inputs: INPUTS, options: { protect: true } },
];
const domain = { type: DOMAIN, name: "wares", fixture: DOMAINS };
const old = { type: OLD_DOMAIN, name: "wares", fixture: DOMAINS };

export const mutants: readonly Mutant[] = [
    setting(domain, "opensearch-encryption-at-rest", "off", "encryptAtRest.enabled", false),
    unsetting(domain, "opensearch-encryption-at-rest", "left out", "encryptAtRest", {
        message: "encryptAtRest.enabled is not given",
    }),
    unsetting(old, "opensearch-encryption-at-rest", "AWS's key", "encryptAtRest.kmsKeyId", {
        message: "encryptAtRest.kmsKeyId is not given",
    }),
    unsetting(domain, "opensearch-vpc", "open to the internet", "vpcOptions", { decidedBy: "relations" }),
    setting(domain, "opensearch-node-to-node-encryption", "off", "nodeToNodeEncryption.enabled", false),
    unsetting(old, "opensearch-node-to-node-encryption", "left out", "nodeToNodeEncryption"),
    setting(domain, "opensearch-logs", "one that is off", "logPublishingOptions[1].enabled", false, {
        message: "does not publish AUDIT_LOGS",
    }),
    unsetting(domain, "opensearch-logs", "none", "logPublishingOptions", {
        message: "does not publish ES_APPLICATION_LOGS and AUDIT_LOGS",
    }),
    setting(domain, "opensearch-zones", "two nodes", "clusterConfig.instanceCount", 2),
    unsetting(domain, "opensearch-zones", "one zone", "clusterConfig.zoneAwarenessEnabled"),
    setting(domain, "opensearch-access-control", "off", "advancedSecurityOptions.enabled", false),
    unsetting(old, "opensearch-access-control", "left out", "advancedSecurityOptions"),
    setting(domain, "opensearch-tls", "HTTP", "domainEndpointOptions.enforceHttps", false, {
        message: "domainEndpointOptions.enforceHttps is false",
    }),
    setting(
        domain,
        "opensearch-tls",
        "no forward secrecy",
        "domainEndpointOptions.tlsSecurityPolicy",
        "Policy-Min-TLS-1-2-2019-07",
    ),
    unsetting(old, "opensearch-tls", "left out", "domainEndpointOptions"),
];

export const accepted: readonly Accepted[] = [
    unsetting(domain, "opensearch-tls", "HTTPS as the provider has it", "domainEndpointOptions.enforceHttps"),
    {
        ...unsetting(
            domain,
            "opensearch-encryption-at-rest",
            "AWS's key where it will do",
            "encryptAtRest.kmsKeyId",
        ),
        config: { customerKey: false },
    },
];
