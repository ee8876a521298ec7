/** The faults that pass are those that the SDK's own model of each call documents. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { Caller } from "../../../tools/drill/aws/call";
import { STATE_FAULTS } from "../../../tools/drill/aws/stateFaults";
import { AwsCallError, isPassing, isPassingOrBusy } from "../../../tools/drill/errors";

const load = createRequire(__filename);

const CLIENTS: Readonly<Record<string, string>> = {
    DeleteTable: "client-dynamodb",
    TagResource: "client-dynamodb",
    ExecuteStatement: "client-rds-data",
    UpdateAutoScalingGroup: "client-auto-scaling",
};

/** What a state that a person must change is called. */
const LASTING = [
    "InvalidDBSecurityGroupStateFault",
    "InvalidDBSubnetGroupStateFault",
    "InvalidVPCNetworkStateFault",
    "InvalidDBCapacityReservationStateFault",
    "InvalidDBClusterSnapshotStateFault",
];

/** Names that say that it is not the moment. */
const OF_A_STATE = /State(?!ment)|InUse|Contention|InProgress|Resuming|Unavailable|NotEnabled/;

/** The faults that a call documents. */
function documented(operation: string): string[] {
    const entry = load.resolve(`@aws-sdk/${CLIENTS[operation] ?? "client-rds"}`);
    const root = dirname(dirname(entry));
    const page = readFileSync(join(root, "dist-types/commands", `${operation}Command.d.ts`), "utf8");
    return [...page.matchAll(/@throws \{@link (\w+)\}/g)].map(([, name = ""]) => name);
}

describe("the faults of a state that passes", () => {
    for (const [operation, faults] of Object.entries(STATE_FAULTS)) {
        it(`are, of ${operation}, those that AWS documents`, () => {
            const own = documented(operation).filter(
                (name) => OF_A_STATE.test(name) && !LASTING.includes(name),
            );
            expect(own).not.to.deep.equal([]);
            expect([...faults].sort()).to.deep.equal([...new Set(own)].sort());
        });
    }

    it("are told from others, and from the same word of another call", async () => {
        const worded = async (operation: string, name: string): Promise<AwsCallError> => {
            const error: unknown = await new Caller("RDS", "eu-central-1")
                .call(operation, () => Promise.reject(Object.assign(new Error("no"), { name })))
                .catch((reason: unknown) => reason);
            expect(error).to.be.instanceOf(AwsCallError);
            return error as AwsCallError;
        };
        const busy = await worded("FailoverGlobalCluster", "InvalidDBClusterStateFault");
        expect([busy.busy, isPassing(busy), isPassingOrBusy(busy)]).to.deep.equal([true, false, true]);
        for (const [operation, name] of [
            ["FailoverGlobalCluster", "GlobalClusterNotFoundFault"],
            ["DescribeDBClusters", "InvalidDBClusterStateFault"],
        ] as const) {
            expect(isPassingOrBusy(await worded(operation, name)), name).to.equal(false);
        }
    });
});
