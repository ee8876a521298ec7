import { expect } from "chai";
import * as fc from "fast-check";

import { connectionsOf, floorOf, floorWarning } from "../../../../components/data/auroraMember/capacity";
import { connectionString } from "../../../../components/data/auroraMember/connection";
import {
    DEFAULT_ENGINE_VERSION,
    isEngineVersion,
    KNOWN_ENGINE_VERSIONS,
    parameterFamily,
} from "../../../../components/data/auroraMember/engine";
import { dailyWindow, weeklyWindow, windowsOverlap } from "../../../../components/data/auroraGlobal/windows";

describe("an Aurora member's capacity", () => {
    const capacity = { minCapacity: 8, maxCapacity: 32, standbyMinCapacity: 2 };

    it("has a floor for each role", () => {
        expect(floorOf(capacity, true)).to.equal(8);
        expect(floorOf(capacity, false)).to.equal(2);
        expect(floorOf({ minCapacity: 8, maxCapacity: 32 }, false)).to.equal(8);
    });

    it("is warned of below 8 units on the writer alone", () => {
        expect(floorWarning({ ...capacity, minCapacity: 8 }, true)).to.equal(undefined);
        expect(floorWarning({ ...capacity, minCapacity: 7.5 }, false)).to.equal(undefined);
        expect(floorWarning({ ...capacity, minCapacity: 7.5 }, true)).to.equal(
            "the writer's capacity may fall to 7.5 ACU, and AWS asks for 8 at least on the writer of a global database: " +
                "replication may lag when it has shrunk. Raise capacity.minCapacity.",
        );
    });

    // Aurora User Guide, "Maximum connections for Aurora Serverless v2", for PostgreSQL.
    for (const [units, connections] of [
        [4, 823],
        [8, 1669],
        [16, 3360],
        [32, 5000],
        [64, 5000],
    ] as const) {
        it(`allows for a little fewer connections than AWS's table for ${units} units`, () => {
            const estimate = connectionsOf({ minCapacity: 1, maxCapacity: units }, true);
            expect(estimate).to.be.at.most(connections);
            expect(estimate).to.be.at.least(connections * 0.9);
        });
    }

    it("takes fewer connections where the floor is half a unit", () => {
        expect(connectionsOf({ minCapacity: 0.5, maxCapacity: 64 }, true)).to.equal(2000);
        expect(connectionsOf({ minCapacity: 8, maxCapacity: 64, standbyMinCapacity: 0.5 }, false)).to.equal(
            2000,
        );
        expect(connectionsOf({ minCapacity: 1, maxCapacity: 64 }, true)).to.equal(5000);
    });
});

describe("an engine version", () => {
    it("is a major and a minor number, from 15 on", () => {
        for (const version of ["15.14", "17.4", "18.6", "19.0"]) {
            expect(isEngineVersion(version), version).to.equal(true);
        }
        for (const version of ["", "14.18", "18", "18.6.1", "18.x", "v18.6", "018.6"]) {
            expect(isEngineVersion(version), version).to.equal(false);
        }
    });

    it("is a known one where it is not chosen", () => {
        expect(KNOWN_ENGINE_VERSIONS).to.include(DEFAULT_ENGINE_VERSION);
        expect(KNOWN_ENGINE_VERSIONS.filter((version) => !isEngineVersion(version))).to.deep.equal([]);
    });

    it("tells the family of the parameter groups", () => {
        expect(parameterFamily("18.6")).to.equal("aurora-postgresql18");
        expect(parameterFamily("15.14")).to.equal("aurora-postgresql15");
    });
});

describe("windows", () => {
    it("are read as RDS writes them", () => {
        expect(dailyWindow("02:00-03:00")).to.deep.equal({ start: 120, length: 60 });
        expect(dailyWindow("23:45-00:15")).to.deep.equal({ start: 1425, length: 30 });
        expect(weeklyWindow("mon:00:00-mon:00:30")).to.deep.equal({ start: 0, length: 30 });
        expect(weeklyWindow("sun:23:45-mon:00:15")).to.deep.equal({ start: 10065, length: 30 });
    });

    for (const text of ["", "2:00-3:00", "02:00", "24:00-00:30", "02:00-03:60", "02:00-03:00-04:00"]) {
        it(`are not "${text}" each day`, () => {
            expect(dailyWindow(text)).to.equal(undefined);
        });
    }

    for (const text of [
        "",
        "02:00-03:00",
        "Sun:04:00-Sun:05:00",
        "sun:04:00-05:00",
        "day:04:00-sun:05:00",
        "sun04:00-sun05:00",
    ]) {
        it(`are not "${text}" each week`, () => {
            expect(weeklyWindow(text)).to.equal(undefined);
        });
    }

    const overlap = (daily: string, weekly: string) => {
        const [day, week] = [dailyWindow(daily), weeklyWindow(weekly)];
        if (day === undefined || week === undefined) {
            throw new Error(`not windows: ${daily}, ${weekly}`);
        }
        return windowsOverlap(day, week);
    };

    it("may touch and not overlap", () => {
        expect(overlap("02:00-03:00", "sun:03:00-sun:04:00")).to.equal(false);
        expect(overlap("02:00-03:00", "sun:01:00-sun:02:00")).to.equal(false);
        expect(overlap("02:00-03:00", "sun:02:59-sun:04:00")).to.equal(true);
        expect(overlap("02:00-03:00", "sun:01:00-sun:02:01")).to.equal(true);
    });

    it("overlap when one holds the other, and over midnight", () => {
        expect(overlap("02:00-06:00", "wed:03:00-wed:04:00")).to.equal(true);
        expect(overlap("03:00-04:00", "wed:02:00-wed:06:00")).to.equal(true);
        expect(overlap("23:30-00:30", "mon:00:00-mon:00:30")).to.equal(true);
        expect(overlap("00:00-00:30", "sun:23:30-mon:00:10")).to.equal(true);
    });

    it("overlap exactly when they share a minute", () => {
        const DAY = 1440;
        const WEEK = 7 * DAY;
        const minutes = (start: number, length: number, cycle: number) =>
            new Set(Array.from({ length }, (_, minute) => (start + minute) % cycle));
        fc.assert(
            fc.property(
                fc.record({ start: fc.nat(DAY - 1), length: fc.integer({ min: 1, max: DAY - 1 }) }),
                fc.record({ start: fc.nat(WEEK - 1), length: fc.integer({ min: 1, max: WEEK - 1 }) }),
                (daily, weekly) => {
                    const taken = minutes(weekly.start, weekly.length, WEEK);
                    const shared = Array.from({ length: 7 }, (_, day) => [
                        ...minutes(daily.start + day * DAY, daily.length, WEEK),
                    ])
                        .flat()
                        .some((minute) => taken.has(minute));
                    expect(windowsOverlap(daily, weekly)).to.equal(shared);
                },
            ),
        );
    });
});

describe("a connection string", () => {
    const text = connectionString({
        endpoint: "meridian-prod-us.cluster-x.us-east-1.rds.amazonaws.com",
        readerEndpoint: "meridian-prod-us.cluster-ro-x.us-east-1.rds.amazonaws.com",
        port: 5432,
        databaseName: "shop",
        username: "shop_app",
        certificateBundlePath: "/etc/ssl/certs/aws-rds-global-bundle.pem",
    });

    it("names the writer first, then the readers, with everything that verify-full needs", () => {
        expect(text).to.equal(
            "postgresql://shop_app@meridian-prod-us.cluster-x.us-east-1.rds.amazonaws.com:5432," +
                "meridian-prod-us.cluster-ro-x.us-east-1.rds.amazonaws.com:5432/shop" +
                "?sslmode=verify-full&sslrootcert=/etc/ssl/certs/aws-rds-global-bundle.pem" +
                "&target_session_attrs=any&connect_timeout=3",
        );
    });

    it("holds no password", () => {
        expect(text.slice("postgresql://".length).split("@")[0]).to.equal("shop_app");
    });
});
