/** What @pulumi/aws-native declares of a class. */
import { readFileSync } from "node:fs";
import { fileOf } from "../../../tools/preview/aws/classProperties";

/** The arguments of a type such as `aws-native:personalize:Schema`, each with whether it may be left out. */
export function declaredArguments(type: string): ReadonlyMap<string, boolean> {
    const [, , name = ""] = type.split(":");
    const file = `${fileOf(type) ?? type}.d.ts`;
    const text = readFileSync(require.resolve(file), "utf8");
    const [, body = ""] = new RegExp(`export interface ${name}Args \\{([^]*?)\\n\\}`).exec(text) ?? [];
    const found = [...body.matchAll(/^ {4}(\w+)(\??):/gm)];
    if (found.length === 0) {
        throw new Error(`${file} declares no ${name}Args`);
    }
    return new Map(found.map(([, argument = "", mark]) => [argument, mark === "?"]));
}
