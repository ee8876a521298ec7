import { type Catalogue, findRegion, isSingleRegion, type RegionEntry } from "./catalogue";
import { type ConfigProblems } from "./configProblems";
import { nearest } from "./nearest";

/** The key of the stack that holds what exists once for all regions. */
export const GLOBAL_KEY = "global";

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

/** The name of an environment's stack for a region, or for all of them with the key `global`. */
export function stackName(environment: string, key: string): string {
    return `${environment}-${key}`;
}

/** The environment in a stack's name: all before the last hyphen, and nothing where there is none. */
export function environmentOf(stack: string): string {
    return stack.slice(0, Math.max(stack.lastIndexOf("-"), 0));
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

/** The keys of an environment's stacks: its regions', and that of the global stack where there are several. */
export function stackKeys(catalogue: Catalogue): readonly string[] {
    const regions = catalogue.map((entry) => entry.key);
    return isSingleRegion(catalogue) ? regions : [...regions, GLOBAL_KEY];
}

/** Physical names that AWS wants unique in an account, or over all regions of a global database. */
export interface PhysicalNames {
    /** Begins the names of what this stack makes: `<project>-<environment>-<key>`. */
    readonly prefix: string;
    /** The Aurora Global Database: `<project>-<environment>`. */
    readonly globalClusterIdentifier: string;
    /** Where applications find the database: `/<project>/<environment>/database`, the same in every region. */
    readonly parameterPrefix: string;
}

/** The physical names of a stack's parts. */
export function physicalNames(project: string, environment: string, key: string): PhysicalNames {
    return {
        prefix: `${project}-${environment}-${key}`,
        globalClusterIdentifier: `${project}-${environment}`,
        parameterPrefix: `/${project}/${environment}/database`,
    };
}

/** The identifier of a region's database cluster, which no other region's may share. */
export function clusterIdentifier(project: string, environment: string, key: string): string {
    return `${project}-${environment}-${key}`;
}
