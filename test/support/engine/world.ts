/** What exists in the account that stand-in plugins play: a file a resource, found by its type and id. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Properties } from "../../../tools/preview/types";
import { typeOf } from "../../../tools/preview/urn";

/** The variable that names the folder, for plugins that the engine starts. */
export const WORLD_VARIABLE = "MERIDIAN_ENGINE_WORLD";

/** A resource that was made. */
export interface Thing {
    readonly inputs: Properties;
    readonly outputs: Properties;
}

/** Reads and writes what exists. */
export class World {
    readonly #folder: string;

    /** @throws Error when no folder is named. */
    constructor(folder = process.env[WORLD_VARIABLE]) {
        if (folder === undefined || folder === "") {
            throw new Error(`${WORLD_VARIABLE} names no folder`);
        }
        this.#folder = folder;
        fs.mkdirSync(folder, { recursive: true });
    }

    create(urn: string, id: string, thing: Thing): void {
        this.#write(urn, id, thing);
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
    }

    delete(urn: string, id: string): void {
        fs.rmSync(this.#file(urn, id), { force: true });
    }

    /** How many resources there are. */
    get size(): number {
        return fs.readdirSync(this.#folder).filter((name) => name.endsWith(".json")).length;
    }

    #write(urn: string, id: string, thing: Thing): void {
        const file = this.#file(urn, id);
        // Whoever reads it meanwhile finds the old or the new one, whole.
        fs.writeFileSync(`${file}.new`, JSON.stringify({ urn, id, ...thing }));
        fs.renameSync(`${file}.new`, file);
    }

    /** Resources of several stacks may have one id, as random passwords do, which are all called "none". */
    #file(urn: string, id: string): string {
        return path.join(
            this.#folder,
            `${createHash("sha256").update(`${urn}#${id}`).digest("hex").slice(0, 32)}.json`,
        );
    }
}
