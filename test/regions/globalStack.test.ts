import { expect } from "chai";
import { SHARED_KEYS, type SharedKey, type SharedSettings } from "../../regions/agreement";
import { composeStack } from "../../regions/compose";
import { type RunResult, runProgram } from "../../tools/preview/engine";
import { type Properties } from "../../tools/preview/types";
import { projectPreview } from "../support/projectPreview";

describe("the global stack, with what region stacks gave out", () => {
    const outputs = new Map<string, Properties>();
    let config: Readonly<Record<string, string>>;

    before(async () => {
        const { runs } = await projectPreview();
        for (const run of runs) {
            outputs.set(`organization/meridian/${run.preview.stack}`, run.rawOutputs);
        }
        config = runs.find((run) => run.preview.stack === "prod-global")?.preview.config ?? {};
    });

    const preview = (changed: Record<string, Properties>, values = config): Promise<RunResult> =>
        runProgram(() => composeStack(), {
            stack: "prod-global",
            project: "meridian",
            config: values,
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

    const refusal = (...lines: string[]): string =>
        `The stacks of prod do not agree:\n${lines.map((line) => `  - ${line}\n`).join("")}` +
        "Give all their files one value, and update the regions before this stack, as npm run up does.";
    const difference = (key: SharedKey, here: string, there: string): string =>
        `${key} is ${here} in Pulumi.prod-global.yaml and was ${there} in Pulumi.prod-eu.yaml when prod-eu was updated ` +
        `last; allowed: one value in all stacks, because ${SHARED_KEYS[key]}`;

    it("refuses another founding region", async () => {
        const run = await preview(withEu({ roles: { foundingRegion: "eu", primaryRegion: "us" } }));
        expect(run.preview.error?.message).to.equal(refusal(difference("foundingRegion", "us", "eu")));
    });

    it("refuses another writer", async () => {
        const run = await preview(withEu({ roles: { foundingRegion: "us", primaryRegion: "ap" } }));
        expect(run.preview.error?.message).to.equal(refusal(difference("primaryRegion", "us", "ap")));
    });

    it("refuses another value of anything that all stacks share, all at once", async () => {
        const told = outputs.get("organization/meridian/prod-eu")?.settings as SharedSettings;
        // Outputs have no order once they have been through the engine.
        // Of what few have, only those speak that have it.
        expect(Object.keys(told)).to.have.members(
            Object.keys(SHARED_KEYS).filter((key) => !["eventsApi", "regionSwitchPlan"].includes(key)),
        );
        const others = {
            ...told,
            accountId: "999900001111",
            databaseEngineVersion: "17.10",
            healthCheckPath: "/up",
        };
        const run = await preview(withEu({ settings: others }));
        expect(run.preview.error?.message).to.equal(
            refusal(
                difference("accountId", "111122223333", "999900001111"),
                difference("databaseEngineVersion", "18.6", "17.10"),
                difference("healthCheckPath", "/healthz", "/up"),
            ),
        );
    });

    it("refuses a region that takes events where the world-wide host sends none, and the other way round", async () => {
        const told = outputs.get("organization/meridian/prod-eu")?.settings as SharedSettings;
        const run = await preview(withEu({ settings: { ...told, eventsApi: "true" } }));
        expect(run.preview.error?.message).to.equal(refusal(difference("eventsApi", "false", "true")));
        const other = await preview({}, { ...config, "meridian:eventsApi": "true" });
        expect(other.preview.error?.message).to.include("has no output eventsApi that this stack could use");
    });

    it("takes a region's stack of before it said what it was configured with", async () => {
        const { settings, ...rest } = outputs.get("organization/meridian/prod-eu") ?? {};
        expect(settings).to.be.an("object");
        const run = await preview({ "organization/meridian/prod-eu": rest });
        expect(run.preview.error).to.equal(undefined);
    });

    describe("while the region that wrote is lost, and its stack cannot be updated", () => {
        const roles = (primaryRegion: string) => ({ roles: { foundingRegion: "us", primaryRegion } });
        const told = (stack: string, primaryRegion: string): Record<string, Properties> => ({
            [`organization/meridian/${stack}`]: {
                ...outputs.get(`organization/meridian/${stack}`),
                ...roles(primaryRegion),
            },
        });
        const eastWrites = (changed: Record<string, Properties>) =>
            preview(changed, { ...config, "meridian:primaryRegion": "eu" });

        it("goes on, with a warning, once the new writer's stack says so too", async () => {
            const run = await eastWrites(told("prod-eu", "eu"));
            expect(run.preview.error).to.equal(undefined);
            expect(run.preview.diagnostics.map(({ message, severity }) => [severity, message])).to.deep.equal(
                [
                    [
                        "warning",
                        "primaryRegion is eu in Pulumi.prod-global.yaml and was us in Pulumi.prod-us.yaml when prod-us was " +
                            "updated last: update prod-us when its region is there again",
                    ],
                ],
            );
        });

        it("refuses while the new writer's stack does not", async () => {
            const run = await eastWrites({});
            expect(run.preview.error?.message).to.include(difference("primaryRegion", "eu", "us"));
        });
    });

    it("refuses a region that is not in the catalogue's zones", async () => {
        const network = { availabilityZones: ["eu-central-1a", "eu-central-1b"] };
        const run = await preview(withEu({ network }));
        expect(run.preview.error?.message).to.equal(
            "prod-eu is in eu-central-1a, eu-central-1b, and regions/catalogue.ts has eu-central-1a, eu-central-1b, " +
                "eu-central-1c: the database's instances would have no subnet; give the catalogue zones that the stack is in",
        );
    });

    it("leaves the founding region its own zones, over which its own stack spreads the instances", async () => {
        const name = "organization/meridian/prod-us";
        const network = { availabilityZones: ["us-east-1d", "us-east-1f"] };
        const run = await preview({ [name]: { ...outputs.get(name), network } });
        expect(run.preview.error).to.equal(undefined);
    });

    it("says which stack to bring up first when one has not been", async () => {
        const run = await preview({ "organization/meridian/prod-eu": {} });
        // Pulumi's SDK says in front which property of which component it was about to hand on.
        expect(run.preview.error?.message).to.match(
            /^error serializing property "regions": stack prod-eu has no output \w+ that this stack could use; run pulumi up for prod-eu first$/,
        );
    });
});
