/** Which properties a provider fills in where a program leaves them out, read from the declarations of @pulumi/aws. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const load = createRequire(__filename);
const OUTPUT = /^ {4}readonly (\w+): pulumi\.Output<(.*)$/gm;
const known = new Map<string, readonly string[]>();

/**
 * The properties of a type such as `aws:ec2/vpc:Vpc` that a resource always has in the end, whether or not the program
 * gives them: outputs that cannot be undefined. None where there is no such class.
 */
export function computedProperties(type: string): readonly string[] {
    let names = known.get(type);
    if (names === undefined) {
        names = readNames(type);
        known.set(type, names);
    }
    return names;
}

function readNames(type: string): readonly string[] {
    const [pkg, path = ""] = type.split(":");
    if (pkg !== "aws" || !path.includes("/")) {
        return [];
    }
    let source: string;
    try {
        source = readFileSync(load.resolve(`@pulumi/aws/${path}.d.ts`), "utf8");
    } catch {
        return [];
    }
    // A map is declared over several lines. Those are tags, given or nothing, and `tagsAll`, which the provider plans
    // like the region.
    return [...source.matchAll(OUTPUT)]
        .filter(
            ([, name, output = ""]) =>
                name !== "region" && output.endsWith(">;") && !output.includes("undefined"),
        )
        .map(([, name = ""]) => name);
}
