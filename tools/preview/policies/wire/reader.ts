/** Reads protocol buffers field by field. */
export class Reader {
    #at: number;

    constructor(
        readonly buffer: Buffer,
        start = 0,
        readonly end: number = buffer.length,
    ) {
        this.#at = start;
    }

    /** Reads fields up to the end; the body reads or skips the value of each. */
    fields(body: (field: number, kind: number) => void): void {
        while (this.#at < this.end) {
            const tag = this.varint();
            body(tag >>> 3, tag & 7);
        }
    }

    /** A reader for the message that comes next. */
    message(): Reader {
        const length = this.varint();
        const start = this.#at;
        this.#at += length;
        return new Reader(this.buffer, start, this.#at);
    }

    /** The bytes of the message that comes next. */
    bytes(): Buffer {
        const length = this.varint();
        const start = this.#at;
        this.#at += length;
        return this.buffer.subarray(start, this.#at);
    }

    text(): string {
        const length = this.varint();
        const start = this.#at;
        this.#at += length;
        return this.buffer.toString("utf8", start, this.#at);
    }

    skip(kind: number): void {
        switch (kind) {
            case VARINT:
                this.varint();
                return;
            case FIXED64:
                this.#at += 8;
                return;
            case LENGTH_DELIMITED: {
                const length = this.varint();
                this.#at += length;
                return;
            }
            case FIXED32:
                this.#at += 4;
                return;
            default:
                throw new Error(`a field of an unknown kind, ${kind}`);
        }
    }

    double(): number {
        const value = this.buffer.readDoubleLE(this.#at);
        this.#at += 8;
        return value;
    }

    varint(): number {
        let value = 0;
        let factor = 1;
        for (;;) {
            const byte = this.buffer[this.#at] ?? 0;
            this.#at += 1;
            value += (byte & 0x7f) * factor;
            if (byte < 0x80) {
                return value;
            }
            factor *= 0x80;
        }
    }
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;
