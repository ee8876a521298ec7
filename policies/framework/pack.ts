import {
    type Policies,
    type ResourceValidationArgs,
    type ResourceValidationPolicy,
    type StackValidation,
    type StackValidationPolicy,
} from "@pulumi/policy";
import { hearConfiguration } from "./configured";
import { type Given, judgeOf, ResourceJudge, type StackJudge } from "./judges";
import { describeRule } from "./metadata";
import { withAssets } from "./remedies";
import { type Rule } from "./rule";
import { PackSettings, type SharedSettings } from "./settings";
import { StackAtHand } from "./stackView";
import { RulesTogether } from "./together";
import { unpackOnce } from "./unpackOnce";

/**
 * Turns rules into the policies of a CrossGuard pack, and adds five: `settings`, which holds the pack's waivers and
 * its choice about unknown values, first; two that run rules together, see `RulesTogether`; `waived-violations`, which
 * lists what waivers cover, and `waivers-in-order`, which reports malformed, expired and unused ones, last.
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
    hearConfiguration();
    const settings = new PackSettings(
        rules.map((rule) => rule.id),
        atHand,
        shared,
    );
    const judges = rules.map((rule) => judgeOf(rule, settings));
    const together = new RulesTogether(judges, settings);
    return [
        settings.holder(),
        ...judges.map((judge) =>
            judge instanceof ResourceJudge ? resourcePolicy(judge) : stackPolicy(judge, atHand),
        ),
        together.ofResources(),
        together.ofStacks(),
        settings.lister(),
        settings.auditor(),
    ];
}

function resourcePolicy(judge: ResourceJudge): ResourceValidationPolicy {
    const { remediate } = judge.rule;
    return {
        ...describeRule(judge.rule),
        // What is thrown about an unknown value tells the SDK to say that the policy could not be run.
        validateResource: (args, reportViolation) => {
            judge.judge(args, () => args.getConfig<Given>(), reportViolation);
        },
        ...(remediate === undefined
            ? {}
            : {
                  remediateResource: (args: ResourceValidationArgs) => {
                      const config = judge.configFor(args, () => args.getConfig<Given>());
                      return config === undefined ? undefined : withAssets(remediate(args, config));
                  },
              }),
    };
}

function stackPolicy(judge: StackJudge, atHand: StackAtHand): StackValidationPolicy {
    const validate: StackValidation & { __pulumiType?: string } = (args, reportViolation) => {
        const stack = atHand.view(args.resources);
        if (!judge.speaksOf(stack)) {
            args.notApplicable("The stack has nothing that the rule speaks of.");
        }
        judge.judge(stack, args.getConfig<Given>(), reportViolation);
    };
    skipOtherTypes(validate, judge.rule.types);
    return { ...describeRule(judge.rule), validateStack: validate };
}

/** Lets the SDK pass over what the policy does not speak of before it unpacks anything. It takes one type alone. */
function skipOtherTypes(validate: { __pulumiType?: string }, types: readonly string[] | undefined): void {
    if (types?.length === 1 && types[0] !== undefined) {
        validate.__pulumiType = types[0];
    }
}
