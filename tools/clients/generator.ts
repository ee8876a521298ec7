/** OpenAPI Generator, exactly one version of it, from Maven Central. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { apiDocuments, type ApiDocument } from "./documents";

const VERSION = "7.25.0";
const SHA256 = "41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae";

const CACHE = path.resolve(__dirname, "../../.cache");
const JAR = path.join(CACHE, `openapi-generator-cli-${VERSION}.jar`);

/** Whom a client is for. */
export type Platform = "javascript" | "ios" | "android";

interface Generator {
    readonly name: string;
    readonly properties: Readonly<Record<string, unknown>>;
    /** What the sources' names end with. */
    readonly extension: string;
}

const GENERATORS: Readonly<Record<Platform, (name: string) => Generator>> = {
    javascript: (name) => ({
        name: "typescript-fetch",
        properties: { npmName: `@meridian/${name}-client`, supportsES6: true },
        extension: ".ts",
    }),
    ios: (name) => ({
        name: "swift6",
        properties: { projectName: `${pascal(name)}Client` },
        extension: ".swift",
    }),
    android: (name) => ({
        name: "kotlin",
        properties: {
            library: "jvm-okhttp4",
            packageName: `com.example.meridian.${name.replaceAll("-", "")}`,
        },
        extension: ".kt",
    }),
};

/** All platforms. */
export const PLATFORMS = Object.keys(GENERATORS) as readonly Platform[];

function pascal(name: string): string {
    return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Downloads the generator where it is not there yet.
 *
 * @throws Error where Maven fails, or what it brings is something else.
 */
function prepareGenerator(log: (line: string) => void): void {
    if (!fs.existsSync(JAR)) {
        log(`Downloading OpenAPI Generator ${VERSION} from Maven Central into ${CACHE}`);
        fs.mkdirSync(CACHE, { recursive: true });
        execFileSync(
            "mvn",
            [
                "--batch-mode",
                "--quiet",
                "dependency:copy",
                `-Dartifact=org.openapitools:openapi-generator-cli:${VERSION}:jar`,
                `-DoutputDirectory=${CACHE}`,
            ],
            { stdio: ["ignore", "ignore", "inherit"], cwd: CACHE },
        );
    }
    const actual = createHash("sha256").update(fs.readFileSync(JAR)).digest("hex");
    if (actual !== SHA256) {
        throw new Error(
            `${JAR} has the checksum ${actual}, and that of version ${VERSION} is ${SHA256}. Remove it`,
        );
    }
}

/** A client that was made. */
export interface GeneratedClient {
    readonly platform: Platform;
    readonly document: ApiDocument;
    readonly folder: string;
}

/**
 * Makes clients of all documents.
 *
 * @param out The folder that they go to, `<platform>/<document>` each. What is in there is removed.
 * @throws Error where the generator fails, or a client lacks an operation.
 */
export function generateClients(
    platforms: readonly Platform[],
    out: string,
    log: (line: string) => void,
): GeneratedClient[] {
    prepareGenerator(log);
    const clients = platforms.flatMap((platform) =>
        apiDocuments().map((document) => ({
            platform,
            document,
            folder: path.join(out, platform, document.name),
        })),
    );
    const configs = path.join(out, "configs");
    fs.rmSync(configs, { recursive: true, force: true });
    fs.mkdirSync(configs, { recursive: true });
    const files = clients.map((client) => {
        fs.rmSync(client.folder, { recursive: true, force: true });
        const file = path.join(configs, `${client.platform}-${client.document.name}.json`);
        fs.writeFileSync(file, JSON.stringify(configOf(client), null, 4));
        return file;
    });
    // One process for all: most of the time that one takes is its start.
    execFileSync("java", ["-jar", JAR, "batch", "--fail-fast", ...files], {
        stdio: ["ignore", "ignore", "inherit"],
        cwd: out,
    });
    const missing = clients.flatMap(missingOperations);
    if (missing.length > 0) {
        throw new Error(`these operations are not in the clients: ${missing.join(", ")}`);
    }
    return clients;
}

function configOf({ platform, document, folder }: GeneratedClient): object {
    const { name, properties } = GENERATORS[platform](document.name);
    return {
        generatorName: name,
        inputSpec: document.file,
        outputDir: folder,
        additionalProperties: { hideGenerationTimestamp: true, ...properties },
    };
}

function missingOperations({ platform, document, folder }: GeneratedClient): string[] {
    const { extension } = GENERATORS[platform](document.name);
    const sources = fs
        .readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(extension))
        .map((file) => fs.readFileSync(path.join(folder, file), "utf8"))
        .join("\n");
    return document.operationIds
        .filter((id) => !new RegExp(`\\b${id}\\(`).test(sources))
        .map((id) => `${platform} ${document.name} ${id}`);
}
