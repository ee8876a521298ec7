/** One side of a comparison: a stack's resources, and by what name each refers to the others. */
import { type ResourceState, type StackPreview, type StepOp } from "../types";
import { isDefaultProvider, nameOf } from "../urn";
import { isRecord, MASK } from "../values";

/** A resource of a side. */
export interface SideResource {
    readonly op: StepOp;
    readonly state: ResourceState;
}

/** Texts shorter than this are no identity: ports, flags, names of engines. */
const SHORTEST = 8;
/** Regions and zones, which resources only are in. */
const PLACE = /^[a-z]{2}(?:-[a-z]+)+-\d+[a-z]?$/;
/** The marks around a reference inside a text, which no program writes. */
const [OPEN, MIDDLE, CLOSE] = ["\u0001", "\u0002", "\u0003"];
const REFERENCE = /\u0001([^\u0002]*)\u0002([^\u0003]*)\u0003/g;

/** The text with the marks as JSON writes them in a text. */
export function withMarksEscaped(text: string): string {
    return text.replace(/[\u0001-\u0003]/g, (mark) => `\\u000${mark.charCodeAt(0)}`);
}

/** A stack of one side. */
export class Side {
    /** By URN, in the order of the program; providers that nobody named are left out, as the engine does. */
    readonly resources = new Map<string, SideResource>();
    readonly #renamed: ReadonlyMap<string, string>;
    readonly #identitiesByUrn = new Map<string, ReadonlyMap<string, string>>();
    #identities: ReadonlyMap<string, string> | undefined;

    /**
     * @param renamed The URNs that resources of this side have on the other one, where they are not the same.
     */
    constructor(
        readonly preview: StackPreview,
        renamed: ReadonlyMap<string, string> = new Map(),
    ) {
        for (const { op, urn, newState } of preview.steps) {
            if (!isDefaultProvider(urn)) {
                this.resources.set(urn, { op, state: newState });
            }
        }
        this.#renamed = renamed;
    }

    /** What a text that stands for a resource, such as its id or ARN, refers to; undefined for any other. */
    reference(text: string): string | undefined {
        this.#identities ??= this.#index();
        return this.#identities.get(text);
    }

    /**
     * The value with references in place of what only stands for them: ids and ARNs that exist once a resource does.
     *
     * @param literal Texts that stand for nothing but themselves.
     */
    withReferences(
        value: unknown,
        dependencies: readonly string[] = [],
        literal: ReadonlySet<string> = new Set(),
    ): unknown {
        const near = dependencies.flatMap((urn) => [...this.#identitiesOf(urn)]);
        // The longest first: an ARN holds the id.
        near.sort(([one], [other]) => other.length - one.length);
        const text = (each: string): string => {
            const exact = literal.has(each) ? each : this.reference(each);
            if (exact !== undefined) {
                return exact;
            }
            return near.reduce((said, [identity, reference]) => said.replaceAll(identity, reference), each);
        };
        return mapTexts(value, text);
    }

    #index(): Map<string, string> {
        const found = new Map<string, string>();
        const several = new Set<string>();
        for (const urn of this.resources.keys()) {
            for (const [identity, reference] of this.#identitiesOf(urn)) {
                const other = found.get(identity);
                if (other !== undefined && other !== reference) {
                    several.add(identity);
                }
                found.set(identity, reference);
            }
        }
        // What several resources say is no identity of any: a region, an account.
        several.forEach((identity) => found.delete(identity));
        return found;
    }

    /** The texts by which others know a resource, each with the reference that stands for it; sought once. */
    #identitiesOf(urn: string): ReadonlyMap<string, string> {
        const known = this.#identitiesByUrn.get(urn) ?? this.#soughtIdentities(urn);
        this.#identitiesByUrn.set(urn, known);
        return known;
    }

    #soughtIdentities(urn: string): Map<string, string> {
        const found = new Map<string, string>();
        const resource = this.resources.get(urn);
        if (resource === undefined || !resource.state.custom) {
            return found;
        }
        const { state } = resource;
        const own = new Set<string>();
        eachText(state.inputs, (text) => own.add(text));
        const add = (text: string, property: string): void => {
            if (
                text.length >= SHORTEST &&
                text !== MASK &&
                !PLACE.test(text) &&
                !own.has(text) &&
                !found.has(text)
            ) {
                found.set(text, this.#reference(urn, property));
            }
        };
        if (state.id !== undefined) {
            add(state.id, "id");
        }
        const { arn } = state.outputs;
        if (typeof arn === "string") {
            add(arn, "arn");
            add(arn.slice(Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1), "id");
        }
        for (const [property, value] of Object.entries(state.outputs)) {
            if (property !== "region" && property !== "tagsAll" && !isAccount(value)) {
                eachText(value, (text) => {
                    add(text, property);
                });
            }
        }
        for (const [property, value] of Object.entries(state.inputs)) {
            if (typeof value === "string" && isAutomaticName(value, nameOf(urn))) {
                found.set(value, this.#reference(urn, property));
            }
        }
        return found;
    }

    #reference(urn: string, property: string): string {
        return `${OPEN}${this.#renamed.get(urn) ?? urn}${MIDDLE}${property}${CLOSE}`;
    }
}

/** Two values, each with its side's references in it: a text that both have is one, whatever else it may stand for on one side. */
export function withReferences(
    sides: { readonly before: Side; readonly after: Side },
    [was, is]: readonly [before: unknown, after: unknown],
    [olds, news]: readonly [before: readonly string[], after: readonly string[]] = [[], []],
): [before: unknown, after: unknown] {
    const known = new Set<string>();
    eachText(was, (text) => known.add(text));
    const literal = new Set<string>();
    eachText(is, (text) => {
        if (known.has(text) && sides.before.reference(text) !== sides.after.reference(text)) {
            literal.add(text);
        }
    });
    return [sides.before.withReferences(was, olds, literal), sides.after.withReferences(is, news, literal)];
}

/** The URNs that a value refers to. */
export function referredTo(value: unknown): string[] {
    const found = new Set<string>();
    eachText(value, (text) => {
        for (const [, urn = ""] of text.matchAll(REFERENCE)) {
            found.add(urn);
        }
    });
    return [...found];
}

/** The value as people read it: a reference as `${name.property}`. */
export function shown(value: unknown): unknown {
    return mapTexts(value, shownText);
}

/** A text as people read it. */
export function shownText(text: string): string {
    return text.replace(REFERENCE, (_, urn: string, property: string) => `\${${nameOf(urn)}.${property}}`);
}

/** Whether Pulumi has made a physical name of the logical one. */
export function isAutomaticName(value: string, name: string): boolean {
    return value.startsWith(`${name}-`) && /^[0-9a-f]{7,8}$/.test(value.slice(name.length + 1));
}

function isAccount(value: unknown): boolean {
    return typeof value === "string" && /^\d{12}$/.test(value);
}

/** Looks at all texts in a value; names of properties are none. */
export function eachText(value: unknown, look: (text: string) => void): void {
    if (typeof value === "string") {
        look(value);
    } else if (typeof value === "object" && value !== null) {
        Object.values(value).forEach((inner) => {
            eachText(inner, look);
        });
    }
}

/** The value with all texts in it rewritten. */
export function mapTexts(value: unknown, how: (text: string) => string): unknown {
    if (typeof value === "string") {
        return how(value);
    }
    if (Array.isArray(value)) {
        return value.map((item) => mapTexts(item, how));
    }
    return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, how)]))
        : value;
}
