/** Wrong configurations as people write them: what the preview says of each, before anything is registered. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { projectCheck } from "../../tools/preview/projectCheck";
import { previewStacks } from "../../tools/preview/stacks";
import { ROOT } from "../support/regions/stackConfigs";

const GOOD = `config:
  meridian:accountId: "111122223333"
  meridian:domainName: shop.example.com
  meridian:hostedZoneId: Z0123456789EXAMPLE0AB
`;

/** What the program says where it is run. */
const RAN = "the program ran";

/** What is written, and what the message says, a line each. */
interface Wrong {
    /** Lines below the good ones. */
    readonly lines?: string;
    /** The whole file, in place of the good one. */
    readonly file?: string | Buffer;
    /** Other files of the project's folder. */
    readonly others?: Readonly<Record<string, string>>;
    readonly config?: Readonly<Record<string, string>>;
    readonly primaryRegion?: string;
    readonly stack?: string;
    readonly says: readonly (string | RegExp)[];
}

const us = (key: string, value: unknown): string =>
    `meridian:${key} in Pulumi.prod-us.yaml is ${JSON.stringify(value)}`;
const given = (key: string, value: unknown): string =>
    `meridian:${key} from --config is ${JSON.stringify(value)}`;
const many = (count: number, make: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => make(index)).join("\n");
const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

const CASES: Readonly<Record<string, Wrong>> = {
    // What is not there, or is of another type: with everything else, in one list.
    "an empty file": {
        file: "",
        says: [missing("accountId"), missing("domainName"), missing("hostedZoneId")],
    },
    "a file of comments": {
        file: "# nothing yet\n",
        says: [missing("accountId"), missing("domainName"), missing("hostedZoneId")],
    },
    "one key that is missing, and another that is wrong": {
        file: GOOD.replace(/ {2}meridian:domainName.*\n/, "  meridian:webMinSize: 1\n"),
        says: [missing("domainName"), `${us("webMinSize", 1)}; allowed: 2 to 500`],
    },
    "a word for a number": {
        lines: "webMinSize: two",
        says: [`${us("webMinSize", "two")}; allowed: an integer`],
    },
    "a fraction for an integer": {
        lines: "webMinSize: 2.5",
        says: [`${us("webMinSize", "2.5")}; allowed: an integer`],
    },
    "yes for true": {
        lines: "deletionProtection: yes",
        says: [`${us("deletionProtection", "yes")}; allowed: true or false`],
    },
    "a number for a truth value": {
        lines: "deletionProtection: 1",
        says: [`${us("deletionProtection", "1")}; allowed: true or false`],
    },
    "a text for a list": {
        lines: "availabilityZones: us-east-1a",
        says: [`${us("availabilityZones", "us-east-1a")}; allowed: a list of texts`],
    },
    "a list of numbers": {
        lines: "blockedCountries: [1, 2]",
        says: [`${us("blockedCountries", "[1,2]")}; allowed: a list of texts`],
    },
    "a list for a text": {
        lines: "webImage: [a, b]",
        says: [/^meridian:webImage in Pulumi.prod-us.yaml is .*; allowed: a container image/],
    },
    "a map for a text": {
        lines: "owner: { team: shop }",
        says: [/^meridian:owner in Pulumi.prod-us.yaml is .*; allowed: a tag's value/],
    },
    "a map for a number": {
        lines: "webMaxSize: { value: 4 }",
        says: [/^meridian:webMaxSize in .* is .*; allowed: an integer/],
    },
    "types, bounds, names and a key that is not known, together": {
        lines: "webMinSize: two\ndeletionProtection: 2\npriceClass: cheap\nalarmEmail: me\nwebMaxsize: 3",
        says: [
            "meridian:webMaxsize in Pulumi.prod-us.yaml is no key of this project",
            us("webMinSize", "two"),
            us("deletionProtection", "2"),
            us("priceClass", "cheap"),
            us("alarmEmail", "me"),
        ],
    },
    "an account number that YAML shortens": {
        file: GOOD.replace('"111122223333"', "011122223333"),
        says: [
            "meridian:accountId in Pulumi.prod-us.yaml is 011122223333 without quotes, which YAML reads as the number 11122223333",
            us("accountId", "11122223333"),
        ],
    },

    // The file itself.
    "two YAML documents": {
        file: `${GOOD}---\n${GOOD}`,
        says: ["has 2 YAML documents, parted by lines of ---"],
    },
    "UTF-16 with a byte order mark": {
        file: Buffer.from(`\ufeff${GOOD}`, "utf16le"),
        says: ["is in UTF-16, and Pulumi reads UTF-8"],
    },
    "UTF-16 of the other order with its mark": {
        file: utf16be(`\ufeff${GOOD}`),
        says: ["is in UTF-16, and Pulumi reads UTF-8"],
    },
    "UTF-16 without a mark": {
        file: Buffer.from(GOOD, "utf16le"),
        says: ["is in UTF-16, and Pulumi reads UTF-8"],
    },
    "UTF-16 of the other order without a mark": {
        file: utf16be(GOOD),
        says: ["is in UTF-16, and Pulumi reads UTF-8"],
    },
    "Latin-1": {
        file: Buffer.from(`${GOOD}  meridian:owner: B\u00fccher\n`, "latin1"),
        says: ["is not in UTF-8"],
    },
    "a tab for spaces": {
        file: "config:\n\tmeridian:owner: me\n",
        says: [/Pulumi\.prod-us\.yaml: .*(?:Tabs|tab)/],
    },
    "a bracket that is left open": {
        file: `${GOOD}  meridian:blockedCountries: [DE\n`,
        says: [/Pulumi\.prod-us\.yaml: .*line/],
    },
    "a key twice": {
        file: `${GOOD}  meridian:domainName: b.example.com\n`,
        says: [/Map keys must be unique/],
    },
    "a list in place of the map": { file: "- a\n- b\n", says: ["expected a map"] },
    "a text in place of the map": { file: "hello\n", says: ["expected a map"] },
    "config that is a list": { file: "config:\n  - a\n", says: ["the attribute 'config' must be a map"] },
    "keys without a namespace": {
        file: `${GOOD}  webMinSize: 3\n`,
        says: ["could not parse webMinSize as a configuration key"],
    },
    "an account that is encrypted": {
        file: GOOD.replace('"111122223333"', "{ secure: AAABAJ }"),
        says: [/^meridian:accountId in Pulumi.prod-us.yaml is encrypted \(secure:\); allowed: plain text/],
    },
    "zones one of which is encrypted": {
        lines: "availabilityZones: [us-east-1a, { secure: AAABAJ }]",
        says: [/^meridian:availabilityZones in .* is encrypted/],
    },

    // Keys.
    "a key with a slip": {
        lines: "webMinsize: 3",
        says: [/webMinsize in Pulumi.prod-us.yaml is no key .* Did you mean meridian:webMinSize\?/],
    },
    "a namespace with a slip": {
        file: `${GOOD}  meridien:webMinSize: 3\n`,
        says: [/^meridien:webMinSize in .* Did you mean meridian:webMinSize\?/],
    },
    "a key that every object has": { lines: "toString: 3", says: [/^meridian:toString in .* is no key/] },
    "a thousand keys of another project": {
        lines: many(1000, (index) => `other${index}: x`),
        says: [/^1000 keys in Pulumi.prod-us.yaml are no keys of this project: .* and 997 more/],
    },

    // The command line is not the file.
    "--config with a wrong number": {
        config: { webMinSize: "1" },
        says: [`${given("webMinSize", 1)}; allowed: 2 to 500`],
    },
    "--config with a wrong type": {
        config: { webMinSize: "two" },
        says: [`${given("webMinSize", "two")}; allowed: an integer`],
    },
    "--config of a list that is no JSON": {
        config: { availabilityZones: "us-east-1a" },
        says: [given("availabilityZones", "us-east-1a")],
    },
    "--config with a key that is not known": {
        config: { webMinsize: "3" },
        says: [/^meridian:webMinsize from --config is no key/],
    },
    "--config beside a wrong file": {
        lines: "webMaxSize: 1",
        config: { apiMaxSize: "0" },
        says: [us("webMaxSize", 1), given("apiMaxSize", 0)],
    },
    "--primary-region of no region": {
        primaryRegion: "mars",
        says: ['meridian:primaryRegion from --primary-region is "mars"'],
    },
    "a minimum above the default maximum": {
        lines: "webMinSize: 20",
        says: [/^meridian:webMaxSize by default in Pulumi.yaml is 12; allowed: more than 20/],
    },

    // Bounds that another key moves.
    "a minimum that is out of bounds says nothing of the maximum": {
        lines: "webMinSize: 900",
        says: [`${us("webMinSize", 900)}; allowed: 2 to 500`],
    },
    "a minimum that leaves the maximum no room": {
        lines: "webMinSize: 500\nwebMaxSize: 500",
        says: [`${us("webMinSize", 500)}; allowed: 2 to 499, because meridian:webMaxSize`],
    },
    "a maximum that is negative": {
        lines: "webMaxSize: -5",
        says: [/^meridian:webMaxSize in .* is -5; allowed: more than 2 /],
    },
    "a ceiling below the writer's floor": {
        lines: 'databaseMaxCapacity: "4"',
        says: [`${us("databaseMaxCapacity", 4)}; allowed: 8 to 256 ACUs`],
    },
    "daily backups for a million days": {
        lines: "backupDailyRetentionDays: 1000000",
        says: [`${us("backupDailyRetentionDays", 1_000_000)}; allowed: 7 to 36500`],
    },
    "an export interval that is out of bounds": {
        lines: "databaseExportIntervalDays: 90000",
        says: [`${us("databaseExportIntervalDays", 90_000)}; allowed: 1 to 30`],
    },
    "point-in-time recovery of a year": {
        lines: "databaseBackupRetentionDays: 365",
        says: [`${us("databaseBackupRetentionDays", 365)}; allowed: 7 to 35`],
    },

    // Values.
    "an account of eleven digits": {
        file: GOOD.replace("111122223333", "11112222333"),
        says: [us("accountId", "11112222333")],
    },
    "a domain with a scheme": {
        file: GOOD.replace("shop.example.com", "https://shop.example.com"),
        says: [us("domainName", "https://shop.example.com")],
    },
    "a domain with a final dot": {
        file: GOOD.replace("shop.example.com", "shop.example.com."),
        says: [us("domainName", "shop.example.com.")],
    },
    "a domain in capitals": {
        file: GOOD.replace("shop.example.com", "Shop.Example.com"),
        says: [us("domainName", "Shop.Example.com")],
    },
    "a zone with its path": {
        file: GOOD.replace("Z0123", "/hostedzone/Z0123"),
        says: [us("hostedZoneId", "/hostedzone/Z0123456789EXAMPLE0AB")],
    },
    "a role of another account": {
        lines: "deployRoleArn: arn:aws:iam::999900001111:role/x",
        says: [us("deployRoleArn", "arn:aws:iam::999900001111:role/x")],
    },
    "two addresses for alarms": {
        lines: "alarmEmail: a@b.c,d@e.f g",
        says: [us("alarmEmail", "a@b.c,d@e.f g")],
    },
    "Docker's network": {
        lines: "cidrBlock: 172.17.0.0/16",
        says: [
            `${us("cidrBlock", "172.17.0.0/16")}; allowed: a block apart from 172.17.0.0/16, where Docker`,
        ],
    },
    "a block that another region has": {
        lines: "cidrBlock: 10.20.0.0/16",
        says: [us("cidrBlock", "10.20.0.0/16")],
    },
    "a public block": { lines: "cidrBlock: 52.0.0.0/16", says: [us("cidrBlock", "52.0.0.0/16")] },
    "one zone": {
        lines: "availabilityZones: [us-east-1a]",
        says: [/^meridian:availabilityZones .* allowed: 2 to 4 zones/],
    },
    "another region's zones": {
        lines: "availabilityZones: [eu-west-1a, eu-west-1b]",
        says: [/^meridian:availabilityZones .* allowed: zones of us-east-1/],
    },
    "an endpoint by its full name": {
        lines: "interfaceEndpoints: [com.amazonaws.us-east-1.sqs]",
        says: [/^meridian:interfaceEndpoints\[0\] in .* allowed: the end of a service name/],
    },
    "a block for a host": {
        lines: "internetEgressCidrBlocks: [203.0.113.7/24]",
        says: [/^meridian:internetEgressCidrBlocks\[0\] .* Write 203\.0\.113\.0\/24/],
    },
    "56 wrong blocks": {
        lines: `internetEgressCidrBlocks: [${Array.from({ length: 56 }, (_, index) => `h${index}`).join(", ")}]`,
        says: [/\[0\]/, /\[1\]/, /\[2\]/, /\[3\]/, /\[4\]/, /has 51 more that are wrong/],
    },
    "no way out for images": {
        lines: "natGateways: None",
        says: [
            /^meridian:webImage by default in Pulumi.yaml .* because meridian:natGateways is None/,
            /^meridian:apiImage by default/,
        ],
    },
    "the latest image": { lines: "webImage: nginx:latest", says: [us("webImage", "nginx:latest")] },
    "a port below 1024": { lines: "webContainerPort: 80", says: [us("webContainerPort", 80)] },
    "a size that EC2 has not": {
        lines: "webInstanceTypes: [t4g.small, t4g.9xlarge, c7g.medium]",
        says: [
            /^meridian:webInstanceTypes in Pulumi.prod-us.yaml has t4g\.9xlarge; allowed: the sizes of t4g/,
        ],
    },
    "types of two architectures": {
        lines: "webInstanceTypes: [t4g.small, t3.small, c7g.medium]",
        says: [/allowed: types of one architecture/],
    },
    "a version without quotes": {
        lines: "databaseEngineVersion: 17.10",
        says: [
            /^meridian:databaseEngineVersion in .* is 17\.10 without quotes, which YAML reads as the number 17\.1/,
            /Put it in quotes/,
        ],
    },
    "a version that lost its zero on the way": {
        config: { databaseEngineVersion: "17.1" },
        says: [/^meridian:databaseEngineVersion from --config is "17\.1"; .* Put it in quotes/],
    },
    "a database that is PostgreSQL's own": {
        lines: "databaseName: postgres",
        says: [us("databaseName", "postgres")],
    },
    "a query in the health check": {
        lines: "healthCheckPath: /health?deep=1",
        says: [us("healthCheckPath", "/health?deep=1")],
    },
    "a country in small letters": {
        lines: "blockedCountries: [de]",
        says: [/^meridian:blockedCountries\[0\]/],
    },
    "a lock for good of what is to be destroyed": {
        lines: "backupLockMode: compliance\ndeletionProtection: false",
        says: [/governance while meridian:deletionProtection is false/],
    },
    "a certificate of another region": {
        lines: "webCertificateArn: arn:aws:acm:eu-central-1:111122223333:certificate/00000000-1111-2222-3333-444444444444",
        says: [/^meridian:webCertificateArn/],
    },
    "logs for a hundred days": {
        lines: "logRetentionDays: 100",
        says: [/^meridian:logRetentionDays .* one of 1, 3, 5/],
    },

    // Stacks that do not agree.
    "another account in one stack": {
        others: { "prod-eu": GOOD.replace("111122223333", "999900001111") },
        says: [
            'meridian:accountId is "111122223333" in Pulumi.prod-us.yaml and in Pulumi.prod-global.yaml and "999900001111" in ' +
                "Pulumi.prod-eu.yaml; allowed: one value in all stacks, because the stacks refer to each other's resources",
        ],
    },
    "another version in one stack": {
        lines: 'databaseEngineVersion: "17.11"',
        says: [
            /^meridian:databaseEngineVersion is "17\.11" in Pulumi.prod-us.yaml and "18\.6" by default in Pulumi.yaml for prod-eu and by default in Pulumi.yaml for prod-global; allowed: one value in all stacks, because the members/,
        ],
    },
    "another writer in one stack": {
        lines: "primaryRegion: eu",
        says: [/^meridian:primaryRegion is "eu" in Pulumi.prod-us.yaml and "us" by default/],
    },
    "another stack's account, seen from the global one": {
        stack: "prod-global",
        others: { "prod-us": GOOD.replace("111122223333", "999900001111") },
        says: [
            'meridian:accountId is "111122223333" in Pulumi.prod-global.yaml and in Pulumi.prod-eu.yaml and "999900001111" in ' +
                "Pulumi.prod-us.yaml; allowed: one value in all stacks",
        ],
    },
};

/** The message about a key without a value. */
function missing(key: string): string {
    return `meridian:${key} in Pulumi.prod-us.yaml is not given; allowed: a text`;
}

/** The good lines with others below; a key that is given again replaces the good one. */
function withLines(lines: string): string {
    const keys = lines.split("\n").map((line) => line.split(":")[0] ?? "");
    const kept = GOOD.split("\n").filter(
        (line) => !keys.some((key) => line.startsWith(`  meridian:${key}:`)),
    );
    return `${kept.join("\n")}${lines
        .split("\n")
        .map((line) => `  meridian:${line}\n`)
        .join("")}`;
}

describe("a wrong configuration", () => {
    let directory = "";

    beforeEach(() => {
        directory = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-wrong-"));
        fs.copyFileSync(path.join(ROOT, "Pulumi.yaml"), path.join(directory, "Pulumi.yaml"));
        fs.writeFileSync(path.join(directory, "index.ts"), "");
    });
    afterEach(() => {
        fs.rmSync(directory, { recursive: true });
    });

    const previewOf = async (wrong: Wrong) => {
        const files = {
            "prod-us": wrong.file ?? (wrong.lines === undefined ? GOOD : withLines(wrong.lines)),
            "prod-eu": GOOD,
            "prod-global": GOOD,
            ...wrong.others,
        };
        for (const [stack, text] of Object.entries(files)) {
            fs.writeFileSync(path.join(directory, `Pulumi.${stack}.yaml`), text);
        }
        const { document } = await previewStacks({
            projectDir: directory,
            stacks: [wrong.stack ?? "prod-us"],
            check: projectCheck("meridian"),
            program: () => {
                throw new Error(RAN);
            },
            ...(wrong.config === undefined ? {} : { configOverrides: wrong.config }),
            ...(wrong.primaryRegion === undefined ? {} : { primaryRegion: wrong.primaryRegion }),
        });
        return { document, preview: document.stacks[wrong.stack ?? "prod-us"] };
    };

    const problemsOf = async (wrong: Wrong): Promise<string[]> => {
        const { preview } = await previewOf(wrong);
        expect(preview?.steps).to.deep.equal([]);
        expect(preview?.error).to.not.have.any.keys("stack");
        const message = preview?.error?.message ?? "";
        expect(message).to.not.include(RAN);
        const [head = "", ...lines] = message.split("\n");
        if (lines.length === 0) {
            return [head.replaceAll(directory, "")];
        }
        expect(head).to.match(/^The configuration of stack \S+ has \d+ problems?:$/);
        return lines.map((line) => line.replace(/^ {2}- /, ""));
    };

    it("is known in more than sixty ways", () => {
        expect(Object.keys(CASES).length).to.be.greaterThan(60);
    });

    it("is none that is good, whose program is run", async () => {
        const { document, preview } = await previewOf({ says: [] });
        expect(Object.keys(document.stacks)).to.deep.equal(["prod-us"]);
        expect(preview?.error?.message).to.equal(RAN);
    });

    for (const [what, wrong] of Object.entries(CASES)) {
        it(`${what} is refused, with all that is wrong and nothing else`, async () => {
            const problems = await problemsOf(wrong);
            const unsaid = wrong.says.filter(
                (said) =>
                    !problems.some((line) =>
                        typeof said === "string" ? line.includes(said) : said.test(line),
                    ),
            );
            expect({ unsaid: unsaid.map(String), problems }).to.deep.equal({ unsaid: [], problems });
            expect(problems, problems.join("\n")).to.have.length(wrong.says.length);
        });
    }
});
