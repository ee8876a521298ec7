/** What exists in the account that stand-in plugins play: a file a resource, found by its type, URN and id. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Properties } from "../../../tools/preview/types";
import { typeOf } from "../../../tools/preview/urn";

/** The variable that names the folder, for plugins that the engine starts. */
export const WORLD_VARIABLE = "MERIDIAN_ENGINE_WORLD";

/** What a resource was made with, and what came of it. */
export interface Thing {
    readonly inputs: Properties;
    readonly outputs: Properties;
}

/** A resource that exists. */
export interface Existing extends Thing {
    readonly urn: string;
    readonly id: string;
}

/** Something that was done to a resource, or that AWS refused to do. */
export interface Deed {
    readonly deed: "create" | "update" | "delete" | "refuse";
    readonly urn: string;
    readonly id: string;
    /** What AWS said, of a refusal. */
    readonly error?: string;
}

const THINGS = "things";
const DEEDS = "deeds.jsonl";

function digest(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, 24);
}

/** Reads and writes what exists. */
export class World {
    /** Faults lie here too, see faults.ts. */
    readonly folder: string;

    /** @throws Error when no folder is named. */
    constructor(folder = process.env[WORLD_VARIABLE]) {
        if (folder === undefined || folder === "") {
            throw new Error(`${WORLD_VARIABLE} names no folder`);
        }
        this.folder = folder;
        fs.mkdirSync(path.join(folder, THINGS), { recursive: true });
    }

    create(urn: string, id: string, thing: Thing): void {
        this.#write(urn, id, thing);
        this.note({ deed: "create", urn, id });
    }

    read(urn: string, id: string): Thing | undefined {
        const file = this.#file(urn, id);
        return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Thing) : undefined;
    }

    update(urn: string, id: string, thing: Thing): void {
        if (this.read(urn, id) === undefined) {
            throw new Error(`${typeOf(urn)} ${id} does not exist`);
        }
        this.#write(urn, id, thing);
        this.note({ deed: "update", urn, id });
    }

    delete(urn: string, id: string): void {
        fs.rmSync(this.#file(urn, id), { force: true });
        this.note({ deed: "delete", urn, id });
    }

    /** Lets several resources have a name that AWS gives once, as a stack has that is made of counterexamples. */
    letNamesRepeat(): void {
        fs.writeFileSync(this.#namesRepeat, "");
    }

    get namesRepeat(): boolean {
        return fs.existsSync(this.#namesRepeat);
    }

    get #namesRepeat(): string {
        return path.join(this.folder, "names-repeat");
    }

    /** How many resources there are. */
    get size(): number {
        return this.#files().length;
    }

    /** All that exists, or all of a type. */
    existing(type?: string): readonly Existing[] {
        const prefix = type === undefined ? "" : `${digest(type)}-`;
        return this.#files().flatMap((name) => {
            if (!name.startsWith(prefix)) {
                return [];
            }
            try {
                return [
                    JSON.parse(fs.readFileSync(path.join(this.folder, THINGS, name), "utf8")) as Existing,
                ];
            } catch (error) {
                // Another plugin has deleted it meanwhile.
                if ((error as NodeJS.ErrnoException).code === "ENOENT") {
                    return [];
                }
                throw error;
            }
        });
    }

    /** What was done, in order. */
    deeds(): readonly Deed[] {
        const file = path.join(this.folder, DEEDS);
        return fs.existsSync(file)
            ? fs
                  .readFileSync(file, "utf8")
                  .trimEnd()
                  .split("\n")
                  .map((line) => JSON.parse(line) as Deed)
            : [];
    }

    /** Writes down what was done. */
    note(deed: Deed): void {
        fs.appendFileSync(path.join(this.folder, DEEDS), `${JSON.stringify(deed)}\n`);
    }

    #files(): readonly string[] {
        return fs.readdirSync(path.join(this.folder, THINGS)).filter((name) => name.endsWith(".json"));
    }

    #write(urn: string, id: string, thing: Thing): void {
        const file = this.#file(urn, id);
        // Whoever reads it meanwhile finds the old or the new one, whole.
        fs.writeFileSync(`${file}.new`, JSON.stringify({ urn, id, ...thing }));
        fs.renameSync(`${file}.new`, file);
    }

    /** Resources of several stacks may have one id, as random passwords do, which are all called "none". */
    #file(urn: string, id: string): string {
        return path.join(this.folder, THINGS, `${digest(typeOf(urn))}-${digest(`${urn}#${id}`)}.json`);
    }
}
