import type * as pulumi from "@pulumi/pulumi";

import { type ArgumentTable, checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";
import { type ContainerServiceArgs } from "./args";
import { type ServiceBalancerAttachment } from "./balancerArgs";
import { ContainerProtocol, CpuArchitecture } from "./containerArgs";
import { DEFAULT_SERVICE_PORTS } from "./containerTable";
import { DeploymentStrategy, type ServiceDeployment } from "./deploymentArgs";
import { DEFAULT_DEPLOYMENT } from "./deploymentTable";
import { type ServiceScaling } from "./scalingArgs";
import { DEFAULT_SCALING } from "./scalingTable";

/** Name of the container that runs the program, in every task definition: pipelines put their images there. */
export const CONTAINER_NAME = "app";

/** Name of the container that takes TLS. */
export const PROXY_NAME = "tls";

/** What runs a service's tasks, and how big they are. */
export interface ServicePlacement {
    compatibility: "FARGATE" | "EC2";
    cpu: number;
    memoryMiB: number;
    ephemeralStorageGiB?: number;
    strategy: { capacityProvider: pulumi.Input<string>; base?: number; weight: number }[];
}

/** What a service is made of after its arguments are checked and completed. */
export interface ServiceSettings {
    placement: ServicePlacement;
    containerPort: number;
    /** The port that balancers and other services connect to: the proxy's, where there is one. */
    port: number;
    /** Name of the container that listens there. */
    portContainer: string;
    /** What is spoken there. */
    protocol: ContainerProtocol;
    user: string;
    stopTimeoutSeconds: number;
    architecture: CpuArchitecture;
    writablePaths: string[];
    /** In the order of their names. */
    balancers: { key: string; attachment: ServiceBalancerAttachment }[];
    scaling: Required<Pick<ServiceScaling, "minTasks" | "maxTasks" | "cpuPercent" | "memoryPercent">> &
        ServiceScaling;
    /** Whether there is anything to scale. */
    scales: boolean;
    deployment: Required<Omit<ServiceDeployment, "hooks" | "alarmNames">> & ServiceDeployment;
    /** Whether deployments shift traffic between two target groups. */
    shiftsTraffic: boolean;
    logRetentionDays: number;
    egressCidrBlocks: string[];
    tags: TagsInput;
}

/** Completes the arguments, which were checked. */
function resolveService(args: ContainerServiceArgs, placement: ServicePlacement): ServiceSettings {
    const containerPort = args.containerPort ?? DEFAULT_SERVICE_PORTS.container;
    const scaling = { ...DEFAULT_SCALING, ...args.scaling };
    const deployment = { ...DEFAULT_DEPLOYMENT, ...args.deployment };
    return {
        placement,
        containerPort,
        ...(args.tlsProxy === undefined
            ? {
                  port: containerPort,
                  portContainer: CONTAINER_NAME,
                  protocol: args.containerProtocol ?? ContainerProtocol.Http,
              }
            : {
                  port: args.tlsProxy.port ?? DEFAULT_SERVICE_PORTS.proxy,
                  portContainer: PROXY_NAME,
                  protocol: ContainerProtocol.Https,
              }),
        user: args.user ?? "1000:1000",
        stopTimeoutSeconds: args.stopTimeoutSeconds ?? 30,
        architecture: args.architecture ?? CpuArchitecture.Arm64,
        writablePaths: args.writablePaths ?? [],
        balancers: Object.entries(args.balancers ?? {})
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, attachment]) => ({ key, attachment })),
        scaling,
        scales: scaling.maxTasks > scaling.minTasks,
        deployment,
        shiftsTraffic: deployment.strategy !== DeploymentStrategy.Rolling,
        logRetentionDays: args.logRetentionDays ?? 365,
        egressCidrBlocks: args.internetEgressCidrBlocks ?? ["0.0.0.0/0"],
        tags: args.tags ?? {},
    };
}

/**
 * Checks a service's arguments, and completes them.
 *
 * @param type The component's type token.
 * @param placementOf What runs the tasks, of arguments in order.
 * @throws pulumi.InputPropertiesError that names everything that is wrong.
 */
export function checkedService<T extends ContainerServiceArgs>(
    type: string,
    name: string,
    given: T,
    table: ArgumentTable<T>,
    placementOf: (args: T) => ServicePlacement,
): { args: T; settings: ServiceSettings } {
    const problems = new Problems(type, name);
    const args = checkArguments(problems, given, table);
    problems.check(
        /^[a-z][a-z0-9-]*$/.test(problems.name),
        "name",
        problems.name,
        "lower-case letters, digits and hyphens, a letter first",
    );
    checkNameLength(problems, "name", `${problems.name}-infrastructure-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return { args, settings: resolveService(args, placementOf(args)) };
}
