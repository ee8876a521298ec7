/** The policies' part in one preview: started before the program, asked once each stack is known. */
import { SETTINGS_POLICY, WAIVERS_POLICY } from "../../../policies/framework/messages";
import { readWaivers, strayWaivers, today } from "../../../policies/framework/waivers";
import { type RunResult } from "../engine";
import { type PreviewDocument } from "../types";
import { type ChosenPack, type PolicyChoice, sharedConfig } from "./choice";
import { CrossStackRules } from "./crossStack";
import { type PackSummary, type PolicyFinding } from "./findings";
import { PolicyConfigError, PolicyConfigErrors } from "./errors";
import { bothJudgements } from "./judgements";
import { type GivenConfig } from "./packConfig";
import { type PackProcess } from "./packProcess";
import { withRemedies } from "./remedied";
import { type Judged, PolicyRunner } from "./runner";
import { NO_RULES } from "./together";

/** What a session works with. */
export interface SessionOptions {
    readonly project: string;
    readonly organization: string;
    /** The stacks that are shown, and so judged. */
    readonly stacks: readonly string[];
    /** All stacks of the project, those among them that are not shown too. */
    readonly allStacks: readonly string[];
    readonly choice: PolicyChoice;
    /** The processes of the chosen packs, in their order. */
    readonly processes: readonly PackProcess[];
}

/** Judges the stacks of a preview as they become known. */
export class PolicySession {
    readonly #options: SessionOptions;
    readonly #runner: PolicyRunner;
    readonly #checked: Promise<void>;
    readonly #runs = new Map<string, { run: RunResult; remedied: Promise<Judged> }>();

    constructor(options: SessionOptions) {
        const { choice, processes, project, organization, stacks } = options;
        this.#options = options;
        this.#runner = new PolicyRunner({
            project,
            organization,
            stacks,
            packs: choice.packs.flatMap(({ configFor }, index) => {
                const process = processes[index];
                return process === undefined ? [] : [{ process, configFor }];
            }),
        });
        this.#checked = this.#check();
        // Whoever finishes the session hears of it.
        this.#checked.catch(() => undefined);
    }

    /** Takes a stack's run. Returns when the packs have judged it, or cannot. */
    async add(run: RunResult): Promise<void> {
        const { stack } = run.preview;
        if (!this.#options.stacks.includes(stack)) {
            return;
        }
        const remedied = this.#checked.then(() => this.#runner.analyze(run));
        this.#runs.set(stack, { run, remedied });
        // Whoever finishes the session hears of it.
        await Promise.allSettled([remedied]);
    }

    /**
     * Waits for all judgements.
     *
     * @throws PolicyConfigErrors for wrong configuration, and PackError for a pack that fails.
     */
    async finish(document: PreviewDocument): Promise<PreviewDocument> {
        await this.#checked;
        const policies: PolicyFinding[] = [];
        const stacks = { ...document.stacks };
        const judged: Judged[] = [];
        for (const [name, preview] of Object.entries(document.stacks)) {
            const result = await this.#runs.get(name)?.remedied;
            if (result !== undefined) {
                policies.push(...result.findings);
                stacks[name] = withRemedies(preview, result.stack);
                judged.push(result);
            }
        }
        const enabled = await this.#runner.enabled();
        const policyPacks: PackSummary[] = (await this.#runner.info()).map(({ name, version }, index) => ({
            name,
            version,
            rules: enabled[index]?.filter((policy) => !NO_RULES.has(policy)).length ?? 0,
        }));
        policies.push(...(await this.#strayWaivers()));
        const { crossStack } = this.#options.choice;
        if (crossStack !== undefined) {
            const { findings, summary } = this.#judgeTogether(crossStack, judged);
            policies.push(...findings);
            policyPacks.push(summary);
        }
        return { ...document, stacks, policies, policyPacks };
    }

    /** Waivers that fit nothing in any of the stacks that their file serves, once all of those have been judged. */
    async #strayWaivers(): Promise<PolicyFinding[]> {
        const { allStacks, choice } = this.#options;
        const infos = await this.#runner.info();
        return infos.flatMap(({ name, policies }, index) => {
            const configFor = choice.packs[index]?.configFor;
            const policy = policies.find((each) => each.name === WAIVERS_POLICY);
            if (configFor === undefined || policy === undefined) {
                return [];
            }
            const files = new Set(allStacks.map(configFor).filter((file) => file !== undefined));
            return [...files].flatMap((file) => {
                const served = allStacks.filter((stack) => configFor(stack) === file);
                const runs = served.map((stack) => this.#runs.get(stack)?.run);
                const judged = runs.filter((run) => run !== undefined && run.preview.error === undefined);
                if (judged.length < served.length) {
                    return [];
                }
                const settings = this.#runner.config(file)?.policies[SETTINGS_POLICY];
                const given = (settings as { readonly waivers?: unknown } | undefined)?.waivers;
                const { waivers } = readWaivers(
                    given,
                    policies.map((each) => each.name),
                );
                const urns = judged.flatMap((run) => run?.states.map(({ urn }) => urn) ?? []);
                return strayWaivers(waivers, served, urns, today()).map((message): PolicyFinding => ({
                    status: "violation",
                    pack: name,
                    rule: WAIVERS_POLICY,
                    level: "mandatory",
                    description: policy.description,
                    message,
                    fix: policy.fix,
                    frameworks: [],
                }));
            });
        });
    }

    #judgeTogether(
        pack: ChosenPack,
        stacks: readonly Judged[],
    ): { findings: PolicyFinding[]; summary: PackSummary } {
        const rules = new CrossStackRules();
        const config = this.#crossStackConfig(pack);
        // Stacks without a complete preview would seem to lack what they have not come to.
        const complete = stacks.every(({ stack }) => stack.complete);
        return {
            findings: complete
                ? bothJudgements(
                      rules.judge(
                          stacks.map(({ stack }) => stack),
                          config,
                      ),
                      rules.judge(
                          stacks.map(({ assumed }) => assumed),
                          config,
                      ),
                  )
                : [],
            summary: rules.summary(config),
        };
    }

    #crossStackConfig(pack: ChosenPack): GivenConfig | undefined {
        return this.#runner.config(sharedConfig(pack, this.#options.stacks));
    }

    async #check(): Promise<void> {
        const problems: PolicyConfigError[] = [];
        const { crossStack } = this.#options.choice;
        await this.#runner.check().catch((error: unknown) => {
            if (!(error instanceof PolicyConfigErrors)) {
                throw error;
            }
            problems.push(...error.errors);
        });
        if (crossStack !== undefined) {
            try {
                new CrossStackRules().check(this.#crossStackConfig(crossStack));
            } catch (error) {
                if (!(error instanceof PolicyConfigError)) {
                    throw error;
                }
                problems.push(error);
            }
        }
        if (problems.length > 0) {
            throw new PolicyConfigErrors(problems);
        }
    }
}
