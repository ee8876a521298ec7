import { stackNameOf } from "./patterns";

/** A decision to live with a violation for a time. */
export interface Waiver {
    /** The rule's id. */
    readonly rule: string;
    /** URN of the resource; `*` stands for any run of characters. */
    readonly urn: string;
    /** Who answers for it. */
    readonly owner: string;
    readonly reason: string;
    /** Last day on which it holds, as `YYYY-MM-DD` (UTC). */
    readonly expires: string;
}

/** A violation that a waiver covers. */
export interface WaivedViolation {
    readonly waiver: Waiver;
    readonly urn: string;
    readonly message: string;
}

const FIELDS = ["rule", "urn", "owner", "reason", "expires"] as const;

/**
 * Reads waivers from a pack's configuration.
 *
 * @param value The configured list.
 * @param rules The ids of the pack's rules.
 * @param now Today as `YYYY-MM-DD`.
 * @returns The waivers, and a line for each malformed one, with its path and what is allowed.
 */
export function readWaivers(
    value: unknown,
    rules: readonly string[],
    now: string = today(),
): { waivers: Waiver[]; problems: string[] } {
    const waivers: Waiver[] = [];
    const problems: string[] = [];
    if (!Array.isArray(value)) {
        return {
            waivers,
            problems:
                value === undefined
                    ? []
                    : [`waivers is ${JSON.stringify(value)}; allowed: a list of waivers`],
        };
    }
    value.forEach((item: unknown, index) => {
        const path = `waivers[${index}]`;
        if (typeof item !== "object" || item === null || Array.isArray(item)) {
            problems.push(`${path} is ${JSON.stringify(item)}; allowed: an object with ${FIELDS.join(", ")}`);
            return;
        }
        const fields = item as Record<string, unknown>;
        const before = problems.length;
        for (const field of FIELDS) {
            const given = fields[field];
            if (typeof given !== "string" || given.trim() === "") {
                problems.push(
                    `${path}.${field} is ${given === undefined ? "not given" : JSON.stringify(given)}; allowed: text`,
                );
            }
        }
        for (const key of Object.keys(fields)) {
            if (!(FIELDS as readonly string[]).includes(key)) {
                problems.push(`${path}.${key} is not known; allowed: ${FIELDS.join(", ")}`);
            }
        }
        if (typeof fields.rule === "string" && fields.rule.trim() !== "" && !rules.includes(fields.rule)) {
            problems.push(
                `${path}.rule is ${JSON.stringify(fields.rule)}; allowed: the id of a rule of this pack`,
            );
        }
        if (typeof fields.expires === "string" && fields.expires.trim() !== "" && !isDate(fields.expires)) {
            problems.push(
                `${path}.expires is ${JSON.stringify(fields.expires)}; allowed: a date as YYYY-MM-DD`,
            );
        }
        if (problems.length === before) {
            problems.push(...excessOf(fields as unknown as Waiver, path, now));
        }
        if (problems.length === before) {
            waivers.push(fields as unknown as Waiver);
        }
    });
    return { waivers, problems };
}

/**
 * Where a waiver that is well formed goes too far: its pattern names neither a stack nor a resource, or it is to hold
 * for more than a year from today.
 *
 * @param path Where the waiver is, for the lines.
 * @param now Today as `YYYY-MM-DD`.
 */
export function excessOf(waiver: Waiver, path: string, now: string = today()): string[] {
    const last = aYearAfter(now);
    return [
        ...(stackNamedBy(waiver) !== undefined || namesResource(waiver)
            ? []
            : [
                  `${path}.urn is ${JSON.stringify(waiver.urn)}, which names neither a stack nor a resource; allowed: a pattern such as urn:pulumi:<stack>::* or *::<name>, with ${LITERALS} characters of the name beside a *`,
              ]),
        ...(waiver.expires > last
            ? [
                  `${path}.expires is ${JSON.stringify(waiver.expires)}; allowed: a day within a year from today, ${last} at the latest`,
              ]
            : []),
    ];
}

/** How much of a resource's name there must be beside a wildcard. */
const LITERALS = 3;

/** Whether the pattern has the name of a resource after its last `::`, or a good part of one. */
function namesResource({ urn }: Waiver): boolean {
    const [, name] = /^.*::([^:]*)$/s.exec(urn) ?? [];
    return (
        name !== undefined &&
        name !== "" &&
        (!name.includes("*") || name.split("*").some((part) => part.length >= LITERALS))
    );
}

function aYearAfter(day: string): string {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCFullYear(date.getUTCFullYear() + 1);
    return today(date);
}

interface Entry {
    readonly waiver: Waiver;
    readonly pattern: RegExp;
}

/** The waivers in force while one stack is analysed, and what they were used for. */
export class WaiverBook {
    #entries: readonly Entry[] = [];
    #used: WaivedViolation[] = [];
    readonly #open: { readonly rule: string; readonly urn: string | undefined }[] = [];

    /** Takes the waivers of a configuration, and forgets what earlier ones were used for. */
    load(waivers: readonly Waiver[]): void {
        this.#entries = waivers.map((waiver) => ({ waiver, pattern: glob(waiver.urn) }));
        this.#used = [];
        this.#open.length = 0;
    }

    /**
     * Notes that a rule could not judge a resource, or the stack: a waiver of it may yet be of use.
     *
     * @param urn Left out: any resource of the stack may be meant.
     */
    leftOpen(rule: string, urn: string | undefined): void {
        this.#open.push({ rule, urn });
    }

    /**
     * Whether a violation is waived today; if so it is noted, so that it is listed and never hidden.
     *
     * @param today As `YYYY-MM-DD`.
     */
    covers(rule: string, urn: string, message: string, today: string): boolean {
        const found = this.#entries.find(
            ({ waiver, pattern }) => waiver.rule === rule && waiver.expires >= today && pattern.test(urn),
        );
        if (found === undefined) {
            return false;
        }
        this.#used.push({ waiver: found.waiver, urn, message });
        return true;
    }

    /** The violations that were waived. */
    get used(): readonly WaivedViolation[] {
        return this.#used;
    }

    /**
     * What is wrong with the waivers, once a stack has been judged: past their last day, or without use. The same
     * waivers serve all stacks, so a waiver counts as unused only where it belongs: in the stack that its pattern
     * names, or, where it names none, in stacks that have a resource to match; and not while its rule is undecided.
     *
     * @param urns The stack's resources.
     */
    problems(urns: readonly string[], today: string): string[] {
        const problems: string[] = [];
        const here = stackNameOf(urns[0] ?? "");
        for (const { waiver, pattern } of this.#entries) {
            const named = stackNamedBy(waiver);
            const belongs = named === undefined ? urns.some((urn) => pattern.test(urn)) : named === here;
            if (waiver.expires < today) {
                problems.push(`${nameOf(waiver)} ended on ${waiver.expires}.`);
            } else if (
                belongs &&
                !this.#used.some((use) => use.waiver === waiver) &&
                !this.#open.some(
                    ({ rule, urn }) => rule === waiver.rule && (urn === undefined || pattern.test(urn)),
                )
            ) {
                problems.push(`${nameOf(waiver)} covers nothing.`);
            }
        }
        return problems;
    }
}

/**
 * What is wrong with waivers that no stack misses, for those who see every stack that the waivers serve: their pattern
 * fits nothing in any. A pattern that names one of the stacks is that stack's own matter.
 */
export function strayWaivers(
    waivers: readonly Waiver[],
    stacks: readonly string[],
    urns: readonly string[],
    today: string,
): string[] {
    return waivers
        .filter((waiver) => waiver.expires >= today && !stacks.includes(stackNamedBy(waiver) ?? ""))
        .filter((waiver) => {
            const pattern = glob(waiver.urn);
            return !urns.some((urn) => pattern.test(urn));
        })
        .map((waiver) => `${nameOf(waiver)} covers nothing.`);
}

/** The stack that a waiver's pattern names; undefined for one that fits URNs of several. */
function stackNamedBy({ urn }: Waiver): string | undefined {
    const name = stackNameOf(urn);
    return name === "" || name.includes("*") ? undefined : name;
}

function nameOf({ rule, urn, owner }: Waiver): string {
    return `The waiver of ${rule} for ${urn}, owned by ${owner},`;
}

/** Today's date in UTC as `YYYY-MM-DD`. */
export function today(now: Date = new Date()): string {
    return now.toISOString().slice(0, 10);
}

function isDate(value: string): boolean {
    return (
        /^\d{4}-\d{2}-\d{2}$/.test(value) &&
        !Number.isNaN(Date.parse(value)) &&
        new Date(value).toISOString().startsWith(value)
    );
}

function glob(pattern: string): RegExp {
    const escaped = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${escaped.join(".*")}$`);
}
