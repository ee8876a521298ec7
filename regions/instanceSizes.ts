import { InstanceType } from "@pulumi/aws/types/enums/ec2";

/** The sizes that EC2 has of each family, as the AWS provider's SDK lists them. */
const SIZES = new Map<string, string[]>();
for (const type of Object.values<string>(InstanceType)) {
    const [family = "", size = ""] = type.split(".");
    SIZES.set(family, [...(SIZES.get(family) ?? []), size]);
}

const ORDER = ["nano", "micro", "small", "medium", "large", "xlarge"];

/** Places a size among others: by name up to xlarge, then by its number; metal last. */
function rank(size: string): number {
    const named = ORDER.indexOf(size);
    const times = /^(\d+)xlarge$/.exec(size)?.[1];
    return named !== -1
        ? named
        : times === undefined
          ? Number.POSITIVE_INFINITY
          : ORDER.length + Number(times);
}

/**
 * What to take in place of an instance type whose family is known and has no such size.
 *
 * @returns `undefined` when the family has the size, or is not known here, as a newer one may be. AWS adds metal sizes
 * to families that it has, so they are let pass.
 */
export function otherSizesOf(
    instanceType: string,
): { readonly family: string; readonly sizes: readonly string[] } | undefined {
    const [family = "", size = ""] = instanceType.split(".");
    const sizes = SIZES.get(family);
    if (sizes === undefined || sizes.includes(size) || size.startsWith("metal")) {
        return undefined;
    }
    return { family, sizes: [...sizes].sort((one, other) => rank(one) - rank(other)) };
}
