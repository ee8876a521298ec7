// What stands in the pages works as it stands.
import { expect } from "chai";
import { parse } from "yaml";
import { blocksOf, type CodeBlock, documentedBlocks } from "../support/docs/blocks";
import { compileBlocks, runBlock } from "../support/docs/programs";
import { previewProgram } from "../support/preview";

const title = (block: CodeBlock): string => `${block.page}, line ${block.line}`;

/** What the regions' stacks give to the global stack, where a page's program asks for it. */
const STACK_OUTPUTS = {
    source: {
        clusterArn: "arn:aws:rds:us-east-1:111122223333:cluster:shop-prod-us",
        engineVersion: "18.6",
        preparationFunctionName: "shop-db-preparation",
    },
    member: {
        region: "eu-central-1",
        clusterIdentifier: "shop-prod-eu",
        subnetGroupName: "shop-db-subnets",
        securityGroupId: "sg-0123456789abcdef0",
        clusterParameterGroupName: "shop-db-cluster",
        instanceParameterGroupName: "shop-db-instance",
        kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555",
        monitoringRoleArn: "arn:aws:iam::111122223333:role/shop-db-monitoring",
        port: 5432,
        capacity: { minCapacity: 8, maxCapacity: 32, standbyMinCapacity: 2 },
        backupRetentionDays: 35,
        backupWindow: "02:00-03:00",
        maintenanceWindow: "sun:04:00-sun:05:00",
        performanceInsightsRetentionDays: 7,
        monitoringIntervalSeconds: 60,
        alarmTopicArns: [],
    },
};

describe("the code blocks of the pages", function () {
    this.timeout(180_000);
    const programs = documentedBlocks("ts", "typescript");

    const text = 'import { Vpc3Tier } from "meridian";\n\nnew Vpc3Tier("shop", args);\n';
    const misfits = blocksOf("docs/page.md", `Text.\n\n\`\`\`ts\n${text}\`\`\`\n`);
    let messages: string[];

    before(() => {
        messages = compileBlocks([...programs, ...misfits]);
    });

    it("in TypeScript compile with strict", () => {
        expect(programs).not.to.have.lengthOf(0);
        expect(messages.filter((message) => !message.startsWith("docs/page.md:"))).to.deep.equal([]);
    });

    it("are compiled: one that does not fit is found, at its line", () => {
        expect(messages).to.include("docs/page.md:6 Cannot find name 'args'.");
    });

    describe("in TypeScript run as they stand", () => {
        for (const block of programs.filter(({ text }) => text.includes('from "meridian"'))) {
            it(title(block), async () => {
                const preview = await previewProgram(() => runBlock(block), {
                    stackOutputs: () => STACK_OUTPUTS,
                });
                expect(preview.error, preview.error?.message).to.equal(undefined);
                const made = preview.resources.some(({ type }) => type.startsWith("meridian:index:"));
                // A program that makes nothing shows how a function that is given the rest would.
                expect(made || /^export function /m.test(block.text), "makes a component").to.equal(true);
            });
        }
    });

    it("of each component's page begin with a program that makes it", () => {
        for (const name of [
            "ApiTier",
            "AuroraGlobal",
            "AuroraReplication",
            "ContainerCluster",
            "DocumentDatabase",
            "EdgeDistribution",
            "FargateService",
            "Personalization",
            "Vpc3Tier",
            "WebTier",
        ]) {
            const page = `docs/components/${name.charAt(0).toLowerCase()}${name.slice(1)}.md`;
            const first = programs.find((block) => block.page === page);
            expect(first?.text, page).to.match(new RegExp(`^export const \\w+ = `, "m"));
            expect(first?.text, page).to.include(`new ${name}(`);
        }
    });

    for (const block of documentedBlocks("json")) {
        it(`in JSON parse: ${title(block)}`, () => {
            expect(() => JSON.parse(block.text) as unknown).not.to.throw();
        });
    }

    for (const block of documentedBlocks("yaml", "yml")) {
        it(`in YAML parse: ${title(block)}`, () => {
            expect(parse(block.text)).to.be.an("object");
        });
    }

    it("within a list lose its indentation", () => {
        expect(blocksOf("page.md", "1. One:\n\n   ```sh\n   ls\n     -a\n   ```\n")).to.deep.equal([
            { page: "page.md", line: 3, language: "sh", text: "ls\n  -a\n" },
        ]);
    });
});
