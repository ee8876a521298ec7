/**
 * Reads `AnalyzeRequest` and `AnalyzeStackRequest` into objects with the methods that the policy SDK calls on its own
 * messages. It calls them for every policy anew, which here finds what has been read once.
 */
import { Reader } from "./reader";
import { decodeStruct } from "./struct";

/** Properties, unpacked where a policy looks at them. */
export class QuickStruct {
    #values: Record<string, unknown> | undefined;

    constructor(readonly bytes: Uint8Array) {}

    toJavaScript(): Record<string, unknown> {
        this.#values ??= decodeStruct(this.bytes);
        return this.#values;
    }
}

/** The parts of the messages by the numbers of their fields. */
interface Parts {
    readonly texts: string[];
    readonly dependencies: string[];
    readonly byProperty: [property: string, urns: { getUrnsList: () => string[] }][];
    properties: QuickStruct;
    options: QuickOptions;
    provider: QuickProvider | undefined;
}

const EMPTY = new Uint8Array();

/** A resource, alone or among those of its stack. */
export class QuickResource {
    readonly #parts: Parts;

    constructor(reader: Reader, shared: SharedProviders) {
        this.#parts = {
            texts: [],
            dependencies: [],
            byProperty: [],
            properties: new QuickStruct(EMPTY),
            options: new QuickOptions(new Reader(Buffer.alloc(0))),
            provider: undefined,
        };
        const parts = this.#parts;
        reader.fields((field, kind) => {
            switch (field) {
                case 1:
                case 3:
                case 4:
                case 7:
                    parts.texts[field] = reader.text();
                    break;
                case 2:
                    parts.properties = new QuickStruct(reader.bytes());
                    break;
                case 5:
                    parts.options = new QuickOptions(reader.message());
                    break;
                case 6:
                    parts.provider = shared.of(reader.bytes());
                    break;
                case 8:
                    parts.dependencies.push(reader.text());
                    break;
                case 9:
                    parts.byProperty.push(propertyDependencies(reader.message()));
                    break;
                default:
                    reader.skip(kind);
            }
        });
    }

    getType(): string {
        return this.#parts.texts[1] ?? "";
    }

    getUrn(): string {
        return this.#parts.texts[3] ?? "";
    }

    getName(): string {
        return this.#parts.texts[4] ?? "";
    }

    getParent(): string {
        return this.#parts.texts[7] ?? "";
    }

    getProperties(): QuickStruct {
        return this.#parts.properties;
    }

    getOptions(): QuickOptions {
        return this.#parts.options;
    }

    getProvider(): QuickProvider | undefined {
        return this.#parts.provider;
    }

    getDependenciesList(): string[] {
        return this.#parts.dependencies;
    }

    getPropertydependenciesMap(): { entries: () => Parts["byProperty"] } {
        return { entries: () => this.#parts.byProperty };
    }
}

function propertyDependencies(reader: Reader): Parts["byProperty"][number] {
    let property = "";
    const urns: string[] = [];
    reader.fields((field, kind) => {
        if (field === 1) {
            property = reader.text();
        } else if (field === 2) {
            const list = reader.message();
            list.fields((part, partKind) => {
                if (part === 1) {
                    urns.push(list.text());
                } else {
                    list.skip(partKind);
                }
            });
        } else {
            reader.skip(kind);
        }
    });
    return [property, { getUrnsList: () => urns }];
}

class QuickOptions {
    readonly #flags: boolean[] = [];
    readonly #lists: Record<number, string[]> = { 2: [], 5: [], 6: [] };
    readonly #timeouts: number[] = [];
    #parent = "";

    constructor(reader: Reader) {
        reader.fields((field, kind) => {
            switch (field) {
                case 1:
                case 3:
                case 4:
                    this.#flags[field] = reader.varint() !== 0;
                    break;
                case 2:
                case 5:
                case 6:
                    this.#lists[field]?.push(reader.text());
                    break;
                case 7:
                    this.#readTimeouts(reader.message());
                    break;
                case 8:
                    this.#parent = reader.text();
                    break;
                default:
                    reader.skip(kind);
            }
        });
    }

    getProtect(): boolean {
        return this.#flags[1] ?? false;
    }

    getIgnorechangesList(): string[] {
        return this.#lists[2] ?? [];
    }

    getDeletebeforereplace(): boolean {
        return this.#flags[3] ?? false;
    }

    getDeletebeforereplacedefined(): boolean {
        return this.#flags[4] ?? false;
    }

    getAdditionalsecretoutputsList(): string[] {
        return this.#lists[5] ?? [];
    }

    getAliasesList(): string[] {
        return this.#lists[6] ?? [];
    }

    getCustomtimeouts(): { getCreate: () => number; getUpdate: () => number; getDelete: () => number } {
        const [, create = 0, update = 0, remove = 0] = this.#timeouts;
        return { getCreate: () => create, getUpdate: () => update, getDelete: () => remove };
    }

    getParent(): string {
        return this.#parent;
    }

    #readTimeouts(reader: Reader): void {
        reader.fields((field) => {
            this.#timeouts[field] = reader.double();
        });
    }
}

class QuickProvider {
    readonly #texts: string[] = [];
    #properties = new QuickStruct(EMPTY);

    constructor(reader: Reader) {
        reader.fields((field, kind) => {
            switch (field) {
                case 1:
                case 3:
                case 4:
                    this.#texts[field] = reader.text();
                    break;
                case 2:
                    this.#properties = new QuickStruct(reader.bytes());
                    break;
                default:
                    reader.skip(kind);
            }
        });
    }

    getType(): string {
        return this.#texts[1] ?? "";
    }

    getUrn(): string {
        return this.#texts[3] ?? "";
    }

    getName(): string {
        return this.#texts[4] ?? "";
    }

    getProperties(): QuickStruct {
        return this.#properties;
    }
}

/** Most resources of a stack come with the same provider, which is read once. */
export class SharedProviders {
    #last: { readonly bytes: Buffer; readonly provider: QuickProvider } | undefined;

    of(bytes: Buffer): QuickProvider {
        if (this.#last?.bytes.equals(bytes) !== true) {
            this.#last = { bytes, provider: new QuickProvider(new Reader(bytes)) };
        }
        return this.#last.provider;
    }
}

/** Reads an `AnalyzeRequest`. */
export function readAnalyzeRequest(bytes: Uint8Array, shared: SharedProviders): QuickResource {
    return new QuickResource(readerOf(bytes), shared);
}

/** Reads an `AnalyzeStackRequest`. */
export function readAnalyzeStackRequest(
    bytes: Uint8Array,
    shared: SharedProviders,
): { getResourcesList: () => QuickResource[] } {
    const resources: QuickResource[] = [];
    const reader = readerOf(bytes);
    reader.fields((field, kind) => {
        if (field === 1) {
            resources.push(new QuickResource(reader.message(), shared));
        } else {
            reader.skip(kind);
        }
    });
    return { getResourcesList: () => handedOverOnce(resources) };
}

/**
 * A list that can be gone through once, and is empty from then on. The policy SDK goes through it for every stack
 * policy, each time to make the same objects of it; those of this project keep them, see `StackAtHand`.
 */
function handedOverOnce(resources: QuickResource[]): QuickResource[] {
    let handedOver = false;
    const list = [...resources];
    list[Symbol.iterator] = () => {
        const rest = handedOver ? [] : resources;
        handedOver = true;
        return rest[Symbol.iterator]();
    };
    return list;
}

function readerOf(bytes: Uint8Array): Reader {
    return new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}
