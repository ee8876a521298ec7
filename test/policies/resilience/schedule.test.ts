import { expect } from "chai";
import { hoursIn, longestGap, spanOf } from "../../../policies/framework/schedule";

describe("Backup schedules", () => {
    const gaps: readonly (readonly [string, number])[] = [
        ["cron(0 5 ? * * *)", 24],
        ["cron(0 * ? * * *)", 1],
        ["cron(0/15 * * * ? *)", 0.25],
        ["cron(30 0,12 * * ? *)", 12],
        // From Friday to Monday.
        ["cron(0 5 ? * MON-FRI *)", 72],
        ["cron(0 5 ? * 2-6 *)", 72],
        ["cron(0 8 ? * SAT *)", 168],
        // The longest months follow one another in July and August.
        ["cron(0 11 1 * ? *)", 31 * 24],
        ["cron(0 11 L * ? *)", 31 * 24],
        // From one January to the next, over a leap day.
        ["cron(0 0 1 JAN ? *)", 366 * 24],
        // At 6 and 16.
        ["cron(0 6/10 * * ? *)", 14],
        ["rate(1 day)", 24],
        ["rate(12 hours)", 12],
        ["rate(30 minutes)", 0.5],
    ];
    for (const [schedule, hours] of gaps) {
        it(`runs every ${hours} h at ${schedule}`, () => {
            expect(longestGap(schedule)).to.equal(hours);
        });
    }

    for (const schedule of [
        "",
        "daily",
        "cron(0 5 * * *)",
        "cron(0 25 ? * * *)",
        "cron(60 5 ? * * *)",
        "cron(0 5 ? * MON#2 *)",
        "cron(0 5 1 1 ? 2030)",
        "cron(0 5 31 FEB ? *)",
        "cron(0 5/0 ? * * *)",
        "rate(1 fortnight)",
    ]) {
        it(`does not understand "${schedule}"`, () => {
            expect(longestGap(schedule)).to.equal(undefined);
        });
    }
});

describe("Spans of time", () => {
    it("are minutes, hours, days and weeks", () => {
        expect(["15m", "4h", "1.5h", "1d", "2w", " 1 d "].map(hoursIn)).to.deep.equal([
            0.25, 4, 1.5, 24, 336, 24,
        ]);
    });

    it("are nothing else", () => {
        expect(["", "soon", "h", "4", "-1h", undefined].map(hoursIn)).to.deep.equal(Array(6).fill(undefined));
    });

    it("are said as people say them", () => {
        expect([0.25, 1, 1.5, 24, 36, 168].map(spanOf)).to.deep.equal([
            "15 min",
            "1 h",
            "1.5 h",
            "24 h",
            "36 h",
            "7 d",
        ]);
    });
});
