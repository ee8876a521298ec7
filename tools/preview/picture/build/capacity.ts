/** How much of a part there is, and how much there may be, as its resources say it. */
import { items, textOf } from "../../render/inputs";
import { isRecord } from "../../values";
import { type Item } from "../inventory";
import { type Capacity } from "../types";
import { type Scene } from "./scene";

const SCALING = "aws:appautoscaling/target:Target";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const TASKS = "aws:ecs/taskDefinition:TaskDefinition";

/** What a part can carry; undefined where its resources say nothing of it, or where AWS alone scales it. */
export function capacityOf(item: Item, scene: Scene): Capacity | undefined {
    const { type, inputs } = item;
    switch (type) {
        case "aws:autoscaling/group:Group":
            return between("instance", inputs["desiredCapacity"] ?? inputs["minSize"], inputs["maxSize"], {
                size: typesOf(item, scene),
                source: "minSize, desiredCapacity and maxSize of the Auto Scaling group",
            });
        case "aws:ec2/instance:Instance":
            return between("instance", 1, 1, { size: inputs["instanceType"], source: "one instance" });
        case "aws:eks/nodeGroup:NodeGroup": {
            const scaling = inputs["scalingConfig"];
            return isRecord(scaling)
                ? between("node", scaling["desiredSize"], scaling["maxSize"], {
                      size: items(inputs["instanceTypes"]).join(", "),
                      source: "scalingConfig of the node group",
                  })
                : undefined;
        }
        case "aws:ecs/service:Service":
            return tasksOf(item, scene);
        case "aws:rds/cluster:Cluster":
        case "aws:docdb/cluster:Cluster": {
            const scaling = inputs["serverlessv2ScalingConfiguration"];
            return isRecord(scaling)
                ? between("ACU", scaling["minCapacity"], scaling["maxCapacity"], {
                      size: undefined,
                      source: "serverlessv2ScalingConfiguration, for the one instance that writes",
                  })
                : writerOf(item, scene);
        }
        case "aws:rds/instance:Instance":
            return between("instance", 1, 1, { size: inputs["instanceClass"], source: "instanceClass" });
        default:
            return undefined;
    }
}

function between(
    unit: string,
    now: unknown,
    most: unknown,
    { size, source }: { readonly size: unknown; readonly source: string },
): Capacity | undefined {
    const [from, to] = [Number(now), Number(most)];
    const sized = textOf(size);
    return Number.isFinite(from) && Number.isFinite(to)
        ? {
              unit,
              now: from,
              most: Math.max(from, to),
              ...(sized === undefined || sized === "" ? {} : { size: sized }),
              source,
          }
        : undefined;
}

/** The one instance of a cluster that writes. */
function writerOf({ inputs, outputs, region }: Item, scene: Scene): Capacity | undefined {
    const cluster = outputs["clusterIdentifier"] ?? inputs["clusterIdentifier"];
    const writer = scene.inventory
        .ofType("aws:rds/clusterInstance:ClusterInstance", "aws:docdb/clusterInstance:ClusterInstance")
        .find((each) => each.region === region && each.inputs["clusterIdentifier"] === cluster);
    return writer === undefined
        ? undefined
        : between("instance", 1, 1, {
              size: writer.inputs["instanceClass"],
              source: "instanceClass of the one instance that writes",
          });
}

/** The tasks of a service: those that are asked for, and those that its scaling may add. */
function tasksOf({ id, inputs, outputs, region }: Item, scene: Scene): Capacity | undefined {
    const name = textOf(outputs["name"]) ?? textOf(inputs["name"]) ?? id;
    const target = scene.inventory
        .ofType(SCALING)
        .find(
            (each) =>
                each.region === region &&
                textOf(each.inputs["resourceId"])?.startsWith("service/") === true &&
                textOf(each.inputs["resourceId"])?.endsWith(`/${name}`) === true,
        );
    const definition = scene.inventory.named(inputs["taskDefinition"]);
    const { cpu, memory } = definition?.type === TASKS ? definition.inputs : {};
    const [own, least] = [inputs["desiredCount"], target?.inputs["minCapacity"]];
    const known = [own, least].map(Number).filter((count) => Number.isFinite(count));
    return known.length === 0
        ? undefined
        : between("task", Math.max(...known), target?.inputs["maxCapacity"] ?? own, {
              size:
                  cpu === undefined && memory === undefined
                      ? undefined
                      : `${String(cpu)} CPU units, ${String(memory)} MiB`,
              source:
                  target === undefined
                      ? "desiredCount of the service, which nothing scales"
                      : "desiredCount of the service, and its scalable target",
          });
}

/** The types of a group's instances: those of its policy, or of its launch template. */
function typesOf({ inputs }: Item, scene: Scene): string | undefined {
    const policy = inputs["mixedInstancesPolicy"];
    const template = isRecord(policy) ? policy["launchTemplate"] : undefined;
    const overrides = isRecord(template) ? items(template["overrides"]) : [];
    const types = overrides.flatMap((each) => (isRecord(each) ? (textOf(each["instanceType"]) ?? []) : []));
    if (types.length > 0) {
        return [...new Set(types)].sort().join(", ");
    }
    const own = isRecord(inputs["launchTemplate"]) ? inputs["launchTemplate"]["id"] : undefined;
    const named = scene.inventory.named(own);
    return named?.type === TEMPLATE ? textOf(named.inputs["instanceType"]) : undefined;
}
