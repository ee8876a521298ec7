import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createExecutionRole } from "../executionRole";
import { type RegionSwitchPlanArgs } from "./args";
import { planStatements } from "./permissions";
import { TYPE, validate } from "./table";
import { workflows } from "./workflows";

export * from "./args";

const MIN_DELAY = 60;

/**
 * A plan that AWS itself executes, from either of two regions and with neither needing the other: ARC Region switch moves the
 * writer of an Aurora global database, lets Auto Scaling groups grow and sends viewers to the region that is activated. AWS
 * evaluates it every 30 minutes and says what would stop it.
 *
 * Children: `<name>-plan`, `<name>-role`, `<name>-policy`.
 */
export class RegionSwitchPlan extends pulumi.ComponentResource {
    /** ARN of the plan. */
    readonly planArn: pulumi.Output<string>;
    /** ARN of the role that AWS executes the plan as. */
    readonly executionRoleArn: pulumi.Output<string>;
    /** Ids of Region switch's health checks, by the region: for the record sets of trafficRecord, and with that alone. */
    readonly trafficHealthCheckIds?: pulumi.Output<Record<string, string>>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: RegionSwitchPlanArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super(TYPE, name, args, opts);

        const planName = `${name}-plan`;
        // AWS evaluates the plan as soon as there is one, by what the role may do then.
        this.executionRoleArn = createExecutionRole(
            name,
            {
                ...args,
                description: `What ARC Region switch executes the plan ${name} as`,
                service: "arc-region-switch.amazonaws.com",
                statements: (roleArn) => planStatements(args, planName, roleArn),
            },
            this,
        );
        const plan = createPlan(this, planName, args, this.executionRoleArn);

        this.planArn = plan.arn;
        if (args.trafficRecord !== undefined) {
            this.trafficHealthCheckIds = healthChecksOf(this, args, plan.arn);
        }
        this.registerOutputs({
            planArn: this.planArn,
            executionRoleArn: this.executionRoleArn,
            trafficHealthCheckIds: this.trafficHealthCheckIds,
        });
    }
}

function createPlan(
    parent: RegionSwitchPlan,
    planName: string,
    args: RegionSwitchPlanArgs,
    executionRole: pulumi.Output<string>,
): aws.arcregionswitch.Plan {
    const { alarms = [], regions } = args;
    const triggers = alarms.flatMap(({ activates, key }) =>
        activates === undefined
            ? []
            : [
                  {
                      action: "activate",
                      targetRegion: activates,
                      description: `Activates ${activates} while the alarm ${key} rings`,
                      minDelayMinutesBetweenExecutions: args.minDelayMinutesBetweenExecutions ?? MIN_DELAY,
                      conditions: [{ associatedAlarmName: key, condition: "red" }],
                  },
              ],
    );
    return new aws.arcregionswitch.Plan(
        planName,
        {
            description: args.description ?? `Activates ${regions.join(" or ")}`,
            executionRole,
            recoveryApproach: "activePassive",
            regions,
            primaryRegion: regions[0] ?? "",
            ...(args.recoveryTimeObjectiveMinutes === undefined
                ? {}
                : { recoveryTimeObjectiveMinutes: args.recoveryTimeObjectiveMinutes }),
            workflows: workflows(args),
            ...(alarms.length === 0
                ? {}
                : {
                      associatedAlarms: alarms.map(({ activates, arn, key }) => ({
                          mapBlockKey: key,
                          resourceIdentifier: arn,
                          alarmType: activates === undefined ? "applicationHealth" : "trigger",
                      })),
                  }),
            ...(triggers.length === 0 ? {} : { triggers }),
            ...(args.reportBucketName === undefined
                ? {}
                : {
                      reportConfigurations: [
                          {
                              reportOutputs: [
                                  {
                                      s3Configurations: [
                                          {
                                              bucketOwner: args.accountId,
                                              bucketPath: args.reportBucketName,
                                          },
                                      ],
                                  },
                              ],
                          },
                      ],
                  }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
}

function healthChecksOf(
    parent: RegionSwitchPlan,
    { regions, trafficRecord }: RegionSwitchPlanArgs,
    planArn: pulumi.Output<string>,
): pulumi.Output<Record<string, string>> {
    const { healthChecks } = aws.arcregionswitch.getRoute53HealthChecksOutput({ planArn }, { parent });
    return healthChecks.apply((checks) =>
        Object.fromEntries(
            regions.map((region) => {
                // The plan has one step for traffic, and so one health check in each region.
                const id = checks.find((check) => check.region === region)?.healthCheckId;
                if (id === undefined || id === "") {
                    throw new pulumi.RunError(
                        `Region switch has no health check of ${trafficRecord?.recordName ?? ""} in ${region} yet; it makes ` +
                            "them a while after the plan. Run pulumi up again",
                    );
                }
                return [region, id] as const;
            }),
        ),
    );
}
