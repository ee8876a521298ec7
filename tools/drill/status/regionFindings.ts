/** Turns what was seen of one region into findings. */
import { isoTime, showDuration } from "../../shared/clock";
import { type Topology } from "../topology/types";
import { isRestorable } from "../aws/ports";
import { INSTANCE_STATES, judgeDatabase } from "../steps/databaseStates";
import { LAG_AGE_MILLISECONDS, showClock, showLag } from "../steps/lag";
import { heldFor, showHolder } from "../engine/lock";
import { type Asked, type RegionFacts, type VaultFacts } from "./facts";
import { type Finding, type FindingState } from "./types";

/** What a region is judged by. */
export interface RegionStandard {
    readonly topology: Topology;
    readonly now: number;
    readonly isWriter: boolean;
}

type Judged = readonly [state: FindingState, text: string, data?: unknown, passes?: boolean];

/** Everything that is said of a region. */
export function regionFindings(facts: RegionFacts, standard: RegionStandard): Finding[] {
    const region = facts.region.key;
    const say = (subject: string, [state, text, data, passes]: Judged): Finding => ({
        region,
        subject,
        state,
        text,
        ...(data === undefined ? {} : { data }),
        ...(passes === true ? { passes } : {}),
    });
    const view = judged(facts.view, ({ colour, seen }): Judged => {
        const state = colour === "green" ? "ok" : colour === "red" ? "bad" : "unknown";
        return [state, `${colour}: ${seen.join("; ")}`, colour];
    });
    if (facts.unreachable !== undefined) {
        return [say("API", ["unknown", `unreachable: ${facts.unreachable}`]), say("From outside", view)];
    }
    return [
        say("Account", accountFinding(facts, standard)),
        say("From outside", view),
        say("Database", clusterFinding(facts, standard)),
        ...(standard.isWriter ? [] : [say("Lag", lagFinding(facts, standard))]),
        say("Fleets", judged(facts.fleets, fleetFinding)),
        say(
            "Certificate",
            judged(facts.certificates, (list) => certificateFinding(list, facts, standard)),
        ),
        ...(facts.region.backupVault === undefined
            ? [say("Recovery point", ["warn", "the topology names no vault"])]
            : []),
        ...facts.vaults.map((vault) => say(vault.subject, vaultFinding(vault, standard))),
        ...lockFindings(facts, standard, say),
    ];
}

function judged<T>(asked: Asked<T>, judge: (value: T) => Judged): Judged {
    return "missing" in asked ? ["unknown", asked.missing] : judge(asked.value);
}

function accountFinding({ account, cluster }: RegionFacts, { topology }: RegionStandard): Judged {
    if ("value" in account) {
        return accountJudged(account.value, "", topology);
    }
    // The cluster is in the credentials' account, and its ARN says which that is.
    const [, , , , owner] = "value" in cluster ? (cluster.value?.arn.split(":") ?? []) : [];
    return owner === undefined
        ? ["unknown", account.missing]
        : accountJudged(owner, `, by the cluster's ARN: ${account.missing}`, topology);
}

function accountJudged(account: string, by: string, { accountId, environment }: Topology): Judged {
    return account === accountId
        ? [by === "" ? "ok" : "warn", `${account}${by}`]
        : ["bad", `the credentials are of ${account}, and ${environment} is in ${accountId}${by}`];
}

function clusterFinding(
    { cluster, instances, region }: RegionFacts,
    { isWriter, topology }: RegionStandard,
): Judged {
    if ("missing" in cluster || "missing" in instances) {
        return [
            "unknown",
            "missing" in cluster ? cluster.missing : "missing" in instances ? instances.missing : "",
        ];
    }
    const found = cluster.value;
    if (found === undefined) {
        return ["bad", `there is no cluster ${region.clusterIdentifier}`];
    }
    const available = instances.value.filter(({ status }) => INSTANCE_STATES[status] === "serves").length;
    const role = isWriter ? "writer" : "standby";
    const text = `${role}, ${found.status}, ${available} of ${instances.value.length} instances available`;
    const { service } = judgeDatabase(region.clusterIdentifier, found, instances.value);
    if (service !== "serves") {
        return ["bad", text, found, service === "passes"];
    }
    const floor = isWriter ? topology.capacity.writerMin : topology.capacity.standbyMin;
    if (found.capacity !== undefined && found.capacity.min < floor) {
        return ["warn", `${text}; its floor is ${found.capacity.min} ACU, and should be ${floor}`, found];
    }
    return [available === instances.value.length ? "ok" : "warn", text, found];
}

function lagFinding({ lag }: RegionFacts, { topology }: RegionStandard): Judged {
    if ("missing" in lag) {
        return ["unknown", lag.missing];
    }
    if (lag.value === undefined) {
        return ["unknown", "CloudWatch has no measurement"];
    }
    const text = showLag(lag.value);
    if (
        lag.value.ageMilliseconds > LAG_AGE_MILLISECONDS ||
        showClock(lag.value.clockAheadMilliseconds) !== undefined
    ) {
        return ["warn", text, lag.value];
    }
    // What a failover may lose is the limit here; a planned switchover waits for its own.
    const limit = topology.targets.failoverRpoSeconds * 1000;
    return [lag.value.milliseconds <= limit ? "ok" : "bad", text, lag.value];
}

function fleetFinding(
    fleets: readonly {
        readonly name: string;
        readonly fleet: { inService: number; min: number; max: number } | undefined;
    }[],
): Judged {
    const texts: string[] = [];
    let state: FindingState = "ok";
    for (const { fleet, name } of fleets) {
        if (fleet === undefined) {
            state = "bad";
            texts.push(`there is no group ${name}`);
            continue;
        }
        texts.push(`${name} ${fleet.inService} in service, ${fleet.min} to ${fleet.max}`);
        if (fleet.inService < Math.max(fleet.min, 1)) {
            state = "bad";
        } else if (fleet.inService * 2 > fleet.max && state === "ok") {
            // Twice as many may be needed when it has another region's users too.
            state = "warn";
        }
    }
    return [state, texts.join("; "), fleets];
}

function certificateFinding(
    certificates: readonly { readonly status: string; readonly expiresAt?: number }[],
    { region }: RegionFacts,
    { now, topology }: RegionStandard,
): Judged {
    const issued = certificates.filter(({ status }) => status === "ISSUED");
    const best = issued.toSorted((a, b) => (b.expiresAt ?? 0) - (a.expiresAt ?? 0))[0];
    if (best?.expiresAt === undefined) {
        return ["bad", `there is no issued certificate for ${region.originHost}`];
    }
    const days = (best.expiresAt - now) / 86_400_000;
    const text = `for ${region.originHost}, good until ${isoTime(best.expiresAt).slice(0, 10)}`;
    if (days <= 0) {
        return ["bad", `${text}: it has expired`, best];
    }
    return [days < topology.limits.certificateDays ? "warn" : "ok", text, best];
}

function vaultFinding({ points, vault }: VaultFacts, { now, topology }: RegionStandard): Judged {
    return judged(points, (all) => {
        const newest = all.find(isRestorable);
        if (newest === undefined) {
            return ["bad", `${vault} holds no completed recovery point`];
        }
        const age = Math.max(0, now - newest.createdAt);
        const old = age > topology.limits.recoveryPointAgeHours * 3_600_000;
        return [old ? "bad" : "ok", `the newest in ${vault} is ${showDuration(age)} old`, newest];
    });
}

function lockFindings(
    { lock }: RegionFacts,
    { now }: RegionStandard,
    say: (subject: string, judged: Judged) => Finding,
): Finding[] {
    if ("missing" in lock) {
        return [say("Lock", ["unknown", lock.missing])];
    }
    if (lock.value === undefined) {
        return [];
    }
    const text = `held for ${heldFor(lock.value, now)}: ${showHolder(lock.value)}`;
    return [say("Lock", ["warn", text, lock.value])];
}
