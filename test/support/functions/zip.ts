/** An archive, as Lambda takes code. */
import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive. */
export interface ZippedFile {
    name: string;
    text: string;
    /** Whether it is a program. */
    isExecutable?: boolean;
}

interface Entry {
    local: Buffer;
    central: (offset: number) => Buffer;
}

function entryOf({ name, text, isExecutable }: ZippedFile): Entry {
    const data = Buffer.from(text, "utf8");
    const packed = deflateRawSync(data, { level: 1 });
    const file = Buffer.from(name, "utf8");
    // Version 2.0, no flags, deflated, 1980-01-01 00:00.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(file.length, 22);
    return {
        local: Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), common, file, packed]),
        central: (offset) => {
            const rest = Buffer.alloc(14);
            // Readable by everybody: Lambda's own user is another one.
            rest.writeUInt32LE(((isExecutable === true ? 0o100755 : 0o100644) << 16) >>> 0, 6);
            rest.writeUInt32LE(offset, 10);
            return Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0003", "latin1"), common, rest, file]);
        },
    };
}

/** A ZIP archive. */
export function zipOf(files: readonly ZippedFile[]): Buffer {
    const locals: Buffer[] = [];
    const centrals: Buffer[] = [];
    let offset = 0;
    for (const { local, central } of files.map(entryOf)) {
        locals.push(local);
        centrals.push(central(offset));
        offset += local.length;
    }
    const directory = Buffer.concat(centrals);
    const end = Buffer.alloc(22);
    end.write("PK\u0005\u0006", "latin1");
    end.writeUInt16LE(files.length, 8);
    end.writeUInt16LE(files.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...locals, directory, end]);
}
