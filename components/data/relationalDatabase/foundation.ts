import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { exportedLogs } from "../exportedLogs";
import { createMonitoringRole } from "../monitoringRole";
import { asParameters } from "../postgreSql";
import { RelationalEngine, type RelationalDatabaseArgs, RelationalTopology } from "./args";
import { ENGINES, parameterFamily } from "./engines";
import { type RelationalSettings } from "./settings";

/** What a database needs before it can be made. */
export interface RelationalFoundation {
    subnetGroupName: pulumi.Output<string>;
    parameterGroupName: pulumi.Output<string>;
    /** Name of the option group; undefined where the engine has everything by itself. */
    optionGroupName: pulumi.Output<string> | undefined;
    monitoringRoleArn: pulumi.Output<string>;
    /** What the database must wait for without naming it. */
    before: pulumi.Resource[];
}

/** Makes the subnet group, parameter group, monitoring role and log groups of a database. */
export function createFoundation(
    name: string,
    args: RelationalDatabaseArgs,
    settings: RelationalSettings,
    parent: pulumi.Resource,
): RelationalFoundation {
    const { region, accountId, identifier, engine, topology } = args;
    const { tags } = settings;
    const isCluster = topology === RelationalTopology.ThreeZoneCluster;
    const subnetGroup = new aws.rds.SubnetGroup(
        `${name}-subnets`,
        { region, description: `Isolated subnets of ${identifier}`, subnetIds: args.subnetIds, tags },
        { parent },
    );
    return {
        subnetGroupName: subnetGroup.name,
        parameterGroupName: createParameterGroup(name, args, settings, parent),
        optionGroupName: needsAuditOption(args) ? createOptionGroup(name, args, settings, parent) : undefined,
        monitoringRoleArn: createMonitoringRole(name, { region, accountId, identifier, tags }, parent),
        before: exportedLogs(
            name,
            {
                ...{ region, tags, logRetentionDays: settings.logRetentionDays, kmsKeyArn: args.kmsKeyArn },
                logs: ENGINES[engine].logs[topology],
                prefix: `/aws/rds/${isCluster ? "cluster" : "instance"}/${identifier}`,
            },
            parent,
        ),
    };
}

function createParameterGroup(
    name: string,
    { region, engine, topology, identifier }: RelationalDatabaseArgs,
    { engineVersion, tags }: RelationalSettings,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const args = {
        region,
        family: parameterFamily(engine, engineVersion),
        description: `Parameters of ${identifier}`,
        parameters: asParameters(ENGINES[engine].parameters),
        tags,
    };
    const logicalName = `${name}-parameters`;
    return topology === RelationalTopology.ThreeZoneCluster
        ? new aws.rds.ClusterParameterGroup(logicalName, args, { parent }).name
        : new aws.rds.ParameterGroup(logicalName, args, { parent }).name;
}

/** MySQL writes no audit log by itself. */
function needsAuditOption({ engine, topology }: RelationalDatabaseArgs): boolean {
    return engine === RelationalEngine.MySql && topology === RelationalTopology.InstanceWithStandby;
}

function createOptionGroup(
    name: string,
    { region, engine, identifier }: RelationalDatabaseArgs,
    { engineVersion, tags }: RelationalSettings,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    return new aws.rds.OptionGroup(
        `${name}-options`,
        {
            region,
            engineName: ENGINES[engine].engine,
            majorEngineVersion: engineVersion,
            optionGroupDescription: `Options of ${identifier}`,
            options: [
                {
                    optionName: "MARIADB_AUDIT_PLUGIN",
                    optionSettings: [
                        // Who came and who was turned away, and who changed the schema or rights: no statement with data.
                        { name: "SERVER_AUDIT_EVENTS", value: "CONNECT,QUERY_DDL,QUERY_DCL" },
                    ],
                },
            ],
            tags,
        },
        { parent },
    ).name;
}
