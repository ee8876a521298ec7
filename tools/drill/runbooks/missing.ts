/** `missing`: what the old primary had committed before an unplanned failover, and the writer has not. */
import { RefusedError, UsageError } from "../errors";
import { type Conclusion, type Figure, leftOver, type Preparation, type Runbook } from "../engine/runbook";
import { type Context } from "../engine/step";
import { type RunResult } from "../engine/runner";
import { KEYS_SHOWN, type TableResult } from "../steps/comparing";
import { COMPARED, type Compared, missingSteps } from "../steps/missingRows";
import { globalAnywhere, writerOf } from "../steps/state";
import { namedRegion } from "./namedRegion";

/** Which regions are compared, by their keys. */
export interface MissingParams {
    /** The old primary. */
    readonly region: string;
    readonly writer: string;
}

/** Restores the old primary's snapshot, compares, reports, destroys. */
export const missing: Runbook<MissingParams> = {
    verb: "missing",
    purpose:
        "Says which rows the old primary had committed before an unplanned failover and the cluster that writes has not: from " +
        "the snapshot that Aurora takes of it, restored beside and destroyed again.",
    notes: [
        "For after a `failover`, when the old region is back. Nothing of the shop's data is changed: what is missing is " +
            "written down beside the report, and what becomes of it is for people to decide.",
        "Copy the snapshot to one of your own soon (`aws rds copy-db-cluster-snapshot`): it is kept no longer than the old " +
            "cluster's backups are.",
    ],
    usage: "missing [--region <old primary>]",
    needsProbe: false,
    prepare: paramsOf,
    steps: ({ region, writer }, topology) =>
        missingSteps({ topology, scope: "", region, resource: "Aurora", writer }),
    subject: ({ region, writer }) => `rows of ${region} in ${writer}`,
    lockRegion: ({ region }) => region,
    conclude: (_params, context, result) => Promise.resolve(conclude(context, result)),
    examples: [{ title: "After a failover from us to eu", params: { region: "us", writer: "eu" } }],
};

async function paramsOf(preparation: Preparation): Promise<MissingParams> {
    const { options, topology } = preparation;
    const given = options.region === undefined ? undefined : namedRegion(topology, "region", options.region);
    const writer = writerOf(topology, await globalAnywhere(preparation, topology.regions));
    if (writer === undefined) {
        throw new RefusedError(["a cluster that the topology lacks writes"]);
    }
    const others = topology.regions.filter(({ key }) => key !== writer.key);
    if (given?.key === writer.key) {
        throw new RefusedError(
            [`${writer.key} writes now, so it is no old primary`],
            `--region is one of ${others.map(({ key }) => key).join(", ")}.`,
        );
    }
    const [only, ...more] = given === undefined ? others : [given];
    if (only === undefined || more.length > 0) {
        throw new UsageError(
            `several regions may be the old primary; say --region, one of ${others.map(({ key }) => key).join(", ")}`,
        );
    }
    return { region: only.key, writer: writer.key };
}

function conclude({ facts }: Context, result: RunResult): Conclusion {
    const found = facts.get(COMPARED) as Compared | undefined;
    const left = leftOver(result);
    if (found === undefined) {
        return {
            verdict: result.outcome === "done" ? "INCONCLUSIVE" : "FAIL",
            reasons: [
                result.outcome === "done"
                    ? "the figures are on the machine that compared: give it up with --fresh, and run it again"
                    : "nothing was compared",
                ...left,
            ],
            figures: [],
            afterwards: [],
        };
    }
    const lost = found.tables.filter(
        ({ missing: rows, newerInCopy = 0, skipped }) =>
            rows > 0 || newerInCopy > 0 || skipped === "only in the copy",
    );
    const open = found.tables.filter(
        ({ cut, differs, newerInCopy, skipped }) =>
            cut !== undefined ||
            (differs > 0 && newerInCopy === undefined) ||
            (skipped !== undefined && skipped !== "only in the writer"),
    );
    const told = found.tables.filter((table) => lost.includes(table) || open.includes(table));
    const isFine = told.length === 0 && found.tables.length > 0;
    return {
        verdict: lost.length > 0 || left.length > 0 ? "FAIL" : isFine ? "PASS" : "INCONCLUSIVE",
        reasons: [
            ...(found.tables.length === 0 ? ["there is no table to compare"] : told.map(inWords)),
            ...(isFine ? ["every row of the old primary is in the cluster that writes"] : []),
            ...left,
        ],
        figures: found.tables.map(figureOf),
        afterwards:
            found.file === undefined
                ? []
                : [
                      `The rows are in ${found.file}, which holds the shop's data: decide of each, and delete the file.`,
                  ],
    };
}

function inWords(result: TableResult): string {
    const { skipped, table } = result;
    return skipped === undefined ? `${table}: ${counted(result)}` : `${table} was not compared: ${skipped}`;
}

function counted({ cut, differs, missing: rows, newerInCopy }: TableResult): string {
    const newer =
        newerInCopy === undefined ? "" : ` (${newerInCopy} of them changed later in the old primary)`;
    return `${rows} missing, ${differs} differ${newer}${cut === undefined ? "" : `; cut ${cut}, so there may be more`}`;
}

function figureOf(result: TableResult): Figure {
    const { columnsApart, differingKeys, missingKeys, rows, skipped, table } = result;
    const keys = (what: string, list: readonly (readonly string[])[]): string[] =>
        list.length === 0 ? [] : [`${what}: ${list.map((key) => key.join("/")).join(", ")}`];
    const value =
        skipped ??
        [
            `${rows} rows, ${counted(result)}`,
            ...keys(`missing, the first ${KEYS_SHOWN} at most`, missingKeys),
            ...keys(`differing, the first ${KEYS_SHOWN} at most`, differingKeys),
            ...(columnsApart.length === 0 ? [] : [`columns on one side alone: ${columnsApart.join(", ")}`]),
        ].join("; ");
    return { name: table, value, data: result };
}
