import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { defaultCatalogue } from "../../regions/catalogue";
import { loadStackConfig } from "../../regions/config";
import { ConfigProblems } from "../../regions/configProblems";
import { balancerHosts, regionHosts, worldHosts } from "../../regions/hosts";
import { nearest } from "../../regions/nearest";
import { clusterIdentifier, parseStackName, physicalNames, stackName } from "../../regions/stackNames";
import { goodValues, problemsOf } from "../support/regions/stackConfigs";
import { letters } from "../support/regions/keyRules";

describe("stack names", () => {
    const parse = (stack: string) => {
        const problems = new ConfigProblems("meridian", stack);
        const name = parseStackName(stack, defaultCatalogue, problems);
        return { name, fine: problems.none };
    };

    it("are made and read", () => {
        expect(stackName("prod", "eu")).to.equal("prod-eu");
        expect(parse("prod-eu")).to.deep.equal({
            name: { environment: "prod", region: defaultCatalogue[1] },
            fine: true,
        });
        expect(parse("prod-global")).to.deep.equal({ name: { environment: "prod" }, fine: true });
        expect(parse("a-b-c-us").name?.environment).to.equal("a-b-c");
    });

    it("are problems when they are neither a region's nor the global one", () => {
        expect(parse("prod")).to.deep.equal({ name: undefined, fine: false });
        expect(parse("prod-xx")).to.deep.equal({ name: undefined, fine: false });
    });
});

describe("the name of the stack that runs", () => {
    const environment =
        "allowed: <environment>-<key>, the environment of at most 16 lower-case letters and digits, in words " +
        "parted by single hyphens, such as prod";

    it("begins with an environment", () => {
        for (const stack of ["us", "Prod-us", "-us", "pre--prod-us", "1prod-us", `${letters(17)}-us`]) {
            expect(problemsOf({}, { stack })).to.deep.equal([
                `the stack's name is ${JSON.stringify(stack)}; ${environment}`,
            ]);
        }
        expect(problemsOf({}, { stack: `${letters(16)}-us` })).to.deep.equal([]);
    });

    it("ends with a region's key or global", () => {
        const keys = "allowed after the last hyphen: us, eu, global";
        expect(problemsOf({}, { stack: "prod-asia" })).to.deep.equal([
            `the stack's name is "prod-asia"; ${keys}. A new region needs an entry in regions/catalogue.ts`,
        ]);
        expect(problemsOf({}, { stack: "prod-globl" })).to.deep.equal([
            `the stack's name is "prod-globl"; ${keys}. Did you mean prod-global?`,
        ]);
    });
});

describe("the name of a stack in an environment of one region", () => {
    const alone = { accountId: "444455556666" };

    it("is the region's, and never the global one's", () => {
        expect(problemsOf(alone, { stack: "dev-us" })).to.deep.equal([]);
        expect(problemsOf(alone, { stack: "dev-global" })).to.deep.equal([
            'the stack\'s name is "dev-global"; allowed after the last hyphen: us. The environment dev has one region ' +
                "in regions/catalogue.ts, so nothing exists over several",
        ]);
        expect(problemsOf(alone, { stack: "dev-eu" })).to.deep.equal([
            'the stack\'s name is "dev-eu"; allowed after the last hyphen: us. Did you mean dev-us?',
        ]);
    });
});

describe("physical names", () => {
    it("are apart for each region where AWS wants them apart", () => {
        const identifiers = ["us", "eu", "global"].map((key) => clusterIdentifier("meridian", "prod", key));
        expect(identifiers).to.deep.equal(["meridian-prod-us", "meridian-prod-eu", "meridian-prod-global"]);
    });

    it("are the same in every region where applications rely on it", () => {
        const prefixes = ["us", "eu"].map((key) => physicalNames("meridian", "prod", key).parameterPrefix);
        expect(new Set(prefixes)).to.deep.equal(new Set(["/meridian/prod/database"]));
    });

    const loadAs = (project: string) => () =>
        loadStackConfig({
            project,
            stack: "prod-us",
            values: Object.fromEntries(
                Object.entries(goodValues()).map(([key, value]) => [
                    key.replace(/^meridian:/, `${project}:`),
                    value,
                ]),
            ),
        });

    it("fit a backup vault's name, and not with a project's name that is too long", () => {
        // `-prod-us` takes 8 of the 41 characters.
        expect(loadAs("m".repeat(33))().names.prefix).to.have.lengthOf(41);
        const long = "m".repeat(34);
        expect(loadAs(long)).to.throw(
            pulumi.RunError,
            "The configuration of stack prod-us has 1 problem:\n" +
                `  - the names of this stack begin with "${long}-prod-us"; allowed: at most 41 lower-case letters, ` +
                "digits and single hyphens, a letter first. Shorten the project's name or the environment's",
        );
    });

    it("have no characters that a cluster's identifier has not", () => {
        for (const project of ["My-shop", "my_shop", "my.shop", "my--shop", "1shop"]) {
            expect(loadAs(project), project).to.throw(
                `the names of this stack begin with "${project}-prod-us"`,
            );
        }
    });
});

describe("host names", () => {
    it("are all different, over all regions", () => {
        const world = Object.values(worldHosts("shop.example.com")) as string[];
        const regions = ["us", "eu", "ap"].flatMap(
            (key) => Object.values(regionHosts("shop.example.com", key)) as string[],
        );
        const all = [...world, ...regions];
        expect(new Set(all).size).to.equal(all.length);
    });

    it("of a balancer are its own and those that all share", () => {
        const hosts = ["us", "eu"].map((key) => balancerHosts("shop.example.com", key));
        const shared = hosts[0]?.filter((host) => hosts[1]?.includes(host));
        expect(shared).to.deep.equal(["origin.shop.example.com", "geo.origin.shop.example.com"]);
    });
});

describe("the nearest word", () => {
    const words = ["webMinSize", "webMaxSize", "owner"];

    it("is the one with the fewest letters changed", () => {
        expect(nearest("webMaxSice", words)).to.equal("webMaxSize");
        expect(nearest("WEBMINSIZE", words)).to.equal("webMinSize");
        expect(nearest("ownr", words)).to.equal("owner");
    });

    it("is none where more than a third of the letters differ", () => {
        expect(nearest("databaseName", words)).to.equal(undefined);
        expect(nearest("colour", words)).to.equal(undefined);
        expect(nearest("x", [])).to.equal(undefined);
    });
});
