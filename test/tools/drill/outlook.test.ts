/** What `status` says would stop a failover is what stops one. */
import { expect } from "chai";
import { CLUSTER_STATES, INSTANCE_STATES } from "../../../tools/drill/steps/databaseStates";
import { Bench } from "../../support/drill/commands";

const FAILOVER = [
    "failover",
    "--to",
    "eu",
    "--accept-data-loss",
    "--yes",
    "--primary-is-lost",
    "a test says so",
];

/** Whether a world's status names anything that would stop a failover to eu, and whether one is stopped. */
async function saidAndSo(given: (own: Bench) => unknown): Promise<{ said: string[]; isStopped: boolean }> {
    const [asked, done] = [new Bench(), new Bench()];
    try {
        given(asked);
        given(done);
        const { stdout } = await asked.call(["status", "--json"]);
        const report = JSON.parse(stdout) as { failover: Record<string, { stops: string[] }> };
        await done.call(FAILOVER);
        return { said: report.failover["eu"]?.stops ?? [], isStopped: done.world.writer !== "eu" };
    } finally {
        asked.dispose();
        done.dispose();
    }
}

describe("what status says would stop a failover is what stops one:", () => {
    const setInstances =
        (status: string) =>
        ({ world }: Bench): void => {
            world.cluster("eu").instances.forEach((instance) => (instance.status = status));
        };

    it("every state of the target's cluster", async () => {
        for (const status of [...Object.keys(CLUSTER_STATES), "a word that AWS has not said yet"]) {
            const { isStopped, said } = await saidAndSo(({ world }) => (world.cluster("eu").status = status));
            expect(said.length > 0, `${status}: ${said.join()}`).to.equal(isStopped);
        }
    });

    it("every state of the target's instances", async () => {
        for (const status of [...Object.keys(INSTANCE_STATES), "a word that AWS has not said yet"]) {
            const { isStopped, said } = await saidAndSo(setInstances(status));
            expect(said.length > 0, `${status}: ${said.join()}`).to.equal(isStopped);
        }
    });

    const cases: Readonly<Record<string, (own: Bench) => unknown>> = {
        "no instance at all": ({ world }) => (world.cluster("eu").instances = []),
        "no cluster": ({ world }) => world.at("eu").clusters.delete("meridian-prod-eu"),
        "another account": ({ world }) => (world.accountId = "999988887777"),
        "a silent home region": ({ world }) => {
            world.lose("us");
        },
        "a silent target": ({ world }) => world.faults.unreachable.add("eu-central-1"),
        "a target whose groups are gone": ({ world }) => {
            world.at("eu").fleets.clear();
        },
        "no API beside RDS's": ({ world }) => {
            for (const operation of [
                "GetCallerIdentity",
                "DescribeAutoScalingGroups",
                "GetMetricData",
                "GetHealthCheckStatus",
                "GetParameter",
                "PutParameter",
                "ListCertificates",
                "GetServiceQuota",
                "ListRecoveryPointsByBackupVault",
            ]) {
                world.faults.failing.set(operation, { code: "AccessDenied" });
            }
        },
        "somebody's lock in the home region": ({ world }) => {
            lock(world.at("us").parameters);
        },
        "somebody's lock in the target's": ({ world }) => {
            lock(world.at("eu").parameters);
        },
        "a lag of an hour": ({ world }) => (world.at("eu").lag = 3_600_000),
        "a target that is catching up": ({ world }) => world.faults.lost.add("eu"),
        "a change of the writer that goes on": ({ world }) => (world.globalStatus = "switching-over"),
    };
    for (const [what, given] of Object.entries(cases)) {
        it(what, async () => {
            const { isStopped, said } = await saidAndSo(given);
            expect(said.length > 0, said.join()).to.equal(isStopped);
        });
    }

    function lock(parameters: Map<string, readonly string[]>): void {
        const holder = {
            journal: "switchover-1",
            verb: "switchover",
            operator: { name: "lee", host: "desk", pid: 1 },
            since: "2026-03-01T11:00:00.000Z",
        };
        parameters.set("/meridian/prod/drill/lock", [JSON.stringify(holder)]);
    }
});
