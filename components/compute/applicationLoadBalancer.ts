import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { applicationLogStatements, balancerLogBucket } from "./balancerLogs";
import { TLS_POLICY } from "./tier/balancer";
import { type TagsInput } from "../shared/tags";

/** What an Application Load Balancer is made with. */
export interface ApplicationLoadBalancerArgs {
    region: string;
    accountId: pulumi.Input<string>;
    /** Whether it has private addresses alone. */
    internal: boolean;
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
    idleTimeoutSeconds: number;
    /** One is made when left out. */
    accessLogBucket?: pulumi.Input<string>;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags?: TagsInput;
}

/** Makes `<name>-alb`, and `<name>-access-logs` where no bucket is given. */
export function applicationLoadBalancer(
    name: string,
    args: ApplicationLoadBalancerArgs,
    opts: pulumi.CustomResourceOptions,
): aws.lb.LoadBalancer {
    const { region, accountId, deletionProtection } = args;
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
                retentionDays: args.logRetentionDays,
                deletionProtection,
            },
            opts,
        );
    return new aws.lb.LoadBalancer(
        `${name}-alb`,
        {
            region,
            loadBalancerType: "application",
            internal: args.internal,
            ipAddressType: "ipv4",
            subnets: args.subnetIds,
            securityGroups: args.securityGroupIds,
            enableDeletionProtection: deletionProtection,
            dropInvalidHeaderFields: true,
            desyncMitigationMode: "defensive",
            idleTimeout: args.idleTimeoutSeconds,
            accessLogs: { enabled: true, bucket, prefix: prefixes.access },
            connectionLogs: { enabled: true, bucket, prefix: prefixes.connections },
            // A zone that is ill can be taken out by hand or by AWS, at no charge.
            enableZonalShift: true,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        // A replacement ends half-way: the new balancer may not share the target group, and the old one cannot be
        // deleted. Protected, it is refused at the preview.
        { ...opts, protect: deletionProtection },
    );
}

/** What a listener is made with. */
export interface ListenerArgs {
    region: string;
    loadBalancerArn: pulumi.Input<string>;
    tags?: TagsInput;
}

/** Makes a listener with TLS. */
export function httpsListener(
    name: string,
    args: ListenerArgs & {
        port: number;
        certificateArn: pulumi.Input<string>;
        defaultAction: aws.types.input.lb.ListenerDefaultAction;
    },
    opts: pulumi.CustomResourceOptions,
): aws.lb.Listener {
    return new aws.lb.Listener(
        name,
        {
            region: args.region,
            loadBalancerArn: args.loadBalancerArn,
            port: args.port,
            protocol: "HTTPS",
            sslPolicy: TLS_POLICY,
            certificateArn: args.certificateArn,
            routingHttpResponseServerEnabled: false,
            defaultActions: [args.defaultAction],
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        opts,
    );
}

/** Makes the listener on port 80, which sends everybody to 443. */
export function redirectListener(
    name: string,
    args: ListenerArgs,
    opts: pulumi.CustomResourceOptions,
): aws.lb.Listener {
    return new aws.lb.Listener(
        name,
        {
            region: args.region,
            loadBalancerArn: args.loadBalancerArn,
            port: 80,
            protocol: "HTTP",
            defaultActions: [
                {
                    type: "redirect",
                    redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
                },
            ],
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        opts,
    );
}

/** Matches requests with one of some values of a header, which nobody else may know. */
export function secretHeaderCondition(
    httpHeaderName: string,
    values: readonly pulumi.Input<string>[],
): aws.types.input.lb.ListenerRuleCondition {
    return { httpHeader: { httpHeaderName, values: values.map((value) => pulumi.secret(value)) } };
}

/** Answers a request by itself, in a word. */
export function fixedResponse(
    statusCode: string,
    messageBody: string,
): aws.types.input.lb.ListenerDefaultAction {
    return {
        type: "fixed-response",
        fixedResponse: { statusCode, contentType: "text/plain", messageBody },
    };
}
