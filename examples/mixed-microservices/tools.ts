import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { FargateService } from "../../components/compute";
import { EndpointService, ownSecurityGroup, ServiceEndpoint } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { asSetting } from "../../components/shared/replacement";
import { HTTPS, linksIn } from "../shared/links";
import { type Hosts } from "./hosts";
import { type MixedNetworks } from "./network";
import { containerShape, type MixedServices, programOf } from "./services";
import { PORTS } from "./serviceTable";
import { type MixedSettings } from "./settings";

/**
 * Makes what the second network has: a service that reports on the first one. It reaches the balancer inside by two ways. Over the
 * peering it calls it by its own name; over PrivateLink it calls an endpoint of its own network, as anybody in another account
 * would, to whom no route leads.
 */
export function createTools(
    settings: MixedSettings,
    {
        foundation,
        hosts,
        networks,
        services,
    }: {
        readonly foundation: RegionalFoundation;
        readonly hosts: Hosts;
        readonly networks: MixedNetworks;
        readonly services: MixedServices;
    },
    provider: aws.Provider,
): FargateService {
    const opts = { providers: [provider] };
    const { region, accountId } = settings;
    const { tiers, endpointSecurityGroupId } = networks.tools;
    const alarmTopicArns = [foundation.alarmTopicArn];
    const service = new EndpointService(
        "mixed-inside",
        {
            region,
            networkLoadBalancerArns: [frontDoor(settings, foundation, networks, services, provider)],
            allowedPrincipals: [`arn:aws:iam::${accountId}:root`],
            alarmTopicArns,
        },
        opts,
    );
    const endpoint = new ServiceEndpoint(
        "mixed-inside-link",
        {
            region,
            accountId,
            serviceName: service.serviceName,
            vpcId: tiers.vpcId,
            subnetIds: tiers.apiSubnetIds,
            // Both sides are this account's.
            autoAccept: true,
            alarmTopicArns,
        },
        opts,
    );
    const reports = new FargateService(
        "mixed-reports",
        {
            ...containerShape(settings, foundation, services.cluster, tiers.vpcId),
            ...programOf(settings, "reports", {
                permissions: [],
                environment: {
                    INSIDE_URL: `https://${hosts.inside}`,
                    // The certificate is that of the name inside, which a caller has to say.
                    INSIDE_LINK: endpoint.dnsName,
                },
            }),
            subnetIds: tiers.apiSubnetIds,
            // Nobody calls it, so no balancer looks after it.
            healthCheck: {
                command: ["CMD-SHELL", `wget -q -O /dev/null http://localhost:${PORTS.reports}/healthz`],
            },
        },
        opts,
    );
    const link = linksIn(region, opts);
    const from = { reports: reports.securityGroupId };
    link(
        "mixed-reports-to-link",
        from,
        endpoint.securityGroupId,
        HTTPS,
        "Reports to the endpoint in their network",
    );
    link("mixed-reports-to-inside", from, services.inside.securityGroupId, HTTPS, "Reports over the peering");
    link("mixed-reports-to-aws", from, endpointSecurityGroupId, HTTPS, "AWS services by their endpoints");
    return reports;
}

/** The network balancer that PrivateLink needs before the balancer inside. It hands connections on as they are. */
function frontDoor(
    { region, deletionProtection }: MixedSettings,
    { logBucketName }: RegionalFoundation,
    { main: { tiers } }: MixedNetworks,
    { inside }: MixedServices,
    provider: aws.Provider,
): pulumi.Output<string> {
    const opts = { provider };
    const group = ownSecurityGroup(
        "mixed-door",
        { region, vpcId: tiers.vpcId, description: "Network balancer before the balancer inside" },
        tiers,
    );
    const door = new aws.lb.LoadBalancer(
        "mixed-door",
        {
            region,
            loadBalancerType: "network",
            internal: true,
            subnets: tiers.apiSubnetIds,
            securityGroups: [group.id],
            // Whom the endpoint service lets in is in; what they wear is their network's affair.
            enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
            enableCrossZoneLoadBalancing: true,
            enableDeletionProtection: deletionProtection,
            accessLogs: { bucket: logBucketName, prefix: "mixed-door", enabled: true },
        },
        { ...opts, protect: deletionProtection },
    );
    const targets = new aws.lb.TargetGroup(
        "mixed-door",
        {
            region,
            vpcId: tiers.vpcId,
            targetType: "alb",
            protocol: "TCP",
            port: HTTPS,
            healthCheck: { protocol: "HTTPS", path: "/healthz", matcher: "200-499" },
        },
        opts,
    );
    const listener = new aws.lb.Listener(
        "mixed-door",
        {
            region,
            loadBalancerArn: door.arn,
            protocol: "TCP",
            port: HTTPS,
            defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
        },
        opts,
    );
    new aws.lb.TargetGroupAttachment(
        "mixed-door",
        { region, targetGroupArn: targets.arn, targetId: inside.loadBalancerArn, port: HTTPS },
        // A balancer of applications is taken as a target once it listens on the port, and the group is used.
        asSetting({ ...opts, dependsOn: [listener, inside] }),
    );
    linksIn(region, { providers: [provider] })(
        "mixed-door-to-inside",
        { door: group.id },
        inside.securityGroupId,
        HTTPS,
        "Connections of PrivateLink to the balancer inside",
    );
    return door.arn;
}
