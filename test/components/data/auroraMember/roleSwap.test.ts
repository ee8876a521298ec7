import { expect } from "chai";

import { type AuroraGlobalArgs } from "../../../../components/data/auroraGlobal/auroraGlobal";
import { type AuroraReplicationArgs } from "../../../../components/data/auroraReplication/auroraReplication";
import { type ProgramPreview, type RegisteredResource } from "../../../support/preview";
import {
    ABROAD,
    HOME,
    NAME,
    PRIMARY,
    previewDatabase,
    previewEither,
    previewReplication,
    REPLICATION,
    secondaryOf,
    THIRD,
} from "../../../support/components/databaseMembers";

/** What may differ when another region writes: properties that AWS changes in place, by type. */
const IN_PLACE: Record<string, readonly string[]> = {
    // The floor of the capacity.
    "aws:rds/cluster:Cluster": ["serverlessv2ScalingConfiguration"],
    // The order of failover.
    "aws:rds/clusterInstance:ClusterInstance": ["promotionTier"],
    // How silence is read.
    "aws:cloudwatch/metricAlarm:MetricAlarm": ["treatMissingData"],
    // The component's own arguments, which are no resource.
    "meridian:index:AuroraGlobal": ["isWriter"],
    "meridian:index:AuroraReplication": ["writerRegion"],
};

function byUrn(preview: ProgramPreview): Map<string, RegisteredResource> {
    if (preview.error !== undefined) {
        throw new Error(preview.error.message);
    }
    return new Map(preview.resources.map((resource) => [resource.urn, resource]));
}

/** The inputs that differ, as `name property`. Fails when the resources themselves differ. */
function differences(before: ProgramPreview, after: ProgramPreview): string[] {
    const [one, other] = [byUrn(before), byUrn(after)];
    expect([...other.keys()].sort(), "the same resources").to.deep.equal([...one.keys()].sort());
    const found: string[] = [];
    for (const [urn, resource] of one) {
        const twin = other.get(urn);
        expect(twin?.ignoreChanges, resource.name).to.deep.equal(resource.ignoreChanges);
        expect(twin?.protect, resource.name).to.equal(resource.protect);
        expect(twin?.provider, resource.name).to.equal(resource.provider);
        for (const property of new Set([
            ...Object.keys(resource.inputs),
            ...Object.keys(twin?.inputs ?? {}),
        ])) {
            if (JSON.stringify(resource.inputs[property]) !== JSON.stringify(twin?.inputs[property])) {
                expect(IN_PLACE[resource.type] ?? [], `${resource.name} ${property}`).to.include(property);
                found.push(`${resource.name} ${property}`);
            }
        }
    }
    return found;
}

type Args = AuroraGlobalArgs | AuroraReplicationArgs;

async function compare(before: Args, after: Args): Promise<string[]> {
    return differences(await previewEither(before), await previewEither(after));
}

describe("swapping roles", () => {
    it("changes nothing in the founding region's stack but floor, order and alarm", async () => {
        expect(
            await compare({ ...PRIMARY, isWriter: true }, { ...PRIMARY, isWriter: false }),
        ).to.have.members([
            `${NAME} isWriter`,
            `${NAME}-cluster serverlessv2ScalingConfiguration`,
            `${NAME}-instance-2 promotionTier`,
            `${NAME}-replication-lag treatMissingData`,
        ]);
    });

    it("changes nothing in the global stack but the same of the region that writes", async () => {
        expect(
            await compare({ ...REPLICATION, writerRegion: HOME }, { ...REPLICATION, writerRegion: ABROAD }),
        ).to.have.members([
            `${NAME} writerRegion`,
            `${NAME}-${ABROAD}-cluster serverlessv2ScalingConfiguration`,
            `${NAME}-${ABROAD}-instance-2 promotionTier`,
            `${NAME}-${ABROAD}-replication-lag treatMissingData`,
        ]);
    });

    it("leaves regions alone that have no part in it", async () => {
        const three: AuroraReplicationArgs = {
            ...REPLICATION,
            secondaries: [secondaryOf(ABROAD, "meridian-prod-eu"), secondaryOf(THIRD, "meridian-prod-ap")],
        };
        const changed = await compare({ ...three, writerRegion: HOME }, { ...three, writerRegion: ABROAD });
        expect(changed.filter((change) => change.includes(THIRD))).to.deep.equal([]);
    });

    it("changes nothing at all where no one tells the stacks", async () => {
        expect(await compare(PRIMARY, { ...PRIMARY, isWriter: true })).to.deep.equal([`${NAME} isWriter`]);
        expect(await compare(REPLICATION, { ...REPLICATION, writerRegion: HOME })).to.deep.equal([
            `${NAME} writerRegion`,
        ]);
    });

    it("raises the floor of who writes and lowers that of who does not", async () => {
        const floors = async (args: Args) =>
            [...byUrn(await previewEither(args)).values()]
                .filter(({ type }) => type === "aws:rds/cluster:Cluster")
                .map(({ inputs }) => inputs["serverlessv2ScalingConfiguration"]);
        const writing = { minCapacity: 8, maxCapacity: 32 };
        const standby = { minCapacity: 2, maxCapacity: 32 };
        expect(await floors({ ...PRIMARY, isWriter: true })).to.deep.equal([writing]);
        expect(await floors({ ...PRIMARY, isWriter: false })).to.deep.equal([standby]);
        expect(await floors({ ...REPLICATION, writerRegion: ABROAD })).to.deep.equal([writing]);
        expect(await floors({ ...REPLICATION, writerRegion: HOME })).to.deep.equal([standby]);
    });
});

describe("growing", () => {
    it("adds a region without changing those that are there", async () => {
        const two = await previewReplication(REPLICATION);
        const three = await previewReplication({
            ...REPLICATION,
            secondaries: [secondaryOf(ABROAD, "meridian-prod-eu"), secondaryOf(THIRD, "meridian-prod-ap")],
        });
        const grown = byUrn(three);
        for (const resource of byUrn(two).values()) {
            if (resource.custom) {
                expect(grown.get(resource.urn)?.inputs, resource.name).to.deep.equal(resource.inputs);
            }
        }
    });

    it("adds an instance without changing those that are there", async () => {
        const grown = byUrn(await previewDatabase({ ...PRIMARY, instanceCount: 3 }));
        for (const resource of byUrn(await previewDatabase(PRIMARY)).values()) {
            if (resource.type === "aws:rds/clusterInstance:ClusterInstance") {
                expect(grown.get(resource.urn)?.inputs).to.deep.equal(resource.inputs);
            }
        }
        expect([...grown.keys()].filter((urn) => urn.endsWith(`::${NAME}-instance-3`))).to.have.length(1);
    });
});
