/** Infers the schema of the Pulumi package from the components' types and comments, with Pulumi's own analyzer. */
import * as fs from "node:fs";
import * as path from "node:path";
import { ComponentProvider, getPulumiComponents } from "@pulumi/pulumi/provider/experimental/provider";
import * as components from "../../components";

/**
 * The schema, as indented JSON with a newline at its end.
 *
 * @param root The project's folder, with `package.json` and `components`.
 */
export async function inferSchema(root: string): Promise<string> {
    // The analyzer compiles all that the tsconfig.json of its folder includes, and begins at the entry point that the
    // package.json there names. In a folder of its own that is the components alone.
    const cache = path.join(root, ".cache");
    fs.mkdirSync(cache, { recursive: true });
    const folder = fs.mkdtempSync(path.join(cache, "schema-"));
    try {
        const { name, version, description } = JSON.parse(
            fs.readFileSync(path.join(root, "package.json"), "utf8"),
        ) as Record<string, string>;
        const entry = path.relative(folder, path.join(root, "components", "index.js"));
        write(folder, "package.json", { name, version, description, main: entry });
        write(folder, "tsconfig.json", {
            extends: path.relative(folder, path.join(root, "tsconfig.json")),
            include: [path.relative(folder, path.join(root, "components"))],
        });
        const provider = new ComponentProvider({
            components: getPulumiComponents(components),
            dirname: folder,
            name: name ?? "",
        });
        const schema: unknown = JSON.parse(await provider.getSchema());
        return `${JSON.stringify(schema, undefined, 2)}\n`;
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

function write(folder: string, file: string, content: unknown): void {
    fs.writeFileSync(path.join(folder, file), JSON.stringify(content));
}
