/** What @pulumi/aws-native declares of a class. */
import { readFileSync } from "node:fs";

/** The arguments of a type such as `aws-native:personalize:Schema`, each with whether it may be left out. */
export function declaredArguments(type: string): ReadonlyMap<string, boolean> {
    const [, module = "", name = ""] = type.split(":");
    const file = `@pulumi/aws-native/${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}.d.ts`;
    const text = readFileSync(require.resolve(file), "utf8");
    const [, body = ""] = new RegExp(`export interface ${name}Args \\{([^]*?)\\n\\}`).exec(text) ?? [];
    const found = [...body.matchAll(/^ {4}(\w+)(\??):/gm)];
    if (found.length === 0) {
        throw new Error(`${file} declares no ${name}Args`);
    }
    return new Map(found.map(([, argument = "", mark]) => [argument, mark === "?"]));
}
