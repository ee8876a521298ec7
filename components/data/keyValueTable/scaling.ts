import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { asSetting } from "../../shared/replacement";
import { type ProvisionedCapacity } from "./args";

/** What is scaled. */
export interface TableScalingArgs {
    region: string;
    tableName: pulumi.Input<string>;
    /** Names of the table's global indexes, which have a capacity of their own. */
    indexes: readonly string[];
    capacity: ProvisionedCapacity;
}

const TARGET_PERCENT = 70;

/** Has the capacity of a provisioned table, and of each of its indexes, follow the load. */
export function scaleTable(name: string, args: TableScalingArgs, parent: pulumi.Resource): void {
    const table = pulumi.interpolate`table/${args.tableName}`;
    scale(name, "table", table, args, parent);
    for (const index of args.indexes) {
        scale(`${name}-${index}`, "index", pulumi.interpolate`${table}/index/${index}`, args, parent);
    }
}

function scale(
    prefix: string,
    kind: "table" | "index",
    resourceId: pulumi.Output<string>,
    { region, capacity }: TableScalingArgs,
    parent: pulumi.Resource,
): void {
    const directions = [
        ["Read", capacity.minReadCapacity, capacity.maxReadCapacity],
        ["Write", capacity.minWriteCapacity, capacity.maxWriteCapacity],
    ] as const;
    for (const [direction, minCapacity, maxCapacity] of directions) {
        const role = `${prefix}-${direction.toLowerCase()}-scaling`;
        const target = new aws.appautoscaling.Target(
            role,
            {
                region,
                serviceNamespace: "dynamodb",
                resourceId,
                scalableDimension: `dynamodb:${kind}:${direction}CapacityUnits`,
                minCapacity,
                maxCapacity,
            },
            asSetting({ parent }),
        );
        new aws.appautoscaling.Policy(
            role,
            {
                region,
                policyType: "TargetTrackingScaling",
                serviceNamespace: target.serviceNamespace,
                resourceId: target.resourceId,
                scalableDimension: target.scalableDimension,
                targetTrackingScalingPolicyConfiguration: {
                    predefinedMetricSpecification: {
                        predefinedMetricType: `DynamoDB${direction}CapacityUtilization`,
                    },
                    targetValue: capacity.targetUtilizationPercent ?? TARGET_PERCENT,
                },
            },
            { parent },
        );
    }
}
