import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { applicationLogStatements, balancerLogBucket } from "../balancerLogs";
import { Exposure } from "../../shared/exposure";
import { HEALTH_CHECK, TLS_POLICY } from "../tier/balancer";
import { type TierSettings } from "../tier/settings";
import { DEREGISTRATION_DELAY } from "../userData/userData";
import { type WebTierArgs } from "./args";

/** Makes `<name>-alb`, and `<name>-access-logs` where no bucket is given. */
export function applicationBalancer(
    name: string,
    args: WebTierArgs,
    settings: TierSettings,
    asChild: pulumi.CustomResourceOptions,
): aws.lb.LoadBalancer {
    const { region, accountId } = args;
    const prefixes = { access: name, connections: `${name}-connections` };
    const bucket =
        args.accessLogBucket ??
        balancerLogBucket(
            `${name}-access-logs`,
            {
                region,
                statements: Object.values(prefixes).flatMap((prefix) =>
                    applicationLogStatements({ accountId, prefix }),
                ),
                accountId,
                retentionDays: settings.logRetentionDays,
                deletionProtection: settings.deletionProtection,
            },
            asChild,
        );
    return new aws.lb.LoadBalancer(
        `${name}-alb`,
        {
            region,
            loadBalancerType: "application",
            internal: (args.exposure ?? Exposure.CloudFront) === Exposure.Internal,
            ipAddressType: "ipv4",
            subnets: args.balancerSubnetIds,
            securityGroups: args.balancerSecurityGroupIds,
            enableDeletionProtection: settings.deletionProtection,
            dropInvalidHeaderFields: true,
            desyncMitigationMode: "defensive",
            // Below nginx's 400 seconds, or a request meets a connection that is just being closed.
            idleTimeout: 60,
            accessLogs: { enabled: true, bucket, prefix: prefixes.access },
            connectionLogs: { enabled: true, bucket, prefix: prefixes.connections },
            // A zone that is ill can be taken out by hand or by AWS, at no charge.
            enableZonalShift: true,
        },
        // A replacement ends half-way: the new balancer may not share the target group, and the old one cannot be
        // deleted. Protected, it is refused at the preview.
        { ...asChild, protect: settings.deletionProtection },
    );
}

/** Makes `<name>-tg`. */
export function applicationTargets(
    name: string,
    args: WebTierArgs,
    settings: TierSettings,
    asChild: pulumi.CustomResourceOptions,
): aws.lb.TargetGroup {
    return new aws.lb.TargetGroup(
        `${name}-tg`,
        {
            region: args.region,
            vpcId: args.vpcId,
            targetType: "instance",
            port: settings.instancePort,
            protocol: "HTTPS",
            healthCheck: { ...HEALTH_CHECK, path: settings.healthCheckPath },
            deregistrationDelay: DEREGISTRATION_DELAY,
            // Spot instances of unlike sizes work at unlike speeds. This algorithm takes no slow start.
            loadBalancingAlgorithmType: "least_outstanding_requests",
            loadBalancingCrossZoneEnabled: "true",
        },
        asChild,
    );
}

interface Front {
    balancer: aws.lb.LoadBalancer;
    targets: aws.lb.TargetGroup;
    certificateArn: pulumi.Output<string>;
}

/** Makes `<name>-https`, and the rules or the `<name>-http` that the exposure asks for. Returns the listener on 443. */
export function applicationListeners(
    name: string,
    args: WebTierArgs,
    settings: TierSettings,
    { balancer, targets, certificateArn }: Front,
    asChild: pulumi.CustomResourceOptions,
): aws.lb.Listener {
    const { region } = args;
    const forward = { type: "forward", targetGroupArn: targets.arn };
    const behindCloudFront = (args.exposure ?? Exposure.CloudFront) === Exposure.CloudFront;
    const https = new aws.lb.Listener(
        `${name}-https`,
        {
            region,
            loadBalancerArn: balancer.arn,
            port: 443,
            protocol: "HTTPS",
            sslPolicy: TLS_POLICY,
            certificateArn,
            routingHttpResponseServerEnabled: false,
            defaultActions: [
                behindCloudFront
                    ? {
                          type: "fixed-response",
                          fixedResponse: {
                              statusCode: "403",
                              contentType: "text/plain",
                              messageBody: "Forbidden",
                          },
                      }
                    : forward,
            ],
        },
        asChild,
    );
    if (behindCloudFront) {
        originRules(name, args, settings, { https, forward }, asChild);
    } else {
        new aws.lb.Listener(
            `${name}-http`,
            {
                region,
                loadBalancerArn: balancer.arn,
                port: 80,
                protocol: "HTTP",
                defaultActions: [
                    {
                        type: "redirect",
                        redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
                    },
                ],
            },
            asChild,
        );
    }
    return https;
}

/** Lets in Route 53's health checks, which cannot carry a header, and what the distributions send. */
function originRules(
    name: string,
    args: WebTierArgs,
    settings: TierSettings,
    { https, forward }: { https: aws.lb.Listener; forward: aws.types.input.lb.ListenerRuleAction },
    asChild: pulumi.CustomResourceOptions,
): void {
    new aws.lb.ListenerRule(
        `${name}-health-check-rule`,
        {
            region: args.region,
            listenerArn: https.arn,
            priority: 10,
            conditions: [
                { pathPattern: { values: [settings.healthCheckPath] } },
                { httpRequestMethod: { values: ["GET", "HEAD"] } },
            ],
            actions: [forward],
        },
        asChild,
    );
    if (args.originHeaderName !== undefined && args.originHeaderValue !== undefined) {
        new aws.lb.ListenerRule(
            `${name}-origin-rule`,
            {
                region: args.region,
                listenerArn: https.arn,
                priority: 20,
                conditions: [
                    {
                        httpHeader: {
                            httpHeaderName: args.originHeaderName,
                            values: [
                                args.originHeaderValue,
                                ...(args.additionalOriginHeaderValues ?? []),
                            ].map((value) => pulumi.secret(value)),
                        },
                    },
                ],
                actions: [forward],
            },
            asChild,
        );
    }
}
