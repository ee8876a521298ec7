import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm } from "../../operations";
import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { asSetting } from "../../shared/replacement";
import { Problems } from "../../shared/validation";
import { ClusterCapacity, type ContainerClusterArgs, ContainerInsights } from "./args";
import { clusterInstances, type ClusterInstances } from "./instances";
import { CONTAINER_CLUSTER_ARGUMENTS } from "./table";

export {
    ClusterCapacity,
    type ClusterStrategyPart,
    type ContainerClusterArgs,
    ContainerInsights,
    type InstanceCapacity,
} from "./args";

/**
 * A cluster of ECS: Fargate and Fargate Spot, and instances of its own where services on EC2 need them; Container
 * Insights; a namespace of Service Connect; and, where people may open shells in containers, a record of what they do.
 *
 * Children: `<name>-cluster`, `<name>-capacity`, `<name>-insights-log`, `<name>-namespace`, `<name>-command-log`; with
 * `instanceCapacity` `<name>-instance-role`, `<name>-instance-agent`, `<name>-instance-profile`,
 * `<name>-instance-security-group`, `<name>-instance-https-egress-<number>`, `<name>-instance-template`,
 * `<name>-instance-group`, `<name>-instances`, `<name>-alarm-instances-exhausted`.
 */
export class ContainerCluster extends pulumi.ComponentResource {
    /** ARN of the cluster, known once its capacity is there: what runs in it is made after and destroyed before. */
    readonly clusterArn: pulumi.Output<string>;
    /** Name of the cluster, known then, too. */
    readonly clusterName: pulumi.Output<string>;
    /** Names of all capacity that services may name in their strategies. */
    readonly capacityProviderNames: pulumi.Output<string[]>;
    /** Name of the capacity provider of the cluster's own instances; empty where it has none. */
    readonly instanceCapacityProviderName: pulumi.Output<string>;
    /** How many tasks with network interfaces of their own the instances can hold at most; 0 where there are none. */
    readonly taskCeiling: pulumi.Output<number>;
    /** Name of the Auto Scaling group of the instances; empty where there are none. */
    readonly autoScalingGroupName: pulumi.Output<string>;
    /** Id of the instances' security group; empty where there are none. Tasks have groups of their own. */
    readonly instanceSecurityGroupId: pulumi.Output<string>;
    /** ARN of the namespace of Service Connect; empty where there is none. */
    readonly namespaceArn: pulumi.Output<string>;
    /** ARN of the log group of shell sessions; empty where there are none. */
    readonly commandLogGroupArn: pulumi.Output<string>;
    /** ARN of the key of the log groups and sessions, as it was given. */
    readonly kmsKeyArn: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: ContainerClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:ContainerCluster", name, args, opts);
        const asChild = { parent: this };
        const { region } = args;
        const tags = args.tags ?? {};

        const commandLog =
            args.commandExecution === true ? logGroup(`${name}-command-log`, args, asChild) : undefined;
        const namespace =
            args.serviceConnectNamespace === undefined
                ? undefined
                : new aws.servicediscovery.HttpNamespace(
                      `${name}-namespace`,
                      {
                          region,
                          name: args.serviceConnectNamespace,
                          description: `Services of ${name}`,
                          tags,
                      },
                      asChild,
                  );
        const cluster = new aws.ecs.Cluster(
            `${name}-cluster`,
            {
                region,
                settings: [{ name: "containerInsights", value: insightsOf(args) }],
                ...(commandLog === undefined
                    ? {}
                    : {
                          configuration: {
                              executeCommandConfiguration: {
                                  kmsKeyId: args.kmsKeyArn,
                                  logging: "OVERRIDE",
                                  logConfiguration: {
                                      cloudWatchLogGroupName: commandLog.name,
                                      cloudWatchEncryptionEnabled: true,
                                  },
                              },
                          },
                      }),
                tags,
            },
            asChild,
        );
        const instances = instancesOf(this, name, args, cluster);
        const insightsLog =
            insightsOf(args) === ContainerInsights.Disabled ? [] : [insights(name, args, cluster, asChild)];
        const association = new aws.ecs.ClusterCapacityProviders(
            `${name}-capacity`,
            {
                region,
                clusterName: cluster.name,
                capacityProviders: [
                    ClusterCapacity.Fargate,
                    ClusterCapacity.FargateSpot,
                    ...(instances === undefined ? [] : [instances.provider.name]),
                ],
                defaultCapacityProviderStrategies: strategyOf(args),
            },
            asSetting(asChild),
        );
        if (instances !== undefined) {
            exhaustionAlarm(name, args, cluster, instances, asChild);
        }

        // Known once the capacity is the cluster's. So services are made after it and destroyed before it: it cannot be
        // taken away while tasks run on it.
        const ready = pulumi.all([association.id, ...insightsLog.map(({ id }) => id)]);
        const none = pulumi.output("");
        this.clusterArn = pulumi.all([cluster.arn, ready]).apply(([arn]) => arn);
        this.clusterName = pulumi.all([cluster.name, ready]).apply(([clusterName]) => clusterName);
        this.capacityProviderNames = association.capacityProviders.apply((names) => names ?? []);
        this.instanceCapacityProviderName =
            instances === undefined
                ? none
                : pulumi.all([instances.provider.name, ready]).apply(([provider]) => provider);
        this.taskCeiling = pulumi.output(instances?.taskCeiling ?? 0);
        this.autoScalingGroupName = instances?.group.name ?? none;
        this.instanceSecurityGroupId = instances?.securityGroup.id ?? none;
        this.namespaceArn = namespace?.arn ?? none;
        this.commandLogGroupArn = commandLog?.arn ?? none;
        this.kmsKeyArn = pulumi.output(args.kmsKeyArn);
        this.registerOutputs({
            clusterArn: this.clusterArn,
            clusterName: this.clusterName,
            capacityProviderNames: this.capacityProviderNames,
            instanceCapacityProviderName: this.instanceCapacityProviderName,
            taskCeiling: this.taskCeiling,
            autoScalingGroupName: this.autoScalingGroupName,
            instanceSecurityGroupId: this.instanceSecurityGroupId,
            namespaceArn: this.namespaceArn,
            commandLogGroupArn: this.commandLogGroupArn,
            kmsKeyArn: this.kmsKeyArn,
        });
    }
}

function validate(name: string, given: ContainerClusterArgs): ContainerClusterArgs {
    const problems = new Problems("meridian:index:ContainerCluster", name);
    const args = checkArguments(problems, given, CONTAINER_CLUSTER_ARGUMENTS);
    problems.check(
        // ECS refuses capacity providers whose names begin with these.
        /^[a-z][a-z0-9-]*$/.test(problems.name) && !/^(?:aws|ecs|fargate)/.test(problems.name),
        "name",
        name,
        "lower-case letters, digits and hyphens, beginning with a letter and not with aws, ecs or fargate",
    );
    checkNameLength(problems, "name", `${name}-instance-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return args;
}

function insightsOf({ containerInsights }: ContainerClusterArgs): ContainerInsights {
    return containerInsights ?? ContainerInsights.Enhanced;
}

function strategyOf({
    defaultStrategy,
}: ContainerClusterArgs): aws.types.input.ecs.ClusterCapacityProvidersDefaultCapacityProviderStrategy[] {
    return (defaultStrategy ?? [{ capacity: ClusterCapacity.Fargate }]).map(({ capacity, base, weight }) => ({
        capacityProvider: capacity,
        weight: weight ?? 1,
        ...(base === undefined ? {} : { base }),
    }));
}

function instancesOf(
    parent: ContainerCluster,
    name: string,
    args: ContainerClusterArgs,
    cluster: aws.ecs.Cluster,
): ClusterInstances | undefined {
    const { instanceCapacity: capacity } = args;
    if (capacity === undefined) {
        return undefined;
    }
    return clusterInstances(
        name,
        {
            region: args.region,
            accountId: args.accountId,
            permissionsBoundaryArn: args.permissionsBoundaryArn,
            tags: args.tags ?? {},
            clusterName: cluster.name,
            capacity,
        },
        parent,
    );
}

function logGroup(
    name: string,
    args: ContainerClusterArgs,
    opts: pulumi.CustomResourceOptions,
    given?: pulumi.Input<string>,
): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
        name,
        {
            region: args.region,
            ...(given === undefined ? {} : { name: given }),
            retentionInDays: args.logRetentionDays ?? 365,
            kmsKeyId: args.kmsKeyArn,
            tags: args.tags ?? {},
        },
        opts,
    );
}

/** The log group that Container Insights would make for itself with the first task, without a key and for ever. */
function insights(
    name: string,
    args: ContainerClusterArgs,
    cluster: aws.ecs.Cluster,
    opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
    return logGroup(
        `${name}-insights-log`,
        args,
        opts,
        pulumi.interpolate`/aws/ecs/containerinsights/${cluster.name}/performance`,
    );
}

// Longer than an instance takes from being asked for to taking tasks.
const PATIENCE_MINUTES = 15;

/** Makes `<name>-alarm-instances-exhausted`. None without topics. */
function exhaustionAlarm(
    name: string,
    args: ContainerClusterArgs,
    cluster: aws.ecs.Cluster,
    instances: ClusterInstances,
    opts: pulumi.CustomResourceOptions,
): void {
    if (args.alarmTopicArns === undefined) {
        return;
    }
    alarm(
        `${name}-alarm-instances-exhausted`,
        {
            region: args.region,
            topicArns: args.alarmTopicArns,
            description: `${name}: tasks wait for instances, and the group has as many as it may have or gets no more`,
            metric: {
                namespace: "AWS/ECS/ManagedScaling",
                metricName: "CapacityProviderReservation",
                dimensions: { ClusterName: cluster.name, CapacityProviderName: instances.provider.name },
                statistic: "Average",
            },
            // More than all instances are asked for.
            comparison: "GreaterThanThreshold",
            threshold: 100,
            evaluationPeriods: PATIENCE_MINUTES,
            missingData: "notBreaching",
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        opts,
    );
}
