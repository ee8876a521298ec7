/** Who writes, as every region says: two that disagree are a database with two writers, or soon will be. */
import { type GlobalDatabase } from "../aws/ports";
import { messageOf } from "../errors";
import { type RegionTopology, type Topology } from "../topology/types";
import { type Context } from "../engine/step";
import { lookUp } from "./outsideView";
import { globalIn, type Looker, memberOf, writerOf } from "./state";

/** What a region says. */
export interface WriterView {
    readonly region: RegionTopology;
    readonly database: GlobalDatabase;
    /** Key of the region that writes, as this one says; undefined where it is none of the topology's. */
    readonly writer: string | undefined;
    /** Whether the region's own cluster has a writer and is a copy of nothing; undefined where it is not known. */
    readonly writesItself: boolean | undefined;
}

/** What all regions say. */
export interface WriterViews {
    readonly answered: readonly WriterView[];
    readonly silent: readonly { readonly region: RegionTopology; readonly why: string }[];
}

/** Asks all regions at once. Never fails: a region that does not answer soon is one that says nothing. */
export async function viewsOfWriter(looker: Looker & Pick<Context, "clock">): Promise<WriterViews> {
    const { aws, topology } = looker;
    const views = await Promise.all(
        topology.regions.map(async (region): Promise<WriterView | WriterViews["silent"][number]> => {
            try {
                const found = await lookUp(looker, () =>
                    Promise.all([
                        globalIn(looker, region),
                        aws.in(region.region).database.cluster(region.clusterIdentifier),
                    ]),
                );
                if ("missing" in found) {
                    return { region, why: found.missing };
                }
                const [database, cluster] = found.value;
                const writesItself =
                    cluster === undefined ? undefined : cluster.hasWriter && cluster.copyOf === undefined;
                return { region, database, writer: writerOf(topology, database)?.key, writesItself };
            } catch (error) {
                return { region, why: messageOf(error) };
            }
        }),
    );
    return {
        answered: views.flatMap((view) => ("why" in view ? [] : [view])),
        silent: views.flatMap((view) => ("why" in view ? [view] : [])),
    };
}

/** What the regions say, in a line. */
export function showViews({ answered, silent }: WriterViews): string {
    return [
        ...answered.map(
            ({ region, writer }) =>
                `${region.key} says that ${writer ?? "a cluster that the topology lacks"} writes`,
        ),
        ...silent.map(({ region }) => `${region.key} does not say`),
    ].join(", ");
}

/** Why there may be two writers; empty where all that answer agree. */
export function disagreements(topology: Topology, views: WriterViews): string[] {
    const { answered } = views;
    const writers = new Set(answered.map(({ writer }) => writer));
    const found = writers.size > 1 ? [`the regions disagree about who writes: ${showViews(views)}`] : [];
    for (const { database, region, writer, writesItself } of answered) {
        // While the writer moves, the old one still has its instance and the new one has it already.
        const isMember = memberOf(topology, database, region) !== undefined;
        if (writesItself === true && writer !== region.key && database.status === "available") {
            found.push(
                `${region.key}'s own cluster has a writer and is a copy of nothing, although ${writer ?? "another one"} writes` +
                    (isMember ? "" : "; it is no member of the global database"),
            );
        }
    }
    return found;
}
