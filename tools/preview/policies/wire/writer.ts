/**
 * Writes protocol buffers from their end to their beginning, so that the length of what a message holds is known by
 * the time that it is written before it.
 */
export class Writer {
    #buffer: Buffer;
    #start: number;

    constructor(capacity = 1 << 16) {
        this.#buffer = Buffer.allocUnsafe(capacity);
        this.#start = capacity;
    }

    /** What has been written. The writer must not be used afterwards. */
    finish(): Buffer {
        return this.#buffer.subarray(this.#start);
    }

    get #written(): number {
        return this.#buffer.length - this.#start;
    }

    /** A field that holds what the body writes. */
    message(field: number, body: () => void): void {
        const before = this.#written;
        body();
        this.#varint(this.#written - before);
        this.#tag(field, LENGTH_DELIMITED);
    }

    /** A field of text; empty text is left out, as its default. */
    text(field: number, value: string): void {
        if (value !== "") {
            this.textAlways(field, value);
        }
    }

    textAlways(field: number, value: string): void {
        const length = Buffer.byteLength(value);
        this.#reserve(length);
        this.#start -= length;
        this.#buffer.write(value, this.#start);
        this.#varint(length);
        this.#tag(field, LENGTH_DELIMITED);
    }

    texts(field: number, values: readonly string[]): void {
        for (let index = values.length - 1; index >= 0; index -= 1) {
            this.textAlways(field, values[index] ?? "");
        }
    }

    bytes(field: number, value: Uint8Array): void {
        this.#reserve(value.length);
        this.#start -= value.length;
        this.#buffer.set(value, this.#start);
        this.#varint(value.length);
        this.#tag(field, LENGTH_DELIMITED);
    }

    /** A truth value; false is left out, as its default. */
    flag(field: number, value: boolean): void {
        if (value) {
            this.number(field, 1);
        }
    }

    /** A whole number of the kinds `int32`, `bool` and `enum`. */
    number(field: number, value: number): void {
        this.#varint(value);
        this.#tag(field, VARINT);
    }

    double(field: number, value: number): void {
        this.#reserve(DOUBLE_BYTES);
        this.#start -= DOUBLE_BYTES;
        this.#buffer.writeDoubleLE(value, this.#start);
        this.#tag(field, FIXED64);
    }

    #tag(field: number, kind: number): void {
        this.#varint(field * 8 + kind);
    }

    #varint(value: number): void {
        let length = 1;
        for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
            length += 1;
        }
        this.#reserve(length);
        this.#start -= length;
        let rest = value;
        for (let index = 0; index < length; index += 1) {
            const more = index < length - 1 ? 0x80 : 0;
            this.#buffer[this.#start + index] = (rest % 0x80) | more;
            rest = Math.floor(rest / 0x80);
        }
    }

    #reserve(bytes: number): void {
        if (bytes <= this.#start) {
            return;
        }
        const written = this.#written;
        const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, written + bytes));
        this.#buffer.copy(larger, larger.length - written, this.#start);
        this.#start = larger.length - written;
        this.#buffer = larger;
    }
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const DOUBLE_BYTES = 8;
