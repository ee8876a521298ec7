/** Engine versions, such as `18.6`. */

/** Below, equal or above 0 as the first version is older, the same or newer. */
export function compareVersions(a: string, b: string): number {
    const left = a.split(".");
    const right = b.split(".");
    for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
        const difference = Number(left[index] ?? 0) - Number(right[index] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}

/** Whether going from one version to the other changes the major version. */
export function isMajorChange(from: string, to: string): boolean {
    return from.split(".")[0] !== to.split(".")[0];
}

/** What is wrong with upgrading a region from one version to another. */
export function pathProblems(
    key: string,
    from: string,
    to: string,
    targets: readonly string[],
    major: boolean,
): string[] {
    if (from === to) {
        return [];
    }
    if (compareVersions(from, to) > 0) {
        return [`${key} is on ${from} already, and Aurora does not go back to ${to}`];
    }
    if (isMajorChange(from, to) && !major) {
        return [
            `from ${from} to ${to} is a new major version for ${key}; say --allow-major, after trying it on a restored copy`,
        ];
    }
    if (!targets.includes(to)) {
        const allowed = targets.length === 0 ? "none" : [...targets].sort(compareVersions).join(", ");
        return [`${key} cannot go from ${from} to ${to}; allowed: ${allowed}`];
    }
    return [];
}
