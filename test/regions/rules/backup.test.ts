import { expect } from "chai";
import { problemsOf } from "../../support/regions/stackConfigs";
import { describeKeys, line } from "../../support/regions/keyRules";

const daily = "7 (meridian:backupDailyRetentionDays)";
const shortest = "the shortest retention (meridian:databaseBackupRetentionDays)";
const source = "an IPv4 block, such as 203.0.113.0/24, and not everybody";
const GOVERNANCE = "governance while meridian:deletionProtection is false";
const PREREQUISITES =
    "1 to 50 blocks, because meridian:elasticDisasterRecovery is true. Name the addresses of the servers that " +
    "replicate to this region. AWS Elastic Disaster Recovery must be initialized in the region before (aws drs " +
    "initialize-service), and each server needs its agent";

/** So many different blocks. */
const blocks = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`);

describe("the rules of backups", () => {
    describeKeys([
        {
            key: "backupStartHour",
            good: [0, 23],
            bad: [
                [-1, "0 to 23"],
                [24, "0 to 23"],
            ],
        },
        {
            key: "backupDailyRetentionDays",
            good: [7, 90],
            bad: [
                [6, "7 to 36500"],
                [36_501, "7 to 36500"],
            ],
        },
        {
            key: "backupWeeklyRetentionDays",
            good: [7, 36_500],
            bad: [
                [6, `${daily} to 36500`],
                [36_501, `${daily} to 36500`],
            ],
            with: {
                backupDailyRetentionDays: 7,
                backupMonthlyRetentionDays: 36_500,
                backupVaultLockMaxDays: 36_500,
            },
        },
        {
            key: "backupMonthlyRetentionDays",
            good: [90, 400],
            bad: [
                [89, "90 (meridian:backupWeeklyRetentionDays) to 36500"],
                [36_501, "90 (meridian:backupWeeklyRetentionDays) to 36500"],
            ],
        },
        {
            key: "backupPersonalDataRetentionDays",
            good: [7, 36_500],
            bad: [
                [6, "7 to 36500"],
                [36_501, "7 to 36500"],
            ],
        },
        {
            key: "backupLockMode",
            good: ["governance", "compliance"],
            bad: [["none", "one of governance, compliance"]],
        },
        {
            key: "backupLockMode",
            good: ["governance"],
            bad: [["compliance", `${GOVERNANCE}. Nobody could ever destroy what a compliance lock holds`]],
            with: { deletionProtection: false },
        },
        {
            key: "backupVaultLockMinDays",
            good: [1, 14],
            bad: [
                [0, `1 to 14, ${shortest}`],
                [15, `1 to 14, ${shortest}`],
            ],
            with: { databaseBackupRetentionDays: 14 },
        },
        {
            key: "backupVaultLockMaxDays",
            good: [365, 36_500],
            bad: [
                [364, "365, the longest retention (meridian:backupMonthlyRetentionDays), to 36500"],
                [36_501, "365, the longest retention (meridian:backupMonthlyRetentionDays), to 36500"],
            ],
        },
        {
            key: "backupLockChangeableForDays",
            good: [3, 36_500],
            bad: [
                [2, "3 to 36500"],
                [36_501, "3 to 36500"],
            ],
        },
        {
            key: "databaseExportIntervalDays",
            good: [1, 30],
            bad: [
                [0, "1 to 30"],
                [31, "1 to 30"],
            ],
        },
        {
            key: "databaseExportRetentionDays",
            good: [8, 36_500],
            bad: [
                [7, "8 to 36500, more than meridian:databaseExportIntervalDays"],
                [36_501, "8 to 36500, more than meridian:databaseExportIntervalDays"],
            ],
        },
        {
            key: "elasticDisasterRecoverySources",
            good: [["203.0.113.0/24"], blocks(50)],
            bad: [
                [[], PREREQUISITES],
                [blocks(51), PREREQUISITES],
            ],
            with: { elasticDisasterRecovery: true },
        },
        {
            key: "elasticDisasterRecoverySources",
            good: [[], blocks(50)],
            bad: [[blocks(51), "at most 50 blocks"]],
        },
        {
            key: "elasticDisasterRecovery",
            good: [true],
            bad: [],
            with: { elasticDisasterRecoverySources: ["198.51.100.7/32"] },
        },
        {
            key: "elasticDisasterRecovery",
            good: [false],
            bad: [[true, "false in the global stack's file, because it has no network"]],
            with: { elasticDisasterRecoverySources: ["198.51.100.7/32"] },
            options: { stack: "prod-global" },
        },
    ]);

    describe("the sources of Elastic Disaster Recovery, each", () => {
        for (const given of ["0.0.0.0/0", "203.0.113.0"]) {
            it(`are not ${given}`, () => {
                expect(problemsOf({ elasticDisasterRecoverySources: [given] })).to.deep.equal([
                    line("elasticDisasterRecoverySources[0]", given, source),
                ]);
            });
        }

        it("are there once", () => {
            expect(
                problemsOf({ elasticDisasterRecoverySources: ["203.0.113.0/24", "203.0.113.0/24"] }),
            ).to.deep.equal([line("elasticDisasterRecoverySources[1]", "203.0.113.0/24", "each value once")]);
        });
    });
});
