import * as path from "node:path";
import { expect } from "chai";
import { composeStack } from "../../regions/compose";
import { type RunResult, runProgram } from "../../tools/preview/engine";
import { previewStacks } from "../../tools/preview/stacks";
import { type Properties } from "../../tools/preview/types";

const ROOT = path.join(__dirname, "..", "..");

describe("the global stack, with what region stacks gave out", () => {
    const outputs = new Map<string, Properties>();
    let config: Readonly<Record<string, string>>;

    before(async () => {
        const { runs } = await previewStacks({ projectDir: ROOT });
        for (const run of runs) {
            outputs.set(`organization/meridian/${run.preview.stack}`, run.rawOutputs);
        }
        config = runs.find((run) => run.preview.stack === "prod-global")?.preview.config ?? {};
    });

    const preview = (changed: Record<string, Properties>): Promise<RunResult> =>
        runProgram(() => composeStack(), {
            stack: "prod-global",
            project: "meridian",
            config,
            stackOutputs: (name) => changed[name] ?? outputs.get(name),
        });

    const withEu = (change: Properties): Record<string, Properties> => ({
        "organization/meridian/prod-eu": { ...outputs.get("organization/meridian/prod-eu"), ...change },
    });

    it("goes through as they are", async () => {
        const run = await preview({});
        expect(run.preview.error).to.equal(undefined);
        expect(run.preview.diagnostics.map(({ message }) => message)).to.deep.equal([]);
    });

    it("refuses another founding region", async () => {
        const run = await preview(withEu({ roles: { foundingRegion: "eu", primaryRegion: "us" } }));
        expect(run.preview.error?.message).to.equal(
            "foundingRegion is us here and eu in prod-eu; it is fixed for the database's life, " +
                "so give all stacks the one that the database was made in",
        );
    });

    it("warns of another writer, and goes on", async () => {
        const run = await preview(withEu({ roles: { foundingRegion: "us", primaryRegion: "eu" } }));
        expect(run.preview.error).to.equal(undefined);
        expect(run.preview.diagnostics.map(({ message, severity }) => [severity, message])).to.deep.equal([
            [
                "warning",
                "primaryRegion is us here and eu in prod-eu: say it in every stack, " +
                    "or capacity floors and alarms are not where the database is written",
            ],
        ]);
    });

    it("refuses a region that is not in the catalogue's zones", async () => {
        const network = { availabilityZones: ["eu-central-1a", "eu-central-1b"] };
        const run = await preview(withEu({ network }));
        expect(run.preview.error?.message).to.equal(
            "prod-eu is in eu-central-1a, eu-central-1b, and regions/catalogue.ts has eu-central-1a, eu-central-1b, " +
                "eu-central-1c: the database's instances would have no subnet; give the catalogue zones that the stack is in",
        );
    });

    it("says which stack to bring up first when one has not been", async () => {
        const run = await preview({ "organization/meridian/prod-eu": {} });
        expect(run.preview.error?.message).to.match(
            /^stack prod-eu has no output \w+ that this stack could use; run pulumi up for prod-eu first$/,
        );
    });
});
