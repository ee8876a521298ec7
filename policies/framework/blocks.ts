/** A block of IPv4 addresses. */
export interface Block {
    readonly first: number;
    readonly last: number;
    readonly bits: number;
}

/** Reads a block such as `10.0.0.0/16`; undefined for any other text. */
export function blockOf(cidr: string): Block | undefined {
    const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
    if (found === null) {
        return undefined;
    }
    const [a = 0, b = 0, c = 0, d = 0, bits = 0] = found.slice(1).map(Number);
    if ([a, b, c, d].some((part) => part > 255) || bits > 32) {
        return undefined;
    }
    const size = 2 ** (32 - bits);
    const address = ((a * 256 + b) * 256 + c) * 256 + d;
    const first = Math.floor(address / size) * size;
    return { first, last: first + size - 1, bits };
}

/** Whether the blocks have an address in common. */
export function overlaps(one: Block, other: Block): boolean {
    return one.first <= other.last && other.first <= one.last;
}

/** Whether the inner block lies in the outer one. */
export function contains(outer: Block, inner: Block): boolean {
    return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether every address of a block lies in another one, both as texts. False for anything that is no IPv4 block. */
export function isWithin(inner: string, outer: string): boolean {
    const [small, large] = [blockOf(inner), blockOf(outer)];
    return small !== undefined && large !== undefined && contains(large, small);
}

/** Whether every address of the IPv4 block is private (RFC 1918). */
export function isPrivate(block: string): boolean {
    return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((range) => isWithin(block, range));
}
