import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../security/dataClassification";
import { policyDocument } from "../../security/policyDocument";
import { SearchAvailability } from "./args";
import { type SearchLogs } from "./logs";
import { MASTERS, type SearchSettings } from "./settings";

/** What the domain itself is made from. */
export interface DomainArgs {
    region: string;
    domainName: string;
    /** What the domain's ARN will be. */
    domainArn: pulumi.Input<string>;
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    securityGroupId: pulumi.Input<string>;
    kmsKeyArn: pulumi.Input<string>;
    /** The role that may do everything in the domain. */
    masterRoleArn: pulumi.Input<string>;
    clientRoleArns: readonly pulumi.Input<string>[];
    logs: SearchLogs;
}

/**
 * The newest policy that asks for TLS 1.2 and forward secrecy, and takes 1.3, without FIPS's limits. Source:
 * OpenSearch Service API Reference, DomainEndpointOptions.
 */
const TLS_POLICY = "Policy-Min-TLS-1-2-PFS-2023-10";

/** Makes the domain. */
export function createDomain(
    name: string,
    args: DomainArgs,
    settings: SearchSettings,
    opts: pulumi.CustomResourceOptions,
): aws.opensearch.Domain {
    const [hours = 0, minutes = 0] = settings.offPeakWindowStart.split(":").map(Number);
    return new aws.opensearch.Domain(
        `${name}-domain`,
        {
            region: args.region,
            domainName: args.domainName,
            engineVersion: settings.engineVersion,
            clusterConfig: clusterConfig(settings),
            ebsOptions: {
                ebsEnabled: true,
                volumeType: "gp3",
                volumeSize: settings.volumeSize,
                iops: settings.volumeIops,
                throughput: settings.volumeThroughput,
            },
            vpcOptions: { subnetIds: args.subnetIds, securityGroupIds: [args.securityGroupId] },
            encryptAtRest: { enabled: true, kmsKeyId: args.kmsKeyArn },
            nodeToNodeEncryption: { enabled: true },
            domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: TLS_POLICY },
            advancedSecurityOptions: {
                enabled: true,
                // No users with passwords: whoever comes signs with a role.
                internalUserDatabaseEnabled: false,
                masterUserOptions: { masterUserArn: args.masterRoleArn },
            },
            accessPolicies: policyDocument([
                {
                    Sid: "KnownRoles",
                    Effect: "Allow",
                    Principal: { AWS: [args.masterRoleArn, ...args.clientRoleArns] },
                    Action: "es:ESHttp*",
                    Resource: pulumi.interpolate`${args.domainArn}/*`,
                },
            ]),
            logPublishingOptions: args.logs.options,
            autoTuneOptions: settings.autoTune
                ? { desiredState: "ENABLED", useOffPeakWindow: true }
                : { desiredState: "DISABLED" },
            offPeakWindowOptions: {
                enabled: true,
                offPeakWindow: { windowStartTime: { hours, minutes } },
            },
            softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
            tags: classified(DataClassification.Confidential, settings.tags),
        },
        {
            ...opts,
            protect: settings.deletionProtection,
            // AWS makes and changes domains by making their nodes anew, which takes an hour and more with much data.
            customTimeouts: { create: "90m", update: "180m", delete: "90m" },
        },
    );
}

function clusterConfig(settings: SearchSettings): aws.types.input.opensearch.DomainClusterConfig {
    const { masterInstanceType } = settings;
    return {
        instanceType: settings.instanceType,
        instanceCount: settings.instanceCount,
        zoneAwarenessEnabled: true,
        zoneAwarenessConfig: { availabilityZoneCount: settings.zones },
        multiAzWithStandbyEnabled: settings.availability === SearchAvailability.ThreeZonesWithStandby,
        ...(masterInstanceType === undefined
            ? { dedicatedMasterEnabled: false }
            : {
                  dedicatedMasterEnabled: true,
                  dedicatedMasterType: masterInstanceType,
                  dedicatedMasterCount: MASTERS,
              }),
    };
}
