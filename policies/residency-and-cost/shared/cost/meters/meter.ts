import { inputOf } from "../../../../framework/items";
import { type Member, type StackView } from "../../../../framework/stackView";
import { type Bill } from "../bill";

/** Says what a resource of one type is charged for. Reading an unknown value throws. */
export type Meter = (bill: Bill, member: Member, stack: StackView) => void;

/** Meters by type of resource. */
export type Meters = Readonly<Record<string, Meter>>;

/** A number of the same things, running all month. */
export const hourly =
    (service: string, item: string): Meter =>
    (bill) => {
        bill.hourly(service, item);
    };

/** One thing that is paid by the month. */
export const monthly =
    (service: string, item: string): Meter =>
    (bill) => {
        bill.fixed(service, item, 1);
    };

/** What a resource is made from or belongs to, whose value it takes where it names none, by the property that tells. */
const SOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "aws:ebs/snapshot:Snapshot": { volumeId: "aws:ebs/volume:Volume" },
    "aws:ebs/volume:Volume": { snapshotId: "aws:ebs/snapshot:Snapshot" },
    "aws:ec2/instance:Instance": { launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate" },
    "aws:elasticache/cluster:Cluster": {
        replicationGroupId: "aws:elasticache/replicationGroup:ReplicationGroup",
    },
    "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": {
        primaryReplicationGroupId: "aws:elasticache/replicationGroup:ReplicationGroup",
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        globalReplicationGroupId: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
    },
    "aws:rds/instance:Instance": {
        replicateSourceDb: "aws:rds/instance:Instance",
        restoreToPointInTime: "aws:rds/instance:Instance",
        snapshotIdentifier: "aws:rds/snapshot:Snapshot",
    },
    "aws:rds/snapshot:Snapshot": { dbInstanceIdentifier: "aws:rds/instance:Instance" },
};

/** The value that the program gave to the property, here or where the resource comes from. */
export function inherited(
    stack: StackView,
    member: Member,
    property: string,
    seen: readonly Member[] = [],
): unknown {
    const own = inputOf(member, property);
    if (own !== undefined || seen.includes(member)) {
        return own;
    }
    return Object.entries(SOURCES[member.type] ?? {})
        .flatMap(([by, type]) => stack.referencesOf(member, by, type))
        .map((source) => inherited(stack, source, property, [...seen, member]))
        .find((value) => value !== undefined);
}
