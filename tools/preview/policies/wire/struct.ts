/**
 * `google.protobuf.Struct`, the form of all properties in the protocol, to and from plain values. The general library
 * makes an object of every value and of every entry, which for a stack is most of the time that its analysis takes.
 */
import { Reader } from "./reader";
import { Writer } from "./writer";

/** Numbers of the fields of `google.protobuf.Value`. */
const VALUE = { null: 1, number: 2, text: 3, flag: 4, object: 5, list: 6 } as const;
/** `Struct.fields` and `ListValue.values`. */
const ITEMS = 1;
/** The fields of a map's entry. */
const ENTRY = { key: 1, value: 2 } as const;

/** The message, without what would come before it in another one. Properties without a value are left out. */
export function encodeStruct(properties: Readonly<Record<string, unknown>>): Buffer {
    const writer = new Writer(1 << 12);
    writeStruct(writer, properties);
    return writer.finish();
}

/** Writes the fields of the message. */
export function writeStruct(writer: Writer, properties: Readonly<Record<string, unknown>>): void {
    const keys = Object.keys(properties);
    for (let index = keys.length - 1; index >= 0; index -= 1) {
        const key = keys[index] ?? "";
        const value = properties[key];
        if (value !== undefined) {
            writer.message(ITEMS, () => {
                writer.message(ENTRY.value, () => {
                    writeValue(writer, value);
                });
                writer.textAlways(ENTRY.key, key);
            });
        }
    }
}

function writeValue(writer: Writer, value: unknown): void {
    switch (typeof value) {
        case "string":
            writer.textAlways(VALUE.text, value);
            return;
        case "number":
            writer.double(VALUE.number, value);
            return;
        case "boolean":
            writer.number(VALUE.flag, value ? 1 : 0);
            return;
        case "object":
            if (value === null) {
                writer.number(VALUE.null, 0);
            } else if (Array.isArray(value)) {
                writer.message(VALUE.list, () => {
                    for (let index = value.length - 1; index >= 0; index -= 1) {
                        writer.message(ITEMS, () => {
                            writeValue(writer, value[index] ?? null);
                        });
                    }
                });
            } else {
                writer.message(VALUE.object, () => {
                    writeStruct(writer, value as Record<string, unknown>);
                });
            }
            return;
        default:
            throw new TypeError(`a property cannot be a ${typeof value}`);
    }
}

/** The plain values of an encoded message. */
export function decodeStruct(bytes: Uint8Array): Record<string, unknown> {
    return readStruct(new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)));
}

function readStruct(reader: Reader): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    reader.fields((field, kind) => {
        if (field !== ITEMS) {
            reader.skip(kind);
            return;
        }
        let key = "";
        let value: unknown = null;
        const entry = reader.message();
        entry.fields((part, partKind) => {
            if (part === ENTRY.key) {
                key = entry.text();
            } else if (part === ENTRY.value) {
                value = readValue(entry.message());
            } else {
                entry.skip(partKind);
            }
        });
        result[key] = value;
    });
    return result;
}

function readValue(reader: Reader): unknown {
    let value: unknown = null;
    reader.fields((field, kind) => {
        switch (field) {
            case VALUE.number:
                value = reader.double();
                break;
            case VALUE.text:
                value = reader.text();
                break;
            case VALUE.flag:
                value = reader.varint() !== 0;
                break;
            case VALUE.object:
                value = readStruct(reader.message());
                break;
            case VALUE.list:
                value = readList(reader.message());
                break;
            default:
                // A null has a number, of no meaning.
                reader.skip(kind);
        }
    });
    return value;
}

function readList(reader: Reader): unknown[] {
    const items: unknown[] = [];
    reader.fields((field, kind) => {
        if (field === ITEMS) {
            items.push(readValue(reader.message()));
        } else {
            reader.skip(kind);
        }
    });
    return items;
}
