import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { checkArguments, withSecrets } from "../../shared/argumentTable";
import { ValidatedCertificate } from "../../security/certificate";
import { Exposure } from "../../shared/exposure";
import { InstanceFleet } from "../instanceFleet/instanceFleet";
import { type FleetLogs, fleetLogs } from "../instanceFleet/logs";
import { NO_GRANTS } from "../instanceFleet/permissions";
import { applicationRequestAlarms, type BalancerAlarmArgs, targetHealthAlarms } from "../loadBalancerAlarms";
import { checkNameLength } from "../../shared/names";
import { RegionalWebAcl } from "../../security/regionalWebAcl";
import { type OutputsOf, type TierOutputs, tierOutputs } from "../tier/outputs";
import { resolveTier, type TierSettings } from "../tier/settings";
import { Problems } from "../../shared/validation";
import { applicationBalancer, applicationListeners, applicationTargets } from "./applicationBalancer";
import { WEB_TIER_ARGUMENTS } from "./table";
import { type WebTierArgs } from "./args";

export { type WebTierArgs } from "./args";
export { Exposure } from "../../shared/exposure";
export { type FleetCapacity, type TierArgs } from "../tier/args";
export { SAMPLE_IMAGE } from "../sampleImage";

/**
 * The tier that faces viewers: an Application Load Balancer with TLS and a web application firewall, and behind it
 * instances that run a container.
 *
 * Children: `<name>-certificate` (ValidatedCertificate), `<name>-access-logs` (SecureBucket), `<name>-alb`,
 * `<name>-tg`, `<name>-https`, `<name>-http`, `<name>-health-check-rule`, `<name>-origin-rule`, `<name>-firewall`
 * (RegionalWebAcl), `<name>-log`, `<name>-access-log`, `<name>-alarm-…`, `<name>-fleet` (InstanceFleet).
 */
export class WebTier extends pulumi.ComponentResource implements TierOutputs {
    /** ARN of the balancer. */
    declare readonly loadBalancerArn: pulumi.Output<string>;
    /** The balancer's own DNS name, the target of alias records. */
    declare readonly loadBalancerDnsName: pulumi.Output<string>;
    /** Id of the hosted zone that alias records to the balancer name. */
    declare readonly loadBalancerZoneId: pulumi.Output<string>;
    /** The end of the balancer's ARN, as CloudWatch's dimensions want it. */
    declare readonly loadBalancerArnSuffix: pulumi.Output<string>;
    /** ARN of the target group. */
    declare readonly targetGroupArn: pulumi.Output<string>;
    /** The end of the target group's ARN, as CloudWatch's dimensions want it. */
    declare readonly targetGroupArnSuffix: pulumi.Output<string>;
    /** Name of the Auto Scaling group. */
    declare readonly autoScalingGroupName: pulumi.Output<string>;
    /** ARN of the instances' role. */
    declare readonly roleArn: pulumi.Output<string>;
    /** Name of the instances' role, to attach more policies to it. */
    declare readonly roleName: pulumi.Output<string>;
    /** Name of the log group with the container's output, nginx's errors and the boot. */
    declare readonly logGroupName: pulumi.Output<string>;
    /** Name of the log group with nginx's requests, a JSON object each. */
    declare readonly accessLogGroupName: pulumi.Output<string>;
    /** ARN of the firewall's web ACL. */
    declare readonly webAclArn: pulumi.Output<string>;
    /** Name of the firewall's log group. */
    declare readonly webAclLogGroupName: pulumi.Output<string>;
    /** The metric name of the web ACL: the dimension WebACL of its metrics. */
    declare readonly webAclMetricName: pulumi.Output<string>;
    /** ARN of the certificate that the balancer shows. */
    declare readonly certificateArn: pulumi.Output<string>;

    constructor(name: string, args: WebTierArgs, opts?: pulumi.ComponentResourceOptions) {
        const checked = validate(name, args);
        super("meridian:index:WebTier", name, withSecrets(checked.args, WEB_TIER_ARGUMENTS), opts);
        const { settings } = checked;
        args = checked.args;
        const exposure = args.exposure ?? Exposure.CloudFront;
        const asChild = { parent: this };

        const certificateArn = pulumi.output(
            args.certificateArn ??
                new ValidatedCertificate(
                    `${name}-certificate`,
                    { region: args.region, domainNames: args.domainNames, hostedZoneId: args.hostedZoneId },
                    asChild,
                ).certificateArn,
        );
        const balancer = applicationBalancer(name, args, settings, asChild);
        const targets = applicationTargets(name, args, settings, asChild);
        const listener = applicationListeners(
            name,
            args,
            settings,
            { balancer, targets, certificateArn },
            asChild,
        );
        const firewall = new RegionalWebAcl(
            `${name}-firewall`,
            {
                region: args.region,
                loadBalancerArn: balancer.arn,
                exposure,
                rateLimitPerFiveMinutes: args.rateLimitPerFiveMinutes,
                secretHeaders: args.originHeaderName === undefined ? [] : [args.originHeaderName],
                logRetentionDays: settings.logRetentionDays,
                kmsKeyArn: args.kmsKeyArn,
            },
            asChild,
        );
        const logs = fleetLogs(
            name,
            { region: args.region, kmsKeyArn: args.kmsKeyArn, retentionDays: settings.logRetentionDays },
            asChild,
        );
        const watched: BalancerAlarmArgs = {
            region: args.region,
            topicArns: args.alarmTopicArns,
            loadBalancerArnSuffix: balancer.arnSuffix,
            targetGroupArnSuffix: targets.arnSuffix,
        };
        const rollbackAlarmNames = applicationRequestAlarms(`${name}-alarm`, watched, asChild);
        const fleet = webFleet(
            name,
            args,
            { settings, logs, balancer, targets, listener, rollbackAlarmNames },
            asChild,
        );
        // Once there are instances: nobody wants to be told that a tier in the making has none.
        targetHealthAlarms(`${name}-alarm`, "AWS/ApplicationELB", watched, {
            ...asChild,
            dependsOn: [fleet],
        });

        const outputs: OutputsOf<WebTier> = {
            ...tierOutputs({ balancer, targets, fleet, logs, certificateArn }),
            webAclArn: firewall.webAclArn,
            webAclLogGroupName: firewall.logGroupName,
            webAclMetricName: firewall.metricName,
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }
}

function validate(name: string, given: WebTierArgs): { args: WebTierArgs; settings: TierSettings } {
    const problems = new Problems("meridian:index:WebTier", name);
    const args = checkArguments(problems, given, WEB_TIER_ARGUMENTS);
    const settings = resolveTier(problems, problems.name, args);
    checkNameLength(problems, "name", `${name}-alb`, "aws:lb/loadBalancer:LoadBalancer");
    problems.throwIfAny();
    return { args, settings };
}

interface FleetParts {
    settings: TierSettings;
    logs: FleetLogs;
    balancer: aws.lb.LoadBalancer;
    targets: aws.lb.TargetGroup;
    listener: aws.lb.Listener;
    rollbackAlarmNames: pulumi.Output<string>[];
}

function webFleet(
    name: string,
    args: WebTierArgs,
    parts: FleetParts,
    asChild: { parent: WebTier },
): InstanceFleet {
    const { balancer, targets, listener } = parts;
    return new InstanceFleet(
        `${name}-fleet`,
        {
            region: args.region,
            tier: name,
            settings: parts.settings,
            logs: parts.logs,
            subnetIds: args.instanceSubnetIds,
            securityGroupId: args.instanceSecurityGroupId,
            targetGroupArn: pulumi.all([targets.arn, listener.arn]).apply(([arn]) => arn),
            requestsLabel: pulumi.interpolate`${balancer.arnSuffix}/${targets.arnSuffix}`,
            rollbackAlarmNames: parts.rollbackAlarmNames,
            // Pages are made of what the API answers; nothing else is theirs to read.
            grants: NO_GRANTS,
            imageId: args.imageId,
            volumeKmsKeyArn: args.volumeKmsKeyArn,
            permissionsBoundaryArn: args.permissionsBoundaryArn,
        },
        asChild,
    );
}
