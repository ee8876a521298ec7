import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";

/** What GuardDuty watches beside its foundation (CloudTrail, DNS and VPC flow logs), by the names of its API. */
export enum GuardDutyFeature {
    /** Reads and writes of objects in S3. */
    S3DataEvents = "S3_DATA_EVENTS",
    /** Sign-ins to Aurora. */
    RdsLoginEvents = "RDS_LOGIN_EVENTS",
    /** Network traffic of Lambda functions. */
    LambdaNetworkLogs = "LAMBDA_NETWORK_LOGS",
    /** Malware on volumes of instances that behave suspiciously. */
    EbsMalwareProtection = "EBS_MALWARE_PROTECTION",
}

// GuardDuty calls findings from 7 upwards high and critical.
const URGENT_SEVERITY = 7;

/** Where threats are looked for and who is told. */
export interface ThreatDetectionSettings {
    readonly region: string;
    readonly features: readonly GuardDutyFeature[];
    /** Topic that is told of urgent findings. */
    readonly topicArn?: pulumi.Input<string>;
    readonly tags?: TagsInput;
}

/** Turns GuardDuty on in one region and has urgent findings published. Returns the detector's id. */
export function threatDetection(
    parent: pulumi.Resource,
    name: string,
    settings: ThreatDetectionSettings,
): pulumi.Output<string> {
    const { region } = settings;
    const tags = settings.tags === undefined ? {} : { tags: settings.tags };
    const detector = new aws.guardduty.Detector(
        `${name}-detector`,
        // What changed about a finding is published as soon as GuardDuty can.
        { region, enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", ...tags },
        { parent },
    );
    // All are named, the unwanted ones too: a new detector has most of them on, and they cost.
    for (const feature of Object.values(GuardDutyFeature)) {
        new aws.guardduty.DetectorFeature(
            `${name}-${feature.toLowerCase().replaceAll("_", "-")}`,
            {
                region,
                detectorId: detector.id,
                name: feature,
                status: settings.features.includes(feature) ? "ENABLED" : "DISABLED",
            },
            { parent },
        );
    }
    if (settings.topicArn !== undefined) {
        tellOfFindings(parent, name, region, settings.topicArn);
    }
    return detector.id;
}

function tellOfFindings(
    parent: pulumi.Resource,
    name: string,
    region: string,
    topicArn: pulumi.Input<string>,
): void {
    const rule = new aws.cloudwatch.EventRule(
        `${name}-findings`,
        {
            region,
            description: "GuardDuty found something urgent",
            eventPattern: JSON.stringify({
                source: ["aws.guardduty"],
                "detail-type": ["GuardDuty Finding"],
                detail: { severity: [{ numeric: [">=", URGENT_SEVERITY] }] },
            }),
            state: "ENABLED",
        },
        { parent },
    );
    new aws.cloudwatch.EventTarget(
        `${name}-findings-topic`,
        {
            region,
            rule: rule.name,
            // No role: with one, delivery to an encrypted topic may fail (Amazon EventBridge User Guide, "Using
            // resource-based policies").
            arn: topicArn,
            inputTransformer: {
                inputPaths: {
                    id: "$.detail.id",
                    region: "$.region",
                    severity: "$.detail.severity",
                    title: "$.detail.title",
                },
                inputTemplate: '"GuardDuty, severity <severity>, in <region>: <title> (finding <id>)."',
            },
        },
        { parent },
    );
}
