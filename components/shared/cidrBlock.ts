/** An IPv4 block in numbers: its first address and the length of its prefix. */
export interface CidrBlock {
    /** First address as an unsigned 32-bit number. */
    readonly base: number;
    /** Length of the prefix in bits, from 0 to 32. */
    readonly prefix: number;
}

// RFC 1918.
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => readCidr(range));

/** Reads an IPv4 block such as `10.20.0.0/16`; undefined when the text is none. Host bits may be set. */
export function parseCidr(text: string): CidrBlock | undefined {
    const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
    if (match === null) {
        return undefined;
    }
    const digits = match.slice(1);
    // A leading zero is octal to some readers and decimal to others, so AWS takes neither.
    const numbers = digits.map((part) => (/^0\d/.test(part) ? NaN : Number(part)));
    const prefix = numbers.pop() ?? NaN;
    if (!(prefix <= 32) || !numbers.every((octet) => octet <= 255)) {
        return undefined;
    }
    return { base: numbers.reduce((address, octet) => address * 256 + octet, 0), prefix };
}

/** Writes a block the way that AWS does. */
export function formatCidr({ base, prefix }: CidrBlock): string {
    const octets = [24, 16, 8, 0].map((shift) => (base >>> shift) & 255);
    return `${octets.join(".")}/${prefix}`;
}

/** How many addresses a block has. */
export function blockSize({ prefix }: CidrBlock): number {
    return 2 ** (32 - prefix);
}

/** The block that the address is in: the same prefix with all host bits zero. */
export function networkOf(block: CidrBlock): CidrBlock {
    return { base: block.base - (block.base % blockSize(block)), prefix: block.prefix };
}

/** Whether the text is an IPv4 block as AWS writes it: with its host bits zero. */
export function isNetwork(text: string): boolean {
    const block = parseCidr(text);
    return block !== undefined && formatCidr(networkOf(block)) === text;
}

/** Whether every address of `inner` is in `outer`. */
export function containsBlock(outer: CidrBlock, inner: CidrBlock): boolean {
    return (
        inner.prefix >= outer.prefix &&
        inner.base >= outer.base &&
        inner.base + blockSize(inner) <= outer.base + blockSize(outer)
    );
}

/** Whether the two blocks share an address. */
export function blocksOverlap(one: CidrBlock, other: CidrBlock): boolean {
    return one.base < other.base + blockSize(other) && other.base < one.base + blockSize(one);
}

/** Whether the whole block is for private use (RFC 1918). */
export function isPrivateBlock(block: CidrBlock): boolean {
    return PRIVATE_RANGES.some((range) => containsBlock(range, block));
}

/** The same of a text that is known to be one. */
export function readCidr(text: string): CidrBlock {
    const block = parseCidr(text);
    if (block === undefined) {
        throw new RangeError(
            `"${text}" is no IPv4 block; allowed: four numbers and a prefix, such as 10.20.0.0/16`,
        );
    }
    return block;
}
