import { expect } from "chai";
import {
    BackupLockMode,
    BackupResourceType,
    RegionalBackup,
    type RegionalBackupArgs,
} from "../../../../components/operations/regionalBackup/regionalBackup";
import { inTestAccount, refusal } from "../../../support/surroundings";
import { good, make, NAME } from "../../../support/components/backupArguments";

const NOTHING = "nothing was refused";

function refused(changes: Partial<RegionalBackupArgs>, name: string = NAME): Promise<string> {
    return refusal(() => new RegionalBackup(name, { ...good, ...changes }, inTestAccount()));
}

/** The one problem that a change makes. */
async function problem(changes: Partial<RegionalBackupArgs>, name: string = NAME): Promise<string> {
    const [head, line, ...more] = (await refused(changes, name)).split("\n");
    expect(head).to.equal(`meridian:index:RegionalBackup "${name}" has 1 problem in its arguments:`);
    expect(more).to.deep.equal([]);
    return (line ?? "").replace(/^ {2}- /, "");
}

async function taken(changes: Partial<RegionalBackupArgs>): Promise<void> {
    const preview = await make(changes);
    expect(preview.error?.message ?? NOTHING).to.equal(NOTHING);
}

const recovery = {
    vpcId: "vpc-0a1b2c3d",
    stagingSubnetId: "subnet-0a1b2c3d",
    sourceCidrBlocks: ["203.0.113.0/24"],
};
const blocks = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`);

describe("RegionalBackup refuses", () => {
    describe("numbers beyond their bounds:", () => {
        interface Bound {
            readonly path: string;
            readonly good: readonly Partial<RegionalBackupArgs>[];
            readonly bad: readonly (readonly [Partial<RegionalBackupArgs>, unknown])[];
            readonly allowed: string;
        }
        const bounds: readonly Bound[] = [
            {
                path: "startHour",
                good: [{ startHour: 0 }, { startHour: 23 }],
                bad: [
                    [{ startHour: -1 }, -1],
                    [{ startHour: 24 }, 24],
                    [{ startHour: 1.5 }, 1.5],
                ],
                allowed: "a number from 0 to 23 in steps of 1",
            },
            {
                path: "retention.pointInTimeDays",
                good: [
                    { retention: { pointInTimeDays: 1 }, lock: { minRetentionDays: 1 } },
                    { retention: { pointInTimeDays: 35 } },
                ],
                bad: [[{ retention: { pointInTimeDays: 36 } }, 36]],
                allowed: "a number from 1 to 35 in steps of 1",
            },
            {
                path: "retention.weeklyDays",
                good: [{ retention: { weeklyDays: 35 } }, { retention: { weeklyDays: 365 } }],
                bad: [[{ retention: { weeklyDays: 34 } }, 34]],
                allowed: "a number from 35 to 36500 in steps of 1",
            },
            {
                path: "retention.monthlyDays",
                good: [{ retention: { monthlyDays: 90 } }, { retention: { monthlyDays: 400 } }],
                bad: [[{ retention: { monthlyDays: 89 } }, 89]],
                allowed: "a number from 90 to 36500 in steps of 1",
            },
            {
                path: "lock.minRetentionDays",
                good: [{ lock: { minRetentionDays: 1 } }, { lock: { minRetentionDays: 35 } }],
                bad: [
                    [{ lock: { minRetentionDays: 0 } }, 0],
                    [{ lock: { minRetentionDays: 36 } }, 36],
                ],
                allowed:
                    "a whole number from 1 to 35, the shortest retention. AWS Backup fails jobs whose backups would go before the lock lets them",
            },
            {
                path: "lock.maxRetentionDays",
                good: [{ lock: { maxRetentionDays: 365 } }, { lock: { maxRetentionDays: 36_500 } }],
                bad: [
                    [{ lock: { maxRetentionDays: 364 } }, 364],
                    [{ lock: { maxRetentionDays: 36_501 } }, 36_501],
                ],
                allowed:
                    "a whole number from 365, the longest retention, to 36500. AWS Backup fails jobs whose backups would stay longer than the lock lets them",
            },
            {
                path: "lock.changeableForDays",
                good: [{ lock: { changeableForDays: 3 } }, { lock: { changeableForDays: 36_500 } }],
                bad: [
                    [{ lock: { changeableForDays: 2 } }, 2],
                    [{ lock: { changeableForDays: 36_501 } }, 36_501],
                ],
                allowed: "a number from 3 to 36500 in steps of 1",
            },
            {
                path: "snapshotExport.intervalDays",
                good: [{ snapshotExport: { intervalDays: 1 } }, { snapshotExport: { intervalDays: 30 } }],
                bad: [
                    [{ snapshotExport: { intervalDays: 0 } }, 0],
                    [{ snapshotExport: { intervalDays: 31 } }, 31],
                ],
                allowed: "a number from 1 to 30 in steps of 1",
            },
            {
                path: "snapshotExport.retentionDays",
                good: [
                    { snapshotExport: { retentionDays: 8 } },
                    { snapshotExport: { retentionDays: 36_500 } },
                ],
                bad: [
                    [{ snapshotExport: { retentionDays: 7 } }, 7],
                    [{ snapshotExport: { retentionDays: 36_501 } }, 36_501],
                ],
                allowed:
                    "a whole number from 8 to 36500. Otherwise the last export goes before the next one is there",
            },
            {
                path: "elasticDisasterRecovery.retentionDays",
                good: [
                    { elasticDisasterRecovery: { ...recovery, retentionDays: 1 } },
                    { elasticDisasterRecovery: { ...recovery, retentionDays: 365 } },
                ],
                bad: [
                    [{ elasticDisasterRecovery: { ...recovery, retentionDays: 0 } }, 0],
                    [{ elasticDisasterRecovery: { ...recovery, retentionDays: 366 } }, 366],
                ],
                allowed: "a number from 1 to 365 in steps of 1",
            },
        ];
        for (const { path, good: inside, bad, allowed } of bounds) {
            it(path, async () => {
                for (const changes of inside) {
                    await taken(changes);
                }
                for (const [changes, value] of bad) {
                    expect(await problem(changes)).to.equal(
                        `${path} is ${String(value)}; allowed: ${allowed}`,
                    );
                }
            });
        }

        it("names", async () => {
            await taken({ namePrefix: "m2" });
            await taken({ namePrefix: "m".repeat(41) });
            for (const namePrefix of ["m".repeat(42), "m", "2m", "my--shop", "My-shop", "my_shop"]) {
                expect(await problem({ namePrefix })).to.equal(
                    `namePrefix is "${namePrefix}"; allowed: 2 to 41 lower-case letters, digits and single hyphens, ` +
                        "a letter first. AWS Backup ends vaults' names at 50 characters",
                );
            }
            expect(await problem({}, "s".repeat(17))).to.contain(
                "aws:backup/selection:Selection names end at 50 and auto-naming adds 8. Shorten the component's name by 1",
            );
            expect(await problem({}, "Shop")).to.equal(
                'name is "Shop"; allowed: lower-case letters, digits and hyphens, because a bucket is called after it',
            );
        });
    });

    it("a peer that is the region itself", async () => {
        expect(await problem({ peerRegion: good.region })).to.equal(
            'peerRegion is "eu-central-1"; allowed: another AWS region than eu-central-1. A copy in the same region is lost with it',
        );
    });

    it("a compliance lock on what is to be deleted", async () => {
        const lock = { mode: BackupLockMode.Compliance };
        await taken({ lock });
        expect(await problem({ lock, deletionProtection: false })).to.equal(
            'lock.mode is "compliance"; allowed: governance while deletionProtection is false. Nobody could ever destroy what a compliance lock holds',
        );
    });

    it("to restore Aurora nowhere", async () => {
        const nowhere = { restoreNetwork: undefined };
        expect(await problem(nowhere)).to.equal(
            "restoreNetwork is not given; allowed: a subnet group and a security group, because Aurora is among what " +
                "is restored. Give them, or set restoreTesting to false",
        );
        await taken({ ...nowhere, restoreTesting: false });
        await taken({ ...nowhere, standardTypes: [BackupResourceType.DynamoDB] });
    });

    it("a type twice", async () => {
        const { S3 } = BackupResourceType;
        expect(await problem({ personalDataTypes: [S3, S3] })).to.equal(
            'personalDataTypes is ["S3","S3"]; allowed: each type once',
        );
    });

    it("servers from nowhere, from everybody or from too many places, and says what is needed", async () => {
        const from = (sourceCidrBlocks: string[]) => ({
            elasticDisasterRecovery: { ...recovery, sourceCidrBlocks },
        });
        await taken(from(blocks(1)));
        await taken(from(blocks(50)));
        for (const [given, shown] of [
            [[], "[]"],
            [["203.0.113.0/24", "203.0.113.0/24"], '["203.0.113.0/24","203.0.113.0/24"]'],
        ] as const) {
            expect(await problem(from([...given]))).to.equal(
                `elasticDisasterRecovery.sourceCidrBlocks is ${shown}; allowed: 1 to 50 blocks, each once, that servers ` +
                    "replicate to eu-central-1 from. Elastic Disaster Recovery needs, before this is deployed: the " +
                    "service initialized in the region (aws drs initialize-service), and afterwards the replication " +
                    "agent on every server",
            );
        }
        expect(await problem(from(blocks(51)))).to.contain("allowed: 1 to 50 blocks");
        for (const block of ["0.0.0.0/0", "203.0.113.1"]) {
            expect(await problem(from([block]))).to.equal(
                `elasticDisasterRecovery.sourceCidrBlocks[0] is "${block}"; allowed: an IPv4 block, such as 203.0.113.0/24, and not everybody`,
            );
        }
    });

    it("an instance type that is none", async () => {
        expect(await problem({ elasticDisasterRecovery: { ...recovery, instanceType: "small" } })).to.equal(
            'elasticDisasterRecovery.instanceType is "small"; allowed: an EC2 instance type, such as t3.small',
        );
    });

    it("everything at once", async () => {
        const message = await refused({
            region: "frankfurt",
            jurisdiction: "E",
            startHour: 99,
            logRetentionDays: 4,
        });
        expect(message).to.contain("has 4 problems");
        expect(message).to.contain('region is "frankfurt"');
        expect(message).to.contain(
            'jurisdiction is "E"; allowed: 2 to 31 letters and hyphens, such as EU or US-CA',
        );
        expect(message).to.contain("startHour is 99");
        expect(message).to.contain("logRetentionDays is 4; allowed: one of 1, 3, 5");
    });
});
