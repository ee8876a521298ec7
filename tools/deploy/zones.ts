/** Whether an update takes a zone away, or moves one, that something in it would not survive. */
import { type Catalogue, findRegion } from "../../regions/catalogue";
import { type Project } from "../project/project";
import { readStackConfig } from "../project/stackConfig";
import { RefusedError } from "./errors";
import { type StackNode } from "./graph";
import { type Deployment } from "./session";
import { type StackRunner, type StateResource } from "./stackRunner";

const SUBNET = "aws:ec2/subnet:Subnet";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

/**
 * Refuses an update that takes a zone away from a network balancer or a database that still is in it. It would end
 * half-way: the provider replaces a network balancer that loses a subnet, the new one may not share the old one's target
 * group, and the old one is protected; RDS keeps a subnet in which it has an instance. The same goes for one that gives
 * zones other places, and so other subnets.
 *
 * @throws {@link RefusedError} with what to do first, for all stacks at once.
 */
export async function checkZones(
    { chosen, graph, project, world }: Pick<Deployment, "chosen" | "graph" | "project" | "world">,
    runner: StackRunner,
): Promise<void> {
    const problems: string[] = [];
    for (const stack of chosen) {
        const zones = zonesOf(project, stack, world.catalogueOf(graph.environment));
        if (zones !== undefined) {
            problems.push(...zoneProblems(stack.name, zones, await runner.resources(stack.name)));
        }
    }
    if (problems.length > 0) {
        throw new RefusedError(`availabilityZones cannot be changed so yet:\n${problems.join("\n")}`);
    }
}

/** The zones that the configuration gives a region's stack; undefined for the global one. */
function zonesOf(project: Project, { key, name }: StackNode, catalogue: Catalogue) {
    const entry = findRegion(catalogue, key);
    if (entry === undefined) {
        return undefined;
    }
    const given = JSON.parse(
        readStackConfig(project, name).values[`${project.name}:availabilityZones`] ?? "[]",
    ) as string[];
    return given.length === 0 ? entry.availabilityZones : given;
}

/** What is in the way of a stack that is to be in these zones alone, with the remedy. */
export function zoneProblems(
    stack: string,
    zones: readonly string[],
    resources: readonly StateResource[],
): string[] {
    const zoneOfSubnet = new Map(
        resources
            .filter(({ type }) => type === SUBNET)
            .map(({ id, outputs, inputs }) => [id, textOf(outputs, inputs, "availabilityZone")]),
    );
    const moved = movedZones(zones, resources);
    const gone = (zone: string | undefined): zone is string => zone !== undefined && !zones.includes(zone);
    const balancers = resources.flatMap((resource) => {
        const { type, id, urn, inputs, outputs } = resource;
        if (type !== BALANCER || textOf(outputs, inputs, "loadBalancerType") !== "network") {
            return [];
        }
        const subnets = textsOf(outputs["subnets"] ?? inputs["subnets"]);
        const lost = subnets.map((subnet) => zoneOfSubnet.get(subnet)).filter(gone);
        if (lost.length === 0) {
            return [];
        }
        const kept = subnets.filter((subnet) => !gone(zoneOfSubnet.get(subnet)));
        return [
            `  ${stack}: the network balancer ${nameIn(urn)} is still in ${lost.join(" and ")}, and losing a subnet would ` +
                "replace it. AWS takes the zone off in place; the connections through it end:",
            `    aws elbv2 set-subnets --region ${regionIn(id)} --load-balancer-arn ${id} --subnets ${kept.join(" ")}`,
            `    pulumi refresh --stack ${stack} --target '${urn}'`,
        ];
    });
    const instances = resources
        .filter(({ type }) => type === INSTANCE)
        .flatMap(({ id, inputs, outputs }) => {
            const zone = textOf(outputs, inputs, "availabilityZone");
            return gone(zone) ? [`${id} (${zone})`] : [];
        });
    return [
        ...(moved.length === 0
            ? []
            : [
                  `  ${stack}: ${moved.join(" and ")} would get another place in availabilityZones, which decides the ` +
                      "addresses of its subnets: all that is in them would be replaced. Keep the order, and add and take away " +
                      "at the end.",
              ]),
        ...balancers,
        ...(instances.length === 0
            ? []
            : [
                  `  ${stack}: RDS keeps the subnets of ${instances.join(" and ")}. Update with the zone in its place and ` +
                      `databaseInstanceCount ${zones.length} first.`,
              ]),
    ];
}

/** The zones that have another place in the list than their subnets, whose names end with it. */
function movedZones(zones: readonly string[], resources: readonly StateResource[]): string[] {
    const moved = resources.flatMap(({ type, urn, inputs, outputs }) => {
        const place = /-(?<place>\d+)$/.exec(urn)?.groups?.["place"];
        const zone = textOf(outputs, inputs, "availabilityZone");
        return type === SUBNET && place !== undefined && zone !== undefined && zones.includes(zone)
            ? zones[Number(place) - 1] === zone
                ? []
                : [zone]
            : [];
    });
    return [...new Set(moved)];
}

function textOf(
    outputs: Readonly<Record<string, unknown>>,
    inputs: Readonly<Record<string, unknown>>,
    property: string,
): string | undefined {
    const value = outputs[property] ?? inputs[property];
    return typeof value === "string" ? value : undefined;
}

function textsOf(value: unknown): string[] {
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The logical name, at the end of a URN. */
function nameIn(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The region in an ARN. */
function regionIn(arn: string): string {
    return arn.split(":")[3] ?? "";
}
