import { load, problemsOf } from "../../support/regions/stackConfigs";
import { describeKeys, letters, line } from "../../support/regions/keyRules";
import { regions } from "../../support/regions/manyRegions";
import { expect } from "chai";

const databaseName =
    "1 to 63 lower-case letters, digits and underscores, a letter first, and none of postgres, rdsadmin, " +
    "template0, template1";
const version = "an Aurora PostgreSQL version from 15 on, such as 18.6";
const ceiling = "64 (meridian:databaseMaxCapacity) ACUs in steps of 0.5";

const unquoted = (text: string): string =>
    `a version that Aurora offers, such as "${text}0". Put it in quotes: YAML reads ${text}0 without them as the ` +
    `number ${text}`;

describe("the rules of the database", () => {
    it("leave the writer's region room for the other regions' clusters", () => {
        const catalogue = regions(11);
        expect(problemsOf({ databaseInstanceCount: 6 }, { catalogue })).to.deep.equal([]);
        expect(problemsOf({ databaseInstanceCount: 7 }, { catalogue })).to.deep.equal([
            line("databaseInstanceCount", 7, "2 to 6"),
        ]);
    });

    describeKeys([
        {
            key: "databaseName",
            good: ["s", `shop_${"1".repeat(58)}`],
            bad: [
                ["", databaseName],
                ["1shop", databaseName],
                ["Shop", databaseName],
                ["my-shop", databaseName],
                [letters(64), databaseName],
                ["rdsadmin", databaseName],
            ],
        },
        {
            key: "databaseEngineVersion",
            good: ["15.14", "18.6", "17.10", "18.1", "19.0"],
            bad: [
                ["14.9", version],
                ["18", version],
                ["18.6.1", version],
                ["17.1", unquoted("17.1")],
                ["16.1", unquoted("16.1")],
            ],
        },
        {
            key: "databaseMinCapacity",
            good: ["8", "8.5", "64"],
            bad: [
                ["7.5", `8 to ${ceiling}`],
                ["8.25", `8 to ${ceiling}`],
                ["64.5", `8 to ${ceiling}`],
            ],
        },
        {
            key: "databaseStandbyMinCapacity",
            good: ["0.5", "64"],
            bad: [
                ["0", `0.5 to ${ceiling}`],
                ["0.75", `0.5 to ${ceiling}`],
                ["65", `0.5 to ${ceiling}`],
            ],
        },
        {
            key: "databaseMaxCapacity",
            good: ["8", "256"],
            bad: [
                ["256.5", "1 to 256 ACUs in steps of 0.5"],
                ["63.9", "1 to 256 ACUs in steps of 0.5"],
                ["4", "8 to 256 ACUs, because the writer of a global database has 8 at least"],
            ],
        },
        {
            key: "databaseInstanceCount",
            good: [2, 15],
            bad: [
                [1, "2 to 15"],
                [16, "2 to 15"],
            ],
        },
        {
            key: "databaseBackupRetentionDays",
            good: [7, 35],
            bad: [
                [6, "7 to 35"],
                [36, "7 to 35"],
            ],
        },
    ]);
});

describe("the rules of a database in an environment of one region", () => {
    const stack = { stack: "dev-us" };

    it("let it pause, in versions that can", () => {
        const paused = load({ databaseMinCapacity: "0" }, stack);
        expect(paused.database.minCapacity).to.equal(0);
        expect(load({ databaseMinCapacity: "0", databaseEngineVersion: "15.7" }, stack).kind).to.equal(
            "regional",
        );
        for (const version of ["15.6", "16.2"]) {
            expect(
                problemsOf({ databaseMinCapacity: "0", databaseEngineVersion: version }, stack),
            ).to.deep.equal([
                `meridian:databaseEngineVersion in Pulumi.dev-us.yaml is "${version}"; allowed: 15.7, 16.3 or a later ` +
                    "version while meridian:databaseMinCapacity is 0, because older ones cannot pause",
            ]);
        }
        expect(problemsOf({ databaseMinCapacity: "-0.5" }, stack)).to.deep.equal([
            `meridian:databaseMinCapacity in Pulumi.dev-us.yaml is -0.5; allowed: 0 to ${ceiling}`,
        ]);
    });

    it("let it have one instance where it may be thrown away", () => {
        const one = { databaseInstanceCount: 1 };
        expect(problemsOf({ ...one, deletionProtection: false }, stack)).to.deep.equal([]);
        expect(problemsOf(one, stack)).to.deep.equal([
            "meridian:databaseInstanceCount in Pulumi.dev-us.yaml is 1; allowed: 2 to 16",
        ]);
        expect(problemsOf({ ...one, deletionProtection: false })).to.deep.equal([
            "meridian:databaseInstanceCount in Pulumi.prod-us.yaml is 1; allowed: 2 to 15",
        ]);
    });

    it("let a tier have one instance", () => {
        expect(problemsOf({ webMinSize: 1, apiMinSize: 1 }, stack)).to.deep.equal([]);
        expect(problemsOf({ webMinSize: 1 })).to.deep.equal([
            "meridian:webMinSize in Pulumi.prod-us.yaml is 1; allowed: 2 to 500",
        ]);
    });
});
