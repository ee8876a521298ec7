/** Arithmetic on IPv4 and IPv6 blocks, as far as laying out subnets needs it. */

/** An IPv4 block. */
export class Netmask {
    /** The first address, as a number. */
    readonly first: number;
    readonly size: number;

    private constructor(
        address: number,
        readonly bits: number,
    ) {
        this.size = 2 ** (32 - bits);
        this.first = Math.floor(address / this.size) * this.size;
    }

    /** Parses `10.0.0.0/16`. The address may lie anywhere in the block. */
    static parse(text: string): Netmask {
        const [address = "", bits = ""] = text.split("/");
        const octets = address.split(".").map(Number);
        const valid =
            octets.length === 4 &&
            octets.every((octet) => Number.isInteger(octet) && octet >= 0 && octet < 256);
        const length = bits === "" ? 32 : Number(bits);
        if (!valid || !Number.isInteger(length) || length < 0 || length > 32) {
            throw new Error(`Invalid net address: ${text}`);
        }
        return new Netmask(
            octets.reduce((sum, octet) => sum * 256 + octet, 0),
            length,
        );
    }

    /** The block of that size at this block's first address. */
    resize(bits: number): Netmask {
        return new Netmask(this.first, bits);
    }

    /** The block of the same size that comes after. */
    next(): Netmask {
        return new Netmask(this.first + this.size, this.bits);
    }

    /** The block of that size that comes first after this one. */
    nextOf(bits: number): Netmask {
        return new Netmask(this.last, bits).next();
    }

    /** The last address, as a number. */
    get last(): number {
        return this.first + this.size - 1;
    }

    overlaps(other: Netmask): boolean {
        return this.first <= other.last && other.first <= this.last;
    }

    toString(): string {
        return `${address(this.first)}/${this.bits}`;
    }
}

/** Writes an address out. */
export function address(value: number): string {
    return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/**
 * The /64 block with that number in a /56 block.
 *
 * @param block Such as `2600:1f16:abc:de00::/56`.
 */
export function ipv6Subnet(block: string, index: number): string {
    const groups = block.split("::")[0]?.split(":") ?? [];
    const fourth = Number.parseInt(groups[3] ?? "0", 16) + index;
    return `${groups.slice(0, 3).join(":")}:${fourth.toString(16)}::/64`;
}
