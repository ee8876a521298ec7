import { expect } from "chai";
import { problemsOf } from "../fixture";
import { describeKeys, letters, line } from "../keyRules";
import { regions } from "../manyRegions";

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
