/** The processor architectures of Linux instances, spelled as in an AMI's `architecture`. */
export type Architecture = "arm64" | "x86_64";

// A family is letters, a generation, attribute letters and at times an option after a hyphen: `m7i-flex`,
// `p6e-gb200`, `u7in-16tb`; the high-memory `u-6tb1` puts the generation last.
// Source: Amazon EC2 Instance Types, "Naming conventions".
const FAMILY = /^(?<series>[a-z]+)(?<generation>\d+)(?<attributes>[a-z]*)(?:-(?<option>[a-z0-9]+))?$/;
const HIGH_MEMORY = /^u-\d+tb1$/;
const SIZE = /^(?:nano|micro|small|medium|large|xlarge|[1-9]\d*xlarge|metal(?:-[1-9]\d*xl)?)$/;

/**
 * The architecture of an EC2 instance type, told by its name.
 *
 * @param instanceType Such as `t4g.small`.
 * @returns `undefined` for what is not the name of a type that Linux runs on, Macs among them.
 */
export function architectureOf(instanceType: string): Architecture | undefined {
    const [family = "", size = "", ...rest] = instanceType.split(".");
    if (rest.length > 0 || !SIZE.test(size)) {
        return undefined;
    }
    if (HIGH_MEMORY.test(family)) {
        return "x86_64";
    }
    const parts = FAMILY.exec(family)?.groups;
    if (parts === undefined || parts["series"] === "mac") {
        return undefined;
    }
    // The letter g among the attributes is AWS's sign for Graviton; before the generation it means graphics.
    // The first Graviton, a1, came before the sign, and Grace processors carry theirs in the option.
    const graviton = parts["attributes"]?.includes("g") === true || family === "a1";
    const grace = parts["option"]?.startsWith("gb") === true;
    return graviton || grace ? "arm64" : "x86_64";
}

/**
 * The one architecture that all these types share: one launch template has one image, so its types must agree.
 *
 * @returns `undefined` when the list is empty, a name is not a type, or the types differ.
 */
export function commonArchitecture(instanceTypes: readonly string[]): Architecture | undefined {
    const [first, ...others] = instanceTypes.map(architectureOf);
    return others.every((architecture) => architecture === first) ? first : undefined;
}
