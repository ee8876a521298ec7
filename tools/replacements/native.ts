/** What @pulumi/aws-native hands to the engine as `replaceOnChanges`: Cloud Control's view of the same resources. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A type of the package. */
export interface NativeType {
    /** `aws-native:rds:DbCluster`; its service under CloudFormation's name. */
    readonly type: string;
    /** Paths with dots; what stands for all items of a list or a map is left out. */
    readonly replaceOnChanges: readonly string[];
}

/** All resources of the package in this folder. */
export function nativeTypes(folder: string): NativeType[] {
    const found: NativeType[] = [];
    for (const module of readdirSync(folder, { withFileTypes: true })) {
        if (!module.isDirectory() || module.name === "node_modules") {
            continue;
        }
        for (const file of readdirSync(path.join(folder, module.name))) {
            const text = file.endsWith(".js")
                ? readFileSync(path.join(folder, module.name, file), "utf8")
                : "";
            const type = /\b__pulumiType = ['"]([^'"]+)['"]/.exec(text)?.[1];
            if (type !== undefined) {
                const list = /replaceOnChanges: (\["[^\n]*"\]) \}/.exec(text)?.[1];
                const paths = list === undefined ? [] : (JSON.parse(list) as string[]);
                found.push({ type: cloudFormations(type), replaceOnChanges: paths.map(withoutStars) });
            }
        }
    }
    return found;
}

/** The package has another name for one of CloudFormation's services. */
function cloudFormations(type: string): string {
    return type.replace(/^aws-native:configuration:/, "aws-native:config:");
}

/** `tags[*].key` and `content.*.body` name no item: they read `tags.key` and `content.body`. */
function withoutStars(each: string): string {
    return each.replaceAll("[*]", "").replaceAll(".*", "");
}
