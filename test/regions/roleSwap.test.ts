import { expect } from "chai";
import { type PreviewedStacks, projectStacks, stackOf } from "../support/stacks";

// What AWS changes in place. Everything else that an update could touch would replace, detach or promote.
const IN_PLACE: Readonly<Record<string, readonly string[]>> = {
    // Capacity floor: RDS API Reference, ModifyDBCluster.
    "aws:rds/cluster:Cluster": ["serverlessv2ScalingConfiguration"],
    // Order of failover: RDS API Reference, ModifyDBInstance.
    "aws:rds/clusterInstance:ClusterInstance": ["promotionTier"],
    // Who is to be woken by silence: CloudWatch API Reference, PutMetricAlarm.
    "aws:cloudwatch/metricAlarm:MetricAlarm": [
        "treatMissingData",
        "threshold",
        "alarmActions",
        "okActions",
        "alarmDescription",
    ],
};

describe("a change of the region that writes", () => {
    let before_: PreviewedStacks;
    let after_: PreviewedStacks;

    before(async () => {
        before_ = await projectStacks({ primaryRegion: "us" });
        after_ = await projectStacks({ primaryRegion: "eu" });
    });

    it("makes and removes nothing in any stack", () => {
        for (const [name, stack] of Object.entries(before_)) {
            const urns = (stacks: PreviewedStacks): string[] =>
                stackOf(stacks, name)
                    .resources.map(({ urn }) => urn)
                    .sort();
            expect(urns(after_), name).to.deep.equal(urns(before_));
            expect(stack.resources).not.to.be.empty;
        }
    });

    it("changes only what AWS changes in place", () => {
        const changed = changes(before_, after_).filter(
            ({ property, type }) => IN_PLACE[type]?.includes(property) !== true,
        );
        expect(changed).to.deep.equal([]);
    });

    it("moves the capacity's floor to where the database is written", () => {
        const floors = (stacks: PreviewedStacks): unknown[] => [
            stackOf(stacks, "prod-us").one("aws:rds/cluster:Cluster").inputs.serverlessv2ScalingConfiguration,
            stackOf(stacks, "prod-global").one("aws:rds/cluster:Cluster").inputs
                .serverlessv2ScalingConfiguration,
        ];
        expect(floors(before_)).to.deep.equal([
            { minCapacity: 8, maxCapacity: 64 },
            { minCapacity: 4, maxCapacity: 64 },
        ]);
        expect(floors(after_)).to.deep.equal([
            { minCapacity: 4, maxCapacity: 64 },
            { minCapacity: 8, maxCapacity: 64 },
        ]);
    });

    it("can be said by the region's AWS name too", async () => {
        const byName = await projectStacks({ primaryRegion: "eu-central-1" });
        expect(changes(after_, byName)).to.deep.equal([]);
    });
});

interface Change {
    readonly urn: string;
    readonly type: string;
    readonly property: string;
}

function changes(before: PreviewedStacks, after: PreviewedStacks): Change[] {
    return Object.entries(before).flatMap(([name, stack]) => {
        const afterByUrn = new Map(
            stackOf(after, name).resources.map((resource) => [resource.urn, resource]),
        );
        return stack.resources
            .filter(({ custom }) => custom)
            .flatMap(({ inputs, type, urn }) => {
                const others = afterByUrn.get(urn)?.inputs ?? {};
                const properties = new Set([...Object.keys(inputs), ...Object.keys(others)]);
                return [...properties]
                    .filter(
                        (property) => JSON.stringify(inputs[property]) !== JSON.stringify(others[property]),
                    )
                    .map((property) => ({ urn, type, property }));
            });
    });
}
