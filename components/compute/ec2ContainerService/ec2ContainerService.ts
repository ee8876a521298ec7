import * as pulumi from "@pulumi/pulumi";

import { withSecrets } from "../../shared/argumentTable";
import { type ContainerServiceOutputs } from "../containerService/outputs";
import { containerService } from "../containerService/service";
import { checkedService, type ServicePlacement } from "../containerService/settings";
import { type Ec2ContainerServiceArgs } from "./args";
import { EC2_CONTAINER_SERVICE_ARGUMENTS } from "./table";

export { type Ec2ContainerServiceArgs } from "./args";

const DEFAULT_CPU = 256;
const DEFAULT_MEMORY_MIB = 512;

const TYPE = "meridian:index:Ec2ContainerService";

/**
 * A service on a cluster's own instances: FargateService's arguments and parts, run by a capacity provider whose Auto
 * Scaling group ECS scales. It is refused where its tasks cannot all have network interfaces.
 *
 * Children: those of FargateService.
 */
export class Ec2ContainerService extends pulumi.ComponentResource implements ContainerServiceOutputs {
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
    constructor(name: string, args: Ec2ContainerServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        const { args: checked, settings } = checkedService(
            TYPE,
            name,
            args,
            EC2_CONTAINER_SERVICE_ARGUMENTS,
            placement,
        );
        super(TYPE, name, withSecrets(checked, EC2_CONTAINER_SERVICE_ARGUMENTS), opts);
        const outputs = containerService(name, checked, settings, this);
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }
}

function placement(args: Ec2ContainerServiceArgs): ServicePlacement {
    return {
        compatibility: "EC2",
        cpu: args.cpu ?? DEFAULT_CPU,
        memoryMiB: args.memoryMiB ?? DEFAULT_MEMORY_MIB,
        strategy: [{ capacityProvider: args.capacityProviderName, weight: 1 }],
    };
}
