/** YAML files as Pulumi reads them: one document, in UTF-8. */
import { readFileSync } from "node:fs";
import { type Document, isMap, isScalar, parseAllDocuments, Scalar } from "yaml";

/** A YAML file that Pulumi would not read, or not as it was meant. Its message is for the reader. */
export class YamlFileError extends Error {
    override readonly name = "YamlFileError";
}

/** The root map of a YAML file. */
export interface YamlMap {
    readonly value: Readonly<Record<string, unknown>>;
    /**
     * Numbers as they are written in the file, by their key in a map of the root, where YAML reads them otherwise: `17.10`
     * is 17.1, and `0123` is 123.
     */
    readonly written: (map: string) => ReadonlyMap<string, string>;
}

/**
 * Reads a YAML file whose root is a map; an empty file is an empty map.
 *
 * @throws YamlFileError that says what is wrong with it.
 */
export function readYamlMap(file: string): YamlMap {
    const documents = parseAllDocuments(decode(file, readFileSync(file)));
    const all = "empty" in documents ? [] : (documents as Document.Parsed[]);
    const errors = all.flatMap(({ errors: found }) => found);
    if (errors.length > 0) {
        // The rest of such a message is a drawing of the place.
        const lines = errors.map(({ message }) => message.split("\n")[0]?.replace(/:$/, "") ?? "");
        throw new YamlFileError(`${file}: ${lines.join("; ")}`);
    }
    if (all.length > 1) {
        throw new YamlFileError(
            `${file} has ${all.length} YAML documents, parted by lines of ---; Pulumi reads the first alone and says ` +
                "nothing of the others. Put all of it into one",
        );
    }
    const [document] = all;
    const value: unknown = document?.toJS() ?? {};
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new YamlFileError(`${file}: expected a map`);
    }
    return {
        value: value as Record<string, unknown>,
        written: (map) => (document === undefined ? new Map() : writtenNumbers(document, map)),
    };
}

function writtenNumbers(document: Document.Parsed, map: string): ReadonlyMap<string, string> {
    const node: unknown = document.get(map, true);
    const found = new Map<string, string>();
    for (const { key, value } of isMap(node) ? node.items : []) {
        const plain = isScalar(value) && value.type === Scalar.PLAIN && typeof value.value === "number";
        if (isScalar(key) && plain && value.source !== undefined && value.source !== String(value.value)) {
            found.set(String(key.value), value.source);
        }
    }
    return found;
}

function decode(file: string, bytes: Buffer): string {
    const utf16 =
        bytes.subarray(0, 2).equals(Buffer.of(0xff, 0xfe)) ||
        bytes.subarray(0, 2).equals(Buffer.of(0xfe, 0xff));
    // In UTF-16 every other byte of English is zero; in UTF-8 none ever is.
    if (utf16 || bytes.includes(0)) {
        throw new YamlFileError(`${file} is in UTF-16, and Pulumi reads UTF-8. Save it as UTF-8`);
    }
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
        // The decoder does not say where.
        throw new YamlFileError(`${file} is not in UTF-8, which is what Pulumi reads. Save it as UTF-8`);
    }
}
