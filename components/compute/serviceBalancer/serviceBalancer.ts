import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    applicationLoadBalancer,
    fixedResponse,
    httpsListener,
    redirectListener,
} from "../applicationLoadBalancer";
import { applicationRequestAlarms } from "../loadBalancerAlarms";
import { balancerSecurityGroups } from "../../network";
import { ValidatedCertificate } from "../../security/certificate";
import { RegionalWebAcl } from "../../security/regionalWebAcl";
import { checkArguments, withSecrets } from "../../shared/argumentTable";
import { Exposure } from "../../shared/exposure";
import { checkNameLength } from "../../shared/names";
import { asSetting } from "../../shared/replacement";
import { Problems } from "../../shared/validation";
import { type ServiceBalancerArgs } from "./args";
import { DEFAULT_EXPOSURE, SERVICE_BALANCER_ARGUMENTS } from "./table";

export { type ServiceBalancerArgs } from "./args";

/**
 * One Application Load Balancer for several services, each of which makes its own target groups and listener rules: with
 * TLS, a firewall, security groups of its own and logs. What no rule takes is answered with 404, or with 403 behind
 * CloudFront.
 *
 * Its security group lets nothing out: a SecurityGroupConnection from `securityGroupId` to a service's group opens the
 * way to that service.
 *
 * Children: `<name>-security-group`, `<name>-cloudfront-security-group`, `<name>-health-checks-security-group`,
 * `<name>-vpc-origin-security-group`, `<name>-from-…`, `<name>-certificate` (ValidatedCertificate), `<name>-access-logs`
 * (SecureBucket), `<name>-alb`, `<name>-https`, `<name>-http`, `<name>-test`, `<name>-firewall` (RegionalWebAcl),
 * `<name>-web-acl`, `<name>-record-<domain>`, `<name>-alarm-…`.
 */
export class ServiceBalancer extends pulumi.ComponentResource {
    /** ARN of the listener on port 443, for the services' rules. */
    readonly listenerArn: pulumi.Output<string>;
    /** ARN of the listener for test traffic; with `blueGreenTestPort` alone. */
    readonly testListenerArn?: pulumi.Output<string>;
    /** ARN of the balancer. */
    readonly loadBalancerArn: pulumi.Output<string>;
    /** The end of the balancer's ARN, as CloudWatch's dimensions and scaling by requests want it. */
    readonly loadBalancerArnSuffix: pulumi.Output<string>;
    /** Id of the security group by which services know the balancer: what opens connections to them wears it. */
    readonly securityGroupId: pulumi.Output<string>;
    /** Ids of all security groups of the balancer, that one first. */
    readonly securityGroupIds: pulumi.Output<string[]>;
    /** The balancer's own DNS name, the target of alias records. */
    readonly dnsName: pulumi.Output<string>;
    /** Id of the hosted zone that alias records to the balancer name. */
    readonly zoneId: pulumi.Output<string>;
    /** ARN of the certificate that the balancer shows. */
    readonly certificateArn: pulumi.Output<string>;
    /** ARN of the web ACL before the balancer; where it has one. */
    readonly webAclArn?: pulumi.Output<string>;
    /** The metric name of the web ACL that was made, the dimension WebACL of its metrics; where one was. */
    readonly webAclMetricName?: pulumi.Output<string>;
    /** Names of the alarms that say that the software is bad, for deployments to be undone by. Empty without topics. */
    readonly rollbackAlarmNames: pulumi.Output<string[]>;

    /**
     * @param name Begins the names of all children; lower-case letters, digits and hyphens.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: ServiceBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:ServiceBalancer", name, withSecrets(args, SERVICE_BALANCER_ARGUMENTS), opts);
        const exposure = args.exposure ?? DEFAULT_EXPOSURE;
        const asChild = { parent: this };
        const tagged = args.tags === undefined ? {} : { tags: args.tags };

        const groups = securityGroups(name, args, exposure, this);
        const certificateArn = certificateOf(name, args, this);
        const balancer = applicationLoadBalancer(
            name,
            {
                region: args.region,
                accountId: args.accountId,
                internal: exposure === Exposure.Internal,
                subnetIds: args.subnetIds,
                securityGroupIds: groups.all,
                idleTimeoutSeconds: args.idleTimeoutSeconds ?? 60,
                accessLogBucket: args.accessLogBucket,
                logRetentionDays: args.logRetentionDays ?? 365,
                deletionProtection: args.deletionProtection ?? true,
                ...tagged,
            },
            asChild,
        );
        const listener = { region: args.region, loadBalancerArn: balancer.arn, ...tagged };
        const secure = {
            ...listener,
            certificateArn,
            defaultAction:
                exposure === Exposure.CloudFront
                    ? fixedResponse("403", "Forbidden")
                    : fixedResponse("404", "Not found"),
        };
        const https = httpsListener(`${name}-https`, { ...secure, port: 443 }, asChild);
        if (redirects(args, exposure)) {
            redirectListener(`${name}-http`, listener, asChild);
        }
        if (args.blueGreenTestPort !== undefined) {
            const test = httpsListener(`${name}-test`, { ...secure, port: args.blueGreenTestPort }, asChild);
            this.testListenerArn = test.arn;
        }
        const firewall = firewallOf(name, args, exposure, balancer, this);
        records(name, args, balancer, this);
        const alarmNames = applicationRequestAlarms(
            `${name}-alarm`,
            {
                region: args.region,
                ...(args.alarmTopicArns === undefined ? {} : { topicArns: args.alarmTopicArns }),
                loadBalancerArnSuffix: balancer.arnSuffix,
            },
            asChild,
        );

        // Services that register themselves meet a balancer that visitors reach.
        this.listenerArn = pulumi
            .all([https.arn, pulumi.all(groups.rules.map(({ id }) => id))])
            .apply(([arn]) => arn);
        this.loadBalancerArn = balancer.arn;
        this.loadBalancerArnSuffix = balancer.arnSuffix;
        this.securityGroupId = groups.own;
        this.securityGroupIds = pulumi.all(groups.all);
        this.dnsName = balancer.dnsName;
        this.zoneId = balancer.zoneId;
        this.certificateArn = certificateArn;
        this.webAclArn = firewall.webAclArn;
        this.webAclMetricName = firewall.metricName;
        this.rollbackAlarmNames = pulumi.all(alarmNames);
        this.registerOutputs({
            listenerArn: this.listenerArn,
            testListenerArn: this.testListenerArn,
            loadBalancerArn: this.loadBalancerArn,
            loadBalancerArnSuffix: this.loadBalancerArnSuffix,
            securityGroupId: this.securityGroupId,
            securityGroupIds: this.securityGroupIds,
            dnsName: this.dnsName,
            zoneId: this.zoneId,
            certificateArn: this.certificateArn,
            webAclArn: this.webAclArn,
            webAclMetricName: this.webAclMetricName,
            rollbackAlarmNames: this.rollbackAlarmNames,
        });
    }
}

function validate(name: string, given: ServiceBalancerArgs): ServiceBalancerArgs {
    const problems = new Problems("meridian:index:ServiceBalancer", name);
    const args = checkArguments(problems, given, SERVICE_BALANCER_ARGUMENTS);
    problems.check(
        /^[a-z][a-z0-9-]*$/.test(problems.name) && !problems.name.startsWith("internal-"),
        "name",
        name,
        "lower-case letters, digits and hyphens, beginning with a letter and not with internal-",
        "The balancer and its log bucket are called after it",
    );
    checkNameLength(problems, "name", `${problems.name}-alb`, "aws:lb/loadBalancer:LoadBalancer");
    problems.throwIfAny();
    return args;
}

/** Whether clients come to port 80 at all: behind CloudFront the redirect is the distribution's. */
function redirects(args: ServiceBalancerArgs, exposure: Exposure): boolean {
    return (
        exposure === Exposure.Internet ||
        (exposure === Exposure.Internal && args.internalClientCidrBlocks !== undefined)
    );
}

function securityGroups(
    name: string,
    args: ServiceBalancerArgs,
    exposure: Exposure,
    parent: ServiceBalancer,
) {
    const clientCidrBlocks = args.internalClientCidrBlocks ?? [];
    return balancerSecurityGroups(
        name,
        {
            region: args.region,
            vpcId: args.vpcId,
            exposure,
            clientCidrBlocks,
            vpcOrigin: args.vpcOrigin ?? false,
            vpcOriginSecurityGroupId: args.vpcOriginSecurityGroupId,
            ...(args.blueGreenTestPort === undefined
                ? {}
                : {
                      test: {
                          port: args.blueGreenTestPort,
                          cidrBlocks: args.testClientCidrBlocks ?? clientCidrBlocks,
                      },
                  }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        parent,
    );
}

function domainNames(args: ServiceBalancerArgs): string[] {
    return args.domainName === undefined ? [] : [args.domainName, ...(args.additionalDomainNames ?? [])];
}

function certificateOf(
    name: string,
    args: ServiceBalancerArgs,
    parent: ServiceBalancer,
): pulumi.Output<string> {
    if (args.certificateArn !== undefined) {
        return pulumi.output(args.certificateArn);
    }
    return new ValidatedCertificate(
        `${name}-certificate`,
        {
            region: args.region,
            domainNames: domainNames(args),
            // The table demands it beside a name without a certificate.
            hostedZoneId: args.hostedZoneId ?? "",
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    ).certificateArn;
}

function records(
    name: string,
    args: ServiceBalancerArgs,
    balancer: aws.lb.LoadBalancer,
    parent: ServiceBalancer,
): void {
    const { hostedZoneId } = args;
    if (hostedZoneId === undefined || args.createDnsRecords === false) {
        return;
    }
    for (const domainName of domainNames(args)) {
        new aws.route53.Record(
            `${name}-record-${domainName}`,
            {
                zoneId: hostedZoneId,
                name: domainName,
                type: "A",
                aliases: [
                    // A balancer without a healthy target answers with errors that say so; a name that is gone does not.
                    { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: false },
                ],
            },
            { parent },
        );
    }
}

function firewallOf(
    name: string,
    args: ServiceBalancerArgs,
    exposure: Exposure,
    balancer: aws.lb.LoadBalancer,
    parent: ServiceBalancer,
): { webAclArn?: pulumi.Output<string>; metricName?: pulumi.Output<string> } {
    if (args.webAclArn !== undefined) {
        new aws.wafv2.WebAclAssociation(
            `${name}-web-acl`,
            { region: args.region, resourceArn: balancer.arn, webAclArn: args.webAclArn },
            asSetting({ parent }),
        );
        return { webAclArn: pulumi.output(args.webAclArn) };
    }
    if (exposure === Exposure.Internal && args.firewall !== true) {
        return {};
    }
    const { originHeaderName, originHeaderValue } = args;
    return new RegionalWebAcl(
        `${name}-firewall`,
        {
            region: args.region,
            loadBalancerArn: balancer.arn,
            exposure,
            rateLimitPerFiveMinutes: args.rateLimitPerFiveMinutes,
            secretHeaders: originHeaderName === undefined ? [] : [originHeaderName],
            ...(originHeaderName === undefined || originHeaderValue === undefined
                ? {}
                : {
                      requiredHeader: {
                          name: originHeaderName,
                          values: [originHeaderValue, ...(args.additionalOriginHeaderValues ?? [])],
                          exemptPaths: args.healthCheckPaths ?? ["/healthz"],
                      },
                  }),
            logRetentionDays: args.logRetentionDays ?? 365,
            kmsKeyArn: args.kmsKeyArn,
        },
        { parent },
    );
}
