/** Turns what was seen into findings and a verdict. */
import { type GlobalDatabase } from "../aws/ports";
import { isoTime } from "../../shared/clock";
import { isWhole, memberOf, showGlobal, writerOf } from "../steps/state";
import { disagreements, showViews, type WriterViews } from "../steps/whoWrites";
import { type Topology } from "../topology/types";
import { type Asked, type RegionFacts } from "./facts";
import { QUOTAS } from "./quotas";
import { regionFindings } from "./regionFindings";
import { adviceOf, failoverOutlook, probeFindings, signInFindings } from "./failover";
import { type PlanFacts, planFindings, planOutlook } from "./plan";
import { routingFindings, type RoutingFacts } from "./routing";
import { type Finding, type Readiness, type StatusReport } from "./types";

/** What was seen of everything. */
export interface Sightings {
    readonly topology: Topology;
    readonly now: number;
    readonly database: Asked<GlobalDatabase>;
    readonly views: WriterViews;
    readonly routing: RoutingFacts;
    /** What each region says of the plan of ARC Region switch; nothing where there is none. */
    readonly plan: readonly PlanFacts[];
    readonly regions: readonly RegionFacts[];
    /** Runs that were interrupted on this machine. */
    readonly unfinished: readonly { readonly id: string; readonly at: string }[];
}

/** Judges what was seen. */
export function judgeStatus(sightings: Sightings): StatusReport {
    const { database, now, regions, topology } = sightings;
    const writing = "value" in database ? writerOf(topology, database.value) : undefined;
    const writer = writing?.key;
    const planned = planFindings(sightings.plan, topology, now);
    const shared = [
        ...globalFindings(sightings),
        ...writerFindings(sightings),
        ...journalFindings(sightings),
        ...signInFindings(regions, writing, now),
        ...probeFindings(topology),
        ...routingFindings(sightings.routing),
        ...planned,
    ];
    const byRegion = regions.map((facts) => ({
        key: facts.region.key,
        findings: [
            ...regionFindings(facts, { topology, now, isWriter: facts.region.key === writer }),
            ...replicationFindings(sightings, facts),
            ...parityFindings(
                facts,
                regions.find(({ region }) => region.key === writer),
            ),
        ],
    }));
    const others = byRegion.filter(({ key }) => key !== writer);
    const targets = Object.fromEntries(
        others
            // What ails the region that writes is no obstacle to a failover away from it.
            .map(({ findings, key }) => [key, readinessOf([...shared, ...findings])]),
    );
    return {
        environment: topology.environment,
        at: isoTime(now),
        ...(writer === undefined ? {} : { writer }),
        verdict: overall(Object.values(targets)),
        targets,
        failover: Object.fromEntries(
            others.map(({ findings, key }) => [
                key,
                {
                    ...failoverOutlook(
                        shared,
                        findings,
                        byRegion.flatMap((region) => (region.key === writer ? region.findings : [])),
                    ),
                    ...planOutlook(planned, key),
                },
            ]),
        ),
        advice: adviceOf(regions, writing, Object.keys(targets)),
        findings: [...shared, ...byRegion.flatMap(({ findings }) => findings)],
    };
}

function readinessOf(findings: readonly Finding[]): Readiness {
    if (findings.some(({ state }) => state === "bad")) {
        return "NOT READY";
    }
    return findings.some(({ state }) => state === "unknown") ? "UNKNOWN" : "READY";
}

/** A failover would work tonight when it would to any region. */
function overall(targets: readonly Readiness[]): Readiness {
    const order: readonly Readiness[] = ["READY", "UNKNOWN", "NOT READY"];
    return order.find((state) => targets.includes(state)) ?? "NOT READY";
}

function globalFindings({ database, topology }: Sightings): Finding[] {
    const subject = "Global database";
    if ("missing" in database) {
        return [{ subject, state: "unknown", text: database.missing }];
    }
    const { value } = database;
    const text = showGlobal(topology, value);
    const works = value.status === "available" && writerOf(topology, value) !== undefined;
    // A member that is not connected is a matter of its own region's.
    return [{ subject, state: works ? (isWhole(value) ? "ok" : "warn") : "bad", text, data: value }];
}

/** Whether all regions say the same of who writes. */
function writerFindings({ topology, views }: Sightings): Finding[] {
    if (views.answered.length === 0) {
        // Then nothing is known of the global database either, which its own finding says.
        return [];
    }
    const subject = "Who writes";
    const problems = disagreements(topology, views);
    if (problems.length > 0) {
        return [{ subject, state: "bad", text: `${problems.join("; ")}: let nobody write to both` }];
    }
    return [{ subject, state: views.silent.length === 0 ? "ok" : "warn", text: showViews(views) }];
}

/** Whether a region that does not write has what the writer has. */
function replicationFindings({ database, topology }: Sightings, { region }: RegionFacts): Finding[] {
    if ("missing" in database) {
        return [];
    }
    const member = memberOf(topology, database.value, region);
    if (member?.isWriter === true) {
        return [];
    }
    const state = member?.synchronization ?? "connected";
    const text = member === undefined ? "no member of the global database" : state;
    const fine = member !== undefined && state === "connected";
    return [{ region: region.key, subject: "Replication", state: fine ? "ok" : "bad", text }];
}

function journalFindings({ unfinished }: Sightings): Finding[] {
    return unfinished.map(({ at, id }) => ({
        subject: "Unfinished run",
        state: "warn",
        text: `${id}, begun ${at}: run its command again to go on, or with --rollback`,
        data: id,
    }));
}

/** Whether a region is allowed, and able, to carry what the one that writes carries. */
function parityFindings(facts: RegionFacts, writer: RegionFacts | undefined): Finding[] {
    if (writer === undefined || writer === facts || facts.unreachable !== undefined) {
        return [];
    }
    const region = facts.region.key;
    const other = writer.region.key;
    const uncompared = (subject: string): Finding => ({
        region,
        subject,
        state: "warn",
        text: `cannot be compared, because ${other} does not answer`,
    });
    if (writer.unreachable !== undefined) {
        return [
            uncompared("Engine version"),
            uncompared("Capacity"),
            uncompared("Quotas"),
            uncompared("Names"),
        ];
    }
    return [...versionParity(facts, writer), ...quotaParity(facts, writer), ...namesParity(facts, writer)];
}

function versionParity(facts: RegionFacts, writer: RegionFacts): Finding[] {
    const [own, other] = [valueOf(facts.cluster), valueOf(writer.cluster)];
    if (own === undefined || other === undefined) {
        return [];
    }
    const region = facts.region.key;
    const fits = own.engineVersion === other.engineVersion;
    const findings: Finding[] = [
        {
            region,
            subject: "Engine version",
            state: fits ? "ok" : "bad",
            text: fits
                ? own.engineVersion
                : `${own.engineVersion}, and ${writer.region.key} has ${other.engineVersion}: finish the upgrade`,
            data: own.engineVersion,
        },
    ];
    if (own.capacity !== undefined && other.capacity !== undefined) {
        const carries = own.capacity.max >= other.capacity.max;
        findings.push({
            region,
            subject: "Capacity",
            state: carries ? "ok" : "bad",
            text: `${own.capacity.min} to ${own.capacity.max} ACU; ${writer.region.key} ${other.capacity.min} to ${other.capacity.max}`,
            data: own.capacity,
        });
    }
    return findings;
}

function quotaParity(facts: RegionFacts, writer: RegionFacts): Finding[] {
    const region = facts.region.key;
    const subject = "Quotas";
    if ("missing" in facts.quotas || "missing" in writer.quotas) {
        const missing = "missing" in facts.quotas ? facts.quotas.missing : "the writer's are not known";
        return [{ region, subject, state: "unknown", text: missing }];
    }
    const [own, other] = [facts.quotas.value, writer.quotas.value];
    const lower = QUOTAS.filter(({ code }) => (own[code] ?? 0) < (other[code] ?? 0));
    const text =
        lower.length === 0
            ? `${QUOTAS.length} quotas are as high as in ${writer.region.key}`
            : lower
                  .map(
                      ({ code, name }) =>
                          `${name}: ${own[code] ?? 0}, and ${writer.region.key} has ${other[code] ?? 0}`,
                  )
                  .join("; ");
    return [{ region, subject, state: lower.length === 0 ? "ok" : "bad", text, data: own }];
}

/** Both certificates must answer to the names that the regions share. */
function namesParity(facts: RegionFacts, writer: RegionFacts): Finding[] {
    if ("missing" in facts.certificates || "missing" in writer.certificates) {
        return [];
    }
    const own = sharedNames(facts);
    const lacking = [...sharedNames(writer)].filter((name) => !own.has(name));
    return [
        {
            region: facts.region.key,
            subject: "Names",
            state: lacking.length === 0 ? "ok" : "bad",
            text:
                lacking.length === 0
                    ? `the certificate holds what ${writer.region.key}'s holds`
                    : `the certificate lacks ${lacking.join(", ")}, which ${writer.region.key}'s holds`,
            data: [...own],
        },
    ];
}

/** A region's names, with its own key taken out, so that two regions' can be compared. */
function sharedNames({ certificates, region }: RegionFacts): Set<string> {
    const names =
        "value" in certificates ? certificates.value.flatMap((certificate) => certificate.names) : [];
    return new Set(
        names.map((name) =>
            name.replace(`origin-${region.key}.`, "origin-*.").replace(`${region.key}.origin.`, "*.origin."),
        ),
    );
}

function valueOf<T>(asked: Asked<T>): T | undefined {
    return "value" in asked ? asked.value : undefined;
}
