import { inputOf } from "../../framework/items";
import { isGlobal, placeOf } from "../../framework/places";
import { type Member, type StackView } from "../../framework/stackView";
import { flag, list, number, object, objects, type Props, text } from "../../framework/subject";
import { ifKnown } from "../../framework/unknowns";
import {
    FARGATE_ARM_FACTOR,
    HOURS,
    LARGE_PER_HOUR,
    OTHER_LARGE_PER_HOUR,
    OTHER_REGION_FACTOR,
    PER_HOUR,
    PER_MONTH,
    REGION_FACTORS,
    SERVICE_FACTORS,
    SIZE_FACTORS,
    SPOT_FACTOR,
} from "./prices";
import { splitSize } from "./sizes";

/** What a resource costs by the month, in USD of us-east-1. Reading an unknown value throws. */
type Price = (member: Member, stack: StackView) => number;

/** An EC2 instance, or a managed one, by the hour in us-east-1. */
export function instancePerHour(type: string, factor = 1): number {
    const { family, size } = splitSize(type);
    const [, multiple] = /^(\d+)xlarge$/.exec(size) ?? [];
    const parts = multiple === undefined ? (SIZE_FACTORS[size] ?? 1) : Number(multiple) * 2;
    return (LARGE_PER_HOUR[family] ?? OTHER_LARGE_PER_HOUR) * parts * factor;
}

/**
 * What a resource costs by the month in its region, in USD, from what is sure: its least size, running all the time.
 *
 * @returns Undefined for a type whose price is not known, or depends on use alone.
 */
export function monthlyPrice(stack: StackView, member: Member): number | undefined {
    const price = PRICES[member.type];
    if (price === undefined) {
        return undefined;
    }
    const region = isGlobal(member.type) ? "us-east-1" : placeOf(member);
    const factor = SAME_EVERYWHERE.includes(member.type)
        ? 1
        : (REGION_FACTORS[region ?? ""] ?? OTHER_REGION_FACTOR);
    return price(member, stack) * factor;
}

/** An Auto Scaling group at its least size: instances on demand first, then Spot, each with its volumes. */
function groupPrice(member: Member, stack: StackView): number {
    const { props } = member;
    const count = Math.max(number(props.minSize) ?? 0, number(inputOf(member, "desiredCapacity")) ?? 0);
    const policy = object(inputOf(member, "mixedInstancesPolicy"));
    const [template] = ["mixedInstancesPolicy", "launchTemplate"].flatMap((property) =>
        stack.referencesOf(member, property, "aws:ec2/launchTemplate:LaunchTemplate"),
    );
    const [override] = objects(object(policy.launchTemplate).overrides);
    const type = text(override?.instanceType) ?? text(template?.props.instanceType) ?? "";
    const onDemand = onDemandOf(count, object(policy.instancesDistribution));
    const instances = onDemand + (count - onDemand) * SPOT_FACTOR;
    const gib = objects(template?.props.blockDeviceMappings).reduce(
        (sum, mapping) => sum + (number(object(mapping.ebs).volumeSize) ?? 0),
        0,
    );
    return instances * instancePerHour(type) * HOURS + count * gib * PER_MONTH.gibOfVolume;
}

function onDemandOf(count: number, distribution: Props): number {
    const base = Math.min(count, number(distribution.onDemandBaseCapacity) ?? 0);
    // AWS's default is that everything is on demand.
    const share = (number(distribution.onDemandPercentageAboveBaseCapacity) ?? 100) / 100;
    return base + (count - base) * share;
}

/** What a resource is made from or belongs to, whose value it takes where it names none, by the property that tells. */
const SOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "aws:ebs/snapshot:Snapshot": { volumeId: "aws:ebs/volume:Volume" },
    "aws:ebs/volume:Volume": { snapshotId: "aws:ebs/snapshot:Snapshot" },
    "aws:ec2/instance:Instance": { launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate" },
    "aws:elasticache/cluster:Cluster": {
        replicationGroupId: "aws:elasticache/replicationGroup:ReplicationGroup",
    },
    "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": {
        primaryReplicationGroupId: "aws:elasticache/replicationGroup:ReplicationGroup",
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        globalReplicationGroupId: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
    },
    "aws:rds/instance:Instance": {
        replicateSourceDb: "aws:rds/instance:Instance",
        restoreToPointInTime: "aws:rds/instance:Instance",
        snapshotIdentifier: "aws:rds/snapshot:Snapshot",
    },
    "aws:rds/snapshot:Snapshot": { dbInstanceIdentifier: "aws:rds/instance:Instance" },
};

/** The value that the program gave to the property, here or where the resource comes from. */
function inherited(
    stack: StackView,
    member: Member,
    property: string,
    seen: readonly Member[] = [],
): unknown {
    const own = inputOf(member, property);
    if (own !== undefined || seen.includes(member)) {
        return own;
    }
    return Object.entries(SOURCES[member.type] ?? {})
        .flatMap(([by, type]) => stack.referencesOf(member, by, type))
        .map((source) => inherited(stack, source, property, [...seen, member]))
        .find((value) => value !== undefined);
}

function auroraInstancePrice(member: Member, stack: StackView): number {
    const type = text(member.props.instanceClass) ?? "";
    if (type !== "db.serverless") {
        return instancePerHour(type, SERVICE_FACTORS.aurora) * HOURS;
    }
    const [cluster] = stack.referencesOf(member, "clusterIdentifier", "aws:rds/cluster:Cluster");
    const units = number(object(cluster?.props.serverlessv2ScalingConfiguration).minCapacity) ?? 0;
    return units * PER_HOUR.capacityUnit * HOURS;
}

function databasePrice(member: Member, stack: StackView): number {
    const { instanceClass } = member.props;
    const single = storedInstancePrice(instanceClass, inherited(stack, member, "allocatedStorage"));
    return single * (flag(inputOf(member, "multiAz")) === true ? 2 : 1);
}

/** An instance of RDS with its storage. */
function storedInstancePrice(instanceClass: unknown, gib: unknown): number {
    const instance = instancePerHour(text(instanceClass) ?? "", SERVICE_FACTORS.rds) * HOURS;
    return instance + (number(gib) ?? 0) * PER_MONTH.gibOfDatabase;
}

/** A Multi-AZ cluster has three instances, each with storage of its own. Aurora's are resources of their own. */
function multiAzClusterPrice(member: Member): number {
    const instanceClass = inputOf(member, "dbClusterInstanceClass");
    return instanceClass === undefined
        ? // Aurora's storage grows by itself, and is not known.
          0
        : 3 * storedInstancePrice(instanceClass, inputOf(member, "allocatedStorage"));
}

function cacheNodes(member: Member, stack: StackView): number {
    const given = (property: string): unknown => inputOf(member, property);
    // A member of a group has its own nodes; a group in a global datastore has as many shards as the first one.
    const shards = number(
        member.type === "aws:elasticache/cluster:Cluster"
            ? undefined
            : (inherited(stack, member, "numNodeGroups") ?? given("numShards")),
    );
    const replicas = number(given("replicasPerNodeGroup")) ?? number(given("numReplicasPerShard")) ?? 0;
    const clusters = number(given("numCacheClusters")) ?? number(given("numCacheNodes")) ?? 1;
    return shards === undefined ? clusters : shards * (replicas + 1);
}

function searchPrice(member: Member): number {
    const config = object(inputOf(member, "clusterConfig"));
    const data = number(config.instanceCount) ?? 1;
    const masters =
        flag(config.dedicatedMasterEnabled) === true ? (number(config.dedicatedMasterCount) ?? 3) : 0;
    const perHour =
        data * instancePerHour(text(config.instanceType) ?? "", SERVICE_FACTORS.search) +
        masters * instancePerHour(text(config.dedicatedMasterType) ?? "", SERVICE_FACTORS.search);
    const gib = data * (number(object(inputOf(member, "ebsOptions")).volumeSize) ?? 0);
    return perHour * HOURS + gib * PER_MONTH.gibOfVolume;
}

function fargatePrice(member: Member, stack: StackView): number {
    const [task] = stack.referencesOf(member, "taskDefinition", "aws:ecs/taskDefinition:TaskDefinition");
    if (task === undefined || (text(inputOf(member, "launchType")) ?? "FARGATE") !== "FARGATE") {
        return 0;
    }
    const arm = text(object(task.props.runtimePlatform).cpuArchitecture) === "ARM64";
    const perTask =
        ((number(task.props.cpu) ?? 0) / 1024) * PER_HOUR.vcpuOfFargate +
        ((number(task.props.memory) ?? 0) / 1024) * PER_HOUR.gibOfFargate;
    return (number(member.props.desiredCount) ?? 0) * perTask * (arm ? FARGATE_ARM_FACTOR : 1) * HOURS;
}

function tablePrice(member: Member): number {
    // AWS's default is provisioned capacity.
    if (text(member.props.billingMode) === "PAY_PER_REQUEST") {
        return 0;
    }
    return (
        ((number(inputOf(member, "readCapacity")) ?? 0) * PER_HOUR.readCapacityUnit +
            (number(inputOf(member, "writeCapacity")) ?? 0) * PER_HOUR.writeCapacityUnit) *
        HOURS
    );
}

function endpointPrice(member: Member, stack: StackView): number {
    // AWS's default, Gateway, is free.
    if (text(member.props.vpcEndpointType) !== "Interface") {
        return 0;
    }
    // A list that is unknown as a whole has as many elements as there are subnets to take them from.
    const zones =
        ifKnown(() => list(inputOf(member, "subnetIds")).length) ??
        stack.referencesOf(member, "subnetIds", "aws:ec2/subnet:Subnet").length;
    return Math.max(1, zones) * PER_HOUR.interfaceEndpoint * HOURS;
}

function healthCheckPrice({ props }: Member): number {
    const type = text(props.type) ?? "";
    const features = [
        type.startsWith("HTTPS"),
        type.endsWith("STR_MATCH"),
        number(props.requestInterval) === 10,
        flag(props.measureLatency) === true,
    ].filter(Boolean).length;
    return PER_MONTH.healthCheck + features * PER_MONTH.healthCheckFeature;
}

function webAclPrice({ props }: Member): number {
    return PER_MONTH.webAcl + list(props.rules).length * PER_MONTH.webAclRule;
}

function secretPrice({ props }: Member): number {
    return (1 + list(props.replicas).length) * PER_MONTH.secret;
}

function volumePrice(member: Member, stack: StackView): number {
    return (number(inherited(stack, member, "size")) ?? 0) * PER_MONTH.gibOfVolume;
}

function serverPrice(member: Member, stack: StackView): number {
    const gib = number(object(inputOf(member, "rootBlockDevice")).volumeSize) ?? 0;
    const type = text(inherited(stack, member, "instanceType")) ?? "";
    return instancePerHour(type) * HOURS + gib * PER_MONTH.gibOfVolume;
}

/** Nodes of an ElastiCache group or cluster, whose type may be that of another one. */
function cachePrice(member: Member, stack: StackView): number {
    const type = text(inherited(stack, member, "nodeType")) ?? "";
    return cacheNodes(member, stack) * instancePerHour(type, SERVICE_FACTORS.cache) * HOURS;
}

const perHour =
    (price: number): Price =>
    () =>
        price * HOURS;
const perMonth =
    (price: number): Price =>
    () =>
        price;
const nodes =
    (property: string, factor: number, count: (member: Member, stack: StackView) => number): Price =>
    (member, stack) =>
        count(member, stack) * instancePerHour(text(member.props[property]) ?? "", factor) * HOURS;

const PRICES: Readonly<Record<string, Price>> = {
    "aws:acmpca/certificateAuthority:CertificateAuthority": perMonth(PER_MONTH.privateAuthority),
    "aws:alb/loadBalancer:LoadBalancer": perHour(PER_HOUR.loadBalancer),
    "aws:autoscaling/group:Group": groupPrice,
    "aws:cloudwatch/dashboard:Dashboard": perMonth(PER_MONTH.dashboard),
    "aws:cloudwatch/metricAlarm:MetricAlarm": perMonth(PER_MONTH.alarm),
    "aws:dax/cluster:Cluster": nodes(
        "nodeType",
        SERVICE_FACTORS.dax,
        ({ props }) => number(props.replicationFactor) ?? 1,
    ),
    "aws:docdb/clusterInstance:ClusterInstance": nodes("instanceClass", SERVICE_FACTORS.docdb, () => 1),
    "aws:dynamodb/table:Table": tablePrice,
    "aws:ebs/volume:Volume": volumePrice,
    "aws:ec2/eip:Eip": perHour(PER_HOUR.publicAddress),
    "aws:ec2/instance:Instance": serverPrice,
    "aws:ec2/natGateway:NatGateway": perHour(PER_HOUR.natGateway),
    "aws:ec2/vpcEndpoint:VpcEndpoint": endpointPrice,
    "aws:ec2/vpnConnection:VpnConnection": perHour(PER_HOUR.vpnConnection),
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": perHour(PER_HOUR.transitGatewayAttachment),
    "aws:ecs/service:Service": fargatePrice,
    "aws:eks/cluster:Cluster": perHour(PER_HOUR.eksCluster),
    "aws:elasticache/cluster:Cluster": cachePrice,
    "aws:elasticache/replicationGroup:ReplicationGroup": cachePrice,
    "aws:globalaccelerator/accelerator:Accelerator": perMonth(PER_MONTH.accelerator),
    "aws:kms/key:Key": perMonth(PER_MONTH.key),
    "aws:kms/replicaKey:ReplicaKey": perMonth(PER_MONTH.key),
    "aws:lb/loadBalancer:LoadBalancer": perHour(PER_HOUR.loadBalancer),
    "aws:memorydb/cluster:Cluster": nodes("nodeType", SERVICE_FACTORS.memorydb, cacheNodes),
    "aws:neptune/clusterInstance:ClusterInstance": nodes("instanceClass", SERVICE_FACTORS.neptune, () => 1),
    "aws:opensearch/domain:Domain": searchPrice,
    "aws:rds/cluster:Cluster": multiAzClusterPrice,
    "aws:rds/clusterInstance:ClusterInstance": auroraInstancePrice,
    "aws:rds/instance:Instance": databasePrice,
    "aws:route53/healthCheck:HealthCheck": healthCheckPrice,
    "aws:route53/resolverEndpoint:ResolverEndpoint": ({ props }) =>
        list(props.ipAddresses).length * PER_HOUR.resolverAddress * HOURS,
    "aws:route53/zone:Zone": perMonth(PER_MONTH.hostedZone),
    "aws:secretsmanager/secret:Secret": secretPrice,
    "aws:shield/subscription:Subscription": perMonth(PER_MONTH.shieldAdvanced),
    "aws:wafv2/webAcl:WebAcl": webAclPrice,
};

const SAME_EVERYWHERE = [
    "aws:acmpca/certificateAuthority:CertificateAuthority",
    "aws:cloudwatch/dashboard:Dashboard",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:secretsmanager/secret:Secret",
    "aws:wafv2/webAcl:WebAcl",
];

/** The types whose prices are known. */
export const PRICED_TYPES: readonly string[] = Object.keys(PRICES);
