import { expect } from "chai";

import { type AuroraGlobalArgs } from "../../../../components/data/auroraGlobal/auroraGlobal";
import {
    ABROAD,
    HOME,
    PRIMARY,
    REPLICATION,
    SECONDARY,
    THIRD,
} from "../../../support/components/databaseMembers";
import { changed, problemsOf } from "../auroraMember/problems";

interface Boundary {
    args?: AuroraGlobalArgs;
    property: string;
    set: (value: never) => Partial<AuroraGlobalArgs>;
    good: readonly unknown[];
    bad: readonly unknown[];
    allowed: string;
}

const capacity = (change: object) => ({ capacity: { minCapacity: 8, maxCapacity: 32, ...change } });

const BOUNDARIES: Boundary[] = [
    {
        property: "region",
        set: (region: string) => ({
            region,
            availabilityZones: [`${region}a`, `${region}b`],
            alarmTopicArns: [],
        }),
        good: ["us-east-1", "ap-southeast-2"],
        bad: ["us-east", "US-EAST-1", ""],
        allowed: "an AWS region code, such as eu-central-1",
    },
    {
        property: "accountId",
        set: (accountId: string) => ({ accountId }),
        good: ["000000000001"],
        bad: ["11112222333", "1111222233334", "11112222333a"],
        allowed: "an AWS account id: 12 digits",
    },
    {
        property: "globalClusterIdentifier",
        set: (globalClusterIdentifier: string) => ({ globalClusterIdentifier }),
        good: ["m", "a".repeat(63), "meridian-prod-2"],
        bad: ["", "a".repeat(64), "2-meridian", "meridian--prod", "meridian-", "Meridian"],
        allowed: "1 to 63 lower-case letters, digits and single hyphens, a letter first and no hyphen last",
    },
    {
        property: "clusterIdentifier",
        set: (clusterIdentifier: string) => ({ clusterIdentifier }),
        good: ["m", "a".repeat(59)],
        bad: ["", "a".repeat(60), "meridian--us", "meridian_us"],
        allowed: "1 to 59 lower-case letters, digits and single hyphens, a letter first and no hyphen last",
    },
    {
        property: "parameterPrefix",
        set: (parameterPrefix: string) => ({ parameterPrefix }),
        good: ["/a", "/shop/prod/database", "/a".repeat(14), "/awsome"],
        bad: ["", "shop", "/shop/", "/", "/shop prod", "/aws/shop", "/ssm", "/a".repeat(15)],
        allowed:
            "parts of letters, digits and . _ - after a slash each, 14 at most, the first neither aws nor ssm, such as /shop/prod/database",
    },
    {
        property: "databaseName",
        set: (databaseName: string) => ({ databaseName }),
        good: ["s", "shop_2", "a".repeat(63)],
        bad: ["", "2shop", "my-shop", "Shop", "a".repeat(64), "postgres", "rdsadmin", "template1"],
        allowed:
            "1 to 63 lower-case letters, digits and underscores, a letter first, and none of postgres, rdsadmin, template0, template1",
    },
    {
        property: "engineVersion",
        set: (engineVersion: string) => ({ engineVersion }),
        good: ["15.14", "18.6", "19.1"],
        bad: ["14.18", "18", "latest"],
        allowed: "a version of Aurora PostgreSQL from 15 on, such as 18.6",
    },
    {
        property: "masterUsername",
        set: (masterUsername: string) => ({ masterUsername }),
        good: ["m", "a".repeat(16), "administrator"],
        bad: ["", "a".repeat(17), "admin", "postgres", "rdsuser", "pg_user", "9lives", "Root"],
        allowed:
            "1 to 16 lower-case letters, digits and underscores, a letter first, and not admin or postgres or beginning with pg_ or rds",
    },
    {
        property: "applicationUsername",
        set: (applicationUsername: string) => ({ applicationUsername }),
        good: ["s", "a".repeat(63)],
        bad: ["", "a".repeat(64), "meridian_admin", "rds_iam", "pg_monitor", "shop-app"],
        allowed:
            "1 to 63 lower-case letters, digits and underscores, a letter first, not meridian_admin (the master user) and not admin or postgres or beginning with pg_ or rds",
    },
    {
        property: "port",
        set: (port: number) => ({ port }),
        good: [1150, 65535],
        bad: [1149, 65536, 5432.5],
        allowed: "a number from 1150 to 65535 in steps of 1",
    },
    {
        property: "capacity.minCapacity",
        set: (minCapacity: number) => capacity({ minCapacity }),
        good: [0.5, 8, 32],
        bad: [0, 0.25, 8.25, 32.5],
        allowed: "a number from 0.5 to 32 in steps of 0.5",
    },
    {
        property: "capacity.maxCapacity",
        set: (maxCapacity: number) => capacity({ minCapacity: 0.5, maxCapacity }),
        good: [1, 256],
        bad: [256.5, 512, 16.1],
        allowed: "a number from 1 to 256 in steps of 0.5",
    },
    {
        property: "capacity.standbyMinCapacity",
        set: (standbyMinCapacity: number) => capacity({ standbyMinCapacity }),
        good: [0.5, 32],
        bad: [0, 32.5, 1.2],
        allowed: "a number from 0.5 to 32 in steps of 0.5",
    },
    {
        property: "instanceCount",
        set: (instanceCount: number) => ({ instanceCount }),
        good: [2, 16],
        bad: [1, 17, 2.5],
        allowed: "a whole number from 2 to 16. One instance alone has nothing to fail over to",
    },
    {
        args: { ...PRIMARY, deletionProtection: false },
        property: "instanceCount",
        set: (instanceCount: number) => ({ instanceCount }),
        good: [1, 16],
        bad: [0, 17],
        allowed: "a whole number from 1 to 16",
    },
    {
        property: "passwordRotationDays",
        set: (passwordRotationDays: number) => ({ passwordRotationDays }),
        good: [1, 90],
        bad: [0, 91, 7.5],
        allowed: "a number from 1 to 90 in steps of 1",
    },
    {
        property: "backupRetentionDays",
        set: (backupRetentionDays: number) => ({ backupRetentionDays }),
        good: [1, 35],
        bad: [0, 36, 7.5],
        allowed: "a number from 1 to 35 in steps of 1",
    },
    {
        property: "backupWindow",
        set: (backupWindow: string) => ({ backupWindow }),
        good: ["05:00-05:30", "23:45-00:15"],
        bad: ["05:00-05:29", "5:00-5:30", "05:00"],
        allowed: "hh:mm-hh:mm in UTC, 30 minutes at least, such as 02:00-03:00",
    },
    {
        property: "maintenanceWindow",
        set: (maintenanceWindow: string) => ({ maintenanceWindow }),
        good: ["mon:03:00-mon:03:30", "sun:23:45-mon:00:15"],
        bad: ["mon:03:00-mon:03:29", "Mon:03:00-Mon:04:00", "03:00-04:00"],
        allowed:
            "ddd:hh:mm-ddd:hh:mm in UTC and lower case, 30 minutes at least, such as sun:04:00-sun:05:00",
    },
    {
        property: "maintenanceWindow",
        set: (maintenanceWindow: string) => ({ maintenanceWindow }),
        good: ["mon:03:00-mon:04:00", "mon:01:00-mon:02:00"],
        bad: ["mon:02:59-mon:04:00", "mon:01:00-mon:02:01", "mon:00:00-tue:00:00"],
        allowed: "a window apart from the backup window 02:00-03:00",
    },
    {
        property: "performanceInsightsRetentionDays",
        set: (performanceInsightsRetentionDays: number) => ({ performanceInsightsRetentionDays }),
        good: [7, 31, 465, 713, 731],
        bad: [0, 8, 30, 744, 730],
        allowed: "7, a multiple of 31 up to 713, or 731",
    },
    {
        property: "monitoringIntervalSeconds",
        set: (monitoringIntervalSeconds: number) => ({ monitoringIntervalSeconds }),
        good: [1, 60],
        bad: [0, 20, 61],
        allowed: "1, 5, 10, 15, 30 or 60. Enhanced monitoring cannot be off",
    },
    {
        property: "certificateBundlePath",
        set: (certificateBundlePath: string) => ({ certificateBundlePath }),
        good: ["/rds.pem"],
        bad: ["rds.pem", "/", "/my certs/rds.pem", "/rds.pem?x", "/rds%20.pem"],
        allowed:
            "an absolute path without spaces and without ? & # %, because it is part of a connection string",
    },
];

describe("AuroraGlobal's arguments", () => {
    it("are fine in the fixtures", async () => {
        for (const args of [PRIMARY, SECONDARY]) {
            expect(await problemsOf(args), args.role).to.deep.equal([]);
        }
    });

    for (const { args = PRIMARY, property, set, good, bad, allowed } of BOUNDARIES) {
        const least = args.deletionProtection === false ? " without deletion protection" : "";
        it(`take for ${property}${least}: ${good.map((value) => JSON.stringify(value)).join(", ")}`, async () => {
            for (const value of good) {
                const problems = await problemsOf({ ...args, ...set(value as never) });
                expect(problems, String(value)).to.deep.equal([]);
            }
        });
        it(`take for ${property}${least} only ${allowed}`, async () => {
            for (const value of bad) {
                const problems = await problemsOf({ ...args, ...set(value as never) });
                expect(problems, String(value)).to.deep.equal([
                    `${property} is ${JSON.stringify(value)}; allowed: ${allowed}`,
                ]);
            }
        });
    }

    it("take a log retention that CloudWatch Logs takes", async () => {
        expect(await problemsOf({ ...PRIMARY, logRetentionDays: 400 })).to.deep.equal([]);
        const [problem] = await problemsOf({ ...PRIMARY, logRetentionDays: 366 });
        expect(problem).to.match(/^logRetentionDays is 366; allowed: one of 1, 3, .* \(days\)$/);
    });

    it("take zones of the region, two at least, each once", async () => {
        const zones = (...letters: string[]) => problemsOf({ ...PRIMARY, availabilityZones: letters });
        expect(await zones(`${HOME}a`, `${HOME}b`)).to.deep.equal([]);
        expect(await zones(`${HOME}a`)).to.deep.equal([
            'availabilityZones is ["us-east-1a"]; allowed: at least 2 zones',
        ]);
        expect(await zones(`${HOME}a`, `${HOME}a`, `${ABROAD}b`)).to.deep.equal([
            'availabilityZones[1] is "us-east-1a"; allowed: a zone of us-east-1, each once, such as us-east-1a',
            'availabilityZones[2] is "eu-central-1b"; allowed: a zone of us-east-1, each once, such as us-east-1a',
        ]);
    });

    it("take replica regions other than the home region, each once", async () => {
        expect(await problemsOf({ ...PRIMARY, replicaRegions: [ABROAD, THIRD] })).to.deep.equal([]);
        const allowed =
            "allowed: an AWS region code, each once, and not us-east-1, where the secret itself is";
        expect(await problemsOf({ ...PRIMARY, replicaRegions: [HOME, ABROAD, ABROAD] })).to.deep.equal([
            `replicaRegions[0] is "us-east-1"; ${allowed}`,
            `replicaRegions[2] is "eu-central-1"; ${allowed}`,
        ]);
    });

    it("take no skipping of the last snapshot under deletion protection", async () => {
        expect(
            await problemsOf({ ...PRIMARY, skipFinalSnapshot: true, deletionProtection: false }),
        ).to.deep.equal([]);
        expect(await problemsOf({ ...PRIMARY, skipFinalSnapshot: true })).to.deep.equal([
            "skipFinalSnapshot is true; allowed: false under deletion protection. What is worth protecting is worth a " +
                "last snapshot; set deletionProtection to false for a throw-away database",
        ]);
    });

    it("are all there that a role needs", async () => {
        const nothing = { clusterIdentifier: undefined, subnetIds: undefined, securityGroupId: undefined };
        const inBoth = [
            "clusterIdentifier is not given; allowed: 1 to 59 lower-case letters, digits and single hyphens, a letter first and no hyphen last",
            "subnetIds is not given; allowed: the ids of two or more subnets without a way out, one in each of two or more zones",
            "securityGroupId is not given; allowed: the id of a security group, which begins with sg-",
        ];
        expect(
            await problemsOf(changed(PRIMARY, { ...nothing, availabilityZones: undefined })),
        ).to.have.members([
            ...inBoth,
            "availabilityZones is not given; allowed: a value, in the role Primary",
        ]);
        expect(await problemsOf(changed(SECONDARY, nothing))).to.have.members(inBoth);
    });

    it("are not those of the replication", async () => {
        const { source, secondaries } = REPLICATION;
        expect(
            await problemsOf({ ...SECONDARY, ...{ source, secondaries, writerRegion: HOME } }),
        ).to.deep.equal([
            'source is "given"; allowed: nothing, because there is no such argument. Remove it',
            'secondaries is "given"; allowed: nothing, because there is no such argument. Remove it',
            'writerRegion is "given"; allowed: nothing, because there is no such argument. Remove it',
        ]);
    });

    it("refuse a role that is none", async () => {
        expect(await problemsOf({ ...PRIMARY, ...({ role: "Tertiary" } as object) })).to.deep.equal([
            'role is "Tertiary"; allowed: Primary, Secondary',
        ]);
    });

    it("are all reported at once", async () => {
        const problems = await problemsOf({ ...PRIMARY, port: 1, databaseName: "9", instanceCount: 0 });
        expect(problems.map((problem) => problem.split(" ")[0])).to.deep.equal([
            "databaseName",
            "port",
            "instanceCount",
        ]);
    });

    describe("and its name", () => {
        it("are what RDS lets its resources be called", async () => {
            expect(await problemsOf(PRIMARY, "s")).to.deep.equal([]);
            const allowed = "lower-case letters, digits and single hyphens, a letter first";
            for (const name of ["Shop", "2shop", "shop--db", "shop_db"]) {
                expect(await problemsOf(PRIMARY, name)).to.include(`name is "${name}"; allowed: ${allowed}`);
            }
        });

        it("leave room for the longest physical name", async () => {
            expect(await problemsOf(PRIMARY, "s".repeat(39))).to.deep.equal([]);
            const [problem] = await problemsOf(PRIMARY, "s".repeat(40));
            expect(problem).to.include("because aws:iam/role:Role names end at 64 and auto-naming adds 8");
        });
    });

    describe("of a cluster that stays alone", () => {
        const alone: AuroraGlobalArgs = { ...PRIMARY, standalone: true };

        it("let it pause in versions that can, after a time that AWS takes", async () => {
            const paused = { ...alone, ...capacity({ minCapacity: 0 }) };
            expect(await problemsOf(paused)).to.deep.equal([]);
            for (const [engineVersion, good] of [
                ["15.6", false],
                ["15.7", true],
                ["16.2", false],
                ["16.3", true],
                ["17.4", true],
            ] as const) {
                expect(await problemsOf({ ...paused, engineVersion }), engineVersion).to.deep.equal(
                    good
                        ? []
                        : ["capacity.minCapacity is 0; allowed: a number from 0.5 to 32 in steps of 0.5"],
                );
            }
            for (const seconds of [299, 86_401, 300.5]) {
                expect(
                    await problemsOf({
                        ...alone,
                        ...capacity({ minCapacity: 0, secondsUntilAutoPause: seconds }),
                    }),
                ).to.deep.equal([
                    `capacity.secondsUntilAutoPause is ${seconds}; allowed: a number from 300 to 86400 in steps of 1`,
                ]);
            }
            expect(
                await problemsOf({ ...alone, ...capacity({ minCapacity: 0.5, secondsUntilAutoPause: 300 }) }),
            ).to.deep.equal([
                "capacity.secondsUntilAutoPause is 300; allowed: nothing while capacity.minCapacity is above 0, " +
                    "because then no instance pauses",
            ]);
        });

        it("are the founding region's while it writes", async () => {
            const problem =
                "standalone is true; allowed: false but for the role Primary whose region writes. Whoever writes " +
                "elsewhere is not alone";
            expect(await problemsOf({ ...alone, isWriter: false })).to.deep.equal([problem]);
            expect(await problemsOf({ ...SECONDARY, standalone: true })).to.deep.equal([problem]);
        });
    });
});
