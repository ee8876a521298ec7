/** How a pack has a rule judge, whoever asks it: the rule's own policy, or one that asks many rules at once. */
import { undecidedLine } from "./messages";
import { defaultsOf } from "./metadata";
import { type ResourceRule, type Rule, type StackRule } from "./rule";
import { type PackSettings } from "./settings";
import { type StackView, type UndecidedMember } from "./stackView";
import { type Subject } from "./subject";
import { isUnknownError, type UnknownHandling } from "./unknowns";

/** What a configuration says of a rule. */
export type Given = Readonly<Record<string, unknown>>;

/** Takes what a rule says, and of which resource. */
export type Say = (message: string, urn?: string) => void;

type Configuration = Record<string, unknown> & { readonly unknowns: UnknownHandling };

/** A rule with what the pack it is in says of all rules. */
abstract class Judge<R extends Rule> {
    readonly #defaults: Given;

    constructor(
        readonly rule: R,
        protected readonly settings: PackSettings,
    ) {
        this.#defaults = defaultsOf(rule);
    }

    protected configured(given: Given): Configuration {
        const { shared, unknowns } = this.settings;
        return { unknowns, ...shared, ...this.#defaults, ...given };
    }
}

/** A rule about one resource. */
export class ResourceJudge extends Judge<ResourceRule> {
    /** Whether the rule speaks of a type of resource. */
    speaksOf(type: string, given: () => Given): boolean {
        const { configuredTypes, types } = this.rule;
        return configuredTypes === undefined
            ? types === undefined || types.includes(type)
            : (this.configured(given())["types"] as readonly string[]).includes(type);
    }

    /**
     * The configuration for a resource; none where the rule does not speak of it. To say that it is not applicable would
     * put hundreds of policies into the answer about every resource, and they would be most of what a pack spends its
     * time on.
     */
    configFor({ opts, type }: Subject, given: () => Given): Configuration | undefined {
        const { option } = this.rule;
        return this.speaksOf(type, given) && (option === undefined || opts[option].length > 0)
            ? this.configured(given())
            : undefined;
    }

    /** @throws The policy SDK's error about an unknown value, where the configuration leaves it at that. */
    judge(resource: Subject, given: () => Given, say: Say): void {
        const config = this.configFor(resource, given);
        if (config === undefined) {
            return;
        }
        const { rule } = this;
        const report = (reason: string): void => {
            this.settings.report(rule, reason, resource.urn, say);
        };
        try {
            rule.check(resource, report, config);
        } catch (error) {
            if (!isUnknownError(error)) {
                throw error;
            }
            if (config.unknowns === "advisory") {
                this.settings.leaveOpen(rule, resource.urn);
                throw error;
            }
            report(notDecidable(error));
        }
    }
}

/** A rule about a stack. */
export class StackJudge extends Judge<StackRule> {
    /** Whether the stack has something that the rule speaks of. */
    speaksOf(stack: StackView): boolean {
        const { types } = this.rule;
        return types === undefined || stack.has(types);
    }

    /** @throws An error of the policy SDK's class about all that is unknown, where the configuration leaves it at that. */
    judge(stack: StackView, given: Given, say: Say): void {
        const { rule } = this;
        const config = this.configured(given);
        const report = (reason: string, urn: string | undefined): void => {
            this.settings.report(rule, reason, urn ?? stack.urn, (message) => {
                say(message, urn);
            });
        };
        const undecided = [
            ...unknownsOf(() => {
                rule.checkStack(
                    stack,
                    (reason, resource) => {
                        report(reason, resource?.urn);
                    },
                    config,
                );
            }),
            ...stack.undecided,
        ];
        if (config.unknowns === "fail-closed") {
            for (const { member, error } of undecided) {
                report(notDecidable(error), member?.urn);
            }
        } else if (undecided[0] !== undefined) {
            // Thrown after everything that is known has been judged.
            const { error } = undecided[0];
            for (const { member } of undecided) {
                this.settings.leaveOpen(rule, member?.urn);
            }
            const message = undecided
                .map((each) => undecidedLine(each.error.message, each.member?.urn))
                .join("\n");
            // One of the SDK's class, by which it tells such an error; another rule may meet the same one.
            throw Object.assign(Object.create(Object.getPrototypeOf(error) as object) as Error, error, {
                message,
            });
        }
    }
}

/** Makes the judge of a rule. */
export function judgeOf(rule: Rule, settings: PackSettings): ResourceJudge | StackJudge {
    return "check" in rule ? new ResourceJudge(rule, settings) : new StackJudge(rule, settings);
}

/** Runs a check. @returns What it met that is not known, beyond what it set aside itself. */
function unknownsOf(check: () => void): UndecidedMember[] {
    try {
        check();
        return [];
    } catch (error) {
        if (!isUnknownError(error)) {
            throw error;
        }
        return [{ error }];
    }
}

function notDecidable(error: Error): string {
    return `cannot be judged, because ${error.message}.`;
}
