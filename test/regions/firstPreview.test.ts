import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";
import { type RunResult } from "../../tools/preview/engine";
import { nameOf } from "../../tools/preview/urn";
import { projectPreview } from "../support/projectPreview";

const ROOT = path.join(__dirname, "..", "..");

describe("a first preview, in which nothing computed is known", function () {
    this.timeout(120_000);
    let runs: readonly RunResult[];
    let planned: Readonly<Record<string, readonly string[]>>;

    before(async () => {
        ({ runs } = await projectPreview());
        const references = Object.fromEntries(
            runs.map(({ plainOutputs, preview }) => [`organization/meridian/${preview.stack}`, plainOutputs]),
        );
        const requests = runs.map(({ preview: { config, stack } }) => ({ stack, config, references }));
        const script = path.join(ROOT, "test", "support", "unknownPreview.ts");
        // The SDK keeps traces of all its promises, and takes longer over them than over the program.
        const printed = execFileSync(
            process.execPath,
            ["--require=tsx/cjs", "--stack-trace-limit=2", script, JSON.stringify(requests)],
            {
                cwd: ROOT,
                encoding: "utf8",
            },
        );
        planned = JSON.parse(printed) as typeof planned;
    });

    for (const stack of ["prod-us", "prod-eu", "prod-global"]) {
        it(`plans for ${stack} all that an update will make`, () => {
            const run = runs.find(({ preview }) => preview.stack === stack);
            if (run === undefined) {
                throw new Error(`${stack} was not previewed`);
            }
            // The VPC's own children are awsx's, which mocks do not run.
            const expected = run.states
                .filter(
                    ({ urn }) =>
                        !urn.includes("$awsx:ec2:Vpc$") &&
                        !/::(?:pulumi:providers:random|pulumi:pulumi:Stack)::/.test(urn),
                )
                .map(({ type, urn }) => `${type} ${nameOf(urn)}`)
                .sort();
            expect(
                planned[stack]?.filter((line) => !line.startsWith("pulumi:pulumi:Stack ")).sort(),
            ).to.deep.equal(expected);
        });
    }
});
