/** Names of the properties of a class of @pulumi/aws, read from its source and its declaration. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const load = createRequire(__filename);
const ASSIGNMENT = /resourceInputs\["([^"]+)"\]/g;
const DOCUMENT = /^ {4}(\w+)\??: pulumi\.Input<string \| inputs\.\w+\.\w*PolicyDocument\b/gm;
const OUTPUT = /^ {4}readonly (\w+): pulumi\.Output<(.*)$/gm;

/** All properties, inputs and outputs, of a type such as `aws:ec2/vpc:Vpc`; none where there is no such class. */
export const classProperties = namesIn("js", (source) => [
    ...new Set([...source.matchAll(ASSIGNMENT)].map((match) => match[1] ?? "")),
]);

/**
 * The properties of a type that a resource always has in the end, whether or not the program gives them: outputs that
 * cannot be undefined. None where there is no such class. Maps are not among them, which are declared over several
 * lines: those are tags, given or nothing, and `tagsAll`, which the provider plans, as it does the region.
 */
export const computedProperties = namesIn("d.ts", (source) =>
    [...source.matchAll(OUTPUT)]
        .filter(
            ([, name, output = ""]) =>
                name !== "region" && output.endsWith(">;") && !output.includes("undefined"),
        )
        .map(([, name = ""]) => name),
);

/** The properties of a type that take a policy document as text or as an object. None where there is no such class. */
export const documentProperties = namesIn("d.ts", (source) => [
    ...new Set([...source.matchAll(DOCUMENT)].map(([, name = ""]) => name)),
]);

/** Finds names by type in the files of @pulumi/aws with an extension, and remembers them. */
function namesIn(
    extension: string,
    find: (source: string) => readonly string[],
): (type: string) => readonly string[] {
    const known = new Map<string, readonly string[]>();
    return (type) => {
        let names = known.get(type);
        if (names === undefined) {
            const source = sourceOf(type, extension);
            names = source === undefined ? [] : find(source);
            known.set(type, names);
        }
        return names;
    };
}

function sourceOf(type: string, extension: string): string | undefined {
    const [pkg, path = ""] = type.split(":");
    if (pkg !== "aws" || !path.includes("/")) {
        return undefined;
    }
    try {
        return readFileSync(load.resolve(`@pulumi/aws/${path}.${extension}`), "utf8");
    } catch {
        // No such class: the provider would refuse the type, and says so better than the loader.
        return undefined;
    }
}
