import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { number, object, type Subject, text } from "../../framework/subject";

interface Config {
    readonly groupMaxSize: number;
    readonly scalableMaxCapacity: Readonly<Record<string, number>>;
    readonly serviceCount: number;
    readonly functionConcurrency: number;
    readonly databaseCapacityUnits: number;
    readonly searchNodes: number;
}

interface Ceiling {
    readonly property: string;
    /** Undefined where the program sets no limit. */
    readonly value: number | undefined;
    readonly limit: number;
}

const GROUP = "aws:autoscaling/group:Group";
const TARGET = "aws:appautoscaling/target:Target";
const SERVICE = "aws:ecs/service:Service";
const FUNCTION = "aws:lambda/function:Function";
const CLUSTER = "aws:rds/cluster:Cluster";
const DOMAIN = "aws:opensearch/domain:Domain";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

const count = (value: number, description: string) =>
    ({ type: "integer", minimum: 0, default: value, description }) as const;

export const rule = resourceRule<Config>({
    id: "capacity-ceilings",
    severity: "medium",
    description: "What scales by itself has a ceiling, and one that somebody agreed to pay for.",
    fix: "Set the property to the ceiling or less, or have the ceiling raised in the configuration.",
    frameworks: { controls: ["P28"] },
    level: "advisory",
    config: {
        groupMaxSize: count(24, "Most instances of an Auto Scaling group or an EKS node group."),
        scalableMaxCapacity: {
            type: "object",
            additionalProperties: { type: "integer", minimum: 0 },
            default: { ecs: 50, dynamodb: 10_000, lambda: 100, rds: 15 },
            description:
                "Most capacity of a target of Application Auto Scaling, by serviceNamespace. Others are not judged.",
        },
        serviceCount: count(50, "Most tasks that an ECS service is made with."),
        functionConcurrency: count(
            100,
            "Most concurrent runs that a Lambda function reserves. Without a reservation it may take all that the account has.",
        ),
        databaseCapacityUnits: count(64, "Most ACUs of an instance of Aurora Serverless v2."),
        searchNodes: count(12, "Most data nodes of an OpenSearch domain."),
    },
    types: [GROUP, TARGET, SERVICE, FUNCTION, CLUSTER, DOMAIN, NODE_GROUP],
    check: (resource, report, config) => {
        const ceiling = ceilingOf(resource, config);
        if (ceiling === undefined) {
            return;
        }
        const { property, value, limit } = ceiling;
        if (value === undefined) {
            report(`has no ${property}, and ${limit} is the most.`);
        } else if (value > limit) {
            report(`has ${property} ${value}, and ${limit} is the most.`);
        }
    },
});

function ceilingOf({ type, props }: Subject, config: Config): Ceiling | undefined {
    switch (type) {
        case GROUP:
            return { property: "maxSize", value: number(props.maxSize), limit: config.groupMaxSize };
        case NODE_GROUP:
            return {
                property: "scalingConfig.maxSize",
                value: number(object(props.scalingConfig).maxSize),
                limit: config.groupMaxSize,
            };
        case TARGET: {
            const limit = config.scalableMaxCapacity[text(props.serviceNamespace) ?? ""];
            return limit === undefined
                ? undefined
                : { property: "maxCapacity", value: number(props.maxCapacity), limit };
        }
        case SERVICE:
            // The provider's default is 0, and daemons have none.
            return {
                property: "desiredCount",
                value: number(props.desiredCount) ?? 0,
                limit: config.serviceCount,
            };
        case FUNCTION: {
            // -1, the provider's default, reserves nothing and so limits nothing.
            const value = number(props.reservedConcurrentExecutions) ?? -1;
            return {
                property: "reservedConcurrentExecutions",
                value: value < 0 ? undefined : value,
                limit: config.functionConcurrency,
            };
        }
        case CLUSTER:
            return isGiven(props, "serverlessv2ScalingConfiguration")
                ? {
                      property: "serverlessv2ScalingConfiguration.maxCapacity",
                      value: number(object(props.serverlessv2ScalingConfiguration).maxCapacity),
                      limit: config.databaseCapacityUnits,
                  }
                : undefined;
        default:
            return {
                property: "clusterConfig.instanceCount",
                // OpenSearch's default.
                value: number(object(props.clusterConfig).instanceCount) ?? 1,
                limit: config.searchNodes,
            };
    }
}
