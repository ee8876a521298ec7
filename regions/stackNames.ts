import { type Catalogue, findRegion, type RegionEntry } from "./catalogue";
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

/** Reads a stack's name, noting a problem when it is not `<environment>-<key>`. */
export function parseStackName(
    stack: string,
    catalogue: Catalogue,
    problems: ConfigProblems,
): StackName | undefined {
    const cut = stack.lastIndexOf("-");
    const environment = stack.slice(0, Math.max(cut, 0));
    const key = stack.slice(cut + 1);
    if (!ENVIRONMENT.test(environment)) {
        problems.addLine(
            `the stack's name is ${JSON.stringify(stack)}`,
            "allowed: <environment>-<key>, the environment of at most 16 lower-case letters and digits, in words " +
                "parted by single hyphens, such as prod",
        );
        return undefined;
    }
    if (key === GLOBAL_KEY) {
        return { environment };
    }
    const region = catalogue.find((entry) => entry.key === key);
    if (region === undefined) {
        const keys = [...catalogue.map((entry) => entry.key), GLOBAL_KEY];
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
