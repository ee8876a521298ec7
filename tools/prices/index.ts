/** `npm run prices`: brings the price table up to date from AWS's public price lists, which need no account. */
import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { GLOBAL, type PriceRow } from "../../policies/residency-and-cost/shared/cost/priceTable";
import { runCommand, WrongCall } from "../shared/commandLine";
import { readOffer } from "./bulkFile";
import { OFFERS } from "./items";
import { isWanted, type RegionalOffer, tableText, updatePrices } from "./update";

const TABLE = path.resolve(__dirname, "../../policies/residency-and-cost/shared/cost/prices.json");

/** Where the price lists are. Source: AWS Billing user guide, "Getting price list files manually". */
const LISTS = "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws";

const USAGE = `Usage: npm run prices -- [flags]

Brings the table of prices up to date from AWS's public price lists, which need a
network and no account: replaces the prices that it finds, with the day of their
publication, and says which have changed and which are not there.

Flags:
      --region region  a region, such as eu-west-1; may be repeated; left out:
                       those of the table
      --type type      take in this type of instance or node too, such as
                       db.r8g.large; may be repeated; left out: those of the
                       table alone
      --from dir       read dir/<service>/<region>.csv in place of the network
      --dry-run        write nothing
  -h, --help           print this
`;

/** The lines of a price list; undefined where there is none. */
async function linesOf(
    offer: string,
    region: string,
    from: string | undefined,
): Promise<AsyncIterable<string> | undefined> {
    if (from !== undefined) {
        const file = path.join(from, offer, `${region}.csv`);
        return existsSync(file) ? createInterface({ input: createReadStream(file) }) : undefined;
    }
    const response = await fetch(`${LISTS}/${offer}/current/${region}/index.csv`);
    if (response.status === 404) {
        return undefined;
    }
    if (!response.ok || response.body === null) {
        throw new Error(`${offer} of ${region}: the price list answers with status ${response.status}`);
    }
    return createInterface({ input: Readable.fromWeb(response.body) });
}

interface Request {
    readonly regions: readonly string[];
    readonly types: readonly string[];
    /** A folder in place of the network. */
    readonly from: string | undefined;
    readonly dryRun: boolean;
}

async function update({ regions, types, from, dryRun }: Request): Promise<number> {
    const table = JSON.parse(readFileSync(TABLE, "utf8")) as readonly PriceRow[];
    const wanted =
        regions.length > 0
            ? regions
            : [...new Set(table.map(({ region }) => region))].filter((region) => region !== GLOBAL);
    const offers: RegionalOffer[] = [];
    for (const region of wanted) {
        for (const offer of OFFERS) {
            const lines = await linesOf(offer, region, from);
            if (lines === undefined) {
                process.stdout.write(`${region}: no price list of ${offer}\n`);
                continue;
            }
            offers.push({ region, file: await readOffer(lines, isWanted(offer)) });
        }
    }
    const { rows, found, changed, missing } = updatePrices(table, offers, types);
    process.stdout.write(
        [
            `${found} prices found, ${changed.length} of them new or changed:`,
            ...changed.map((key) => `    ${key}`),
            `${missing.length} prices of these regions are not in the lists, and stay as they are:`,
            ...missing.map((key) => `    ${key}`),
            "",
        ].join("\n"),
    );
    if (!dryRun) {
        writeFileSync(TABLE, tableText(rows));
    }
    return found > 0 ? 0 : 1;
}

if (require.main === module) {
    void runCommand(
        {
            usage: USAGE,
            flags: {
                region: { type: "string", multiple: true },
                type: { type: "string", multiple: true },
                from: { type: "string" },
                "dry-run": { type: "boolean" },
            },
        },
        ({ flags, lists: { region = [], type = [] } }) => {
            const wrong = region.filter((each) => !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(each));
            if (wrong.length > 0) {
                throw new WrongCall(
                    wrong.map((each) => `${each} is no region; write it as eu-west-1.`).join("\n"),
                );
            }
            return update({
                regions: region,
                types: type,
                from: typeof flags["from"] === "string" ? flags["from"] : undefined,
                dryRun: "dry-run" in flags,
            });
        },
    );
}
