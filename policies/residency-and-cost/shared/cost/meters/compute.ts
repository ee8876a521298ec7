/** Instances, volumes, containers, functions and load balancers. */
import { inputOf } from "../../../../framework/items";
import { type Member, type StackView } from "../../../../framework/stackView";
import { flag, list, number, object, objects, type Props, text, texts } from "../../../../framework/subject";
import { ifKnown } from "../../../../framework/unknowns";
import { type Bill } from "../bill";
import { HOURS } from "../priceTable";
import { hourly, inherited, type Meters } from "./meter";

const EC2 = "AmazonEC2";
const ECS = "AmazonECS";
const ELB = "AWSELB";
const LAMBDA = "AWSLambda";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** What gp3 brings for nothing. Source: Amazon EBS pricing, "General Purpose SSD (gp3)". */
const GP3 = { iops: 3000, throughput: 125 };

/** A volume, of which there may be several or a part of one. */
function volume(bill: Bill, { volumeSize, volumeType, iops, throughput }: Props, count: number): void {
    const type = text(volumeType) ?? "gp2";
    bill.fixed("AmazonEBS", `${type} storage`, (number(volumeSize) ?? 0) * count);
    if (type === "gp3") {
        const more = (number(iops) ?? 0) - GP3.iops;
        bill.fixed("AmazonEBS", "gp3 IOPS over 3000", Math.max(0, more) * count);
        const faster = (number(throughput) ?? 0) - GP3.throughput;
        bill.fixed("AmazonEBS", "gp3 throughput over 125 MB/s", Math.max(0, faster) * count);
    } else if (type.startsWith("io")) {
        bill.fixed("AmazonEBS", `${type} IOPS`, (number(iops) ?? 0) * count);
    }
}

function onDemandOf(count: number, distribution: Props): number {
    const base = Math.min(count, number(distribution.onDemandBaseCapacity) ?? 0);
    // AWS's default is that everything is on demand.
    const share = (number(distribution.onDemandPercentageAboveBaseCapacity) ?? 100) / 100;
    return base + (count - base) * share;
}

const givenBy = (member: Member | undefined, property: string): unknown =>
    member === undefined ? undefined : inputOf(member, property);

/** An Auto Scaling group at its least size: instances on demand first, then Spot, each with its volumes. */
function group(bill: Bill, member: Member, stack: StackView): void {
    const count = Math.max(
        number(inputOf(member, "minSize")) ?? 0,
        number(inputOf(member, "desiredCapacity")) ?? 0,
    );
    const policy = object(inputOf(member, "mixedInstancesPolicy"));
    const [template] = ["mixedInstancesPolicy", "launchTemplate"].flatMap((property) =>
        stack.referencesOf(member, property, TEMPLATE),
    );
    const [override] = objects(object(policy.launchTemplate).overrides);
    const type = text(override?.instanceType) ?? text(givenBy(template, "instanceType"));
    if (type === undefined) {
        if (count > 0) {
            bill.gap("instances", "fixed", "The program does not name their type.");
        }
        return;
    }
    const onDemand = onDemandOf(count, object(policy.instancesDistribution));
    bill.hourly(EC2, `${type} Linux on demand`, onDemand, { name: `${type} on demand` });
    const share = bill.usage?.of("autoscaling.spotShare", bill.type) ?? 1;
    const name = share < 1 ? `${type} Spot, at a part of the price on demand` : `${type} Spot, at most`;
    // AWS takes the price on demand as the most that is paid for Spot where a program sets none.
    bill.hourly(EC2, `${type} Linux on demand`, (count - onDemand) * share, { name });
    const moreOnDemand = bill.read("autoscaling.extraOnDemand", "further instances on demand") ?? 0;
    const moreSpot = bill.read("autoscaling.extraSpot", "further Spot instances") ?? 0;
    bill.usedAs(EC2, `${type} Linux on demand`, moreOnDemand * HOURS, { name: `${type} on demand` });
    bill.usedAs(EC2, `${type} Linux on demand`, moreSpot * share * HOURS, { name });
    for (const mapping of objects(givenBy(template, "blockDeviceMappings"))) {
        const disk = object(mapping.ebs);
        volume(bill, disk, count);
        bill.usedAs(
            "AmazonEBS",
            `${text(disk.volumeType) ?? "gp2"} storage`,
            (number(disk.volumeSize) ?? 0) * (moreOnDemand + moreSpot),
        );
    }
}

/** The instances of a cluster at the size that the program wishes. */
function nodeGroup(bill: Bill, member: Member): void {
    // AWS's default is t3.medium with 20 GB.
    const [type = "t3.medium"] = texts(inputOf(member, "instanceTypes"));
    const scaling = object(inputOf(member, "scalingConfig"));
    const count = number(scaling.desiredSize) ?? number(scaling.minSize) ?? 1;
    bill.hourly(EC2, `${type} Linux on demand`, count, { name: `${type} on demand` });
    bill.fixed("AmazonEBS", "gp2 storage", count * (number(inputOf(member, "diskSize")) ?? 20));
}

function server(bill: Bill, member: Member, stack: StackView): void {
    const type = text(inherited(stack, member, "instanceType"));
    if (type === undefined) {
        bill.gap("instance", "fixed", "The program does not name its type.");
    } else {
        bill.hourly(EC2, `${type} Linux on demand`, 1, { name: `${type} on demand` });
    }
    volume(bill, object(inputOf(member, "rootBlockDevice")), 1);
    for (const disk of objects(inputOf(member, "ebsBlockDevices"))) {
        volume(bill, disk, 1);
    }
}

/** Whether tasks of a service run on Fargate: by the service, by its cluster, or by what its task can run on at all. */
function onFargate(member: Member, stack: StackView, task: Member): "FARGATE" | "FARGATE_SPOT" | undefined {
    const launchType = text(inputOf(member, "launchType"));
    if (launchType !== undefined) {
        return launchType === "FARGATE" ? launchType : undefined;
    }
    const [cluster] = stack.referencesOf(member, "cluster", "aws:ecs/cluster:Cluster");
    const defaults =
        cluster === undefined
            ? []
            : stack.referrersOf(
                  cluster,
                  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
                  "clusterName",
              );
    const strategies = [
        ...objects(inputOf(member, "capacityProviderStrategies")),
        ...defaults.flatMap((each) => objects(inputOf(each, "defaultCapacityProviderStrategies"))),
    ];
    const [named] = strategies.map(({ capacityProvider }) => text(capacityProvider));
    if (named !== undefined) {
        return named === "FARGATE" || named === "FARGATE_SPOT" ? named : undefined;
    }
    const possible = texts(inputOf(task, "requiresCompatibilities"));
    return possible.includes("FARGATE") && !possible.includes("EC2") ? "FARGATE" : undefined;
}

function service(bill: Bill, member: Member, stack: StackView): void {
    const [task] = stack.referencesOf(member, "taskDefinition", "aws:ecs/taskDefinition:TaskDefinition");
    if (task === undefined) {
        bill.gap("tasks", "fixed", "Their task definition is not in the stack.");
        return;
    }
    const on = onFargate(member, stack, task);
    if (on === undefined) {
        // What carries the tasks is a group, which has its own price.
        return;
    }
    const platform = object(inputOf(task, "runtimePlatform"));
    const system = /^WINDOWS/.test(text(platform.operatingSystemFamily) ?? "") ? "Windows" : "Linux";
    const kind = `Fargate ${on === "FARGATE" ? "" : "Spot "}${system}/${text(platform.cpuArchitecture) === "ARM64" ? "ARM" : "x86"}`;
    const vcpus = (number(inputOf(task, "cpu")) ?? 0) / 1024;
    const gb = (number(inputOf(task, "memory")) ?? 0) / 1024;
    const tasks = number(inputOf(member, "desiredCount")) ?? 0;
    bill.hourly(ECS, `${kind} vCPU`, tasks * vcpus);
    bill.hourly(ECS, `${kind} memory`, tasks * gb);
    // The first 20 GB are in the price of the task.
    const storage = (number(object(inputOf(task, "ephemeralStorage")).sizeInGib) ?? 0) - 20;
    bill.hourly(ECS, "Fargate ephemeral storage over 20 GB", tasks * Math.max(0, storage));
    const more = bill.read("fargate.extraTasks", "further tasks") ?? 0;
    bill.usedAs(ECS, `${kind} vCPU`, more * vcpus * HOURS);
    bill.usedAs(ECS, `${kind} memory`, more * gb * HOURS);
}

/** A function's processor, as the table calls it, and its memory. */
function sizeOf(lambda: Member | undefined): { readonly cpu: string; readonly gb: number } {
    const [architecture] = texts(givenBy(lambda, "architectures"));
    return {
        cpu: architecture === "arm64" ? "arm64" : "x86",
        // AWS's default is 128 MB.
        gb: (number(givenBy(lambda, "memorySize")) ?? 128) / 1024,
    };
}

function lambda(bill: Bill, member: Member): void {
    const { cpu, gb } = sizeOf(member);
    bill.used(LAMBDA, "requests", "lambda.requests");
    const requests = bill.read("lambda.requests", `duration ${cpu}`);
    const milliseconds = bill.read("lambda.milliseconds", `duration ${cpu}`);
    if (requests !== undefined && milliseconds !== undefined) {
        bill.usedAs(LAMBDA, `duration ${cpu}`, (requests * milliseconds * gb) / 1000);
    }
}

function concurrency(bill: Bill, member: Member, stack: StackView): void {
    const [target] = stack.referencesOf(member, "functionName", "aws:lambda/function:Function");
    const { cpu, gb } = sizeOf(target);
    const executions = number(inputOf(member, "provisionedConcurrentExecutions")) ?? 0;
    bill.hourly(LAMBDA, `provisioned concurrency ${cpu}`, executions * gb * 3600);
}

/**
 * New connections a second, of an NLB those over TLS, and GB an hour that make a capacity unit. Source: Elastic Load
 * Balancing pricing, "LCU details" and "NLCU details".
 */
const CAPACITY_UNIT = { ALB: { connections: 25, gb: 1 }, NLB: { connections: 50, gb: 1 } } as const;

/** A balancer with its public addresses, one for each zone, and its capacity units, by what is used most of. */
function balancer(bill: Bill, member: Member, stack: StackView): void {
    const type = text(inputOf(member, "loadBalancerType")) ?? "application";
    if (type !== "application" && type !== "network") {
        bill.hourly(ELB, "GWLB");
        bill.gap("GWLB LCU", "usage", "There is no key for what goes through a Gateway Load Balancer.");
        return;
    }
    const kind = type === "application" ? "ALB" : "NLB";
    bill.hourly(ELB, kind);
    if (flag(inputOf(member, "internal")) !== true) {
        const zones =
            ifKnown(() => list(inputOf(member, "subnets")).length, 0) ||
            ifKnown(() => list(inputOf(member, "subnetMappings")).length, 0) ||
            stack.referencesOf(member, "subnets", "aws:ec2/subnet:Subnet").length;
        // A balancer is in two zones at least.
        bill.hourly("AmazonVPC", "public IPv4 in use", Math.max(2, zones));
    }
    const name = `${kind} LCU`;
    const gb = bill.read("balancer.gb", name);
    const connections = bill.read("balancer.newConnections", name);
    if (gb !== undefined && connections !== undefined) {
        const size = CAPACITY_UNIT[kind];
        const units = Math.max(gb / HOURS / size.gb, connections / HOURS / 3600 / size.connections);
        bill.usedAs(ELB, name, units * HOURS);
    }
}

export const computeMeters: Meters = {
    "aws:alb/loadBalancer:LoadBalancer": balancer,
    "aws:autoscaling/group:Group": group,
    "aws:dlm/lifecyclePolicy:LifecyclePolicy": (bill) => {
        bill.used("AmazonEBS", "snapshot storage", "ebs.snapshotGb");
    },
    "aws:ebs/snapshot:Snapshot": (bill) => {
        bill.used("AmazonEBS", "snapshot storage", "ebs.snapshotGb");
    },
    "aws:ebs/volume:Volume": (bill, member, stack) => {
        const [type, iops, throughput] = ["type", "iops", "throughput"].map((each) => inputOf(member, each));
        const volumeSize = inherited(stack, member, "size");
        if (volumeSize === undefined) {
            bill.gap(
                "storage",
                "fixed",
                "The program leaves its size to a snapshot that is not in the stack.",
            );
        }
        volume(bill, { volumeSize, volumeType: type, iops, throughput }, 1);
    },
    "aws:ec2/instance:Instance": server,
    "aws:ecr/repository:Repository": (bill) => {
        bill.used("AmazonECR", "storage", "ecr.storageGb");
    },
    "aws:ecs/service:Service": service,
    "aws:eks/cluster:Cluster": hourly("AmazonEKS", "cluster"),
    "aws:eks/nodeGroup:NodeGroup": nodeGroup,
    "aws:lambda/function:Function": lambda,
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": concurrency,
    "aws:lb/loadBalancer:LoadBalancer": balancer,
};
