import { expect } from "chai";
import fc from "fast-check";
import {
    BackupClass,
    type BackupRetention,
} from "../../../../components/operations/regionalBackup/regionalBackup";
import {
    pointInTimeRule,
    restoreSchedule,
    snapshotRules,
} from "../../../../components/operations/regionalBackup/schedule";

const retention: Required<BackupRetention> = {
    pointInTimeDays: 35,
    dailyDays: 35,
    weeklyDays: 90,
    monthlyDays: 365,
    personalDataDays: 35,
};
const { PersonalData, Standard } = BackupClass;

function kept(backupClass: BackupClass, changes: Partial<BackupRetention> = {}): string[] {
    return snapshotRules(backupClass, { ...retention, ...changes }, 5).map(
        ({ deleteAfterDays, name }) => `${name} ${deleteAfterDays}`,
    );
}

describe("the rules of backup plans", () => {
    it("keep the rarer backups longer", () => {
        expect(kept(Standard)).to.deep.equal(["daily 35", "weekly 90", "monthly 365"]);
    });

    it("leave out what a more frequent rule keeps as long", () => {
        expect(kept(Standard, { weeklyDays: 35 })).to.deep.equal(["daily 35", "monthly 365"]);
        expect(kept(Standard, { weeklyDays: 35, monthlyDays: 35 })).to.deep.equal(["daily 35"]);
    });

    it("end personal data's at their own retention", () => {
        expect(kept(PersonalData)).to.deep.equal(["daily 35"]);
        expect(kept(PersonalData, { personalDataDays: 14 })).to.deep.equal(["daily 14"]);
        expect(kept(PersonalData, { personalDataDays: 60 })).to.deep.equal(["daily 35", "weekly 60"]);
        expect(kept(PersonalData, { personalDataDays: 400 })).to.deep.equal([
            "daily 35",
            "weekly 90",
            "monthly 365",
        ]);
    });

    it("end point-in-time recovery there too", () => {
        expect(pointInTimeRule(Standard, retention, 5).deleteAfterDays).to.equal(35);
        const short = { ...retention, personalDataDays: 7 };
        expect(pointInTimeRule(PersonalData, short, 5).deleteAfterDays).to.equal(7);
        expect(pointInTimeRule(Standard, short, 5).deleteAfterDays).to.equal(35);
    });

    it("leave point-in-time recovery every hour in which no snapshot begins, or AWS might take one of the two", () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 0, max: 23 }),
                fc.constantFrom(Standard, PersonalData),
                (startHour, backupClass) => {
                    const hours = [
                        ...snapshotRules(backupClass, retention, startHour),
                        pointInTimeRule(backupClass, retention, startHour),
                    ].flatMap(({ schedule }) =>
                        (/^cron\(0 ([\d,]+) /.exec(schedule)?.[1] ?? "").split(",").map(Number),
                    );
                    expect(hours.sort((a, b) => a - b)).to.deep.equal(
                        Array.from({ length: 24 }, (_, hour) => hour),
                    );
                },
            ),
        );
    });

    it("run at hours that there are, no two at the same, whatever hour they begin", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 23 }), (startHour) => {
                const schedules = [
                    ...snapshotRules(Standard, retention, startHour).map(({ schedule }) => schedule),
                    restoreSchedule(startHour),
                ];
                const hours = schedules.map((schedule) => Number(/^cron\(0 (\d+) /.exec(schedule)?.[1]));
                expect(hours.every((hour) => hour >= 0 && hour <= 23)).to.equal(true);
                expect(new Set(hours).size).to.equal(4);
                expect(hours[0]).to.equal(startHour);
            }),
        );
    });

    it("test restores on Tuesday and Friday", () => {
        expect(restoreSchedule(5)).to.equal("cron(0 14 ? * TUE,FRI *)");
    });
});
