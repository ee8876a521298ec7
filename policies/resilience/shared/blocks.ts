/** An IPv4 block as its first address and the number of its fixed bits. */
interface Block {
    readonly base: number;
    readonly prefix: number;
}

function parse(text: string): Block | undefined {
    const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
    if (match === null) {
        return undefined;
    }
    const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
    return Math.max(a, b, c, d) > 255 || prefix > 32
        ? undefined
        : { base: ((a * 256 + b) * 256 + c) * 256 + d, prefix };
}

/** Whether the outer IPv4 block has every address of the inner one. False for anything that is no IPv4 block. */
export function contains(outer: string, inner: string): boolean {
    const large = parse(outer);
    const small = parse(inner);
    if (large === undefined || small === undefined || small.prefix < large.prefix) {
        return false;
    }
    const size = 2 ** (32 - large.prefix);
    return Math.floor(large.base / size) === Math.floor(small.base / size);
}

/** Whether every address of the IPv4 block is private (RFC 1918). */
export function isPrivate(block: string): boolean {
    return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((range) => contains(range, block));
}
