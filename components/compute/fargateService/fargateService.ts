import * as pulumi from "@pulumi/pulumi";

import { withSecrets } from "../../shared/argumentTable";
import { type ContainerServiceOutputs } from "../containerService/outputs";
import { containerService } from "../containerService/service";
import { checkedService, type ServicePlacement } from "../containerService/settings";
import { DEFAULT_SCALING } from "../containerService/scalingTable";
import { type FargateServiceArgs } from "./args";
import { DEFAULT_CPU, memoryFor } from "./sizes";
import { FARGATE_SERVICE_ARGUMENTS } from "./table";

export { type FargateServiceArgs, type FargateSpot } from "./args";

const TYPE = "meridian:index:FargateService";

/**
 * A service on Fargate: as many tasks as are needed of one container, each with exactly the permissions and secrets that
 * it was given, behind balancers, in a namespace of Service Connect, or by itself.
 *
 * Children: `<name>-log`, `<name>-execution-role`, `<name>-execution-permissions`, `<name>-task-role`,
 * `<name>-task-permissions`, `<name>-security-group`, `<name>-https-egress-<number>`, `<name>-task`, `<name>-service`;
 * with balancers `<name>-balancers` (SecurityGroupConnection), `<name>-<balancer>-tg`,
 * `<name>-<balancer>-rule-<priority>`; where deployments shift traffic `<name>-<balancer>-alternate-tg`,
 * `<name>-<balancer>-test-rule`, `<name>-infrastructure-role`, `<name>-infrastructure-balancers`,
 * `<name>-infrastructure-hooks`; with scaling `<name>-scaling`, `<name>-scaling-<metric>`; with topics
 * `<name>-alarm-…`.
 */
export class FargateService extends pulumi.ComponentResource implements ContainerServiceOutputs {
    /** Name of the service. */
    declare readonly serviceName: pulumi.Output<string>;
    /** ARN of the service. */
    declare readonly serviceArn: pulumi.Output<string>;
    /** ARN of the task definition that is made here, with its revision. A pipeline may have registered later ones. */
    declare readonly taskDefinitionArn: pulumi.Output<string>;
    /** The family that all revisions of the task definition belong to. */
    declare readonly taskDefinitionFamily: pulumi.Output<string>;
    /** Name of the program's container in the task definition, for pipelines to put their images there. */
    declare readonly containerName: pulumi.Output<string>;
    /** ARN of the role that ECS starts tasks with; who deploys must be allowed to pass it. */
    declare readonly executionRoleArn: pulumi.Output<string>;
    /** ARN of the role that the program has; who deploys must be allowed to pass it. */
    declare readonly taskRoleArn: pulumi.Output<string>;
    /** Name of that role, to attach more policies to it. */
    declare readonly taskRoleName: pulumi.Output<string>;
    /** Id of the tasks' security group: a SecurityGroupConnection lets it reach others, and others reach it. */
    declare readonly securityGroupId: pulumi.Output<string>;
    /** The TCP port that clients of the service connect to. */
    declare readonly port: pulumi.Output<number>;
    /** ARNs of the target groups by the names of the balancers; of the first one where there are two. */
    declare readonly targetGroupArns: pulumi.Output<Record<string, string>>;
    /** Name of the log group with all containers' output. */
    declare readonly logGroupName: pulumi.Output<string>;
    /** Names of the service's alarms; none without topics. */
    declare readonly alarmNames: pulumi.Output<string[]>;

    /**
     * @param name Begins the names of all children, and is the task definition's family.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: FargateServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        const { args: checked, settings } = checkedService(
            TYPE,
            name,
            args,
            FARGATE_SERVICE_ARGUMENTS,
            placement,
        );
        super(TYPE, name, withSecrets(checked, FARGATE_SERVICE_ARGUMENTS), opts);
        const outputs = containerService(name, checked, settings, this);
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }
}

function placement(args: FargateServiceArgs): ServicePlacement {
    const { cpu = DEFAULT_CPU, ephemeralStorageGiB } = args;
    return {
        compatibility: "FARGATE",
        cpu,
        memoryMiB: args.memoryMiB ?? memoryFor(cpu)[0] ?? Number.NaN,
        ...(ephemeralStorageGiB === undefined ? {} : { ephemeralStorageGiB }),
        strategy: strategy(args),
    };
}

/** Where tasks run. By a strategy always: a service that has a launch type cannot have one later. */
function strategy({ spot, scaling }: FargateServiceArgs): ServicePlacement["strategy"] {
    if (spot === undefined) {
        return [{ capacityProvider: "FARGATE", weight: 1 }];
    }
    const { onDemandTasks = scaling?.minTasks ?? DEFAULT_SCALING.minTasks } = spot;
    return [
        { capacityProvider: "FARGATE", base: onDemandTasks, weight: spot.onDemandWeight ?? 0 },
        { capacityProvider: "FARGATE_SPOT", weight: spot.spotWeight ?? 1 },
    ];
}
