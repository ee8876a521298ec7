/**
 * `npm run clients`: client libraries for JavaScript, iOS and Android, made from the functions' OpenAPI documents by OpenAPI
 * Generator. They are not kept in the repository: whoever needs one makes it from the version of the documents that it is to call.
 */
import * as fs from "node:fs";
import * as path from "node:path";

import { type Call, runCommand } from "../shared/commandLine";
import { generateClients, type Platform, PLATFORMS } from "./generator";

const OUT = path.resolve(__dirname, "../../.cache/clients");

const USAGE = `Usage: npm run clients -- [platform…] [flags]

Makes client libraries from the functions' OpenAPI documents: ${PLATFORMS.join(", ")};
all of them when none is named. It needs Java 11 or later and Maven; the first run
downloads OpenAPI Generator from Maven Central.

Flags:
      --out folder  where they go, <platform>/<document> each: .cache/clients
                    when left out. What is there of the same names is removed
  -h, --help        print this
`;

function main({ words, flags }: Call): number {
    const { out } = flags;
    const folder = typeof out === "string" ? path.resolve(out) : OUT;
    fs.mkdirSync(folder, { recursive: true });
    const clients = generateClients(
        words.length === 0 ? PLATFORMS : (words as Platform[]),
        folder,
        (line) => {
            process.stderr.write(`${line}\n`);
        },
    );
    for (const client of clients) {
        process.stdout.write(`${path.relative(process.cwd(), client.folder)}\n`);
    }
    return 0;
}

void runCommand({ usage: USAGE, words: PLATFORMS, flags: { out: { type: "string" } } }, (call) =>
    Promise.resolve(main(call)),
);
