import * as pulumi from "@pulumi/pulumi";

import { allow, type PolicyStatement } from "../../security/policyDocument";
import {
    type CrossRegionDisruption,
    type FaultExperimentsArgs,
    type SpotInterruption,
    type ZonePowerInterruption,
} from "./args";
import { type Experiment, minutes, parameters } from "./experiment";
import { ec2Arns, networkAclStatements, routeTableStatements } from "./permissions";

const CROSS_REGION_MINUTES = 10;
const ZONE_POWER_MINUTES = 30;
const RUNNING = { path: "State.Name", values: ["running"] };

/** The experiment that cuts subnets off another region. Source: AWS FIS User Guide, "AWS FIS Actions reference". */
export function crossRegionExperiment(
    args: FaultExperimentsArgs,
    { durationMinutes, peerRegion, subnetArns }: CrossRegionDisruption,
): Experiment {
    return {
        description: `${args.region} does not reach ${peerRegion}`,
        actions: [
            {
                name: "cut-off",
                actionId: "aws:network:route-table-disrupt-cross-region-connectivity",
                description: `Routes to ${peerRegion}'s addresses lead nowhere`,
                parameters: parameters({
                    region: peerRegion,
                    duration: minutes(durationMinutes ?? CROSS_REGION_MINUTES),
                }),
                target: { key: "Subnets", value: "subnets" },
            },
        ],
        targets: [
            {
                name: "subnets",
                resourceType: "aws:ec2:subnet",
                resourceArns: subnetArns,
                selectionMode: "ALL",
            },
        ],
        statements: routeTableStatements(args),
    };
}

/** The experiment that takes Spot instances back. */
export function spotExperiment(
    args: FaultExperimentsArgs,
    { count, instanceTags }: SpotInterruption,
): Experiment {
    return {
        description: `EC2 takes Spot instances back in ${args.region}`,
        actions: [
            {
                name: "interrupt",
                actionId: "aws:ec2:send-spot-instance-interruptions",
                description: "Announces the interruption, and interrupts two minutes later",
                parameters: parameters({ durationBeforeInterruption: minutes(2) }),
                target: { key: "SpotInstances", value: "spot-instances" },
            },
        ],
        targets: [
            {
                name: "spot-instances",
                resourceType: "aws:ec2:spot-instance",
                resourceTags: parameters(instanceTags),
                filters: [RUNNING],
                selectionMode: `COUNT(${count ?? 1})`,
            },
        ],
        statements: [
            seeInstances(),
            allow(
                "Interrupt",
                ["ec2:SendSpotInstanceInterruptions"],
                ec2Arns(args, "instance"),
                withTags(instanceTags),
            ),
        ],
    };
}

/**
 * The experiment that takes a zone's power away, of what AWS's own scenario does that there is here.
 * Source: AWS FIS User Guide, "AZ Availability: Power Interruption".
 */
export function zonePowerExperiment(args: FaultExperimentsArgs, power: ZonePowerInterruption): Experiment {
    const { availabilityZone, databaseClusterArn, instanceTags } = power;
    const duration = minutes(power.durationMinutes ?? ZONE_POWER_MINUTES);
    return {
        description: `${availabilityZone} has no power`,
        actions: [
            {
                name: "stop-instances",
                actionId: "aws:ec2:stop-instances",
                description: "Stops the zone's instances, which their groups replace elsewhere",
                target: { key: "Instances", value: "instances" },
            },
            {
                name: "refuse-instances",
                actionId: "aws:ec2:asg-insufficient-instance-capacity-error",
                description: "Has the zone give no instances",
                parameters: parameters({
                    availabilityZoneIdentifiers: availabilityZone,
                    duration,
                    percentage: "100",
                }),
                target: { key: "AutoScalingGroups", value: "groups" },
            },
            {
                name: "deny-network",
                actionId: "aws:network:disrupt-connectivity",
                description: "Denies the zone's subnets all traffic",
                parameters: parameters({ scope: "all", duration }),
                target: { key: "Subnets", value: "subnets" },
            },
            ...(databaseClusterArn === undefined
                ? []
                : [
                      {
                          name: "fail-over",
                          actionId: "aws:rds:failover-db-cluster",
                          description: "Fails the database over if it is written to in the zone",
                          target: { key: "Clusters", value: "database" },
                      },
                  ]),
        ],
        targets: [
            {
                name: "instances",
                resourceType: "aws:ec2:instance",
                resourceTags: parameters(instanceTags),
                filters: [RUNNING, { path: "Placement.AvailabilityZone", values: [availabilityZone] }],
                selectionMode: "ALL",
            },
            {
                name: "groups",
                resourceType: "aws:ec2:autoscaling-group",
                resourceArns: power.autoScalingGroupArns,
                selectionMode: "ALL",
            },
            {
                name: "subnets",
                resourceType: "aws:ec2:subnet",
                resourceArns: power.subnetArns,
                selectionMode: "ALL",
            },
            ...(databaseClusterArn === undefined
                ? []
                : [
                      {
                          name: "database",
                          resourceType: "aws:rds:cluster",
                          resourceArns: [databaseClusterArn],
                          parameters: { writerAvailabilityZoneIdentifiers: availabilityZone },
                          selectionMode: "ALL",
                      },
                  ]),
        ],
        statements: zonePowerStatements(args, power),
        // A zone may have no instance, or not the writer.
        mayMissTargets: true,
    };
}

function zonePowerStatements(
    args: FaultExperimentsArgs,
    { autoScalingGroupArns, databaseClusterArn, instanceTags }: ZonePowerInterruption,
): PolicyStatement[] {
    return [
        seeInstances(),
        allow("StopInstances", ["ec2:StopInstances"], ec2Arns(args, "instance"), withTags(instanceTags)),
        allow("SeeGroups", ["autoscaling:DescribeAutoScalingGroups"], "*"),
        // The call knows no resource; the groups are in a condition.
        allow("RefuseInstances", ["ec2:InjectApiError"], "*", {
            "ForAnyValue:StringEquals": {
                "ec2:FisActionId": ["aws:ec2:asg-insufficient-instance-capacity-error"],
                "ec2:FisTargetArns": pulumi.output(autoScalingGroupArns) as unknown as pulumi.Input<string>,
            },
        }),
        ...networkAclStatements(args),
        ...(databaseClusterArn === undefined
            ? []
            : [
                  allow("SeeDatabase", ["rds:DescribeDBClusters", "rds:DescribeDBInstances"], "*"),
                  allow("FailOver", ["rds:FailoverDBCluster"], databaseClusterArn),
              ]),
    ];
}

function seeInstances(): PolicyStatement {
    // The call knows no resource.
    return allow("SeeInstances", ["ec2:DescribeInstances"], "*");
}

function withTags(tags: Readonly<Record<string, string>>) {
    return {
        StringEquals: Object.fromEntries(
            Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
        ),
    };
}
