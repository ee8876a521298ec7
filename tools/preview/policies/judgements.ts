/** Two judgements of one stack: with what a first preview knows, and with made-up values for the rest. */
import { WAIVERS_POLICY } from "../../../policies/framework/messages";
import { STACK_TYPE } from "../urn";
import { containsUnknown } from "../values";
import { type AnalyzedStack } from "./analyzedStack";
import { type PolicyFinding } from "./findings";
import { registrationsRequest } from "./messages";
import { type AnalyzedResource } from "./resources";

/** What packs are asked about: a stack, and those of its resources of which they are told as they are registered. */
export class Question {
    #request: Uint8Array | undefined;

    constructor(
        readonly stack: AnalyzedStack,
        /** The stack's own comes first, if it is among them: with it packs forget the stack before. */
        readonly registered: readonly AnalyzedResource[],
    ) {}

    /** All that is registered in one message, made once for all packs. */
    registrationsRequest(): Uint8Array {
        this.#request ??= registrationsRequest(this.registered, (urn) => this.stack.find(urn));
        return this.#request;
    }
}

/** What packs are asked for two judgements of one stack. */
export interface Questions {
    readonly first: Question;
    readonly second: Question;
}

/**
 * Asks about a stack as it is known, then about the same stack with values made up that a preview does not know, and of
 * its resources only about those of which something is unknown.
 */
export function questionsOf(stack: AnalyzedStack, assumed: AnalyzedStack): Questions {
    const registered = stack.resources.filter((resource) => resource.registered);
    const isRoot = ({ type }: AnalyzedResource): boolean => type === STACK_TYPE;
    const others = registered.filter((resource) => !isRoot(resource));
    const mayDiffer = hasUnknowns(stack);
    // The stack's own registration would make packs forget what they know of it, such as which waivers are in use.
    const again = others
        .filter(mayDiffer)
        .map(({ urn }) => assumed.find(urn))
        .filter((resource) => resource !== undefined);
    return {
        first: new Question(stack, [...registered.filter(isRoot), ...others]),
        second: new Question(assumed, again),
    };
}

/** Tells the resources of a stack whose second judgement may differ: something that is asked about is unknown. */
function hasUnknowns(stack: AnalyzedStack): (resource: AnalyzedResource) => boolean {
    const known = new Map<string, boolean>();
    const isUnknown = (resource: AnalyzedResource | undefined): boolean => {
        if (resource === undefined) {
            return false;
        }
        let found = known.get(resource.urn);
        if (found === undefined) {
            found = containsUnknown(resource.inputs);
            known.set(resource.urn, found);
        }
        return found;
    };
    return (resource) => isUnknown(resource) || isUnknown(stack.find(resource.provider ?? ""));
}

/**
 * What two judgements of the same thing come to. What the first says holds. What only the second says is a finding all
 * the same, marked as `assumed`, because the engine will say it once the values are there. Undecided is what the second
 * could not decide either, and only the second has seen every use of a waiver.
 */
export function bothJudgements(
    first: readonly PolicyFinding[],
    second: readonly PolicyFinding[],
): PolicyFinding[] {
    const said = first.filter(({ rule, status }) => status !== "undecided" && rule !== WAIVERS_POLICY);
    const texts = new Set(said.map(textOf));
    const repeated = new Set(second.map(textOf));
    // The same thing may read otherwise with other values: one that only the first says stands for one of the second.
    const open = new Map<string, number>();
    for (const finding of said) {
        if (!repeated.has(textOf(finding)) && !isUndecidable(finding)) {
            open.set(placeOf(finding), (open.get(placeOf(finding)) ?? 0) + 1);
        }
    }
    const result = [...said];
    for (const finding of second) {
        const text = textOf(finding);
        if (finding.status === "undecided" || finding.rule === WAIVERS_POLICY) {
            result.push(finding);
        } else if (!texts.has(text)) {
            texts.add(text);
            const others = open.get(placeOf(finding)) ?? 0;
            if (others > 0) {
                open.set(placeOf(finding), others - 1);
            } else {
                result.push({ ...finding, assumed: true });
            }
        }
    }
    return result;
}

/** What `unknowns: fail-closed` makes of an undecided rule, which says nothing about what is wrong. */
function isUndecidable({ message }: PolicyFinding): boolean {
    return message.startsWith("cannot be judged, ");
}

function placeOf({ rule, status, urn = "" }: PolicyFinding): string {
    return `${status} ${rule} ${urn}`;
}

function textOf(finding: PolicyFinding): string {
    return `${placeOf(finding)} ${finding.message}`;
}
