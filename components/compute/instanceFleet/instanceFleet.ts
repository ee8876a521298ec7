import * as pulumi from "@pulumi/pulumi";

import { launchTemplate } from "./launchTemplate";
import { type FleetLogs } from "./logs";
import { type ResourceGrants } from "./permissions";
import { instanceRole } from "./role";
import { scaling } from "./scaling";
import { type TierSettings } from "../tier/settings";
import { mergeTags } from "../../shared/tags";

/** Arguments of InstanceFleet, checked by the tier that makes it. */
export interface InstanceFleetArgs {
    region: string;
    /** Name of the tier that the instances are of. */
    tier: string;
    settings: TierSettings;
    logs: FleetLogs;
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    securityGroupId: pulumi.Input<string>;
    /** ARN of the target group, known once a listener forwards to it: without one, instances cannot register. */
    targetGroupArn: pulumi.Input<string>;
    /** `<balancer's ARN suffix>/<target group's ARN suffix>`, to scale on requests. Not on requests when left out. */
    requestsLabel?: pulumi.Input<string>;
    /** Names of the alarms that undo an instance refresh. */
    rollbackAlarmNames: pulumi.Input<string>[];
    /** What the instances may use. */
    grants: pulumi.Input<ResourceGrants>;
    imageId?: pulumi.Input<string>;
    volumeKmsKeyArn?: pulumi.Input<string>;
    permissionsBoundaryArn?: pulumi.Input<string>;
}

/**
 * The instances behind a balancer: role, launch template, and an Auto Scaling group of On-Demand and Spot instances
 * that refreshes itself, rolls back and drains.
 *
 * Children: `<name>-role`, `<name>-session-manager`, `<name>-permissions`, `<name>-profile`, `<name>-template`,
 * `<name>-group`, `<name>-drain-hook`, `<name>-drain-permission`, `<name>-cpu`, `<name>-requests`.
 */
export class InstanceFleet extends pulumi.ComponentResource {
    /** Name of the Auto Scaling group. */
    readonly autoScalingGroupName: pulumi.Output<string>;
    /** ARN of the instances' role. */
    readonly roleArn: pulumi.Output<string>;
    /** Name of the instances' role. */
    readonly roleName: pulumi.Output<string>;

    constructor(name: string, args: InstanceFleetArgs, opts?: pulumi.ComponentResourceOptions) {
        // Not the arguments: they hold resources, which every later change of the component would then depend on.
        super("meridian:index:InstanceFleet", name, {}, opts);
        const { region, settings, logs } = args;
        const asChild = { parent: this };

        const { role, profile, permissions } = instanceRole(
            name,
            {
                region,
                image: settings.image,
                logGroupArns: [logs.application.arn, logs.access.arn],
                grants: args.grants,
                permissionsBoundaryArn: args.permissionsBoundaryArn,
            },
            asChild,
        );
        const template = launchTemplate(
            name,
            {
                region,
                tier: args.tier,
                settings,
                logs,
                profile,
                securityGroupId: args.securityGroupId,
                imageId: args.imageId,
                volumeKmsKeyArn: args.volumeKmsKeyArn,
            },
            asChild,
        );
        const group = scaling(
            name,
            {
                region,
                capacity: settings.capacity,
                template,
                subnetIds: args.subnetIds,
                targetGroupArn: args.targetGroupArn,
                requestsLabel: args.requestsLabel,
                rollbackAlarmNames: args.rollbackAlarmNames,
                permissions,
                role,
                tags: mergeTags(settings.tags, { Name: args.tier }),
            },
            asChild,
        );

        this.autoScalingGroupName = group.name;
        this.roleArn = role.arn;
        this.roleName = role.name;
        this.registerOutputs({
            autoScalingGroupName: this.autoScalingGroupName,
            roleArn: this.roleArn,
            roleName: this.roleName,
        });
    }
}
