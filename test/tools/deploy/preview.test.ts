import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { cleanUp, failing, testWorld } from "./deployments";

describe("npm run preview:live", () => {
    afterEach(cleanUp);

    it("previews all stacks side by side, and changes and asks nothing", async () => {
        const world = testWorld();
        expect(await world.run("preview")).to.equal(0);
        expect(world.runner.calls).to.deep.equal([
            "preview prod-eu",
            "preview prod-us",
            "preview prod-global",
        ]);
        expect(world.runner.most).to.equal(3);
        expect(world.printed).to.contain(`Summary, after 1 min:
  prod-eu      done in 1 min: 2 to create, 3 unchanged
  prod-us      done in 1 min: 2 to create, 3 unchanged
  prod-global  done in 1 min: 2 to create, 3 unchanged
`);
        const state = path.join(world.projectDir, ".meridian");
        expect(fs.readdirSync(state)).to.deep.equal(["logs"]);
    });

    it("says that an update of the global stack is due, and why, without the values", async () => {
        const world = testWorld({
            "prod-us": { outputs: { url: "https://us.shop.example.com", origin: { headerValue: "hush" } } },
        });
        expect(await world.run("preview")).to.equal(0);
        expect(world.printed).to.contain(
            "prod-global  due: prod-us has changed: origin.dnsName, origin.headerValue since it was updated last\n" +
                "An update of prod-global is due: npm run up -- prod-global\n",
        );
        expect(world.printed).not.to.contain("hush");
    });

    it("does not preview a global stack that reads what is not made yet", async () => {
        const world = testWorld({ "prod-us": { outputs: {} } });
        expect(await world.run("preview")).to.equal(0);
        expect(world.printed).to.contain("prod-global  not previewed: it reads prod-us, not made yet\n");
        expect(world.runner.calls).to.deep.equal(["preview prod-eu", "preview prod-us"]);
    });

    it("does not preview a global stack that reads one that the backend does not have", async () => {
        const world = testWorld({ "prod-us": { exists: false } });
        expect(await world.run("preview", "global")).to.equal(0);
        expect(world.printed).to.contain("prod-global  not previewed: it reads prod-us, not made yet\n");
        expect(world.runner.calls).to.deep.equal([]);
    });

    it("does not preview a global stack before regions that were told otherwise are updated", async () => {
        const roles = { foundingRegion: "us", primaryRegion: "eu" };
        const world = testWorld({ "prod-us": { outputs: { roles } } });
        expect(await world.run("preview")).to.equal(0);
        expect(world.printed).to.contain(
            "prod-global  not previewed until the regions are updated: primaryRegion is us in Pulumi.prod-global.yaml and " +
                "was eu in Pulumi.prod-us.yaml when prod-us was updated last",
        );
        expect(world.runner.calls).to.deep.equal(["preview prod-eu", "preview prod-us"]);
    });

    it("refuses to update or preview what does not agree, with every value and file, and still destroys it", async () => {
        const world = testWorld();
        fs.appendFileSync(
            path.join(world.projectDir, "Pulumi.prod-eu.yaml"),
            '  meridian:primaryRegion: eu\n  meridian:databaseEngineVersion: "17.11"\n',
        );
        const shared = "allowed: one value in all stacks, because";
        const refusal =
            "refused: the stacks of prod do not agree:\n" +
            '  - meridian:primaryRegion is "eu" in Pulumi.prod-eu.yaml and "us" by default in Pulumi.yaml for prod-us and ' +
            `by default in Pulumi.yaml for prod-global; ${shared} capacity floors and alarms belong where the database ` +
            "is written\n" +
            '  - meridian:databaseEngineVersion is "17.11" in Pulumi.prod-eu.yaml and "18.6" by default in Pulumi.yaml for ' +
            `prod-us and by default in Pulumi.yaml for prod-global; ${shared} the members of a global database have one ` +
            "version\n";
        for (const verb of ["up", "preview"] as const) {
            expect(await world.run(verb, "--dry-run")).to.equal(1);
            expect(world.complained).to.contain(refusal);
        }
        expect(world.runner.calls).to.deep.equal([]);
        await world.run("destroy", "--dry-run");
        expect(world.complained).not.to.contain("do not agree");
    });

    it("fails when a preview does, and finishes the others", async () => {
        const world = testWorld({ "prod-eu": { trouble: failing("prod-eu") } });
        expect(await world.run("preview")).to.equal(1);
        expect(world.runner.calls).to.have.length(3);
    });

    it("takes stacks by name", async () => {
        const world = testWorld();
        expect(await world.run("preview", "us")).to.equal(0);
        expect(world.runner.calls).to.deep.equal(["preview prod-us"]);
    });
});
