/**
 * Whether a block lets practically anybody in: wider than any block that is handed out, so that the whole
 * address space, or its halves side by side, count. Private blocks do not.
 */
export function isAnywhere(cidr: string): boolean {
    const [address = "", length = ""] = cidr.split("/");
    const bits = Number(length);
    if (length === "" || !Number.isInteger(bits)) {
        return false;
    }
    if (address.includes(":")) {
        return bits < 12 && !/^f[c-f]/i.test(address);
    }
    return bits < 8;
}
