import { type Controls } from "./controls";
import { FSBP_A_TO_D } from "./fsbpAtoD";
import { FSBP_E_TO_M } from "./fsbpEtoM";
import { FSBP_N_TO_Z } from "./fsbpNtoZ";

/**
 * AWS Foundational Security Best Practices v1.0.0 of Security Hub, as its user guide and accounts listed it in
 * September 2026. Some regions lack some of the controls.
 */
export const FSBP: Controls = { ...FSBP_A_TO_D, ...FSBP_E_TO_M, ...FSBP_N_TO_Z };

/** Controls of Security Hub outside that standard that rules have all the same. The others are not listed. */
export const BEYOND_FSBP: Controls = {
    "CloudWatch.15": { asks: "alarms with actions" },
    "CloudWatch.16": { asks: "logs kept long enough" },
    "CloudWatch.17": { asks: "alarms whose actions are on" },
    "DynamoDB.4": { asks: "tables in a backup plan" },
    "EC2.53": { asks: "no SSH or RDP from every IPv4 address" },
    "EC2.54": { asks: "no SSH or RDP from every IPv6 address" },
    "EC2.182": { asks: "EBS snapshots that the region does not share" },
    "ECR.5": { asks: "repositories encrypted with a key" },
    "ELB.16": { asks: "a web ACL before balancers" },
    "IAM.15": { asks: "passwords of 14 characters" },
    "IAM.28": { asks: "Access Analyzer" },
    "KMS.4": { asks: "rotation of keys" },
    "Lambda.3": {
        asks: "functions in a VPC",
        left: "Asked of the functions that the configuration names: one that calls APIs of AWS alone gains nothing there.",
    },
    "Lambda.7": { asks: "traces of functions" },
    "RDS.26": { asks: "databases in a backup plan" },
    "S3.7": { asks: "replication to another region" },
    "S3.10": { asks: "lifecycle rules of versioned buckets" },
    "S3.14": { asks: "versioning" },
    "S3.15": { asks: "Object Lock" },
    "S3.17": { asks: "encryption with KMS keys" },
    "SNS.1": { asks: "encrypted topics" },
    "WAF.11": { asks: "logs of web ACLs" },
};
