/** What the findings mean for a failover tonight: what would stop it, what would slow it, and whether it is called for. */
import { showDuration } from "../../shared/clock";
import { judgeDatabase } from "../steps/databaseStates";
import { LOOK_MILLISECONDS } from "../steps/outsideView";
import { type RegionTopology, type Topology } from "../topology/types";
import { type RegionFacts } from "./facts";
import { type FailoverOutlook, type Finding, type FindingState } from "./types";

/** Credentials that run out sooner than this may run out in the middle of it. */
const CREDENTIALS_MILLISECONDS = 3_600_000;

type Effect = Exclude<keyof FailoverOutlook, "byPlan">;

/**
 * What a finding about the region that is to take over does to a failover. Subjects that are left out do nothing to it:
 * they are of what comes after, such as certificates and backups.
 */
const EFFECTS: Readonly<Record<string, Partial<Record<FindingState, Effect>>>> = {
    API: { unknown: "stops" },
    Account: { bad: "stops", warn: "slows", unknown: "slows" },
    Database: { bad: "stops", unknown: "slows" },
    Replication: { bad: "stops" },
    // AWS promotes between equal major and minor versions alone.
    "Engine version": { bad: "stops" },
    Lock: { warn: "stops", unknown: "slows" },
    "From outside": { bad: "slows", unknown: "slows" },
    Fleets: { bad: "slows", unknown: "slows" },
    Capacity: { bad: "slows" },
    Quotas: { bad: "slows" },
    Lag: { unknown: "slows" },
};

/** The same of what is of all regions. */
const SHARED_EFFECTS: typeof EFFECTS = {
    "Global database": { bad: "stops", unknown: "stops" },
    "Sign-in": { bad: "stops", warn: "stops", unknown: "stops" },
    Probe: { warn: "slows" },
};

/** What would stop and slow a failover to a region. */
export function failoverOutlook(
    shared: readonly Finding[],
    target: readonly Finding[],
    writer: readonly Finding[],
): FailoverOutlook {
    const outlook: Record<Effect, string[]> = { stops: [], slows: [] };
    const sort = (findings: readonly Finding[], effects: typeof EFFECTS): void => {
        for (const { region, state, subject, text } of findings) {
            const effect = effects[subject]?.[state];
            if (effect !== undefined) {
                outlook[effect].push(`${region === undefined ? "" : `${region}: `}${subject}: ${text}`);
            }
        }
    };
    sort(shared, SHARED_EFFECTS);
    sort(target, EFFECTS);
    if (writer.some(({ state, subject }) => subject === "API" && state === "unknown")) {
        outlook.slows.push(
            `the region that writes does not answer: each look there is given up after ${LOOK_MILLISECONDS / 1000} s`,
        );
    }
    // The lock is tried for everywhere.
    sort(
        writer.filter(({ subject }) => subject === "Lock"),
        EFFECTS,
    );
    return outlook;
}

/** How calls are signed, and whether that depends on the region that a failover leaves. */
export function signInFindings(
    regions: readonly RegionFacts[],
    writer: RegionTopology | undefined,
    now: number,
): Finding[] {
    const subject = "Sign-in";
    const [asked] = regions.filter(({ region }) => region.key !== writer?.key).map(({ signIn }) => signIn);
    if (asked === undefined || writer === undefined) {
        return [];
    }
    if ("missing" in asked) {
        return [{ subject, state: "unknown", text: asked.missing }];
    }
    const { expiresAt, identityCenterRegion, loginRegion, profile, region } = asked.value;
    const findings: Finding[] = [];
    const ways = [
        [identityCenterRegion, "through IAM Identity Center"],
        [loginRegion, "by `aws login`"],
    ].flatMap(([where, way = ""]) => (where === writer.region ? [way] : []));
    for (const way of ways) {
        findings.push({
            subject,
            state: "warn",
            text:
                `profile ${profile} signs in ${way} in ${writer.region}, where ${writer.key} writes: while that region is ` +
                "lost nobody signs in anew; have another way (docs/drill.md, Signing in)",
        });
    }
    if (expiresAt !== undefined && expiresAt - now < CREDENTIALS_MILLISECONDS) {
        findings.push({
            subject,
            state: "warn",
            text: `the credentials run out in ${showDuration(Math.max(0, expiresAt - now))}`,
        });
    }
    if (region === writer.region) {
        findings.push({
            // Not the drill's own calls: these are signed for by the region that is asked.
            subject: "Sign-in region",
            state: "warn",
            text:
                `${profile === "" ? "AWS_REGION" : `profile ${profile}`} says ${region}, where ${writer.key} writes: the AWS CLI and ` +
                "Pulumi assume a role there; say AWS_REGION=<another region> when it is lost",
        });
    }
    return findings.length > 0
        ? findings
        : [{ subject, state: "ok", text: profile === "" ? "no profile" : `profile ${profile}` }];
}

/** Without a probe, nobody sees that writes fail while the health path answers. */
export function probeFindings({ probe }: Topology): Finding[] {
    return probe === undefined
        ? [
              {
                  subject: "Probe",
                  state: "warn",
                  text: "none is configured: a failover sees that writes fail by RDS's word alone",
              },
          ]
        : [];
}

/** What to do, when the region that writes is down. */
export function adviceOf(
    regions: readonly RegionFacts[],
    writer: RegionTopology | undefined,
    targets: readonly string[],
): string[] {
    const facts = regions.find(({ region }) => region.key === writer?.key);
    const [target] = targets;
    if (facts === undefined || target === undefined) {
        return [];
    }
    const { cluster, instances, region, view } = facts;
    const word =
        "value" in cluster && "value" in instances
            ? judgeDatabase(region.clusterIdentifier, cluster.value, instances.value)
            : undefined;
    const isRed = "value" in view && view.value.colour === "red";
    if (word?.service !== "down" && !isRed) {
        return [];
    }
    const why =
        word?.service === "down" ? `its database is down (${word.text})` : "it is red as seen from outside";
    return [
        `${region.key} writes, and ${why}: \`npm run drill -- failover --to ${target} --accept-data-loss\` promotes ${target}.`,
    ];
}
