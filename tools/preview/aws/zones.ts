/** The Availability Zones of AWS's regions. */

/**
 * Letters of the zones that a new account sees, where they are not `a`, `b` and `c`.
 * Source: AWS General Reference and the EC2 console; zone names are per account, their number is not.
 */
const LETTERS: Readonly<Record<string, string>> = {
    "us-east-1": "abcdef",
    "us-west-1": "ac",
    "us-west-2": "abcd",
    "ca-central-1": "abd",
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
};

/** Names of a region's zones. */
export function zonesOf(region: string): string[] {
    return Array.from(LETTERS[region] ?? "abc", (letter) => `${region}${letter}`);
}
