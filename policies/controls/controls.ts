/** What a control of a framework asks for, and why no rule of the packs has it, where none has. */

/** Why a control has no rule. */
export const REASONS = {
    account: "Decided once for the account or the organisation, outside the programs that are judged.",
    choice: "Deliberately not demanded.",
    level: "The service is judged at the level of public, unencrypted and in the clear; this asks for more.",
    open: "A program could show it, at least in part, and no rule judges it yet.",
    provider: "The provider has no resource or property for it, so that no program can show it.",
    retired: "AWS has taken away what it is about.",
    "run-time": "Shows in what happens or in how time goes by, not in a program.",
    service: "A service that nothing here is made of.",
} as const;

export type Reason = keyof typeof REASONS;

/** A control that rules have, at least in part, or that none has. */
export interface Control {
    /** What it asks for, in a few words. */
    readonly asks: string;
    /** What the rules that have it leave, as a sentence. Left out: nothing. */
    readonly left?: string;
    /** Why no rule has it. Left out: some rule has. */
    readonly none?: Reason;
    /** More about the reason, as a sentence. */
    readonly because?: string;
}

/** The controls of a framework by identifier, in its order. */
export type Controls = Readonly<Record<string, Control>>;
