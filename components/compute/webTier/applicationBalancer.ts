import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import {
    applicationLoadBalancer,
    fixedResponse,
    httpsListener,
    redirectListener,
    secretHeaderCondition,
} from "../applicationLoadBalancer";
import { Exposure } from "../../shared/exposure";
import { HEALTH_CHECK } from "../tier/balancer";
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
    return applicationLoadBalancer(
        name,
        {
            region: args.region,
            accountId: args.accountId,
            internal: (args.exposure ?? Exposure.CloudFront) === Exposure.Internal,
            subnetIds: args.balancerSubnetIds,
            securityGroupIds: args.balancerSecurityGroupIds,
            // Below nginx's 400 seconds, or a request meets a connection that is just being closed.
            idleTimeoutSeconds: 60,
            accessLogBucket: args.accessLogBucket,
            logRetentionDays: settings.logRetentionDays,
            deletionProtection: settings.deletionProtection,
        },
        asChild,
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
    const listener = { region: args.region, loadBalancerArn: balancer.arn };
    const forward = { type: "forward", targetGroupArn: targets.arn };
    const behindCloudFront = (args.exposure ?? Exposure.CloudFront) === Exposure.CloudFront;
    const https = httpsListener(
        `${name}-https`,
        {
            ...listener,
            port: 443,
            certificateArn,
            defaultAction: behindCloudFront ? fixedResponse("403", "Forbidden") : forward,
        },
        asChild,
    );
    if (behindCloudFront) {
        originRules(name, args, settings, { https, forward }, asChild);
    } else {
        redirectListener(`${name}-http`, listener, asChild);
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
                    secretHeaderCondition(args.originHeaderName, [
                        args.originHeaderValue,
                        ...(args.additionalOriginHeaderValues ?? []),
                    ]),
                ],
                actions: [forward],
            },
            asChild,
        );
    }
}
