/** Names of the properties of a class of @pulumi/aws or @pulumi/aws-native, read from its source and its declaration. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { kindOf } from "./services";

const load = createRequire(__filename);
const ASSIGNMENT = /resourceInputs\["([^"]+)"\]/g;
const DOCUMENT = /^ {4}(\w+)\??: pulumi\.Input<string \| inputs\.\w+\.\w*PolicyDocument\b/gm;
const OUTPUT = /^ {4}readonly (\w+): pulumi\.Output<(.*)$/gm;

/** All properties, inputs and outputs, of a type such as `aws:ec2/vpc:Vpc`; none where there is no such class. */
export const classProperties = readFrom("js", (source) => [
    ...new Set([...source.matchAll(ASSIGNMENT)].map((match) => match[1] ?? "")),
]);

const declared = readFrom("d.ts", (source) => ({
    computed: [...source.matchAll(OUTPUT)]
        .filter(
            ([, name, output = ""]) =>
                name !== "region" && output.endsWith(">;") && !output.includes("undefined"),
        )
        .map(([, name = ""]) => name),
    documents: [...new Set([...source.matchAll(DOCUMENT)].map(([, name = ""]) => name))],
}));

/**
 * The properties of a type that a resource always has in the end, whether or not the program gives them: outputs that
 * cannot be undefined. None where there is no such class. Maps are not among them, which are declared over several
 * lines: those are tags, given or nothing, and `tagsAll`, which the provider plans, as it does the region.
 */
export function computedProperties(type: string): readonly string[] {
    return declared(type).computed;
}

/** The properties of a type that take a policy document as text or as an object. None where there is no such class. */
export function documentProperties(type: string): readonly string[] {
    return declared(type).documents;
}

/** Finds something by type in the files of its package with an extension, and remembers it. */
function readFrom<T>(extension: string, find: (source: string) => T): (type: string) => T {
    const known = new Map<string, T>();
    return (type) => {
        let found = known.get(type);
        if (found === undefined) {
            found = find(sourceOf(type, extension));
            known.set(type, found);
        }
        return found;
    };
}

/** A class's file; empty where there is none. */
function sourceOf(type: string, extension: string): string {
    const file = fileOf(type);
    if (file === undefined) {
        return "";
    }
    try {
        return readFileSync(load.resolve(`${file}.${extension}`), "utf8");
    } catch {
        // No such class: the provider would refuse the type, and says so better than the loader.
        return "";
    }
}

/** Where a type's class is: the tokens of @pulumi/aws name the file, those of @pulumi/aws-native the class alone. */
export function fileOf(type: string): string | undefined {
    const [pkg, path = "", name = ""] = type.split(":");
    if (pkg === "aws" && path.includes("/")) {
        return `@pulumi/aws/${path}`;
    }
    return pkg === "aws-native" && name !== "" ? `@pulumi/aws-native/${path}/${kindOf(type)}` : undefined;
}
