/** A value of DynamoDB's, as streams and scans have it: one property, which says its type. */
export type AttributeValue = Readonly<Record<string, unknown>>;

/** An item of a table. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** How documents follow from items. */
export interface DocumentForm {
    /** The table's key attributes, the hash key first. */
    keyAttributes: readonly string[];
    /** Attributes that documents have; undefined for all. */
    attributes: readonly string[] | undefined;
    /** Attribute with the item's version; undefined for the time of the change. */
    versionAttribute: string | undefined;
    /** Attribute with the time, in seconds since 1970, after which the item counts as deleted; undefined for none. */
    expiryAttribute: string | undefined;
}

/** A value as JSON may have it. A number that JavaScript cannot hold exactly stays a text, bytes are Base64. */
export function plain(value: AttributeValue): unknown {
    const [[type, inner] = []] = Object.entries(value);
    switch (type) {
        case "S":
        case "BOOL":
            return inner;
        case "NULL":
            return null;
        case "N":
            return plainNumber(String(inner));
        case "B":
            return base64(inner);
        case "M":
            return plainItem(inner as Item);
        case "L":
            return (inner as AttributeValue[]).map(plain);
        case "SS":
            return inner;
        case "NS":
            return (inner as unknown[]).map((each) => plainNumber(String(each)));
        case "BS":
            return (inner as unknown[]).map(base64);
        default:
            throw new Error(`DynamoDB has no type ${String(type)}`);
    }
}

function plainItem(item: Item): Record<string, unknown> {
    return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));
}

function plainNumber(text: string): number | string {
    const value = Number(text);
    // 38 digits are DynamoDB's precision; JSON's readers have 15 to 17.
    const digits = text.replace(/e.*$/i, "").replaceAll(/[-.]/g, "").replace(/^0+/, "");
    return Number.isFinite(value) && (digits.length <= 15 || String(value) === text) ? value : text;
}

/** Streams have bytes as Base64 already, scans as they are. */
function base64(bytes: unknown): string {
    return bytes instanceof Uint8Array ? Buffer.from(bytes).toString("base64") : String(bytes);
}

/** The item as OpenSearch is to hold it. */
export function documentOf(item: Item, { attributes }: DocumentForm): Record<string, unknown> {
    const chosen = Object.entries(item).filter(
        ([name]) => attributes === undefined || attributes.includes(name),
    );
    return plainItem(Object.fromEntries(chosen));
}

// OpenSearch's limit, in bytes; what is encoded has a byte a character.
const ID_MAX = 512;

/**
 * The document's id: the key's parts, each encoded, so that no two keys have the same.
 *
 * @throws Error where the key is too long for an id.
 */
export function idOf(key: Item, { keyAttributes }: DocumentForm): string {
    const parts = keyAttributes.map((name) => {
        const value = key[name];
        if (value === undefined) {
            throw new Error(`the table has no key attribute ${name}; it has ${Object.keys(key).join(", ")}`);
        }
        return encodeURIComponent(String(plain(value)));
    });
    const id = parts.join("/");
    if (id.length > ID_MAX) {
        throw new Error(`a key is ${id.length} characters as an id, and OpenSearch takes ${ID_MAX}`);
    }
    return id;
}

/** Whether an item's time is over, though DynamoDB has not come round to deleting it. */
export function isExpired(item: Item, { expiryAttribute }: DocumentForm, now: number): boolean {
    const expiry = expiryAttribute === undefined ? undefined : item[expiryAttribute]?.["N"];
    return expiry !== undefined && Number(expiry) * 1000 <= now;
}

const VERSION_MAX = 2n ** 63n - 1n;

/**
 * The version that the item itself has.
 *
 * @throws Error where it has none that OpenSearch could take: a whole number of 63 bits.
 */
export function versionOf(item: Item, attribute: string): bigint {
    const text = item[attribute]?.["N"];
    if (typeof text !== "string" || !/^\d{1,19}$/.test(text) || BigInt(text) > VERSION_MAX) {
        throw new Error(`an item's ${attribute} is no whole number from 0 to ${VERSION_MAX}`);
    }
    return BigInt(text);
}
