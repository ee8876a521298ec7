import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { exportedLogs } from "../../exportedLogs";
import { type EngineArgs } from "../parts";
import { type DocumentDbSettings } from "../settings";

/** The logs that a cluster exports. */
const LOG_EXPORTS = ["audit", "profiler"] as const;

/** What a cluster needs before it can be made. */
export interface DocumentDbFoundation {
    subnetGroupName: pulumi.Output<string>;
    parameterGroupName: pulumi.Output<string>;
    logExports: string[];
    /** What the cluster must wait for without naming it. */
    before: pulumi.Resource[];
}

/** Makes `<name>-subnets`, `<name>-parameters` and `<name>-<log>-logs`. */
export function documentDbFoundation(
    name: string,
    engine: EngineArgs,
    own: DocumentDbSettings,
    parent: pulumi.Resource,
): DocumentDbFoundation {
    const { args, settings } = engine;
    const { region } = args;
    const { tags } = settings;
    const subnetGroup = new aws.docdb.SubnetGroup(
        `${name}-subnets`,
        { region, description: `Subnets of ${args.identifier}`, subnetIds: args.subnetIds, tags },
        { parent },
    );
    const parameterGroup = new aws.docdb.ClusterParameterGroup(
        `${name}-parameters`,
        {
            region,
            family: `docdb${majorOf(settings.engineVersion)}`,
            description: `Parameters of ${args.identifier}`,
            parameters: [
                { name: "tls", value: "enabled" },
                { name: "audit_logs", value: "enabled" },
                { name: "profiler", value: "enabled" },
                { name: "profiler_threshold_ms", value: String(own.profilerThresholdMilliseconds) },
            ],
            tags,
        },
        { parent },
    );
    const logGroups = exportedLogs(
        name,
        {
            ...{ region, tags, logRetentionDays: settings.logRetentionDays, kmsKeyArn: engine.kmsKeyArn },
            logs: LOG_EXPORTS,
            prefix: `/aws/docdb/${args.identifier}`,
        },
        parent,
    );
    return {
        subnetGroupName: subnetGroup.name,
        parameterGroupName: parameterGroup.name,
        logExports: [...LOG_EXPORTS],
        before: logGroups,
    };
}

/** The version as AWS lists it: of `8.0`, the release `8.0.0`, so that an update finds in AWS what the program says. */
export function releaseOf(version: string): string {
    return version.split(".").length === 2 ? `${version}.0` : version;
}

function majorOf(version: string): string {
    return version.split(".").slice(0, 2).join(".");
}
