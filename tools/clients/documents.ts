/** The OpenAPI documents that lie beside the functions which answer for them. */
import * as fs from "node:fs";
import * as path from "node:path";

import { parse } from "yaml";

const FUNCTIONS = path.resolve(__dirname, "../../functions");

/** A document. */
export interface ApiDocument {
    /** Such as `todos`, or `orders-v1` where a function answers for several. */
    readonly name: string;
    /** The function's folder. */
    readonly functionName: string;
    readonly file: string;
    readonly operationIds: readonly string[];
}

interface Paths {
    paths: Record<string, Record<string, { operationId?: string }>>;
}

function documentOf(functionName: string, file: string): ApiDocument {
    const version = /^openapi\.(v\d+)\.yaml$/.exec(path.basename(file))?.[1];
    const { paths } = parse(fs.readFileSync(file, "utf8")) as Paths;
    return {
        name: version === undefined ? functionName : `${functionName}-${version}`,
        functionName,
        file,
        operationIds: Object.values(paths).flatMap((item) =>
            Object.values(item).flatMap(({ operationId }) => operationId ?? []),
        ),
    };
}

/** All documents, in the order of their names. */
export function apiDocuments(): ApiDocument[] {
    return fs
        .readdirSync(FUNCTIONS)
        .sort()
        .flatMap((name) => {
            const folder = path.join(FUNCTIONS, name);
            return fs
                .readdirSync(folder)
                .sort()
                .filter((file) => /^openapi(\.v\d+)?\.yaml$/.test(file))
                .map((file) => documentOf(name, path.join(folder, file)));
        });
}
