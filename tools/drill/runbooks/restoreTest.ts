/** `restore-test`: whether what is backed up, or written as code, can be had back. */
import { regionHosts } from "../../../regions/hosts";
import { showDuration } from "../../shared/clock";
import { UsageError } from "../errors";
import { type Conclusion, type Figure, leftOver, type Runbook } from "../engine/runbook";
import { type Context } from "../engine/step";
import { type RunResult } from "../engine/runner";
import { fromCodeSteps } from "../steps/fromCode";
import { type RestoreResource } from "../steps/restoreRequest";
import { type ChosenPoint, restoreSteps } from "../steps/restoring";
import { turnOf, type VaultChoice, vaultsOf } from "../steps/vaults";
import { type RegionTopology, requireRegion, type Topology } from "../topology/types";
import { namedRegion } from "./namedRegion";

/** What is restored. */
export interface RestoreParams {
    /** Key of the region. */
    readonly region: string;
    readonly source: "backup" | "code";
    readonly resource: RestoreResource;
    /** Name of the vault; left out in runs of earlier versions: the region's own. */
    readonly vault?: string;
    /** Which of how many vaults it is, where they are taken in turn. */
    readonly turn?: string;
    /** The throw-away stack's configuration, where it differs from the region's own. */
    readonly config: Readonly<Record<string, string>>;
    /** The throw-away stack's domain. */
    readonly domainName: string;
    readonly accountId: string;
}

const RESOURCES: readonly RestoreResource[] = ["Aurora", "DynamoDB"];

/** Restores, verifies, measures, destroys. */
export const restoreTest: Runbook<RestoreParams> = {
    verb: "restore-test",
    purpose:
        "Restores the newest recovery point beside the original, or brings a region up from code as a throw-away stack; " +
        "verifies it, measures it and destroys it, even when a step failed.",
    notes: [
        "Nothing that the shop uses is touched. The copy bears the run's own suffix, and only what bears it is deleted.",
        "`--vault copies` restores what is left when a region is lost: the copies of its backups in another region, with " +
            "what is there, and no call to the lost one but for its lock, which it is done without. `--vault next` takes all " +
            "vaults in turn, a day each.",
        "`--from code` needs a domain and a hosted zone of its own, best in a development account: " +
            "`--set accountId=… --set domainName=… --set hostedZoneId=…`.",
    ],
    usage:
        "restore-test [--region <region>] [--resource Aurora|DynamoDB] [--vault own|copies|next] [--from backup|code] " +
        "[--set <key>=<value>]…",
    needsProbe: false,
    inOneRegion: true,
    prepare: ({ clock, options, topology }) => Promise.resolve(paramsOf(options, topology, clock.now())),
    steps: (params, topology) =>
        params.source === "backup"
            ? restoreSteps({
                  topology,
                  scope: "",
                  region: params.region,
                  resource: params.resource,
                  ...(params.vault === undefined ? {} : { vault: params.vault }),
              })
            : fromCodeSteps({
                  scope: "",
                  region: params.region,
                  awsRegion: requireRegion(topology, params.region).region,
                  config: params.config,
                  accountId: params.accountId,
                  healthUrl: `https://${regionHosts(params.domainName, params.region).viewer}${healthPath(params)}`,
              }),
    subject: ({ region, resource, source, turn, vault }) =>
        source === "code"
            ? `code in ${region}`
            : `${resource} in ${region}${vault === undefined ? "" : ` from ${vault}`}${turn === undefined ? "" : ` (${turn})`}`,
    lockRegion: ({ region }) => region,
    conclude: (_params, context, result) => Promise.resolve(concludeRestore(context, result, "")),
    examples: [
        { title: "A cluster from a backup", params: exampleOf("backup", "Aurora") },
        { title: "A table from a backup", params: exampleOf("backup", "DynamoDB") },
        { title: "A region from code", params: exampleOf("code", "Aurora") },
    ],
};

function healthPath({ config }: RestoreParams): string {
    return config["meridian:healthCheckPath"] ?? "/healthz";
}

function exampleOf(source: RestoreParams["source"], resource: RestoreResource): RestoreParams {
    return {
        region: "us",
        source,
        resource,
        config: {},
        domainName: "drill.example.com",
        accountId: "111122223333",
    };
}

interface RestoreOptions {
    readonly region?: string;
    readonly resource?: string;
    readonly set?: readonly string[];
    readonly source?: string;
    readonly vault?: string;
}

const VAULTS = ["own", "copies", "next"] as const;

function paramsOf(options: RestoreOptions, topology: Topology, now: number): RestoreParams {
    const source = options.source ?? "backup";
    if (source !== "backup" && source !== "code") {
        throw new UsageError(`--from is ${source}; allowed: backup, code`);
    }
    const resource = RESOURCES.find((name) => name === (options.resource ?? "Aurora"));
    if (resource === undefined) {
        throw new UsageError(`--resource is ${options.resource ?? ""}; allowed: ${RESOURCES.join(", ")}`);
    }
    const kind = VAULTS.find((name) => name === (options.vault ?? "own"));
    if (kind === undefined) {
        throw new UsageError(`--vault is ${options.vault ?? ""}; allowed: ${VAULTS.join(", ")}`);
    }
    if (source === "code" && options.vault !== undefined) {
        throw new UsageError("--vault is of --from backup: code comes from no vault");
    }
    const given = options.region === undefined ? undefined : namedRegion(topology, "region", options.region);
    const set = Object.fromEntries((options.set ?? []).map(parseSetting));
    const place = placeOf(kind, given, options, resource, topology, now);
    if (source === "backup" && kind === "own" && resource === "DynamoDB") {
        const { key, personalDataTable } = requireRegion(topology, place.region);
        if (personalDataTable === undefined) {
            throw new UsageError(`${key} has no table in the topology`);
        }
    }
    return {
        resource,
        ...place,
        source,
        accountId: set["accountId"] ?? topology.accountId,
        domainName: set["domainName"] ?? topology.domainName,
        config: source === "code" ? throwAwayConfig(set, place.region, topology) : {},
    };
}

/** Where is restored, and from which vault. */
function placeOf(
    kind: (typeof VAULTS)[number],
    given: RegionTopology | undefined,
    options: RestoreOptions,
    resource: RestoreResource,
    topology: Topology,
    now: number,
): Pick<RestoreParams, "region" | "turn" | "vault"> & { readonly resource?: RestoreResource } {
    if (kind === "own") {
        return { region: (given ?? requireRegion(topology, topology.home)).key };
    }
    const fits = ({ isCopy, region, resource: own }: VaultChoice): boolean =>
        kind === "next"
            ? (given === undefined || region === given.key) &&
              (options.resource === undefined || own === resource)
            : // Where nothing else is said they are what is left when the home region is lost.
              (given === undefined ? region !== topology.home : region === given.key) &&
              isCopy &&
              own === resource;
    const choices = vaultsOf(topology).filter(fits);
    const turn = turnOf(choices, now);
    if (turn === undefined) {
        const where = given === undefined ? "" : ` in ${given.key}`;
        const what = kind === "copies" ? "a vault with copies" : "a vault";
        throw new UsageError(
            `--vault is ${kind}, and the topology has no such vault${where}: ${what} of ${resource}`,
        );
    }
    const { choice, count, number } = turn;
    const place = { region: choice.region, vault: choice.vault, resource: choice.resource };
    return kind === "next" ? { ...place, turn: `${number} of ${count} in turn` } : place;
}

function parseSetting(text: string): [string, string] {
    const [, key = "", value = ""] = /^([A-Za-z][A-Za-z0-9]*)=(.*)$/s.exec(text) ?? [];
    if (key === "") {
        throw new UsageError(`--set is ${text}; allowed: <key>=<value>, the key as in Pulumi.yaml`);
    }
    return [key, value];
}

function throwAwayConfig(
    set: Readonly<Record<string, string>>,
    key: string,
    topology: Topology,
): Record<string, string> {
    if (set["domainName"] === undefined || set["domainName"] === topology.domainName) {
        throw new UsageError(
            "a stack from code needs a domain of its own, or it would write the shop's records; " +
                "give --set domainName=…, --set hostedZoneId=… and, in another account, --set accountId=…",
        );
    }
    if (set["hostedZoneId"] === undefined) {
        throw new UsageError("a stack from code needs --set hostedZoneId=…, the zone of its domain");
    }
    const own: Record<string, string> = {
        accountId: topology.accountId,
        // It stands alone, may be deleted, and leaves the account's one trail and detector to whoever has them.
        foundingRegion: key,
        primaryRegion: key,
        deletionProtection: "false",
        accountBaseline: "false",
        ...set,
    };
    return {
        "pulumi:disable-default-providers[0]": "aws",
        ...Object.fromEntries(Object.entries(own).map(([name, value]) => [`meridian:${name}`, value])),
    };
}

/** Figures and verdict of a restore, by itself or as part of a rehearsal. */
export function concludeRestore(context: Context, result: RunResult, scope: string): Conclusion {
    const { facts, topology } = context;
    const began = facts.get(`${scope}restore-began`) as number | undefined;
    const verified = facts.get(`${scope}verified`) as number | undefined;
    const point = facts.get(`${scope}recovery-point`) as ChosenPoint | undefined;
    const figures: Figure[] = [];
    const reasons: string[] = [];
    if (point !== undefined) {
        const age = showDuration(point.ageMilliseconds);
        figures.push({ name: "Age of the recovery point", value: age, data: point.ageMilliseconds / 1000 });
        const limit = topology.limits.recoveryPointAgeHours;
        if (point.ageMilliseconds > limit * 3_600_000) {
            reasons.push(`the newest recovery point is ${age} old, and ${limit} h are allowed`);
        }
    }
    if (began !== undefined && verified !== undefined) {
        const took = verified - began;
        figures.push({ name: "From start to verified", value: showDuration(took), data: took / 1000 });
        const limit = topology.targets.restoreSeconds * 1000;
        if (took > limit) {
            reasons.push(`the restore took ${showDuration(took)}, and ${showDuration(limit)} are allowed`);
        }
    } else {
        reasons.push("nothing was restored and verified");
    }
    reasons.push(...leftOver(result));
    return {
        verdict: reasons.length === 0 ? "PASS" : "FAIL",
        reasons: reasons.length === 0 ? ["restored, verified and destroyed"] : reasons,
        figures,
        afterwards: [],
    };
}
