import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type FaultExperimentsArgs } from "./args";
import { createTemplate, type Experiment } from "./experiment";
import { crossRegionExperiment, spotExperiment, zonePowerExperiment } from "./experiments";
import { TYPE, validate } from "./table";

export * from "./args";

const LOG_RETENTION = 365;

/**
 * Faults that AWS Fault Injection Service can inject when somebody starts them, and never by themselves: another region that
 * is not reached, Spot instances that are taken back, a zone without power. Each ends by itself, and at once when one of the
 * alarms rings. A template costs nothing while no experiment runs.
 *
 * Children: `<name>-logs` (the log group), and for each of `cross-region`, `spot` and `zone-power` that there is
 * `<name>-<experiment>-template`, `<name>-<experiment>-role` and `<name>-<experiment>-policy`.
 */
export class FaultExperiments extends pulumi.ComponentResource {
    /** Id of each experiment's template, by `crossRegion`, `spotInterruption` and `zonePower`. */
    readonly templateIds: pulumi.Output<Record<string, string>>;
    /** Name of the log group that takes a line of each thing that an experiment does. */
    readonly logGroupName: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: FaultExperimentsArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super(TYPE, name, args, opts);

        const logs = createLogGroup(this, name, args);
        const templates = Object.entries(experimentsOf(args)).map(([key, { experiment, role }]) =>
            createTemplate(`${name}-${role}`, args, experiment, logs, this).id.apply(
                (id) => [key, id] as const,
            ),
        );

        this.templateIds = pulumi.all(templates).apply((pairs) => Object.fromEntries(pairs));
        this.logGroupName = logs.name;
        this.registerOutputs({ templateIds: this.templateIds, logGroupName: this.logGroupName });
    }
}

/** The experiments that were asked for, with the part of their children's names. */
function experimentsOf(
    args: FaultExperimentsArgs,
): Record<string, { readonly role: string; readonly experiment: Experiment }> {
    const { crossRegion, spotInterruption, zonePower } = args;
    return {
        ...(crossRegion === undefined
            ? {}
            : {
                  crossRegion: { role: "cross-region", experiment: crossRegionExperiment(args, crossRegion) },
              }),
        ...(spotInterruption === undefined
            ? {}
            : { spotInterruption: { role: "spot", experiment: spotExperiment(args, spotInterruption) } }),
        ...(zonePower === undefined
            ? {}
            : { zonePower: { role: "zone-power", experiment: zonePowerExperiment(args, zonePower) } }),
    };
}

function createLogGroup(
    parent: FaultExperiments,
    name: string,
    args: FaultExperimentsArgs,
): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
        `${name}-logs`,
        {
            region: args.region,
            // The policy by which AWS's services may write has room for few names, and none need be in it for these.
            namePrefix: `/aws/vendedlogs/fis/${name}-`,
            kmsKeyId: args.kmsKeyArn,
            retentionInDays: args.logRetentionDays ?? LOG_RETENTION,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
}
