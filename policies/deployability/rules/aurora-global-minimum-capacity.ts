import { number, object, stackRule } from "../../framework";
import { globalMembers, secondariesOf } from "../shared/aurora";
import { RDS_CLUSTER } from "../shared/types";

interface Config {
    readonly primaryMinimum: number;
}

const BLOCK = "serverlessv2ScalingConfiguration";

export const rule = stackRule<Config>({
    id: "aurora-global-minimum-capacity",
    severity: "medium",
    // What AWS asks of the primary is a recommendation; it is replication that suffers.
    level: "advisory",
    description:
        "Serverless clusters of a global database never pause, and the primary keeps the capacity that replication needs.",
    fix: "Raise minCapacity: to 8 or more on the primary, and above 0 on every member.",
    frameworks: { controls: ["F1.4.3"] },
    types: [RDS_CLUSTER],
    config: {
        primaryMinimum: {
            type: "number",
            minimum: 0.5,
            default: 8,
            description: "The least minCapacity of the primary, in capacity units.",
        },
    },
    checkStack: (stack, report, { primaryMinimum }) => {
        const secondaries = new Set(secondariesOf(stack));
        stack.each(globalMembers(stack), (cluster) => {
            const min = number(object(cluster.props[BLOCK]).minCapacity);
            if (min === undefined) {
                return;
            }
            if (min === 0) {
                report("is a member of a global database and may pause, with minCapacity 0.", cluster);
            } else if (!secondaries.has(cluster) && min < primaryMinimum) {
                report(
                    `is the primary of a global database and has minCapacity ${min}; allowed: ${primaryMinimum} or more.`,
                    cluster,
                );
            }
        });
    },
});
