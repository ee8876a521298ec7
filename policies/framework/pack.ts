import {
    type Policies,
    type ResourceValidation,
    type ResourceValidationArgs,
    type ResourceValidationPolicy,
    type StackValidation,
    type StackValidationPolicy,
} from "@pulumi/policy";
import { undecidedLine } from "./messages";
import { defaultsOf, describeRule } from "./metadata";
import { withAssets } from "./remedies";
import { type ResourceRule, type Rule, type StackRule } from "./rule";
import { PackSettings, type SharedSettings } from "./settings";
import { StackAtHand, type UndecidedMember } from "./stackView";
import { isUnknownError, type UnknownHandling } from "./unknowns";
import { unpackOnce } from "./unpackOnce";

type Configuration = Record<string, unknown> & { readonly unknowns: UnknownHandling };

/**
 * Turns rules into the policies of a CrossGuard pack, and adds three: `settings`, which holds the pack's waivers and
 * its choice about unknown values, first; `waived-violations`, which lists what waivers cover, and
 * `waivers-in-order`, which reports malformed, expired and unused ones, last.
 *
 * @param shared Further settings of the pack, by their name: each rule finds their values in its configuration.
 * @param atHand What the policies know of the stack that they judge.
 */
export function policiesOf(
    rules: readonly Rule[],
    shared: SharedSettings = {},
    atHand = new StackAtHand(),
): Policies {
    unpackOnce();
    const settings = new PackSettings(
        rules.map((rule) => rule.id),
        atHand,
        shared,
    );
    return [
        settings.holder(),
        ...rules.map((rule) =>
            "check" in rule ? resourcePolicy(rule, settings) : stackPolicy(rule, settings, atHand),
        ),
        settings.lister(),
        settings.auditor(),
    ];
}

function resourcePolicy(rule: ResourceRule, settings: PackSettings): ResourceValidationPolicy {
    const { configuredTypes, option, types } = rule;
    const configOf = configReader(rule, settings);
    /**
     * The configuration for a resource; none where the rule does not speak of it. To say that it is not applicable would
     * put hundreds of policies into the answer about every resource, and they would be most of what a pack spends its
     * time on.
     */
    const applied = (args: ResourceValidationArgs): Configuration | undefined => {
        if (configuredTypes === undefined && types !== undefined && !types.includes(args.type)) {
            return undefined;
        }
        if (option !== undefined && args.opts[option].length === 0) {
            return undefined;
        }
        const config = configOf(args);
        return configuredTypes === undefined || (config["types"] as readonly string[]).includes(args.type)
            ? config
            : undefined;
    };
    const validate: ResourceValidation = (args, reportViolation) => {
        const config = applied(args);
        if (config === undefined) {
            return;
        }
        const report = (reason: string): void => {
            settings.report(rule, reason, args.urn, reportViolation);
        };
        try {
            rule.check(args, report, config);
        } catch (error) {
            if (!isUnknownError(error)) {
                throw error;
            }
            if (config.unknowns === "advisory") {
                settings.leaveOpen(rule, args.urn);
                // The SDK says that the rule could not be run.
                throw error;
            }
            report(notDecidable(error));
        }
    };
    const { remediate } = rule;
    return {
        ...describeRule(rule),
        validateResource: validate,
        ...(remediate === undefined
            ? {}
            : {
                  remediateResource: (args: ResourceValidationArgs) => {
                      const config = applied(args);
                      return config === undefined ? undefined : withAssets(remediate(args, config));
                  },
              }),
    };
}

function stackPolicy(rule: StackRule, settings: PackSettings, atHand: StackAtHand): StackValidationPolicy {
    const types = rule.types;
    const configOf = configReader(rule, settings);
    const validate: StackValidation & { __pulumiType?: string } = (args, reportViolation) => {
        const stack = atHand.view(args.resources);
        if (types !== undefined && !stack.has(types)) {
            args.notApplicable("The stack has nothing that the rule speaks of.");
        }
        const config = configOf(args);
        const report = (reason: string, urn: string | undefined): void => {
            settings.report(rule, reason, urn ?? stack.urn, (message) => {
                reportViolation(message, urn);
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
            // Thrown after everything that is known has been judged; the SDK says that the rule could not be run.
            const { error } = undecided[0];
            for (const { member } of undecided) {
                settings.leaveOpen(rule, member?.urn);
            }
            const message = undecided
                .map((each) => undecidedLine(each.error.message, each.member?.urn))
                .join("\n");
            // One of the SDK's class, by which it tells such an error; another rule may meet the same one.
            throw Object.assign(Object.create(Object.getPrototypeOf(error) as object) as Error, error, {
                message,
            });
        }
    };
    skipOtherTypes(validate, types);
    return { ...describeRule(rule), validateStack: validate };
}

/** Lets the SDK pass over what the policy does not speak of before it unpacks anything. It takes one type alone. */
function skipOtherTypes(validate: { __pulumiType?: string }, types: readonly string[] | undefined): void {
    if (types?.length === 1 && types[0] !== undefined) {
        validate.__pulumiType = types[0];
    }
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

function configReader(
    rule: Rule,
    settings: PackSettings,
): (args: Pick<ResourceValidationArgs, "getConfig">) => Configuration {
    const defaults = defaultsOf(rule);
    return (args) => ({
        unknowns: settings.unknowns,
        ...settings.shared,
        ...defaults,
        ...args.getConfig<Partial<Configuration>>(),
    });
}
