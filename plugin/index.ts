// What `main` of package.json names. Pulumi's engine loads a package's folder by `main` and calls what that exports,
// and so it gets the provider of the package; Node.js and TypeScript go by `exports` and `types`, and get the components.
import * as fs from "node:fs";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import * as components from "../components";
import { PackageProvider } from "./provider";

function servePackage(): Promise<void> {
    const schema = fs.readFileSync(path.join(__dirname, "..", "schema.json"), "utf8");
    return pulumi.provider.main(new PackageProvider(schema, components), process.argv.slice(2));
}

// A resolver too old for `exports` finds the components here. They cannot be enumerated, because the engine would
// take exported components for a request to infer their schema from sources.
for (const [name, value] of Object.entries(components)) {
    Object.defineProperty(servePackage, name, { value, enumerable: false });
}

export = servePackage;
