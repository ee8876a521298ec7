import { type StackValidation, type StackValidationPolicy } from "@pulumi/policy";
import { type Given, ResourceJudge, type Say, StackJudge } from "./judges";
import {
    RESOURCE_RULES_POLICY,
    RUNS_RESOURCE_RULES,
    RUNS_STACK_RULES,
    saidBy,
    STACK_RULES_POLICY,
} from "./messages";
import { type GivenSettings, type PackSettings } from "./settings";
import { isUnknownError } from "./unknowns";

/** What such a policy is to do. */
interface Task {
    /** The rules to run, by their id, with what the configuration says of each. */
    readonly rules?: GivenRules;
    /** The settings of the pack. Left out: its policy `settings` is switched off. */
    readonly settings?: GivenSettings;
}

type GivenRules = Readonly<Record<string, Given>>;

const NO_RULES: GivenRules = {};

/**
 * Two policies that run rules together, in place of the policies of these rules. The policy SDK unpacks a resource for
 * each policy anew, and each stack for each policy about stacks, and packs of hundreds of rules spend most of their time
 * on it. Who runs a pack may switch the policies of its rules off, and have these two run them: over resources that it
 * hands over like a stack, each with what it is registered with, the rules that speak of its type; and over a stack. An
 * engine leaves both switched off; switched on without being told what to run, they run nothing.
 */
export class RulesTogether {
    readonly #settings: PackSettings;
    readonly #resourceJudges: readonly ResourceJudge[];
    readonly #stackJudges: readonly StackJudge[];

    constructor(judges: readonly (ResourceJudge | StackJudge)[], settings: PackSettings) {
        this.#settings = settings;
        this.#resourceJudges = judges.filter((judge) => judge instanceof ResourceJudge);
        this.#stackJudges = judges.filter((judge) => judge instanceof StackJudge);
    }

    /** Runs rules about resources. */
    ofResources(): StackValidationPolicy {
        return runner(RESOURCE_RULES_POLICY, "resources", RUNS_RESOURCE_RULES, (args, reportViolation) => {
            const { rules = NO_RULES, settings } = args.getConfig<Task>();
            const speaking = this.#speaking(rules);
            for (const resource of args.resources) {
                if (settings !== undefined) {
                    this.#settings.register(resource, () => settings);
                }
                const report: Say = (message, urn = resource.urn) => {
                    reportViolation(message, urn);
                };
                for (const [judge, given] of speaking(resource.type)) {
                    run(judge, report, (say) => {
                        judge.judge(resource, () => given, say);
                    });
                }
            }
        });
    }

    /** Runs rules about stacks. */
    ofStacks(): StackValidationPolicy {
        return runner(STACK_RULES_POLICY, "stacks", RUNS_STACK_RULES, (args, reportViolation) => {
            const { rules = NO_RULES } = args.getConfig<Task>();
            const view = this.#settings.atHand.view(args.resources);
            for (const judge of this.#stackJudges) {
                const given = rules[judge.rule.id];
                if (given !== undefined && judge.speaksOf(view)) {
                    run(judge, reportViolation, (say) => {
                        judge.judge(view.again(), given, say);
                    });
                }
            }
        });
    }

    /** The rules among these that speak of a type, found once for each type. */
    #speaking(rules: GivenRules): (type: string) => readonly (readonly [ResourceJudge, Given])[] {
        const run = this.#resourceJudges.flatMap((judge) => {
            const given = rules[judge.rule.id];
            return given === undefined ? [] : [[judge, given] as const];
        });
        const byType = new Map<string, typeof run>();
        return (type) => {
            let found = byType.get(type);
            if (found === undefined) {
                found = run.filter(([judge, given]) => judge.speaksOf(type, () => given));
                byType.set(type, found);
            }
            return found;
        };
    }
}

function runner(
    name: string,
    what: string,
    tag: string,
    validateStack: StackValidation,
): StackValidationPolicy {
    return {
        name,
        description: `Runs, in place of their own policies, the rules about ${what} that its configuration names.`,
        enforcementLevel: "disabled",
        tags: [tag],
        configSchema: {
            properties: {
                rules: {
                    type: "object",
                    description: "The rules to run, by their id, with the settings of each.",
                },
                settings: { type: "object", description: "The settings of the pack." },
            },
        },
        validateStack,
    };
}

/** Has one rule judge, and tells what comes of it as the rule's. */
function run({ rule: { id } }: ResourceJudge | StackJudge, report: Say, judge: (say: Say) => void): void {
    try {
        judge((message, urn) => {
            report(saidBy({ rule: id, message }), urn);
        });
    } catch (error) {
        if (!isUnknownError(error)) {
            throw new Error(
                `the rule ${id} fails: ${error instanceof Error ? error.message : String(error)}`,
                {
                    cause: error,
                },
            );
        }
        report(saidBy({ rule: id, message: error.message, undecided: true }));
    }
}
