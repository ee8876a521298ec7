/** What @pulumi/aws-native hands to the engine as `replaceOnChanges`: Cloud Control's view of the same resources. */
import { classFiles } from "./classFiles";

/** A type of the package. */
export interface NativeType {
    /** `aws-native:rds:DbCluster`; its service under CloudFormation's name. */
    readonly type: string;
    /** Paths with dots; what stands for all items of a list or a map is left out. */
    readonly replaceOnChanges: readonly string[];
}

/** All resources of the package in this folder. */
export function nativeTypes(folder: string): NativeType[] {
    return [...classFiles(folder)].map(({ type, text }) => {
        const list = /replaceOnChanges: (\["[^\n]*"\]) \}/.exec(text)?.[1];
        const paths = list === undefined ? [] : (JSON.parse(list) as string[]);
        return { type: cloudFormations(type), replaceOnChanges: paths.map(withoutStars) };
    });
}

/** The package has another name for one of CloudFormation's services. */
function cloudFormations(type: string): string {
    return type.replace(/^aws-native:configuration:/, "aws-native:config:");
}

/** `tags[*].key` and `content.*.body` name no item: they read `tags.key` and `content.body`. */
function withoutStars(each: string): string {
    return each.replaceAll("[*]", "").replaceAll(".*", "");
}
