/** Names of the properties of a class of @pulumi/aws, read from its source: for types that no program has used. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const load = createRequire(__filename);
const ASSIGNMENT = /resourceInputs\["([^"]+)"\]/g;
const known = new Map<string, readonly string[]>();

/** All properties, inputs and outputs, of a type such as `aws:ec2/vpc:Vpc`; none where there is no such class. */
export function classProperties(type: string): readonly string[] {
    const before = known.get(type);
    if (before !== undefined) {
        return before;
    }
    const names = readNames(type);
    known.set(type, names);
    return names;
}

function readNames(type: string): readonly string[] {
    const [pkg, path = ""] = type.split(":");
    if (pkg !== "aws" || !path.includes("/")) {
        return [];
    }
    let source: string;
    try {
        source = readFileSync(load.resolve(`@pulumi/aws/${path}.js`), "utf8");
    } catch {
        // No such class: the provider would refuse the type, and says so better than the loader.
        return [];
    }
    return [...new Set([...source.matchAll(ASSIGNMENT)].map((match) => match[1] ?? ""))];
}
