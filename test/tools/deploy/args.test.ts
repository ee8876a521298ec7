import { expect } from "chai";
import { parseDeploy, USAGE } from "../../../tools/deploy/args";
import { UsageError } from "../../../tools/deploy/errors";
import { cleanUp, testWorld } from "./deployments";

describe("the deployment commands' line", () => {
    it("means everything of prod where nothing is said", () => {
        expect(parseDeploy(["up"])).to.deep.equal({
            ...{ verb: "up", environment: "prod", stacks: [], yes: false, parallel: 4, fromStart: false },
            ...{ dryRun: false, init: false, organization: undefined, projectDir: undefined, help: false },
        });
    });

    it("takes stacks and flags in any order, long and short", () => {
        expect(
            parseDeploy(["destroy", "us", "-y", "-e", "dev", "prod-eu", "-p", "2", "us", "--from-start"]),
        ).to.include({ verb: "destroy", environment: "dev", yes: true, parallel: 2, fromStart: true });
        expect(parseDeploy(["preview", "us", "eu", "us"]).stacks).to.deep.equal(["us", "eu"]);
        expect(
            parseDeploy(["up", "--dry-run", "--init", "--organization=acme", "--project", "/x"]),
        ).to.include({ dryRun: true, init: true, organization: "acme", projectDir: "/x" });
    });

    const wrong: readonly (readonly [readonly string[], string])[] = [
        [[], 'The first word is ""; allowed: up, destroy, preview.'],
        [["down"], 'The first word is "down"; allowed: up, destroy, preview.'],
        [["up", "--paralel", "2"], "There is no flag --paralel. Did you mean --parallel?"],
        [["up", "--parallel", "0"], "--parallel is 0; allowed: a whole number, 1 or more."],
        [["up", "--parallel", "1.5"], "--parallel is 1.5; allowed: a whole number, 1 or more."],
        [["up", "--environment="], "--environment needs a value."],
        [["up", "--yes=no"], "--yes takes no value."],
        [["destroy", "--init"], "--init makes stacks, and destroy has none to make."],
        [
            ["destroy", "--init", "-p", "x"],
            "--parallel is x; allowed: a whole number, 1 or more.\n--init makes stacks, and destroy has none to make.",
        ],
    ];
    for (const [argv, message] of wrong) {
        it(`refuses ${argv.length === 0 ? "nothing" : argv.join(" ")}`, () => {
            expect(() => parseDeploy(argv)).to.throw(UsageError, message);
        });
    }

    describe("as a command", () => {
        afterEach(cleanUp);

        it("prints the usage when asked, and beside a wrong call's message", async () => {
            const world = testWorld();
            expect(await world.run("up", "--help")).to.equal(0);
            expect(world.printed).to.equal(USAGE);
            expect(await world.run("up", "--nothing")).to.equal(2);
            expect(world.complained).to.equal(`There is no flag --nothing.\n\n${USAGE}`);
        });

        it("is wrong where there is no project, or no such environment", async () => {
            const world = testWorld();
            expect(await world.run("up", "--project", `${world.projectDir}/none`)).to.equal(2);
            expect(world.complained).to.equal(
                `error: no Pulumi.yaml project file found in ${world.projectDir}/none\n`,
            );
            expect(await world.run("up", "--environment", "dev")).to.equal(2);
            expect(world.complained).to.match(
                /^There is no stack of the environment dev: environments are prod\./,
            );
        });
    });
});
