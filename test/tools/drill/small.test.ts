/** The small pure parts. */
import { expect } from "chai";
import { showDuration, systemClock } from "../../../tools/shared/clock";
import { AwsCallError, InterruptedError, isPassing, WaitTimeoutError } from "../../../tools/drill/errors";
import { Caller } from "../../../tools/drill/aws/call";
import { waitFor, inTime, type Look } from "../../../tools/drill/engine/wait";
import { guardName } from "../../../tools/drill/steps/restoringCluster";
import { throwAwaySuffix } from "../../../tools/drill/steps/restoreRequest";
import { withValues } from "../../../tools/drill/steps/restoring";
import { compareVersions, isMajorChange, pathProblems } from "../../../tools/drill/steps/versions";
import { FakeClock } from "../../support/drill/fakeClock";

describe("durations for people", () => {
    const cases: readonly (readonly [number, string])[] = [
        [0, "0 ms"],
        [849.6, "850 ms"],
        [1000, "1 s"],
        [42_500, "42.5 s"],
        [59_999, "1 min"],
        [60_000, "1 min"],
        [185_000, "3 min 5 s"],
        [3_600_000, "1 h"],
        [7_800_000, "2 h 10 min"],
        [3_601_000, "1 h"],
        [90_000_000, "1 d 1 h"],
    ];
    for (const [milliseconds, text] of cases) {
        it(`${milliseconds} ms is ${text}`, () => {
            expect(showDuration(milliseconds)).to.equal(text);
        });
    }
});

describe("engine versions", () => {
    it("are compared by their numbers", () => {
        expect(compareVersions("18.10", "18.9")).to.be.greaterThan(0);
        expect(compareVersions("17.9", "18.1")).to.be.lessThan(0);
        expect(compareVersions("18.6", "18.6.0")).to.equal(0);
        expect(isMajorChange("17.9", "18.1")).to.equal(true);
        expect(isMajorChange("18.6", "18.10")).to.equal(false);
    });

    it("say what is wrong with a way between two of them", () => {
        expect(pathProblems("eu", "18.6", "18.7", ["18.7"], false)).to.deep.equal([]);
        expect(pathProblems("eu", "18.7", "18.7", [], false)).to.deep.equal([]);
        expect(pathProblems("eu", "18.7", "18.6", [], false)).to.deep.equal([
            "eu is on 18.7 already, and Aurora does not go back to 18.6",
        ]);
        expect(pathProblems("eu", "18.6", "18.9", ["18.10", "18.7"], false)).to.deep.equal([
            "eu cannot go from 18.6 to 18.9; allowed: 18.7, 18.10",
        ]);
        expect(pathProblems("eu", "18.6", "19.1", ["19.1"], false)).to.deep.equal([
            "from 18.6 to 19.1 is a new major version for eu; say --allow-major, after trying it on a restored copy",
        ]);
        expect(pathProblems("eu", "18.6", "19.1", ["19.1"], true)).to.deep.equal([]);
    });
});

describe("what a restore test makes", () => {
    it("bears the run's own suffix, and nothing else is deleted", () => {
        const suffix = throwAwaySuffix("restore-test-1");
        expect(suffix).to.match(/^drill-[0-9a-f]{10}$/);
        guardName(`meridian-prod-us-${suffix}`, { runId: "restore-test-1" }, ["meridian-prod-us"]);
        for (const name of ["meridian-prod-us", `meridian-prod-us-${throwAwaySuffix("restore-test-2")}`]) {
            expect(() => {
                guardName(name, { runId: "restore-test-1" }, ["meridian-prod-us"]);
            }).to.throw(`${name} is not of this run's making, and is not deleted`);
        }
    });

    it("replaces what AWS Backup offers, whatever the case of its key", () => {
        expect(
            withValues({ dbClusterIdentifier: "a", Port: "5432" }, { DBClusterIdentifier: "b", New: "c" }),
        ).to.deep.equal({ dbClusterIdentifier: "b", Port: "5432", New: "c" });
    });
});

describe("waiting", () => {
    const options = (
        clock: FakeClock,
        look: () => Promise<Look<string>>,
        signal = new AbortController().signal,
    ) => ({
        what: "the moon to rise",
        timeoutSeconds: 60,
        pollSeconds: 5,
        clock,
        signal,
        look,
        hint: "Look up.",
    });

    it("ends when the thing is there", async () => {
        const clock = new FakeClock();
        const began = clock.now();
        let looks = 0;
        const seen: string[] = [];
        const value = await waitFor({
            ...options(clock, () => {
                looks += 1;
                return Promise.resolve(
                    looks < 4 ? { done: false, seen: "dark" } : { done: true, value: "moon" },
                );
            }),
            onSeen: (text) => seen.push(text),
        });
        expect(value).to.equal("moon");
        expect(clock.now() - began).to.equal(15_000);
        expect(seen, "what is seen is said once").to.deep.equal(["dark"]);
    });

    it("times out saying what was waited for, for how long, what was seen last and what to do", async () => {
        const clock = new FakeClock();
        const began = clock.now();
        const error: unknown = await waitFor(
            options(clock, () => Promise.resolve({ done: false, seen: "clouds" })),
        ).catch((reason: unknown) => reason);
        expect(error).to.be.instanceOf(WaitTimeoutError);
        expect(error).to.include({
            message: "waited 1 min for the moon to rise; last seen: clouds",
            hint: "Look up.",
        });
        expect(clock.now() - began).to.equal(60_000);
    });

    it("takes a throttled or unanswered call for something seen, and any other error for the end", async () => {
        const call = { service: "RDS", operation: "Describe", region: "eu-central-1" };
        const errors = [
            new AwsCallError(call, "Throttling", "slow down", false, true),
            new AwsCallError(call, "ETIMEDOUT", "no answer", true, false),
        ];
        const value = await waitFor(
            options(new FakeClock(), () => {
                const error = errors.shift();
                return error === undefined
                    ? Promise.resolve({ done: true, value: "moon" })
                    : Promise.reject(error);
            }),
        );
        expect(value).to.equal("moon");
        const denied = new AwsCallError(call, "AccessDenied", "no", false, false);
        expect(
            await waitFor(options(new FakeClock(), () => Promise.reject(denied))).catch((e: unknown) => e),
        ).to.equal(denied);
    });

    it("stops when it is interrupted", async () => {
        const stop = new AbortController();
        const waiting = waitFor(
            options(
                new FakeClock(),
                () => {
                    stop.abort(new InterruptedError("interrupted by SIGINT"));
                    return Promise.resolve({ done: false, seen: "dark" });
                },
                stop.signal,
            ),
        );
        expect(await waiting.catch((error: unknown) => error)).to.be.instanceOf(InterruptedError);
    });

    it("leaves what is late to itself", async () => {
        const clock = new FakeClock();
        const late: string[] = [];
        const slow = clock.sleep(9000).then(() => "slow");
        const found = await inTime(slow, 1000, clock, (value) => {
            late.push(value);
        });
        expect(found).to.equal(undefined);
        await slow;
        expect(late).to.deep.equal(["slow"]);
        expect(await inTime(Promise.resolve("fast"), 1000, clock)).to.equal("fast");
    });

    it("sleeps no longer than until the signal", async () => {
        const stop = new AbortController();
        const began = Date.now();
        const sleeping = systemClock.sleep(60_000, stop.signal);
        stop.abort();
        await sleeping;
        await systemClock.sleep(60_000, stop.signal);
        expect(Date.now() - began).to.be.lessThan(5000);
    });
});

describe("a failed call of AWS", () => {
    const caller = new Caller("RDS", "eu-central-1");
    const worded = (error: object): Promise<unknown> =>
        caller
            .call("DescribeDBClusters", () => Promise.reject(error as Error))
            .catch((reason: unknown) => reason);

    it("is told apart by what is to be done about it", async () => {
        const refused = await worded(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
        expect(refused).to.include({
            message: "RDS in eu-central-1: DescribeDBClusters was not answered (ECONNREFUSED: connect)",
            unreachable: true,
            throttled: false,
        });
        const throttled = await worded(
            Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" }),
        );
        expect(throttled).to.include({ unreachable: false, throttled: true });
        const broken = await worded(Object.assign(new Error("?"), { $metadata: { httpStatusCode: 503 } }));
        expect(broken).to.include({ unreachable: true });
        const denied = await worded(Object.assign(new Error("no"), { name: "AccessDenied", $metadata: {} }));
        expect(denied).to.include({
            message: "RDS in eu-central-1: DescribeDBClusters failed with AccessDenied: no",
            unreachable: false,
            throttled: false,
        });
        expect([refused, throttled, broken, denied].map(isPassing)).to.deep.equal([true, true, true, false]);
    });

    it("is no failure where it means that there is no such thing", async () => {
        const missing = Object.assign(new Error("gone"), { name: "DBClusterNotFoundFault" });
        const found: unknown = await caller.find<unknown>(
            "DescribeDBClusters",
            ["DBClusterNotFoundFault"],
            () => Promise.reject(missing),
        );
        expect(found).to.equal(undefined);
    });
});
