/**
 * After the database's roles are swapped, no stack wants to undo it. The clusters are made in the emulator from the
 * stacks' own inputs; after each change of roles, what AWS says is put into state form, and every stack's inputs are
 * compared with it as Pulumi and AWS's provider would.
 */
import { expect } from "chai";
import { type Properties } from "../../tools/preview/types";
import { type Change, diff } from "../support/roleSwap/diff";
import { Gaps } from "../support/roleSwap/emulatorGaps";
import { TABLES } from "../support/roleSwap/providerTable";
import { stateOf } from "../support/roleSwap/stateForm";
import { type Description, EmulatedDatabase } from "../support/roleSwap/world";
import { type PreviewedStacks, projectStacks, type StackResource } from "../support/stacks";

// The emulator keeps accounts apart, so that no other test's database is in the way.
const ACCOUNT = "444455556666";
const US = `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:meridian-prod-us`;
const EU = `arn:aws:rds:eu-central-1:${ACCOUNT}:cluster:meridian-prod-eu`;
const REGIONS = ["us-east-1", "eu-central-1"];
// Versions that the emulator knows: the one that the database is made with, and AWS's later patch.
const [VERSION, PATCHED] = ["18.3", "18.4"];

type Key = "us" | "eu";

/** A resource of the database, in the stack that owns it. */
interface Owned {
    readonly stack: string;
    readonly resource: StackResource;
}

/** What AWS said at some time, and what Pulumi had sent until then. */
interface Moment {
    readonly description: Description;
    readonly writer: string;
    /** What the configuration said when the stacks were updated last. */
    readonly sent: Key;
}

const TITLES = [
    "when the stacks have made it",
    "after a patch, a rotation of the password and AWS Backup's change of the window",
    "after a switchover to eu",
    "after a switchover to eu and back",
    "after a failover to eu",
    "after a failover to eu, with the stacks told and updated",
    "after eu was taken out of the global database by hand",
] as const;
type Title = (typeof TITLES)[number];

// What may change when the stacks are told who writes, and AWS changes it in place.
const FLOOR_AND_ORDER = [
    "shop-db-cluster serverlessv2ScalingConfiguration",
    "shop-db-eu-central-1-cluster serverlessv2ScalingConfiguration",
    "shop-db-eu-central-1-instance-2 promotionTier",
    "shop-db-instance-2 promotionTier",
];

// Ignored on every member alike, because one list guards them all. The other regions' clusters have no password in
// the program nor in a state, so there is nothing to ignore there.
const NOTHING_TO_IGNORE = ["prod-global shop-db-eu-central-1-cluster masterPassword"];

describe("the stacks and AWS, when roles are swapped", function () {
    this.timeout(180_000);

    const programs = {} as Record<Key, readonly Owned[]>;
    const moments = new Map<Title, Moment>();
    const gaps = new Gaps();
    let founding: PreviewedStacks;

    before(async () => {
        founding = await stacksTold("us");
        programs.us = owned(founding);
        programs.eu = owned(await stacksTold("eu"));
        await play();
    });

    /** Everything that happens to the database, in order. */
    async function play(): Promise<void> {
        const endpoint = process.env["AWS_ENDPOINT_URL"];
        if (endpoint === undefined) {
            throw new Error(
                "AWS_ENDPOINT_URL does not say where the emulator is: npm run test:emulator starts one",
            );
        }
        const database = new EmulatedDatabase(endpoint, ACCOUNT, "meridian-prod");
        const look = async (title: Title, writer: string, sent: Key): Promise<void> => {
            const description = gaps.fill(await database.describe(REGIONS));
            moments.set(title, { description, writer, sent });
        };
        await make(database);
        await look("when the stacks have made it", US, "us");

        await database.upgrade("us-east-1", PATCHED);
        await database.rotate("us-east-1", "meridian-prod-us");
        await database.moveBackupWindow("us-east-1", "meridian-prod-us", "05:30-06:00");
        await database.moveBackupWindow("eu-central-1", "meridian-prod-eu", "05:30-06:00");
        await look(
            "after a patch, a rotation of the password and AWS Backup's change of the window",
            US,
            "us",
        );

        await database.switchover("us-east-1", EU);
        await look("after a switchover to eu", EU, "us");
        await database.switchover("eu-central-1", US);
        await look("after a switchover to eu and back", US, "us");
        await database.failover("eu-central-1", EU);
        await look("after a failover to eu", EU, "us");

        await update(database, "eu", moment("after a failover to eu"));
        await look("after a failover to eu, with the stacks told and updated", EU, "eu");

        await database.switchover("eu-central-1", US);
        await update(database, "us", {
            ...moment("after a failover to eu, with the stacks told and updated"),
            description: gaps.fill(await database.describe(REGIONS)),
        });
        await database.detach("eu-central-1", EU);
        await look("after eu was taken out of the global database by hand", US, "us");
    }

    /** Makes the database as the stacks do: the founding cluster, the global cluster, the others. */
    async function make(database: EmulatedDatabase): Promise<void> {
        const groups = Object.values(founding).flatMap(({ resources }) =>
            resources.filter(({ type }) => /^aws:rds\/(?:clusterP|p)arameterGroup:/.test(type)),
        );
        for (const group of groups) {
            await database.createParameterGroup(group);
        }
        for (const stack of ["prod-us", "prod-global"]) {
            const own = programs.us.filter((item) => item.stack === stack).map(({ resource }) => resource);
            for (const resource of ofType(own, "GlobalCluster")) {
                await database.createGlobalCluster(resource);
            }
            for (const resource of ofType(own, "Cluster")) {
                await database.createCluster(resource);
                gaps.clusterMade(resource.inputs);
            }
            for (const resource of ofType(own, "ClusterInstance")) {
                await database.createInstance(resource);
                gaps.instanceMade(resource.inputs);
            }
        }
        // The preparation function does this at the end of the global stack's update.
        gaps.forwardingTurnedOn("meridian-prod-us");
    }

    /** Updates the stacks, which may only change in place. */
    async function update(database: EmulatedDatabase, told: Key, at: Moment): Promise<void> {
        for (const { resource } of programs[told]) {
            const properties = changesOf(resource, at).map(({ property }) => property);
            if (properties.length > 0) {
                await database.modify(resource, properties);
                if (properties.includes("promotionTier")) {
                    gaps.tierChanged(resource.inputs);
                }
            }
        }
    }

    function moment(title: Title): Moment {
        const found = moments.get(title);
        if (found === undefined) {
            throw new Error(`nothing was seen ${title}`);
        }
        return found;
    }

    /** What an update of a resource would do at a moment. `rebuilt` is a state made by `pulumi import`. */
    function changesOf(
        resource: StackResource,
        at: Moment,
        ignoreChanges = resource.ignoreChanges,
        rebuilt = false,
    ): readonly Change[] {
        const before_ = programs[at.sent].find((other) => other.resource.urn === resource.urn);
        const sent = rebuilt ? undefined : before_?.resource.inputs;
        const identifier = identifierOf(before_?.resource.inputs ?? resource.inputs);
        const state = stateOf(resource, identifier, sent, at.description);
        return diff(resource.type, resource.inputs, state, ignoreChanges);
    }

    /** What updates of all stacks would do at a moment, with the configuration saying that a region writes. */
    function allChanges(told: Key, at: Moment): { line: string; change: Change }[] {
        return programs[told].flatMap(({ resource }) =>
            changesOf(resource, at).map((change) => ({
                line: `${resource.name} ${change.property}`,
                change,
            })),
        );
    }

    it("has the database's resources where the design puts them", () => {
        const places = (programs.us as Owned[]).map(({ resource, stack }) => `${stack} ${resource.name}`);
        expect(places).to.deep.equal([
            "prod-us shop-db-cluster",
            "prod-us shop-db-instance-1",
            "prod-us shop-db-instance-2",
            "prod-global shop-db-global",
            "prod-global shop-db-eu-central-1-cluster",
            "prod-global shop-db-eu-central-1-instance-1",
            "prod-global shop-db-eu-central-1-instance-2",
        ]);
    });

    for (const title of TITLES) {
        describe(title, () => {
            it("AWS says who writes", () => {
                const { description, writer } = moment(title);
                const writers = (description.global.GlobalClusterMembers ?? []).filter(
                    ({ IsWriter }) => IsWriter,
                );
                expect(writers.map(({ DBClusterArn }) => DBClusterArn)).to.deep.equal([writer]);
            });

            it("an update changes nothing, with the configuration as it is", () => {
                const at = moment(title);
                expect(allChanges(at.sent, at)).to.deep.equal([]);
            });

            it("an update changes only floors and order, in place, when the configuration says who writes", () => {
                const at = moment(title);
                const told: Key = at.writer === EU ? "eu" : "us";
                const changes = allChanges(told, at);
                expect(changes.map(({ line }) => line).sort()).to.deep.equal(
                    told === at.sent ? [] : FLOOR_AND_ORDER,
                );
                for (const { change, line } of changes) {
                    expect(change.effect, line).to.equal("changes it in place");
                }
            });

            it("a state that was rebuilt by import makes AWS change nothing either", () => {
                const at = moment(title);
                for (const { resource } of clustersAndInstances(programs[at.sent])) {
                    const loud = changesOf(resource, at, resource.ignoreChanges, true).filter(
                        ({ effect }) => effect !== "only notes it",
                    );
                    expect(loud, resource.name).to.deep.equal([]);
                }
            });
        });
    }

    it("AWS tells the clusters' roles apart, so that there is something to ignore", () => {
        const sources = (title: Title): unknown[] => {
            const { clusters } = moment(title).description;
            return [...clusters.values()].map((cluster) => cluster.ReplicationSourceIdentifier ?? "none");
        };
        expect(sources("when the stacks have made it")).to.have.members(["none", US]);
        expect(sources("after a switchover to eu")).to.have.members([EU, "none"]);
        expect(sources("after eu was taken out of the global database by hand")).to.deep.equal([
            "none",
            "none",
        ]);
    });

    describe("this test fails", () => {
        /** What would happen at any moment if a property were not ignored. */
        function without(resource: StackResource, entry: string): readonly string[] {
            const rest = resource.ignoreChanges.filter((property) => property !== entry);
            const effects = [...moments.values()].flatMap((at) => {
                const current = programs[at.sent].find((other) => other.resource.urn === resource.urn);
                expect(current?.resource.ignoreChanges).to.deep.equal(resource.ignoreChanges);
                const { resource: now } = current ?? { resource };
                return [
                    ...changesOf(now, at, rest),
                    ...changesOf(now, at, rest, true).filter(({ effect }) => effect !== "only notes it"),
                ];
            });
            expect(effects.every(({ property }) => property === entry)).to.equal(true);
            return [...new Set(effects.map(({ effect }) => effect))].sort();
        }

        it("when any property is no longer ignored, but for what there is nothing to ignore of", () => {
            const missed = programs.us.flatMap(({ resource, stack }) =>
                resource.ignoreChanges
                    .filter((entry) => without(resource, entry).length === 0)
                    .map((entry) => `${stack} ${resource.name} ${entry}`),
            );
            expect(missed).to.deep.equal(NOTHING_TO_IGNORE);
        });

        it("with what would become of the database", () => {
            const effects = (name: string, entry: string): readonly string[] => {
                const item = programs.us.find(({ resource }) => resource.name === name);
                return item === undefined ? [] : without(item.resource, entry);
            };
            const founding = "shop-db-cluster";
            const other = "shop-db-eu-central-1-cluster";
            expect(effects(founding, "globalClusterIdentifier")).to.deep.equal([
                "removes the cluster from the global database",
            ]);
            expect(effects(other, "globalClusterIdentifier")).to.deep.equal([
                "fails, half-way through the update",
            ]);
            for (const name of [founding, other]) {
                expect(effects(name, "replicationSourceIdentifier"), name).to.deep.equal([
                    "promotes the cluster",
                ]);
                expect(effects(name, "engineVersion"), name).to.deep.equal(["changes it in place"]);
            }
            expect(effects(founding, "masterPassword")).to.deep.equal(["changes it in place"]);
            expect(effects(founding, "enableGlobalWriteForwarding")).to.deep.equal(["changes it in place"]);
        });

        it("when a property that replaces follows the writer", () => {
            const at = moment("after a switchover to eu");
            for (const { resource } of programs.us) {
                const forced = Object.keys(resource.inputs).filter(
                    (property) => TABLES[resource.type]?.[property]?.kind === "replace",
                );
                expect(forced, resource.name).not.to.deep.equal([]);
                for (const property of forced) {
                    const inputs = { ...resource.inputs, [property]: "another" };
                    expect(
                        changesOf({ ...resource, inputs }, at, resource.ignoreChanges).map(
                            ({ effect }) => effect,
                        ),
                        `${resource.name} ${property}`,
                    ).to.deep.equal(["replaces the resource"]);
                }
            }
        });

        it("when the program gives a property whose effect is not known", () => {
            const { resource } = programs.us[0] as Owned;
            const inputs = { ...resource.inputs, dbSystemId: "x" };
            expect(() => changesOf({ ...resource, inputs }, moment("after a switchover to eu"))).to.throw(
                "aws:rds/cluster:Cluster is given dbSystemId, which test/support/roleSwap/providerTable.ts does not know",
            );
        });
    });
});

/** The project's stacks with the configuration saying that a region writes. */
function stacksTold(primaryRegion: Key): Promise<PreviewedStacks> {
    return projectStacks({
        primaryRegion,
        configOverrides: { accountId: ACCOUNT, databaseEngineVersion: VERSION },
    });
}

/** The database's resources of all stacks. */
function owned(stacks: PreviewedStacks): readonly Owned[] {
    return ["prod-us", "prod-eu", "prod-global"].flatMap((stack) => {
        const resources = (stacks[stack]?.resources ?? []).filter(({ type }) => TABLES[type] !== undefined);
        return ["GlobalCluster", "Cluster", "ClusterInstance"].flatMap((kind) =>
            ofType(resources, kind).map((resource) => ({ stack, resource })),
        );
    });
}

function ofType(resources: readonly StackResource[], kind: string): readonly StackResource[] {
    return resources.filter(({ type }) => type.endsWith(`:${kind}`));
}

function clustersAndInstances(all: readonly Owned[]): readonly Owned[] {
    return all.filter(({ resource }) => !resource.type.endsWith(":GlobalCluster"));
}

function identifierOf(inputs: Properties): string {
    // An instance names its cluster too.
    return String(inputs["identifier"] ?? inputs["clusterIdentifier"] ?? inputs["globalClusterIdentifier"]);
}
