/** The names of stacks and of what is in them: of texts alone, for commands that answer before they load anything. */

/** The key of the stack that holds what exists once for all regions. */
export const GLOBAL_KEY = "global";

/** The name of an environment's stack for a region, or for all of them with the key `global`. */
export function stackName(environment: string, key: string): string {
    return `${environment}-${key}`;
}

/** The environment in a stack's name: all before the last hyphen, and nothing where there is none. */
export function environmentOf(stack: string): string {
    return stack.slice(0, Math.max(stack.lastIndexOf("-"), 0));
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
