import { resourceRule } from "../../framework";
import { matchesAny } from "../../framework/patterns";
import { eachSize, SIZED_TYPES, splitSize } from "../shared/sizes";

interface Config {
    readonly families: readonly string[];
    readonly sizes: readonly string[];
    readonly exceptions: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "instance-sizes-allowed",
    severity: "medium",
    description: "Instances and nodes are of an allowed family and size.",
    fix: "Choose an allowed family and size, or have them added to the configuration.",
    frameworks: { controls: ["P27"] },
    level: "advisory",
    config: {
        families: {
            type: "array",
            items: { type: "string" },
            // Graviton costs a fifth less than its neighbours; serverless has a ceiling of its own. Multi-AZ clusters of RDS
            // take none without disks.
            default: ["t4g", "c7g", "c8g", "m7g", "m8g", "m8gd", "r7g", "r8g", "r8gd", "serverless"],
            description: "Families of EC2, RDS, ElastiCache, OpenSearch and others, as patterns.",
        },
        sizes: {
            type: "array",
            items: { type: "string" },
            default: ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge"],
            description: "Sizes, as patterns.",
        },
        exceptions: {
            type: "array",
            items: { type: "string" },
            // DAX has no Graviton.
            default: ["dax.t3.small", "dax.t3.medium", "dax.r5.large"],
            description: "Whole names, as patterns, that are allowed besides.",
        },
    },
    types: SIZED_TYPES,
    check: (resource, report, { families, sizes, exceptions }) => {
        eachSize(resource, (type, property) => {
            const { family, size } = splitSize(type);
            const allowed = matchesAny(families, family) && (size === "" || matchesAny(sizes, size));
            if (!allowed && !matchesAny(exceptions, type)) {
                const [what, value, allowedOnes] = matchesAny(families, family)
                    ? ["size", size, sizes]
                    : ["family", family, families];
                report(
                    `has ${property} "${type}", whose ${what} "${value}" is none of ${allowedOnes.join(", ")}.`,
                );
            }
        });
    },
});
