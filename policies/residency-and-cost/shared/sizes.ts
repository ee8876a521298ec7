import { eachKnown, eachObject } from "../../framework/items";
import { list, object, type Subject, text } from "../../framework/subject";

/** Hands every instance type, class or node type that the resource names to the check, with its property. */
export function eachSize(resource: Subject, check: (size: string, property: string) => void): void {
    const { props, type } = resource;
    const one = (value: unknown, property: string): void => {
        const size = text(value);
        if (size !== undefined && size !== "") {
            check(size, property);
        }
    };
    if (type === GROUP) {
        const overrides = object(object(props.mixedInstancesPolicy).launchTemplate).overrides;
        eachObject(overrides, (override, index) => {
            one(
                override.instanceType,
                `mixedInstancesPolicy.launchTemplate.overrides[${index}].instanceType`,
            );
        });
        return;
    }
    const properties = SIZED[type] ?? [];
    eachKnown(properties, (path) => {
        const steps = path.split(".");
        const value = steps.reduce<unknown>((inner, step) => object(inner)[step], props);
        if (Array.isArray(value)) {
            eachKnown(list(value), (item, index) => {
                one(item, `${path}[${index}]`);
            });
        } else {
            one(value, path);
        }
    });
}

const GROUP = "aws:autoscaling/group:Group";

/** Where each type names its sizes. */
const SIZED: Readonly<Record<string, readonly string[]>> = {
    "aws:dax/cluster:Cluster": ["nodeType"],
    "aws:docdb/clusterInstance:ClusterInstance": ["instanceClass"],
    "aws:ec2/instance:Instance": ["instanceType"],
    "aws:ec2/launchConfiguration:LaunchConfiguration": ["instanceType"],
    "aws:ec2/launchTemplate:LaunchTemplate": ["instanceType"],
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ["instanceType"],
    "aws:eks/nodeGroup:NodeGroup": ["instanceTypes"],
    "aws:elasticache/cluster:Cluster": ["nodeType"],
    "aws:elasticache/replicationGroup:ReplicationGroup": ["nodeType"],
    "aws:memorydb/cluster:Cluster": ["nodeType"],
    "aws:mq/broker:Broker": ["hostInstanceType"],
    "aws:msk/cluster:Cluster": ["brokerNodeGroupInfo.instanceType"],
    "aws:neptune/clusterInstance:ClusterInstance": ["instanceClass"],
    "aws:opensearch/domain:Domain": [
        "clusterConfig.instanceType",
        "clusterConfig.dedicatedMasterType",
        "clusterConfig.warmType",
    ],
    // Of Multi-AZ clusters, which have no instances of their own in the program.
    "aws:rds/cluster:Cluster": ["dbClusterInstanceClass"],
    "aws:rds/clusterInstance:ClusterInstance": ["instanceClass"],
    "aws:rds/instance:Instance": ["instanceClass"],
    "aws:redshift/cluster:Cluster": ["nodeType"],
};

/** The types that name sizes. */
export const SIZED_TYPES: readonly string[] = [GROUP, ...Object.keys(SIZED)];

/** Family and size of `t4g.small`, `db.r7g.large`, `cache.t4g.micro`, `r7g.large.search`, `db.serverless`. */
export function splitSize(type: string): { readonly family: string; readonly size: string } {
    const bare = type.replace(/^(?:db|cache|dax|kafka|mq)\./, "").replace(/\.(?:search|elasticsearch)$/, "");
    const [family = "", size = ""] = bare.split(".");
    return { family, size };
}
