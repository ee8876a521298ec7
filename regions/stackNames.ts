import { type Catalogue, findRegion, isSingleRegion, type RegionEntry } from "./catalogue";
import { type ConfigProblems } from "./configProblems";
import { environmentOf, GLOBAL_KEY, stackName } from "./names";
import { nearest } from "./nearest";

export * from "./names";

// Environments prefix database clusters' identifiers, which take no two hyphens in a row and 63 characters; 16
// leave room for the project, the region's key and the instance's number.
const ENVIRONMENT = /^(?=.{1,16}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** What a stack's name says. */
export interface StackName {
    /** Such as `prod`. */
    readonly environment: string;
    /** The region that the stack makes; left out for the global stack. */
    readonly region?: RegionEntry;
}

/** Reads a stack's name, noting a problem when it is not `<environment>-<key>`. */
export function parseStackName(
    stack: string,
    catalogue: Catalogue,
    problems: ConfigProblems,
): StackName | undefined {
    const environment = environmentOf(stack);
    const key = stack.slice(stack.lastIndexOf("-") + 1);
    if (!ENVIRONMENT.test(environment)) {
        problems.addLine(
            `the stack's name is ${JSON.stringify(stack)}`,
            "allowed: <environment>-<key>, the environment of at most 16 lower-case letters and digits, in words " +
                "parted by single hyphens, such as prod",
        );
        return undefined;
    }
    const keys = stackKeys(catalogue);
    if (key === GLOBAL_KEY && keys.includes(key)) {
        return { environment };
    }
    if (key === GLOBAL_KEY) {
        problems.addLine(
            `the stack's name is ${JSON.stringify(stack)}`,
            `allowed after the last hyphen: ${keys.join(", ")}`,
            `The environment ${environment} has one region in regions/catalogue.ts, so nothing exists over several`,
        );
        return undefined;
    }
    const region = catalogue.find((entry) => entry.key === key);
    if (region === undefined) {
        const byRegion = findRegion(catalogue, key);
        const near = byRegion?.key ?? nearest(key, keys);
        problems.addLine(
            `the stack's name is ${JSON.stringify(stack)}`,
            `allowed after the last hyphen: ${keys.join(", ")}`,
            near === undefined
                ? "A new region needs an entry in regions/catalogue.ts"
                : `Did you mean ${stackName(environment, near)}?`,
        );
        return undefined;
    }
    return { environment, region };
}

/** The namespace in CloudWatch of what people publish for an environment: `<project>/<environment>`. */
export function metricNamespace(project: string, environment: string): string {
    return `${project}/${environment}`;
}

/** The keys of an environment's stacks: its regions', and that of the global stack where there are several. */
export function stackKeys(catalogue: Catalogue): readonly string[] {
    const regions = catalogue.map((entry) => entry.key);
    return isSingleRegion(catalogue) ? regions : [...regions, GLOBAL_KEY];
}
