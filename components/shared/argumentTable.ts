import * as pulumi from "@pulumi/pulumi";

import { nearest } from "./nearest";
import { Problems, show } from "./validation";

/** What an argument is made of. */
export type Kind = "text" | "number" | "flag" | "list" | "map" | "object";

/** What a value is refused for. */
export interface Refusal {
    /** What would have been accepted. */
    readonly allowed: string;
    /** What to change, when `allowed` alone does not say it. */
    readonly remedy?: string;
    /** What an error shows in the value's place. The value itself when left out. */
    readonly shown?: unknown;
    /** Where in the value it is wrong, such as `["PATH"]` or `.owner`. The value as a whole when left out. */
    readonly at?: string;
}

/** What is to be said against a value: nothing, one thing, or several. */
export type Verdict = Refusal | readonly Refusal[] | undefined;

/** A component's arguments as they were given: of any kind, and null where they were left out so. */
export type Given = Readonly<Record<string, unknown>>;

/** Where a value stands among others. */
export interface Place {
    /** The object that the value is a property of, or in a property of: the component's arguments at the top. */
    readonly within: Given;
    /** The values before it in its list. */
    readonly before: readonly unknown[];
    /** Where that object stands; none for the arguments themselves. */
    readonly outer?: Place;
}

/**
 * Judges a value of the right kind by itself, by the component's other arguments, and by what stands around it.
 *
 * @returns Why it is refused; undefined, or no reason at all, where it is accepted.
 */
export type Judge = (value: unknown, args: Given, place: Place) => Verdict;

/** Says why an argument may not be given, or may not be left out, beside the others; undefined where it may. */
export type When = (args: Given) => Refusal | undefined;

/** What one argument must be. Made by the functions in `argumentRules.ts`. */
export interface Rule<
    K extends Kind = Kind,
    Required extends boolean = boolean,
    Later extends boolean = boolean,
> {
    readonly kind: K;
    /** What an error says is allowed. */
    readonly allowed: string;
    /** Whether it cannot be left out. */
    readonly required: Required;
    /** Whether it may be an output or a promise, whose value is known only later. */
    readonly later: Later;
    /** Whether the component's own inputs hold it as a secret, and no error shows it. */
    readonly secret: boolean;
    /** Whether it may be given beside the others, whatever it is. */
    readonly mayBeGiven?: When;
    /** Whether one that is not required may be left out beside the others. */
    readonly mayBeLeftOut?: When;
    readonly judge?: Judge;
    /** As `judge`, for a value that was known only later. What is made up in somebody's tests should pass it. */
    readonly judgeLater?: Judge;
    /** What holds where it is left out: it is judged as if it had been given, beside the others that were. */
    readonly otherwise?: (place: Place) => unknown;
    /** Of a list: judges what its items make together, once all of them are known. */
    readonly judgeTogether?: Judge;
    /** Of a list and a map: each value in it. */
    readonly items?: Rule;
    /** Of an object: each of its properties. */
    readonly properties?: Readonly<Record<string, Rule>>;
}

type KindOf<V> = [V] extends [string]
    ? "text"
    : [V] extends [number]
      ? "number"
      : [V] extends [boolean]
        ? "flag"
        : [V] extends [readonly unknown[]]
          ? "list"
          : "map" | "object";

type RuleOf<V> = Rule<
    KindOf<pulumi.Unwrap<Exclude<V, undefined>>>,
    undefined extends V ? false : true,
    [Extract<V, Promise<unknown>>] extends [never] ? false : true
>;

/**
 * The rules of all arguments of a component, or of all properties of one argument. Its type holds it to the
 * interface: an argument without a rule, a rule of the wrong kind, or one that differs on whether the argument may be
 * left out or known later does not compile.
 */
export type ArgumentTable<T> = { readonly [Property in keyof T]-?: RuleOf<T[Property]> };

/**
 * Notes everything about the arguments that their table refuses: what a typed program cannot get wrong and an untyped
 * one can, in JavaScript, Python or YAML. Nothing that was noted is noted again by later checks of the same path.
 *
 * @returns The arguments as the later checks may take them: of the right kinds throughout, without null, which counts
 * as left out, and with an empty stand-in for what is required and was refused. Values that are known only later are
 * judged when they are known, and what uses them then fails.
 */
export function checkArguments<T extends object>(problems: Problems, given: T, table: ArgumentTable<T>): T {
    const rules = table as Readonly<Record<string, Rule>>;
    const whole: unknown = given;
    if (whole !== undefined && whole !== null && !isObject(whole)) {
        problems.refuse("args", describe(whole), "an object with the component's arguments");
    }
    const args = isObject(whole) ? whole : {};
    return new Reading(problems, args).object("", args, rules) as T;
}

/** The arguments as the component registers them: Pulumi's state holds them too, so secrets in the clear are marked. */
export function withSecrets<T extends object>(args: T, table: ArgumentTable<T>): T {
    return marked(args, { properties: table }) as T;
}

function marked(value: unknown, rule: Pick<Rule, "items" | "properties"> & Partial<Rule>): unknown {
    if (value === undefined || !holdsSecret(rule)) {
        return value;
    }
    // What is known only later is marked as a whole: what is in it cannot be told apart yet.
    if (rule.secret === true || isLater(value)) {
        return pulumi.secret(value);
    }
    const { items, properties } = rule;
    if (Array.isArray(value)) {
        return value.map((item: unknown) => (items === undefined ? item : marked(item, items)));
    }
    return mapValues(value as Record<string, unknown>, (item, key) => {
        const of = properties?.[key] ?? items;
        return of === undefined ? item : marked(item, of);
    });
}

function holdsSecret(rule: Partial<Rule>): boolean {
    const below = [
        ...(rule.items === undefined ? [] : [rule.items]),
        ...Object.values(rule.properties ?? {}),
    ];
    return rule.secret === true || below.some(holdsSecret);
}

/** One reading of a component's arguments, before the deployment or, of a single value, during it. */
class Reading {
    constructor(
        private readonly problems: Problems,
        private readonly args: Given,
    ) {}

    /** The object's properties by their rules; `path` is empty for the arguments themselves. */
    object(
        path: string,
        given: Record<string, unknown>,
        rules: Readonly<Record<string, Rule>>,
        outer?: Place,
    ): unknown {
        const place: Place = { within: given, before: [], ...(outer === undefined ? {} : { outer }) };
        const names = Object.keys(rules);
        const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
        for (const [name, value] of Object.entries(given)) {
            if (value !== undefined && value !== null && !Object.hasOwn(rules, name)) {
                const near = nearest(name, names);
                this.problems.refuse(
                    at(name),
                    // Not the value: it may be a secret whose name was misspelt.
                    "given",
                    path === "" ? "nothing, because there is no such argument" : `one of ${names.join(", ")}`,
                    near === undefined ? "Remove it" : `Did you mean ${near}?`,
                );
            }
        }
        // In the order given, which is the order of what depends on the arguments in a state.
        const known = Object.keys(given).filter((name) => Object.hasOwn(rules, name));
        const read = [...new Set([...known, ...names])].map(
            (name) => [name, this.value(at(name), given[name], rules[name], place)] as const,
        );
        return Object.fromEntries(read.filter(([, value]) => value !== undefined));
    }

    /** The value by its rule. Undefined where it is left out, or is optional and refused. */
    value(path: string, given: unknown, rule: Rule | undefined, place: Place): unknown {
        if (rule === undefined) {
            return given;
        }
        if (given === undefined || given === null) {
            return rule.required ? this.refused(path, given, rule) : this.leftOut(path, given, rule, place);
        }
        const unfit = rule.mayBeGiven?.(this.args);
        if (unfit !== undefined) {
            return this.judged(path, given, rule, unfit, undefined);
        }
        if (isLater(given)) {
            return rule.later
                ? this.later(path, given, rule, place)
                : this.refused(path, given, rule, { allowed: rule.allowed, remedy: KNOWN_NOW });
        }
        if (!isOfKind(given, rule.kind)) {
            return this.refused(path, given, rule);
        }
        const read = this.inside(path, given, rule, place);
        if (this.problems.isRefused(path)) {
            return this.judged(path, given, rule, undefined, read);
        }
        const verdicts = [
            rule.judge?.(read, this.args, place),
            Array.isArray(read) && read.some(isLater)
                ? undefined
                : rule.judgeTogether?.(read, this.args, place),
        ];
        return this.judged(path, given, rule, verdicts.flatMap(refusalsOf), read);
    }

    /** What is left out stays so, whatever holds in its place. */
    private leftOut(path: string, given: unknown, rule: Rule, place: Place): unknown {
        const { otherwise, ...rest } = rule;
        const unfit = rule.mayBeLeftOut?.(this.args);
        if (unfit !== undefined) {
            this.refused(path, given, rule, unfit);
        } else if (otherwise !== undefined && rule.mayBeGiven?.(this.args) === undefined) {
            this.value(path, otherwise(place), rest, place);
        }
        return undefined;
    }

    /** What is read of a value where nothing speaks against it. */
    private judged(path: string, given: unknown, rule: Rule, verdict: Verdict, read: unknown): unknown {
        const refusals = refusalsOf(verdict);
        return refusals.length === 0 ? read : this.refused(path, given, rule, ...refusals);
    }

    private inside(path: string, given: unknown, rule: Rule, place: Place): unknown {
        if (Array.isArray(given)) {
            const items = given.map((item: unknown, index) =>
                this.value(`${path}[${index}]`, item, rule.items, {
                    ...place,
                    before: given.slice(0, index),
                }),
            );
            return this.together(path, items, rule, place);
        }
        if (isArchive(given)) {
            return given;
        }
        if (rule.kind === "map") {
            return mapValues(given as Record<string, unknown>, (item, key) =>
                this.value(`${path}[${show(key)}]`, item, rule.items, place),
            );
        }
        if (rule.kind !== "object") {
            return given;
        }
        const properties = rule.properties ?? {};
        if (!pulumi.Resource.isInstance(given)) {
            return this.object(path, given as Record<string, unknown>, properties, place);
        }
        const outputs = given as unknown as Readonly<Record<string, unknown>>;
        const picked = Object.keys(properties).map((name) => [name, outputs[name]] as const);
        this.object(path, Object.fromEntries(picked), properties, place);
        return given;
    }

    private refused(path: string, given: unknown, rule: Rule, ...refusals: readonly Refusal[]): unknown {
        const secret = rule.secret && given !== undefined && given !== null;
        for (const refusal of refusals.length === 0 ? [rule] : refusals) {
            const { shown, at = "", allowed, remedy }: Refusal = refusal;
            this.problems.add(
                `${path}${at}`,
                shown ?? (secret ? "a secret of another form" : describe(given)),
                allowed,
                remedy,
            );
        }
        this.problems.close(path);
        return rule.required ? standIn(rule) : undefined;
    }

    private later(path: string, given: unknown, rule: Rule, place: Place): unknown {
        const { judgeLater } = rule;
        return judgeLater === undefined ? given : this.judgedWhenKnown(path, given, judgeLater, place);
    }

    /** The items, of which those that are known later wait until all of them were judged together. */
    private together(path: string, items: readonly unknown[], rule: Rule, place: Place): unknown {
        const { judgeTogether } = rule;
        if (judgeTogether === undefined || !items.some(isLater)) {
            return items;
        }
        const all = this.judgedWhenKnown(path, pulumi.all([...items]), judgeTogether, place);
        return items.map((item, index) =>
            isLater(item) ? all.apply((known) => (known as readonly unknown[])[index]) : item,
        );
    }

    private judgedWhenKnown(
        path: string,
        given: unknown,
        judge: Judge,
        place: Place,
    ): pulumi.Output<unknown> {
        const { type, name } = this.problems;
        return pulumi.output(given as Promise<object>).apply((known: unknown) => {
            const problems = new Problems(type, name);
            for (const { shown, at = "", allowed, remedy } of refusalsOf(judge(known, this.args, place))) {
                problems.add(`${path}${at}`, shown ?? known, allowed, remedy);
            }
            problems.throwIfAny();
            return known;
        });
    }
}

/** Whether nothing is said against a value. */
export function isAccepted(verdict: Verdict): boolean {
    return refusalsOf(verdict).length === 0;
}

/** What is said against a value, one by one. */
export function refusalsOf(verdict: Verdict): readonly Refusal[] {
    return verdict === undefined ? [] : "allowed" in verdict ? [verdict] : verdict;
}

const KNOWN_NOW = "Give the value itself, not an output: what is made depends on it";

/** Something empty of the right kind, for the checks that come after. */
function standIn(rule: Rule): unknown {
    switch (rule.kind) {
        case "text":
            return "";
        case "number":
            return Number.NaN;
        case "flag":
            return false;
        case "list":
            return [];
        case "map":
            return {};
        case "object":
            return mapValues(rule.properties ?? {}, (property) =>
                property.required ? standIn(property) : undefined,
            );
    }
}

function isOfKind(value: unknown, kind: Kind): boolean {
    switch (kind) {
        case "text":
            return typeof value === "string";
        case "number":
            return typeof value === "number" && !Number.isNaN(value);
        case "flag":
            return typeof value === "boolean";
        case "list":
            return Array.isArray(value);
        case "map":
            return isObject(value);
        case "object":
            // A resource whose outputs have the names asked for will do, such as a tier for its chart.
            return isObject(value) || pulumi.Resource.isInstance(value);
    }
}

function isObject(value: unknown): value is Record<string, unknown> {
    return (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        !isLater(value) &&
        !pulumi.Resource.isInstance(value)
    );
}

function isLater(value: unknown): boolean {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Not as a type's guard, which would take what else a value may be for something without properties. */
function isArchive(value: unknown): boolean {
    return pulumi.asset.Archive.isInstance(value);
}

/** A value as an error may show it: what cannot be written as JSON by what it is. */
function describe(value: unknown): unknown {
    if (isLater(value)) {
        return "an output";
    }
    return pulumi.Resource.isInstance(value) ? "a resource" : value;
}

function mapValues<V>(
    record: Readonly<Record<string, V>>,
    change: (value: V, key: string) => unknown,
): Record<string, unknown> {
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
