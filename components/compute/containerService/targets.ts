import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { SecurityGroupConnection } from "../../network";
import { AUTO_NAME_SUFFIX, NAME_LIMITS } from "../../shared/names";
import { mergeTags } from "../../shared/tags";
import { type ContainerServiceArgs } from "./args";
import { type ServiceBalancerAttachment, type ServiceListenerRule } from "./balancerArgs";
import { listenerRule } from "./listenerRule";
import { type ServiceSettings } from "./settings";

/** A balancer's target groups and rules of a service. */
export interface ServiceTargets {
    /** Name of the balancer among the service's. */
    key: string;
    attachment: ServiceBalancerAttachment;
    /** The group of the first tasks and, where deployments shift traffic, the other one. */
    groups: [aws.lb.TargetGroup, aws.lb.TargetGroup?];
    /** What hands requests to the groups: the rules by their priorities. */
    rules: aws.lb.ListenerRule[];
    testRule?: aws.lb.ListenerRule;
}

/**
 * Makes for each balancer `<name>-<balancer>-tg`, `<name>-<balancer>-rule-<priority>` and, where deployments shift
 * traffic, `<name>-<balancer>-alternate-tg` and `<name>-<balancer>-test-rule`.
 */
export function serviceTargets(
    name: string,
    args: ContainerServiceArgs,
    settings: ServiceSettings,
    opts: pulumi.CustomResourceOptions,
): ServiceTargets[] {
    return settings.balancers.map(({ key, attachment }) => {
        const group = (role: string): aws.lb.TargetGroup =>
            targetGroup(`${name}-${key}-${role}`, args, settings, attachment, opts);
        const groups: ServiceTargets["groups"] = settings.shiftsTraffic
            ? [group("tg"), group("alternate-tg")]
            : [group("tg")];
        const handOn = (
            role: string,
            listenerArn: pulumi.Input<string>,
            rule: ServiceListenerRule,
        ): aws.lb.ListenerRule =>
            listenerRule(
                `${name}-${key}-${role}`,
                { region: args.region, listenerArn, rule, groups, tags: settings.tags },
                opts,
            );
        const [first] = attachment.rules;
        const { testListenerArn } = attachment;
        return {
            key,
            attachment,
            groups,
            rules: attachment.rules.map((rule) =>
                handOn(`rule-${rule.priority}`, attachment.listenerArn, rule),
            ),
            ...(testListenerArn === undefined || first === undefined
                ? {}
                : { testRule: handOn("test-rule", testListenerArn, first) }),
        };
    });
}

function targetGroup(
    name: string,
    args: ContainerServiceArgs,
    settings: ServiceSettings,
    attachment: ServiceBalancerAttachment,
    opts: pulumi.CustomResourceOptions,
): aws.lb.TargetGroup {
    const { protocol, port } = settings;
    return new aws.lb.TargetGroup(
        name,
        {
            region: args.region,
            ...physicalName(name),
            vpcId: args.vpcId,
            targetType: "ip",
            protocol,
            port,
            // AWS waits for five minutes when nothing is said, in each deployment.
            deregistrationDelay: attachment.deregistrationDelaySeconds ?? 30,
            healthCheck: {
                protocol,
                path: attachment.healthCheckPath ?? "/healthz",
                matcher: attachment.healthCheckMatcher ?? "200",
                interval: 15,
                timeout: 5,
                healthyThreshold: 2,
                unhealthyThreshold: 3,
            },
            tags: mergeTags(settings.tags, { Name: name }),
        },
        opts,
    );
}

/** Pulumi's own name where it fits into the 32 characters, else one that AWS makes up. */
function physicalName(name: string): { namePrefix?: string } {
    return name.length <= NAME_LIMITS["aws:lb/targetGroup:TargetGroup"] - AUTO_NAME_SUFFIX
        ? {}
        : { namePrefix: `${name.slice(0, 5).replace(/-+$/, "")}-` };
}

/** Lets the balancers reach the tasks: `<name>-balancers`. None without balancers. */
export function balancerConnection(
    name: string,
    args: ContainerServiceArgs,
    settings: ServiceSettings,
    group: aws.ec2.SecurityGroup,
    opts: pulumi.ComponentResourceOptions,
): SecurityGroupConnection[] {
    if (settings.balancers.length === 0) {
        return [];
    }
    return [
        new SecurityGroupConnection(
            `${name}-balancers`,
            {
                region: args.region,
                sourceSecurityGroupIds: Object.fromEntries(
                    settings.balancers.map(({ key, attachment }) => [key, attachment.securityGroupId]),
                ),
                destinationSecurityGroupId: group.id,
                port: settings.port,
                description: `Balancers to the tasks of ${name}`,
                tags: settings.tags,
            },
            opts,
        ),
    ];
}
