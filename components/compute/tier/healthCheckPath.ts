/**
 * What a tier's health check path may be, in words. The balancer's listener lets health checks through by a path
 * pattern, in which * and ? are wildcards and a query has no place, and of which 128 characters is the longest.
 * Source: Elastic Load Balancing, Application Load Balancers, "Condition types for listener rules", path conditions.
 */
export const HEALTH_CHECK_PATH_FORM =
    "a path of at most 128 letters, digits and / . _ ~ - that begins with a slash";

/** Whether a tier's instances can be asked at this path how they are. */
export function isHealthCheckPath(path: string): boolean {
    return /^\/[\w.~/-]*$/.test(path) && path.length <= 128;
}
