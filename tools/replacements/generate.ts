/** Reads the sources and makes the table of them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import asked from "./asked.json";
import byHand from "./byHand.json";
import { schemaTypes } from "./cloudFormation";
import { nativeTypes } from "./native";
import { documentedTypes } from "./providerDocs";
import { type ReplacementTable, tableOf } from "./table";
import { twinFinder } from "./twins";

const MODULES = path.join(__dirname, "../../node_modules");

/** The packages that the table is made from. */
const SOURCE_PACKAGES = ["@aws-cdk/aws-service-spec", "@pulumi/aws", "@pulumi/aws-native"];

/** The versions of the sources that are installed. */
function installedVersions(): Record<string, string> {
    return Object.fromEntries(
        SOURCE_PACKAGES.map((name) => {
            const manifest = JSON.parse(readFileSync(path.join(MODULES, name, "package.json"), "utf8")) as {
                readonly version: string;
            };
            return [name, manifest.version];
        }),
    );
}

/** The table as the installed packages give it. */
export function generatedTable(date: string): ReplacementTable {
    return tableOf({
        date,
        versions: installedVersions(),
        documented: documentedTypes(path.join(MODULES, "@pulumi/aws")),
        native: nativeTypes(path.join(MODULES, "@pulumi/aws-native")),
        twinOf: twinFinder(schemaTypes(loadAwsServiceSpecSync())),
        byHand,
        asked,
    });
}
