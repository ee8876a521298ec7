/** The command line. */
import { parseArgs } from "node:util";
import { nearest } from "../../../regions/nearest";
import { type DriveOptions } from "../drive";
import { messageOf, UsageError } from "../errors";
import { type VerbOptions } from "../engine/runbook";
import { RUNBOOKS } from "../runbooks";
import { TRAFFIC_VERB } from "../traffic";

/** A parsed command line. */
export interface Call {
    readonly verb: string;
    readonly environment: string;
    readonly topologyFile?: string;
    readonly probeUrl?: string;
    readonly cached: boolean;
    readonly stateDirectory: string;
    readonly reportDirectory?: string;
    readonly json: boolean;
    readonly yes: boolean;
    readonly operator?: string;
    readonly help: boolean;
    readonly drive: DriveOptions;
    readonly options: VerbOptions;
    /** Which way a region's traffic is turned, where it is. */
    readonly turn?: "on" | "off";
}

const COMMON = {
    environment: { type: "string", short: "e", default: "prod" },
    topology: { type: "string" },
    cached: { type: "boolean", default: false },
    "state-dir": { type: "string", default: ".meridian" },
    "report-dir": { type: "string" },
    json: { type: "boolean", default: false },
    operator: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
    "dry-run": { type: "boolean", default: false },
    yes: { type: "boolean", short: "y", default: false },
    rollback: { type: "boolean", default: false },
    fresh: { type: "boolean", default: false },
    "break-lock": { type: "boolean", default: false },
    "probe-url": { type: "string" },
} as const;

const OWN = {
    to: { type: "string" },
    "accept-data-loss": { type: "boolean" },
    "primary-is-lost": { type: "string" },
    parts: { type: "string" },
    region: { type: "string" },
    resource: { type: "string" },
    vault: { type: "string" },
    from: { type: "string" },
    set: { type: "string", multiple: true },
    "to-version": { type: "string" },
    only: { type: "string" },
    order: { type: "string" },
    "allow-major": { type: "boolean" },
    "by-plan": { type: "boolean" },
    approve: { type: "boolean" },
    off: { type: "boolean" },
    on: { type: "boolean" },
} as const;

/** Which options are a verb's own. */
const BY_VERB: Readonly<Record<string, readonly (keyof typeof OWN)[]>> = {
    status: [],
    switchover: ["to", "by-plan", "approve"],
    failover: ["to", "accept-data-loss", "primary-is-lost", "by-plan", "approve"],
    failback: ["to"],
    rehearse: ["to", "parts"],
    "restore-test": ["region", "resource", "vault", "from", "set"],
    missing: ["region"],
    upgrade: ["to-version", "only", "order", "allow-major"],
    [TRAFFIC_VERB]: ["region", "off", "on"],
};

/** All verbs. */
export const VERBS: readonly string[] = ["status", TRAFFIC_VERB, ...RUNBOOKS.map(({ verb }) => verb)];

/** @throws UsageError that says what is allowed. */
export function parseCall(argv: readonly string[]): Call {
    const [verb = "", ...rest] = argv;
    if (verb === "" || verb === "--help" || verb === "-h") {
        return { ...parseOptions("status", []), verb: "", help: true };
    }
    if (verb.startsWith("-")) {
        const named = rest.find((word) => VERBS.includes(word));
        throw new UsageError(
            `the verb comes first${named === undefined ? `; allowed: ${VERBS.join(", ")}` : `: ${named} ${verb}`}`,
        );
    }
    if (!VERBS.includes(verb)) {
        const near = nearest(verb, VERBS);
        throw new UsageError(
            `there is no verb ${verb}; allowed: ${VERBS.join(", ")}`,
            near === undefined ? undefined : `Did you mean ${near}?`,
        );
    }
    return parseOptions(verb, rest);
}

function parseOptions(verb: string, argv: readonly string[]): Call {
    const { values } = parse(verb, argv);
    const list = (text: string | undefined): readonly string[] | undefined =>
        text?.split(",").map((item) => item.trim());
    const options = {
        to: values.to,
        acceptDataLoss: values["accept-data-loss"],
        primaryIsLost: values["primary-is-lost"],
        parts: list(values.parts),
        region: values.region,
        resource: values.resource,
        vault: values.vault,
        source: values.from,
        set: values.set,
        version: values["to-version"],
        only: values.only,
        order: list(values.order),
        allowMajor: values["allow-major"],
        byPlan: values["by-plan"],
        approve: values.approve,
    };
    if (values.rollback && (values["dry-run"] || values.fresh)) {
        throw new UsageError("--rollback goes with neither --dry-run nor --fresh");
    }
    if (values.on === true && values.off === true) {
        throw new UsageError("--on and --off do not go together");
    }
    if (verb === TRAFFIC_VERB && values.region !== undefined && values.on !== true && values.off !== true) {
        throw new UsageError("--region goes with --off or --on");
    }
    return {
        verb,
        ...(values.off === true ? { turn: "off" } : values.on === true ? { turn: "on" } : {}),
        environment: values.environment,
        ...given("topologyFile", values.topology),
        ...given("probeUrl", values["probe-url"]),
        cached: values.cached,
        stateDirectory: values["state-dir"],
        ...given("reportDirectory", values["report-dir"]),
        json: values.json,
        yes: values.yes,
        ...given("operator", values.operator),
        help: values.help,
        drive: {
            dryRun: values["dry-run"],
            rollback: values.rollback,
            fresh: values.fresh,
            breakLock: values["break-lock"],
        },
        options: Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    };
}

// The type follows from the options, and is long.

function parse(verb: string, argv: readonly string[]) {
    try {
        const parsed = parseArgs({
            args: [...argv],
            options: { ...COMMON, ...OWN },
            allowPositionals: false,
            strict: true,
        });
        const foreign = Object.keys(parsed.values).find(
            (name) => name in OWN && !(BY_VERB[verb] ?? []).some((own) => own === name),
        );
        if (foreign !== undefined) {
            const own = (BY_VERB[verb] ?? []).map((name) => `--${name}`).join(", ");
            throw new UsageError(
                `--${foreign} is no option of ${verb}${own === "" ? "" : `; its own are ${own}`}`,
            );
        }
        return parsed;
    } catch (error) {
        throw error instanceof UsageError
            ? error
            : (unknownOption(verb, argv) ?? new UsageError(messageOf(error)));
    }
}

/** The error for an option that there is not, with the verb's nearest; undefined where every option is known. */
function unknownOption(verb: string, argv: readonly string[]): UsageError | undefined {
    const known: Readonly<Record<string, unknown>> = { ...COMMON, ...OWN };
    const { tokens } = parseArgs({
        args: [...argv],
        options: { ...COMMON, ...OWN },
        strict: false,
        tokens: true,
    });
    const wrong = tokens.find((token) => token.kind === "option" && !Object.hasOwn(known, token.name));
    if (wrong?.kind !== "option") {
        return undefined;
    }
    const near = nearest(
        wrong.rawName,
        [...Object.keys(COMMON), ...(BY_VERB[verb] ?? [])].map((name) => `--${name}`),
    );
    return new UsageError(
        `there is no option ${wrong.rawName}`,
        near === undefined ? undefined : `Did you mean ${near}?`,
    );
}

function given<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
    return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
