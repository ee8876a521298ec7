import { expect } from "chai";
import { hostname } from "node:os";
import {
    acquireLock,
    type Lock,
    lockName,
    type LockRequest,
    readLock,
    seeLocks,
} from "../../../tools/drill/engine/lock";
import { type Head } from "../../../tools/drill/engine/holder";
import { RefusedError } from "../../../tools/drill/errors";
import { FakeClock } from "../../support/drill/fakeClock";
import { FakeWorld } from "../../support/drill/fakeWorld";
import { topology } from "../../support/drill/topologies";

const LOCK = "/meridian/prod/drill/lock";

const HEAD: Head = {
    began: "2026-03-01T12:00:00.000Z",
    params: { from: "us", to: "eu" },
    passed: [],
    steps: {},
    facts: {},
};

describe("the lock", () => {
    let world: FakeWorld;
    let log: string[];
    beforeEach(() => {
        world = new FakeWorld(topology(), new FakeClock());
        log = [];
    });

    function request(changes: Partial<LockRequest> = {}): LockRequest {
        return {
            aws: world.aws,
            clock: world.clock,
            environment: "prod",
            regions: ["us-east-1", "eu-central-1"],
            required: ["eu-central-1"],
            verb: "switchover",
            journal: "switchover-1",
            operator: { name: "kim", host: "laptop", pid: process.pid },
            head: HEAD,
            about: "eu-central-1",
            takesOver: [],
            hasEnded: () => false,
            breakLock: false,
            inheritsFromDead: false,
            log: (line) => log.push(line),
            ...changes,
        };
    }

    const other = { journal: "failover-2", operator: { name: "lee", host: "desk", pid: 7 } };

    async function refusalOf(attempt: Promise<Lock>): Promise<RefusedError> {
        const error: unknown = await attempt.then(
            () => expect.fail("the lock was given"),
            (reason: unknown) => reason,
        );
        expect(error).to.be.instanceOf(RefusedError);
        return error as RefusedError;
    }

    it("is taken in every region, and given back", async () => {
        const lock = await acquireLock(request());
        for (const region of ["us-east-1", "eu-central-1"]) {
            const holder = await readLock(world.aws, region, "prod");
            expect(holder).to.deep.include({ journal: "switchover-1", verb: "switchover" });
        }
        await lock.release();
        expect([world.holder("us-east-1"), world.holder("eu-central-1")]).to.deep.equal([
            undefined,
            undefined,
        ]);
        expect(lockName("prod")).to.equal(LOCK);
    });

    it("refuses a second operator, naming the first and since when", async () => {
        await acquireLock(request());
        await world.clock.sleep(90_000);
        const { hint, message } = await refusalOf(acquireLock(request(other)));
        expect(message).to.equal(
            `kim on laptop (process ${process.pid}) holds the lock in eu-central-1 since 2026-03-01T12:00:00.000Z, ` +
                "for 1 min 30 s: switchover, journal switchover-1",
        );
        expect(hint).to.contain("--break-lock");
    });

    it("shuts out runs that aim at different regions, and leaves nothing behind of the one that is refused", async () => {
        await acquireLock(request({ required: ["us-east-1"] }));
        await refusalOf(acquireLock(request(other)));
        expect(world.holder("eu-central-1")).to.include({ journal: "switchover-1" });
        // Only the second region is taken: what the refused one had in the first is given back.
        world.at("eu").parameters.clear();
        await refusalOf(acquireLock(request(other)));
        expect(world.holder("eu-central-1")).to.equal(undefined);
    });

    it("is given to one of two operators who come at once", async () => {
        const results = await Promise.allSettled([acquireLock(request()), acquireLock(request(other))]);
        expect(results.map(({ status }) => status).sort()).to.deep.equal(["fulfilled", "rejected"]);
    });

    it("is taken again by the same run after its process died", async () => {
        // No process has this number.
        const dead = { name: "kim", host: "laptop", pid: 2 ** 30 };
        await acquireLock(request({ operator: dead }));
        await acquireLock(request());
        expect(world.holder("us-east-1")).to.deep.nested.include({
            "operator.pid": process.pid,
        });
    });

    it("is not taken from the same run while another process is at it", async () => {
        await acquireLock(request({ operator: { name: "kim", host: hostname(), pid: process.ppid } }));
        const { message } = await refusalOf(
            acquireLock(request({ operator: { name: "kim", host: hostname(), pid: process.pid } })),
        );
        expect(message).to.contain(`process ${process.ppid}`);
    });

    it("is not taken from the same run on another machine, which cannot be looked at", async () => {
        await acquireLock(request({ operator: { name: "kim", host: "desk", pid: process.pid } }));
        await refusalOf(acquireLock(request()));
    });

    it("is taken over from a run that this one gives up, and from one that has ended", async () => {
        await acquireLock(request());
        const here = { ...other, operator: { name: "lee", host: "laptop", pid: process.pid } };
        await acquireLock(request({ ...here, takesOver: ["switchover-1"] }));
        await acquireLock(request({ hasEnded: (journal) => journal === "failover-2" }));
        expect(world.holder("us-east-1")).to.include({ journal: "switchover-1" });
    });

    it("is broken on request", async () => {
        await acquireLock(request());
        await acquireLock(request({ ...other, breakLock: true }));
        expect(await readLock(world.aws, "us-east-1", "prod")).to.include({ journal: "failover-2" });
    });

    it("does without a region that is lost, but not without the one that the run needs", async () => {
        world.faults.unreachable.add("us-east-1");
        await acquireLock(request());
        expect(log).to.deep.equal([
            "No lock in us-east-1: AWS in us-east-1: GetParameter was not answered (ETIMEDOUT: no answer)",
        ]);
        const error: unknown = await acquireLock(request({ required: ["us-east-1"] })).catch(
            (reason: unknown) => reason,
        );
        expect(error).to.be.instanceOf(Error).that.has.property("message").that.contains("was not answered");
    });

    it("gives back at once what a region gave too late, since the run has gone on without it", async () => {
        const { clock } = world;
        const slow: LockRequest["aws"] = {
            ...world.aws,
            in: (region) => {
                const there = world.aws.in(region);
                return region === "eu-central-1"
                    ? there
                    : {
                          ...there,
                          parameters: {
                              ...there.parameters,
                              create: async (name, value) => {
                                  const isMade = await there.parameters.create(name, value);
                                  await clock.sleep(9000);
                                  return isMade;
                              },
                          },
                      };
            },
        };
        await acquireLock(request({ aws: slow }));
        expect(log).to.deep.equal(["No lock in us-east-1: no answer within 8 s"]);
        expect(await readLock(world.aws, "us-east-1", "prod")).to.include({ journal: "switchover-1" });
        await clock.sleep(60_000);
        expect(await readLock(world.aws, "us-east-1", "prod")).to.equal(undefined);
        expect(await readLock(world.aws, "eu-central-1", "prod")).to.include({ journal: "switchover-1" });
    });

    it("is given back where the same run took it before its machine's clock was set back", async () => {
        const dead = { name: "kim", host: "laptop", pid: 2 ** 30 };
        await world.clock.sleep(3_600_000);
        await acquireLock(request({ operator: dead }));
        const sights = new Map([["us-east-1", { silent: "no answer" }]]);
        const late = {
            now: () => world.clock.now() - 3_600_000,
            sleep: (...args: Parameters<FakeClock["sleep"]>) => world.clock.sleep(...args),
        };
        const lock = await acquireLock(request({ sights, clock: late }));
        await lock.release();
        expect([world.holder("us-east-1"), world.holder("eu-central-1")]).to.deep.equal([
            undefined,
            undefined,
        ]);
    });

    it("leaves another run's lock alone when it gives its own back", async () => {
        const lock = await acquireLock(request());
        await acquireLock(request({ ...other, breakLock: true }));
        await lock.release();
        expect(await readLock(world.aws, "us-east-1", "prod")).to.include({ journal: "failover-2" });
    });

    it("does not take a parameter that no run wrote for a lock", async () => {
        world.at("us").parameters.set(LOCK, ["free"]);
        await acquireLock(request());
        expect(await readLock(world.aws, "us-east-1", "prod")).to.include({ journal: "switchover-1" });
    });

    it("is never deleted: SSM asks for 30 seconds before one of the same name is made", async () => {
        for (const journal of ["switchover-1", "switchover-2", "switchover-3"]) {
            await (await acquireLock(request({ journal }))).release();
        }
        expect(world.calls.filter((call) => call.endsWith("DeleteParameter"))).to.deep.equal([]);
        expect(world.at("eu").parameters.get(LOCK)).to.have.length(6);
    });

    it("is free when somebody has deleted it by hand, and the run that had it takes it again", async () => {
        const lock = await acquireLock(request());
        world.at("eu").parameters.clear();
        await lock.renew(HEAD);
        expect(world.holder("eu-central-1")).to.include({ journal: "switchover-1" });
        world.at("eu").parameters.clear();
        await acquireLock(request({ ...other, regions: ["eu-central-1"] }));
        expect(world.holder("eu-central-1")).to.include({ journal: "failover-2" });
    });

    it("is re-taken by one of many who see at once that its run is no more", async () => {
        const dead = { name: "kim", host: "laptop", pid: 2 ** 30 };
        await acquireLock(request({ operator: dead }));
        const attempts = [1, 2, 3, 4].map((number) =>
            acquireLock(
                request({
                    ...other,
                    journal: `failover-${number}`,
                    operator: { name: "lee", host: "laptop", pid: process.pid },
                    takesOver: ["switchover-1"],
                }),
            ),
        );
        const results = await Promise.allSettled(attempts);
        expect(results.filter(({ status }) => status === "fulfilled")).to.have.length(1);
    });

    it("says how far the run has come, for whoever goes on with it", async () => {
        const lock = await acquireLock(request());
        const head = { ...HEAD, passed: ["switch-over"], facts: { "target-capacity": { min: 4, max: 64 } } };
        await lock.renew(head);
        expect((await readLock(world.aws, "eu-central-1", "prod"))?.head).to.deep.equal(head);
        const { message } = await refusalOf(acquireLock(request(other)));
        expect(message).to.contain("switchover, journal switchover-1, which has begun switch-over");
    });

    it("leaves out what is too long for a parameter, and is a lock all the same", async () => {
        await acquireLock(request({ head: { ...HEAD, facts: { long: "é".repeat(2100) } } }));
        const versions = world.at("eu").parameters.get(LOCK) ?? [];
        expect(Buffer.byteLength(versions[0] ?? "")).to.be.lessThan(4096);
        const holder = await readLock(world.aws, "eu-central-1", "prod");
        expect(holder).to.include({ journal: "switchover-1" });
        expect(holder).not.to.have.property("head");
        await refusalOf(acquireLock(request(other)));
    });

    it("has no room for long warnings, and keeps what is needed", async () => {
        await acquireLock(request({ head: { ...HEAD, warnings: ["x".repeat(4000)] } }));
        expect((await readLock(world.aws, "eu-central-1", "prod"))?.head).to.deep.equal(HEAD);
    });

    it("is lost to whoever breaks it, and the run that had it hears so before it goes on", async () => {
        const lock = await acquireLock(request());
        await lock.renew(HEAD);
        await world.clock.sleep(30_000);
        await acquireLock(request({ ...other, breakLock: true }));
        const error: unknown = await lock.renew(HEAD).catch((reason: unknown) => reason);
        expect(error).to.be.instanceOf(RefusedError);
        expect((error as Error).message).to.equal(
            "somebody else has taken the lock in eu-central-1, 0 ms ago: " +
                "switchover, journal failover-2, by lee on desk (process 7)",
        );
        await lock.release();
        expect(world.holder("eu-central-1")).to.include({ journal: "failover-2" });
    });

    it("is not given back by a process whose run another machine has gone on with", async () => {
        const lock = await acquireLock(request());
        await acquireLock(request({ operator: other.operator, breakLock: true }));
        await lock.release();
        expect(world.holder("eu-central-1")).to.deep.nested.include({ "operator.host": "desk" });
    });

    it("is given back when the first attempts fail, whatever with, and said where it cannot be", async () => {
        const lock = await acquireLock(request());
        world.faults.throttled.set("GetParameter", 2);
        await lock.release();
        expect(world.holder("eu-central-1")).to.equal(undefined);
        const again = await acquireLock(request());
        world.faults.unreachable.add("eu-central-1");
        await again.release();
        expect(log.at(-1)).to.equal(
            "The lock in eu-central-1 could not be given back: AWS in eu-central-1: GetParameter was not answered " +
                `(ETIMEDOUT: no answer). By hand: aws ssm delete-parameter --region eu-central-1 --name ${LOCK}`,
        );
        expect(world.holder("us-east-1")).to.equal(undefined);
    });

    it("stops nobody who would rather go without it, whatever keeps it from being had", async () => {
        const refusing: LockRequest["aws"] = {
            ...world.aws,
            in: (region) => ({
                ...world.aws.in(region),
                parameters: {
                    ...world.aws.in(region).parameters,
                    read: () => world.fail(region, "GetParameter", "AccessDeniedException"),
                },
            }),
        };
        const lock = await acquireLock(request({ aws: refusing, required: [] }));
        await lock.renew(HEAD);
        await lock.release();
        expect(log).to.include("No lock anywhere: make sure that nobody else is at it.");
        const error: unknown = await acquireLock(request({ aws: refusing })).catch(
            (reason: unknown) => reason,
        );
        expect(error).to.have.property("code", "AccessDeniedException");
    });

    it("does not wait once more for a region that was silent when all were looked at", async () => {
        world.faults.unreachable.add("us-east-1");
        const sights = await seeLocks(world.aws, world.clock, "prod", ["us-east-1", "eu-central-1"]);
        const asked = world.calls.length;
        await acquireLock(request({ sights }));
        expect(world.calls.slice(asked).filter((call) => call.startsWith("us-east-1"))).to.deep.equal([]);
    });
});
