import type * as aws from "@pulumi/aws";

import { type RegionSwitchPlanArgs } from "./args";

type Workflow = aws.types.input.arcregionswitch.PlanWorkflow;
type Step = aws.types.input.arcregionswitch.PlanWorkflowStep;
type ParallelStep = aws.types.input.arcregionswitch.PlanWorkflowStepParallelConfigStep;

const DATABASE_MINUTES = 60;
const GROUP_MINUTES = 30;

/** The workflow that activates each of the regions: the same steps, whichever region it is. */
export function workflows(args: RegionSwitchPlanArgs): Workflow[] {
    return args.regions.map((region) => ({
        workflowTargetAction: "activate",
        workflowTargetRegion: region,
        workflowDescription: `Makes ${region} the active region`,
        steps: steps(args),
    }));
}

/**
 * The writer moves at once, and capacity grows beside it, since a group that cannot grow is no reason to keep the database
 * waiting. Viewers come when both are there.
 */
function steps(args: RegionSwitchPlanArgs): Step[] {
    const beside = [...databaseSteps(args), ...groupSteps(args)];
    return [
        ...(beside.length < 2
            ? beside
            : [
                  {
                      name: "writer-and-capacity",
                      description: "Moves the writer, and makes room for the viewers beside it",
                      executionBlockType: "Parallel",
                      parallelConfigs: [{ steps: beside }],
                  },
              ]),
        ...trafficSteps(args),
    ];
}

function databaseSteps({ database, regions }: RegionSwitchPlanArgs): ParallelStep[] {
    return database === undefined
        ? []
        : [
              {
                  name: "writer",
                  description:
                      "Switches the global database over, or fails it over in an ungraceful execution",
                  executionBlockType: "AuroraGlobalDatabase",
                  globalAuroraConfigs: [
                      {
                          globalClusterIdentifier: database.globalClusterIdentifier,
                          databaseClusterArns: regions.map((code) => database.clusterArns[code] ?? ""),
                          // Loses nothing. `failover` would lose data in a graceful execution, too.
                          behavior: "switchoverOnly",
                          ungracefuls: [{ ungraceful: "failover" }],
                          timeoutMinutes: database.timeoutMinutes ?? DATABASE_MINUTES,
                      },
                  ],
              },
          ];
}

function groupSteps({ autoScalingGroups = [], regions }: RegionSwitchPlanArgs): ParallelStep[] {
    return autoScalingGroups.map(
        ({ arns, key, minimumSuccessPercentage, targetPercent, timeoutMinutes }) => ({
            name: `capacity-${key}`,
            description: `Makes the group ${key} as large as the other region's was`,
            executionBlockType: "EC2AutoScaling",
            ec2AsgCapacityIncreaseConfigs: [
                {
                    asgs: regions.map((code) => ({ arn: arns[code] ?? "" })),
                    targetPercent: targetPercent ?? 100,
                    // The other way needs metrics that groups publish only when they are told to.
                    capacityMonitoringApproach: "sampledMaxInLast24Hours",
                    ungraceful: { minimumSuccessPercentage: minimumSuccessPercentage ?? 50 },
                    timeoutMinutes: timeoutMinutes ?? GROUP_MINUTES,
                },
            ],
        }),
    );
}

function trafficSteps({ regions, trafficRecord }: RegionSwitchPlanArgs): Step[] {
    return trafficRecord === undefined
        ? []
        : [
              {
                  name: "traffic",
                  description: "Sends viewers to the activated region alone",
                  executionBlockType: "Route53HealthCheck",
                  route53HealthCheckConfigs: [
                      {
                          hostedZoneId: trafficRecord.hostedZoneId,
                          recordName: trafficRecord.recordName,
                          recordSets: regions.map((region) => ({
                              region,
                              recordSetIdentifier: trafficRecord.setIdentifiers[region] ?? "",
                          })),
                      },
                  ],
              },
          ];
}
