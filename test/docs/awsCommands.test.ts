// What people type by hand reaches the region that it is meant for, whatever region their terminal is set to.
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { blocksOf } from "../support/docs/blocks";

const ROOT = path.join(__dirname, "..", "..");

/** Services that are one for the world, and the question who one is. */
const GLOBAL = ["cloudfront", "cloudfront-keyvaluestore", "iam", "organizations", "route53", "sts"];

/** A call of the AWS CLI, to the end of its line or to what ends a command in a shell. */
const COMMAND = /\baws ([a-z0-9-]+) [a-z]+(?:-[a-z]+)+\b[^\n;|`)]*/g;

/** The commands of a page that lack the region. In running text the name of a call is no command. */
function withoutRegion(page: string, text: string): string[] {
    const whole = text.replaceAll(/\\\n\s*/g, "");
    const scripts = blocksOf(page, whole)
        .filter(({ language }) => language === "sh")
        .map((block) => block.text);
    const spans = [...whole.matchAll(/`(aws [^`]+ --[\w-]+[ =][^-\s`][^`]*)`/g)].map(([, span = ""]) => span);
    return [...scripts, ...spans]
        .flatMap((script) => [...script.matchAll(COMMAND)])
        .filter(([command, service = ""]) => !GLOBAL.includes(service) && !command.includes(" --region "))
        .map(([command]) => `${page}: ${command}`);
}

describe("the AWS CLI's commands of the pages", () => {
    const pages = [
        "README.md",
        ...["docs", "examples"].flatMap((folder) =>
            (readdirSync(path.join(ROOT, folder), { recursive: true }) as string[])
                .filter((file) => file.endsWith(".md") && !file.includes("node_modules"))
                .map((file) => path.join(folder, file)),
        ),
    ];

    it("name the region, where there is one", () => {
        const read = (page: string): string => readFileSync(path.join(ROOT, page), "utf8");
        expect(pages.flatMap((page) => withoutRegion(page, read(page)))).to.deep.equal([]);
    });

    it("are found in scripts, in text, in more than one line and behind one another", () => {
        const text = [
            "Run `aws rds start-db-cluster --name a`, which is `aws rds start-db-cluster`.",
            "```sh",
            "aws iam list-roles; aws rds stop-db-cluster …",
            "x=$(aws kms list-keys) && aws sqs list-queues \\\n  --region eu-central-1",
            "```",
        ].join("\n");
        expect(withoutRegion("page.md", text)).to.deep.equal([
            "page.md: aws rds stop-db-cluster …",
            "page.md: aws kms list-keys",
            "page.md: aws rds start-db-cluster --name a",
        ]);
    });
});
