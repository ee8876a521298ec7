import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { networkBalancer, networkTargets } from "./networkBalancer";
import { privateName } from "./privateName";
import { API_TIER_ARGUMENTS } from "./table";
import { checkArguments, withSecrets } from "../../shared/argumentTable";
import { ValidatedCertificate } from "../../security/certificate";
import { InstanceFleet } from "../instanceFleet/instanceFleet";
import { fleetLogs } from "../instanceFleet/logs";
import { type ResourceGrants } from "../instanceFleet/permissions";
import {
    type BalancerAlarmArgs,
    networkRequestAlarms,
    requestMetricsOfLog,
    targetHealthAlarms,
} from "../loadBalancerAlarms";
import { checkNameLength } from "../../shared/names";
import { TLS_POLICY } from "../tier/balancer";
import { type OutputsOf, type TierOutputs, tierOutputs } from "../tier/outputs";
import { resolveTier, type TierSettings } from "../tier/settings";
import { isDomainName, isKnown, mapInput, Problems } from "../../shared/validation";
import { type ApiTierArgs } from "./args";

export { type ApiTierArgs } from "./args";

/**
 * The tier behind the web tier: an internal Network Load Balancer with TLS under a private DNS name, and behind it
 * instances that run a container and may use exactly the resources given.
 *
 * Children: `<name>-certificate` (ValidatedCertificate), `<name>-access-logs` (SecureBucket), `<name>-nlb`,
 * `<name>-tg`, `<name>-tls`, `<name>-zone` (where none was given), `<name>-record`, `<name>-log`, `<name>-access-log`,
 * `<name>-metric-requests`, `<name>-metric-errors`, `<name>-metric-seconds`, `<name>-alarm-…`, `<name>-fleet`
 * (InstanceFleet).
 */
export class ApiTier extends pulumi.ComponentResource implements TierOutputs {
    /** ARN of the balancer. */
    declare readonly loadBalancerArn: pulumi.Output<string>;
    /** The balancer's own DNS name. Its certificate is for `url` alone. */
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
    /** ARN of the certificate that the balancer shows. */
    declare readonly certificateArn: pulumi.Output<string>;
    /** Id of the private hosted zone, made or given. */
    declare readonly privateZoneId: pulumi.Output<string>;
    /** Address of the API inside the VPC, `https://` and the private DNS name. */
    declare readonly url: pulumi.Output<string>;

    constructor(name: string, args: ApiTierArgs, opts?: pulumi.ComponentResourceOptions) {
        const checked = validate(name, args);
        super("meridian:index:ApiTier", name, withSecrets(checked.args, API_TIER_ARGUMENTS), opts);
        const { privateZoneName, settings } = checked;
        args = checked.args;
        const asChild = { parent: this };

        const certificateArn = pulumi.output(
            args.certificateArn ??
                new ValidatedCertificate(
                    `${name}-certificate`,
                    {
                        region: args.region,
                        domainNames: [args.privateDnsName],
                        hostedZoneId: args.hostedZoneId,
                    },
                    asChild,
                ).certificateArn,
        );
        const balancer = networkBalancer(name, args, settings, asChild);
        const targets = networkTargets(name, args, settings, asChild);
        const listener = new aws.lb.Listener(
            `${name}-tls`,
            {
                region: args.region,
                loadBalancerArn: balancer.arn,
                port: 443,
                protocol: "TLS",
                sslPolicy: TLS_POLICY,
                certificateArn,
                defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
            },
            asChild,
        );
        const { zoneId, record } = privateName(name, { ...args, privateZoneName }, balancer, asChild);
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
        const requestMetrics = requestMetricsOfLog(
            `${name}-metric`,
            { region: args.region, accessLog: logs.access },
            asChild,
        );
        const rollbackAlarmNames = networkRequestAlarms(
            `${name}-alarm`,
            { ...watched, requestMetrics },
            asChild,
        );
        const fleet = new InstanceFleet(
            `${name}-fleet`,
            {
                region: args.region,
                tier: name,
                settings,
                logs,
                subnetIds: args.instanceSubnetIds,
                securityGroupId: args.instanceSecurityGroupId,
                targetGroupArn: pulumi.all([targets.arn, listener.arn]).apply(([arn]) => arn),
                rollbackAlarmNames,
                grants: grantsOf(args),
                imageId: args.imageId,
                volumeKmsKeyArn: args.volumeKmsKeyArn,
                permissionsBoundaryArn: args.permissionsBoundaryArn,
            },
            asChild,
        );
        // Once there are instances: nobody wants to be told that a tier in the making has none.
        targetHealthAlarms(`${name}-alarm`, "AWS/NetworkELB", watched, { ...asChild, dependsOn: [fleet] });

        const outputs: OutputsOf<ApiTier> = {
            ...tierOutputs({ balancer, targets, fleet, logs, certificateArn }),
            privateZoneId: zoneId,
            url: pulumi.interpolate`https://${record.name}`,
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }
}

interface Checked {
    args: ApiTierArgs;
    settings: TierSettings;
    /** Name of the zone to make; nothing where one is given. */
    privateZoneName?: pulumi.Input<string>;
}

function validate(name: string, given: ApiTierArgs): Checked {
    const problems = new Problems("meridian:index:ApiTier", name);
    const args = checkArguments(problems, given, API_TIER_ARGUMENTS);
    const settings = resolveTier(problems, problems.name, args);
    checkNameLength(problems, "name", `${name}-nlb`, "aws:lb/loadBalancer:LoadBalancer");
    if (args.privateZoneId !== undefined) {
        problems.throwIfAny();
        return { args, settings };
    }
    const privateZoneName = checkedZoneName(problems, args.privateDnsName, args.privateZoneName);
    problems.throwIfAny();
    return { args, settings, privateZoneName };
}

/** The zone's name, checked against the name in it as soon as both are known. */
function checkedZoneName(
    problems: Problems,
    dnsName: pulumi.Input<string>,
    zoneName: pulumi.Input<string> | undefined,
): pulumi.Input<string> {
    if (zoneName === undefined) {
        return mapInput(dnsName, (name) => name.slice(name.indexOf(".") + 1));
    }
    const both: pulumi.Input<[string, string]> =
        isKnown(dnsName) && isKnown(zoneName) ? [dnsName, zoneName] : pulumi.all([dnsName, zoneName]);
    const checked = problems.checkInput(both, (found, [name, zone]) => {
        found.check(
            isDomainName(zone) && (name === zone || name.endsWith(`.${zone}`)),
            "privateZoneName",
            zone,
            `a domain that privateDnsName (${name}) is in`,
        );
    });
    return mapInput(checked, ([, zone]) => zone);
}

/** Exactly what was given. */
function grantsOf(args: ApiTierArgs): pulumi.Output<ResourceGrants> {
    return pulumi.output({
        secretArns: args.secretArns ?? [],
        parameterArns: args.parameterArns ?? [],
        tableArns: args.tableArns ?? [],
        bucketArns: args.bucketArns ?? [],
        queueArns: args.queueArns ?? [],
        databaseConnectResourceArns: args.databaseConnectResourceArns ?? [],
        kmsKeyArns: args.kmsKeyArns ?? [],
    });
}
