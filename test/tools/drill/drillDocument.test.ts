/** docs/drill.md says what the drill is: every flag, every setting, every permission. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { OPTIONS, usage } from "../../../tools/drill/cli/usage";
import { RUNBOOKS } from "../../../tools/drill/runbooks";
import { DEFAULTS } from "../../../tools/drill/topology/types";
import { topologyJson } from "../../support/drill/topologies";

const root = resolve(__dirname, "../../..");
const page = readFileSync(join(root, "docs/drill.md"), "utf8");

/** IAM's prefix of a service by its client, where it is not the client's own name. */
const PREFIXES: Readonly<Record<string, string>> = {
    "auto-scaling": "autoscaling",
    // The drill's own client.
    commands: "arc-region-switch",
    "route-53": "route53",
    "secrets-manager": "secretsmanager",
    "service-quotas": "servicequotas",
};

/** The actions of the calls that a file makes: IAM names them as the SDK does its commands and paginators. */
function actionsOf(source: string): string[] {
    return [...source.matchAll(/import \{([^}]*)\} from "(?:@aws-sdk\/client-|\.\/)([a-z0-9-]+)"/g)].flatMap(
        ([, names = "", client = ""]) =>
            [...names.matchAll(/\b(?:([A-Z]\w+)Command|paginate(\w+))\b/g)].map(
                ([, command, paginated]) => `${PREFIXES[client] ?? client}:${command ?? paginated ?? ""}`,
            ),
    );
}

const folder = join(root, "tools/drill");
const actions = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => actionsOf(readFileSync(join(folder, name), "utf8")));

interface Statement {
    readonly Sid: string;
    readonly Action: string | readonly string[];
}

const [reading = [], changing = []] = [...page.matchAll(/```json\n(\{\n {2}"Version"[^]*?)```/g)].map(
    ([, text = ""]) =>
        (JSON.parse(text) as { Statement: Statement[] }).Statement.flatMap(({ Action }) => Action),
);

describe("docs/drill.md", () => {
    it("names the permission for every call that the drill makes", () => {
        expect(actions).to.include.members([
            "rds:SwitchoverGlobalCluster",
            "autoscaling:UpdateAutoScalingGroup",
            "acm:ListCertificates",
            "rds-data:ExecuteStatement",
            "arc-region-switch:StartPlanExecution",
            "arc-region-switch:ListPlanExecutionEvents",
        ]);
        expect(actions.length).to.be.greaterThan(35);
        const table = page.slice(page.indexOf("## Permissions"), page.indexOf('```json\n{\n  "Version"'));
        expect(actions.filter((action) => !table.includes(`\`${action}\``))).to.deep.equal([]);
    });

    it("grants in its policies what is called, and nothing that is not", () => {
        const needed = actions.filter((action) => action !== "sts:GetCallerIdentity");
        // What AWS checks beside the calls themselves.
        const implied = [
            "fis:TagResource",
            "iam:PassRole",
            "kms:Decrypt",
            "secretsmanager:GetSecretValue",
            "secretsmanager:TagResource",
        ];
        expect([...new Set([...reading, ...changing])].sort()).to.deep.equal(
            [...new Set([...needed, ...implied])].sort(),
        );
    });

    it("lets nobody change anything who may only look", () => {
        expect(reading.filter((action) => !/:(?:Describe|Get|List)/.test(action))).to.deep.equal([]);
        expect(reading.filter((action) => /Secret|Decrypt/.test(action))).to.deep.equal([]);
    });

    it("names every verb and every flag of the usage", () => {
        for (const { usage: call, verb } of RUNBOOKS) {
            expect(page, verb).to.contain(`\n### ${verb}\n\n\`${call}\`\n`);
        }
        expect(page).to.contain("\n### status\n");
        const flags = new Set(usage().match(/(?<=[\s[])--?[a-z][a-z-]*/g));
        expect(flags).to.include("--accept-data-loss").and.to.include("-y");
        expect([...flags].filter((flag) => !new RegExp(`${flag}(?![a-z-])`).test(page))).to.deep.equal([]);
        for (const [option] of OPTIONS) {
            const cell = option
                .split(", ")
                .map((name) => `\`${name}\``)
                .join(", ");
            expect(page).to.contain(`| ${cell} `);
        }
    });

    it("names every setting with its default", () => {
        for (const group of ["targets", "limits", "probe"] as const) {
            for (const [key, value] of Object.entries(DEFAULTS[group])) {
                const row = new RegExp(`\\| \`${group}\\.${key}\` +\\| ${String(value)} +\\|`);
                expect(page, key).to.match(row);
            }
        }
        expect(page).to.match(new RegExp(`\\| \`pollSeconds\` +\\| ${DEFAULTS.pollSeconds} +\\|`));
        const [region] = topologyJson()["regions"] as object[];
        for (const key of [...Object.keys(topologyJson()), ...Object.keys(region!)]) {
            expect(page, key).to.match(new RegExp(`\`${key}[\`.]`));
        }
    });
});
