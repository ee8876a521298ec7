/** Containers: ECS and the namespaces of its services. */
import { type Context } from "../context";
import { type ModelTable, byArn, settingOf } from "../model";

/** The name of the cluster that a service is in, which it names by ARN or by name. */
function clusterOf({ text }: Context): string | undefined {
    return text("cluster")?.split("/").at(-1);
}

/** Source: Amazon ECS Developer Guide, "Amazon Resource Names (ARNs) and IDs": the long form has the cluster. */
function serviceArn(context: Context): string | undefined {
    const { partition, region, account, physicalName } = context;
    const cluster = clusterOf(context);
    return cluster === undefined
        ? undefined
        : `arn:${partition}:ecs:${region}:${account}:service/${cluster}/${physicalName}`;
}

export const CONTAINERS_TABLE: ModelTable = {
    "ecs.Cluster": byArn("cluster/{name}", { nameLength: 255 }),
    "ecs.CapacityProvider": byArn("capacity-provider/{name}", { nameLength: 255 }),
    "ecs.ClusterCapacityProviders": settingOf("clusterName"),
    "ecs.Service": { id: serviceArn, nameLength: 255, outputs: { arn: "{id}" } },
    "ecs.TaskDefinition": {
        id: "{in:family}",
        autoName: false,
        arn: "task-definition/{in:family}:1",
        outputs: {
            revision: 1,
            arnWithoutRevision: "arn:{partition}:ecs:{region}:{account}:task-definition/{in:family}",
        },
    },
    "servicediscovery.HttpNamespace": {
        id: "ns-{az:16}",
        nameLength: 1024,
        arn: "namespace/{id}",
        outputs: { httpName: "{name}" },
    },
};
