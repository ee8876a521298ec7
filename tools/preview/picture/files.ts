/** Where a drawing is written to. */
import { statSync } from "node:fs";
import { dirname, join } from "node:path";

/** The files to draw into: a page, and the drawing alone. */
export interface PictureFiles {
    readonly html?: string;
    readonly svg?: string;
}

const KINDS = ["html", "svg"] as const;

/** What stands in the way of writing the files, before anything is previewed. */
export function problemsOfFiles(files: PictureFiles, { folders }: { readonly folders: boolean }): string[] {
    return KINDS.flatMap((kind) => {
        const file = files[kind];
        if (file === undefined) {
            return [];
        }
        const there = what(file);
        if (folders) {
            return there === "file"
                ? [
                      `--${kind} ${file} is a file: with --all-examples give a folder, for a file of each project.`,
                  ]
                : [];
        }
        if (there === "folder") {
            return [
                `--${kind} ${file} is a folder: give the file to write, such as ${join(file, `preview.${kind}`)}.`,
            ];
        }
        return what(dirname(file)) === "folder"
            ? []
            : [`--${kind} ${file} cannot be written: there is no folder ${dirname(file)}. Make it first.`];
    });
}

/** The files of one project among several: folders are made of what is given. */
export function inFolders(files: PictureFiles, project: string): PictureFiles {
    return Object.fromEntries(
        KINDS.flatMap((kind) => {
            const folder = files[kind];
            return folder === undefined ? [] : [[kind, join(folder, `${project}.${kind}`)]];
        }),
    );
}

function what(path: string): "file" | "folder" | undefined {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? undefined : found.isDirectory() ? "folder" : "file";
}
