import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { cleanUp, failing, testWorld } from "./fixture";

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
