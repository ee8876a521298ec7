/** The command `npm run cost` by itself, apart from the process that it runs in. */
import { isDeepStrictEqual } from "node:util";
import { type CostEstimate } from "../../policies/residency-and-cost/shared/cost/types";
import { progressLine } from "../preview/render/progress";
import { plural, printable } from "../preview/render/text";
import { type PreviewRequest } from "../preview/cli/main";
import { type PreviewDocument } from "../preview/types";
import { columnsOf, type OutputStream, redirected, writeAll } from "../shared/streams";
import { type CostCall, NO_USAGE, parseCost, USAGE, WrongCall } from "./args";
import { type BudgetCheck, checkBudgets } from "./budgets";
import { estimate } from "./estimate";
import { renderInfracost } from "./render/infracost";
import { renderCostMarkdown } from "./render/markdown";
import { usd } from "./render/money";
import { renderCost } from "./render/text";
import { checkStacks, configurationFor, loadProfile, type Profile, UsageError } from "./usageFile";

const EXIT = { fine: 0, failed: 1, wrongCall: 2 } as const;
const COLUMNS = 80;

/** The world around the command. */
export interface CostContext {
    readonly stdout: OutputStream;
    readonly stderr: OutputStream;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly now: () => Date;
    /** Name and stacks of the project in a folder; undefined for this one. */
    readonly project: (cwd: string | undefined) => {
        readonly name: string;
        readonly directory: string;
        readonly stacks: readonly string[];
    };
    /** Previews stacks, without policies. */
    readonly preview: (request: PreviewRequest) => Promise<PreviewDocument>;
}

/** Runs the command, and returns its exit status. */
export async function main(argv: readonly string[], context: CostContext): Promise<number> {
    try {
        const call = parseCost(argv);
        if (call === undefined) {
            await writeAll(context.stdout, USAGE);
            return EXIT.fine;
        }
        return await run(call, context);
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const wrong = error instanceof WrongCall || error instanceof UsageError;
        await writeAll(
            context.stderr,
            error instanceof WrongCall ? `${message}\n\n${USAGE}` : `error: ${message}\n`,
        );
        return wrong ? EXIT.wrongCall : EXIT.failed;
    }
}

async function run(call: CostCall, context: CostContext): Promise<number> {
    const profile = call.usage === NO_USAGE ? undefined : loadProfile(call.usage);
    const project = context.project(call.cwd);
    if (profile !== undefined) {
        checkStacks(profile, project.stacks);
    }
    const document = await previewed(call, profile, context);
    const result = estimate(document, profile?.usage, { today: context.now() });
    await writeAll(context.stdout, render(result, call, project.directory, context));
    const failed = Object.entries(document.stacks).filter(([, { error }]) => error !== undefined);
    for (const [name, { error }] of failed) {
        await writeAll(
            context.stderr,
            `error: ${printable(name)} is not estimated as a whole: ${error?.message ?? ""}\n`,
        );
    }
    const budgets = checkBudgets(document, result);
    await writeAll(context.stderr, budgets.map((each) => `${budgetLine(each, result)}\n`).join(""));
    return failed.length > 0 || budgets.some(({ exceeded }) => exceeded) ? EXIT.failed : EXIT.fine;
}

/** The stacks' preview, each with the configuration that the profile has for it. */
async function previewed(
    { cwd, stacks }: CostCall,
    profile: Profile | undefined,
    context: CostContext,
): Promise<PreviewDocument> {
    const project = context.project(cwd);
    const wanted = stacks.length === 0 ? project.stacks : stacks;
    const groups: { config: Record<string, string>; stacks: string[] }[] = [];
    for (const stack of wanted) {
        const config = profile === undefined ? {} : configurationFor(profile, project.name, stack);
        const group = groups.find((each) => isDeepStrictEqual(each.config, config));
        if (group === undefined) {
            groups.push({ config, stacks: [stack] });
        } else {
            group.stacks.push(stack);
        }
    }
    const progress = progressLine(context.stderr);
    const previews: PreviewDocument["stacks"][] = [];
    try {
        for (const group of groups) {
            const { stacks: found } = await redirected(context.stdout, context.stderr, () =>
                context.preview({
                    ...(cwd === undefined ? {} : { cwd }),
                    ...group,
                    primaryRegion: undefined,
                    policies: undefined,
                    plainSdk: false,
                    onProgress: ({ stack, resources }) => {
                        progress.update(`Previewing ${printable(stack)}: ${plural(resources, "resource")}`);
                    },
                }),
            );
            previews.push(found);
        }
    } finally {
        progress.clear();
    }
    const all = Object.assign({}, ...previews) as PreviewDocument["stacks"];
    const inOrder = wanted.flatMap((stack) => {
        const preview = all[stack];
        return preview === undefined ? [] : [[stack, preview] as const];
    });
    return { stacks: Object.fromEntries(inOrder), policies: [], cost: {} };
}

function render(
    result: CostEstimate,
    { format, lines }: CostCall,
    path: string,
    { stdout, env, now }: CostContext,
): string {
    switch (format) {
        case "json":
            return renderInfracost(result, { path, now: now() });
        case "markdown":
            return renderCostMarkdown(result);
        case "text": {
            return renderCost(result, { columns: columnsOf(stdout, env) ?? COLUMNS, lines });
        }
    }
}

function budgetLine(
    { name, stack, limit, stacks, estimated, exceeded }: BudgetCheck,
    result: CostEstimate,
): string {
    const unpriced = stacks.reduce((sum, each) => sum + (result.stacks[each]?.unpriced ?? 0), 0);
    const what = `the budget ${printable(name)} of ${printable(stack)} (${usd(limit)})`;
    const cost = `${stacks.map(printable).join(", ")} at ${usd(estimated)}`;
    const gaps =
        unpriced === 0
            ? ""
            : `, without ${plural(unpriced, "thing")} that ${unpriced === 1 ? "has" : "have"} no price`;
    return exceeded ? `error: above ${what}: ${cost}${gaps}` : `within ${what}: ${cost}${gaps}`;
}
