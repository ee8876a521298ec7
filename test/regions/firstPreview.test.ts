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

    before(async () => {
        ({ runs } = await projectPreview());
    });

    for (const stack of ["prod-us", "prod-eu", "prod-global"]) {
        it(`plans for ${stack} all that an update will make`, () => {
            const run = runs.find(({ preview }) => preview.stack === stack);
            if (run === undefined) {
                throw new Error(`${stack} was not previewed`);
            }
            const references = Object.fromEntries(
                runs.map(({ plainOutputs, preview }) => [
                    `organization/meridian/${preview.stack}`,
                    plainOutputs,
                ]),
            );
            const request = JSON.stringify({ stack, config: run.preview.config, references });
            const script = path.join(ROOT, "test", "support", "unknownPreview.ts");
            const printed = execFileSync(process.execPath, ["--import=tsx", script, request], {
                cwd: ROOT,
                encoding: "utf8",
            });
            const planned = (JSON.parse(printed) as string[]).sort();
            // The VPC's own children are awsx's, which mocks do not run.
            const expected = run.states
                .filter(
                    ({ urn }) =>
                        !urn.includes("$awsx:ec2:Vpc$") &&
                        !/::(?:pulumi:providers:random|pulumi:pulumi:Stack)::/.test(urn),
                )
                .map(({ type, urn }) => `${type} ${nameOf(urn)}`)
                .sort();
            expect(planned.filter((line) => !line.startsWith("pulumi:pulumi:Stack "))).to.deep.equal(
                expected,
            );
        });
    }
});
