/** The classes of a generated package of Pulumi's, one a file. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A class's file. */
export interface ClassFile {
    /** `aws:rds/cluster:Cluster`. */
    readonly type: string;
    readonly file: string;
    readonly text: string;
}

/** Folders that hold no classes. */
const OTHERS = ["node_modules", "types"];

/** The files of all resources of the package in this folder. */
export function* classFiles(folder: string): Generator<ClassFile> {
    for (const module of readdirSync(folder, { withFileTypes: true })) {
        if (!module.isDirectory() || OTHERS.includes(module.name)) {
            continue;
        }
        for (const name of readdirSync(path.join(folder, module.name))) {
            const file = path.join(folder, module.name, name);
            const text = name.endsWith(".js") ? readFileSync(file, "utf8") : "";
            const type = /\b__pulumiType = ['"]([^'"]+)['"]/.exec(text)?.[1];
            if (type !== undefined) {
                yield { type, file, text };
            }
        }
    }
}
