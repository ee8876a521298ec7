/** Versions of the packages that a project has. */

/** Whether a version is one of before a major and a minor one. */
export function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
    const [givenMajor = 0, givenMinor = 0] = version.split(".").map(Number);
    return givenMajor < major || (givenMajor === major && givenMinor < minor);
}
