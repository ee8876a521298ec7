import {
    type PolicyConfigSchema,
    type ResourceValidationPolicy,
    type StackValidationPolicy,
} from "@pulumi/policy";
import { configuredBeside } from "./configured";
import {
    FIX_SEPARATOR,
    RESOURCE_RULES_POLICY,
    SETTINGS_POLICY,
    STACK_RULES_POLICY,
    WAIVED_POLICY,
    waivedMessage,
    WAIVERS_POLICY,
} from "./messages";
import { UNKNOWNS_PROPERTY } from "./metadata";
import { type ConfigProperty, type Rule } from "./rule";
import { type StackAtHand } from "./stackView";
import { type Subject } from "./subject";
import { type UnknownHandling } from "./unknowns";
import { readWaivers, today, WaiverBook } from "./waivers";

const STACK_TYPE = "pulumi:pulumi:Stack";

export const WAIVERS_DESCRIPTION = "Waivers are well formed, not past their last day, and cover something.";
export const WAIVERS_FIX = "Mend the violation and delete the waiver, or have its owner extend it.";

const NAME_FIX = "Name it as the catalogue of policies does, or take it out.";

/** Settings of a pack beside those that every pack has, by their name. */
export type SharedSettings = Readonly<Record<string, ConfigProperty>>;

/** What a configuration says of a pack's settings. */
export type GivenSettings = Readonly<Record<string, unknown>> & {
    readonly waivers?: unknown;
    readonly unknowns?: UnknownHandling;
};

/** The schema of the settings of a pack with these rules. */
export function settingsSchema(
    rules: readonly string[],
    shared: SharedSettings = {},
): PolicyConfigSchema["properties"] {
    const text = { type: "string", minLength: 1 } as const;
    return {
        ...shared,
        unknowns: { ...UNKNOWNS_PROPERTY, default: "advisory" },
        waivers: {
            type: "array",
            default: [],
            description:
                "Violations to live with for a time: rule, URN pattern, owner, reason and last day of each.",
            items: {
                type: "object",
                required: ["rule", "urn", "owner", "reason", "expires"],
                additionalProperties: false,
                properties: {
                    rule: { ...text, enum: [...rules] },
                    urn: text,
                    owner: text,
                    reason: text,
                    expires: { type: "string", format: "date" },
                },
            },
        },
    };
}

/** A pack's settings, shared by its policies. */
export class PackSettings {
    readonly #book = new WaiverBook();
    #problems: readonly string[] = [];
    #unknowns: UnknownHandling = "advisory";
    #shared: Readonly<Record<string, unknown>>;

    constructor(
        readonly rules: readonly string[],
        readonly atHand: StackAtHand,
        readonly sharedSettings: SharedSettings = {},
    ) {
        this.#shared = this.#sharedFrom({});
    }

    /** The values of the settings that the pack has for its rules together. */
    get shared(): Readonly<Record<string, unknown>> {
        return this.#shared;
    }

    #sharedFrom(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
        return Object.fromEntries(
            Object.entries(this.sharedSettings).map(([name, property]) => [
                name,
                config[name] ?? property.default,
            ]),
        );
    }

    /** What a rule does about unknown values that says nothing about it. */
    get unknowns(): UnknownHandling {
        return this.#unknowns;
    }

    /** Reports a violation, unless a waiver covers it. */
    report(
        rule: Rule,
        reason: string,
        urn: string,
        reportViolation: (message: string, urn: string) => void,
    ): void {
        if (!this.#book.covers(rule.id, urn, reason, today())) {
            reportViolation(`${reason}${FIX_SEPARATOR}${rule.fix}`, urn);
        }
    }

    /** Notes that a rule could not judge a resource, or without a URN that it could not judge the stack. */
    leaveOpen(rule: Rule, urn?: string): void {
        this.#book.leftOpen(rule.id, urn);
    }

    /** Takes a resource that is registered, and with the stack's own, which comes before any other, the settings. */
    register({ props, type, urn }: Subject, given: () => GivenSettings): void {
        if (type !== STACK_TYPE) {
            this.atHand.note(urn, props);
            return;
        }
        this.atHand.forget();
        const config = given();
        const { waivers, problems } = readWaivers(config.waivers, this.rules);
        this.#unknowns = config.unknowns ?? "advisory";
        this.#shared = this.#sharedFrom(config);
        this.#book.load(waivers);
        this.#problems = problems;
    }

    /** Names of all policies of the pack. */
    get #policies(): readonly string[] {
        return [
            ...this.rules,
            SETTINGS_POLICY,
            WAIVED_POLICY,
            WAIVERS_POLICY,
            RESOURCE_RULES_POLICY,
            STACK_RULES_POLICY,
        ];
    }

    holder(): ResourceValidationPolicy {
        return {
            name: SETTINGS_POLICY,
            description:
                "Holds what concerns the pack as a whole: its waivers, what to do about unknown values, and what each resource was given.",
            enforcementLevel: "mandatory",
            configSchema: { properties: settingsSchema(this.rules, this.sharedSettings) },
            validateResource: (args, reportViolation) => {
                this.register(args, () => args.getConfig<GivenSettings>());
                for (const name of args.type === STACK_TYPE ? configuredBeside(this.#policies) : []) {
                    reportViolation(
                        `the configuration names ${JSON.stringify(name)}, which is no rule of this pack.${FIX_SEPARATOR}${NAME_FIX}`,
                    );
                }
            },
        };
    }

    lister(): StackValidationPolicy {
        return {
            name: WAIVED_POLICY,
            description: "Lists the violations that a waiver covers, so that none is hidden.",
            enforcementLevel: "advisory",
            validateStack: (_args, reportViolation) => {
                for (const { waiver, urn, message } of this.#book.used) {
                    reportViolation(waivedMessage(waiver, message), urn);
                }
            },
        };
    }

    auditor(): StackValidationPolicy {
        return {
            name: WAIVERS_POLICY,
            description: WAIVERS_DESCRIPTION,
            enforcementLevel: "mandatory",
            severity: "medium",
            tags: ["control:P35"],
            remediationSteps: WAIVERS_FIX,
            validateStack: (args, reportViolation) => {
                const urns = this.atHand.view(args.resources).resources.map((resource) => resource.urn);
                for (const problem of this.#book.problems(urns, today()).concat(this.#problems)) {
                    reportViolation(`${problem}${FIX_SEPARATOR}${WAIVERS_FIX}`);
                }
            },
        };
    }
}
