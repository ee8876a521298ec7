import { expect } from "chai";
import { hostname } from "node:os";
import {
    acquireLock,
    type Lock,
    lockName,
    type LockRequest,
    readLock,
} from "../../../tools/drill/engine/lock";
import { RefusedError } from "../../../tools/drill/errors";
import { FakeClock } from "../../support/drill/fakeClock";
import { FakeWorld } from "../../support/drill/fakeWorld";
import { topology } from "../../support/drill/topologies";

const LOCK = "/meridian/prod/drill/lock";

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
            takesOver: [],
            hasEnded: () => false,
            breakLock: false,
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
        expect(world.at("us").parameters.size + world.at("eu").parameters.size).to.equal(0);
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
        expect(JSON.parse(world.at("eu").parameters.get(LOCK)!)).to.include({ journal: "switchover-1" });
        // Only the second region is taken: what the refused one had in the first is given back.
        world.at("eu").parameters.clear();
        await refusalOf(acquireLock(request(other)));
        expect(world.at("eu").parameters.size).to.equal(0);
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
        expect(JSON.parse(world.at("us").parameters.get(LOCK)!)).to.deep.nested.include({
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
        expect(JSON.parse(world.at("us").parameters.get(LOCK)!)).to.include({ journal: "switchover-1" });
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
            "No lock in us-east-1: AWS in us-east-1: PutParameter was not answered (ETIMEDOUT: no answer)",
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
        expect(log).to.deep.equal(["No lock in us-east-1: no answer within 5 s"]);
        expect(await readLock(world.aws, "us-east-1", "prod")).to.include({ journal: "switchover-1" });
        await clock.sleep(60_000);
        expect(await readLock(world.aws, "us-east-1", "prod")).to.equal(undefined);
        expect(await readLock(world.aws, "eu-central-1", "prod")).to.include({ journal: "switchover-1" });
    });

    it("leaves another run's lock alone when it gives its own back", async () => {
        const lock = await acquireLock(request());
        await acquireLock(request({ ...other, breakLock: true }));
        await lock.release();
        expect(await readLock(world.aws, "us-east-1", "prod")).to.include({ journal: "failover-2" });
    });

    it("does not take a parameter that no run wrote for a lock", async () => {
        world.at("us").parameters.set(LOCK, "free");
        await acquireLock(request());
        expect(await readLock(world.aws, "us-east-1", "prod")).to.include({ journal: "switchover-1" });
    });
});
