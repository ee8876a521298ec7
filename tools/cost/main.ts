/** The command `npm run cost` by itself, apart from the process that it runs in. */
import { type CostEstimate } from "../../policies/residency-and-cost/shared/cost/types";
import { plural, printable } from "../preview/render/text";
import { type PreviewRequest } from "../preview/cli/main";
import { type PreviewDocument } from "../preview/types";
import { WrongCall } from "../shared/commandLine";
import { columnsOf, type OutputStream, writeAll } from "../shared/streams";
import { type CostCall, NO_USAGE, parseCost, USAGE } from "./args";
import { type BudgetCheck, checkBudgets } from "./budgets";
import { estimate } from "./estimate";
import { renderInfracost } from "./render/infracost";
import { renderCostMarkdown } from "./render/markdown";
import { priced, usd } from "./render/money";
import { renderCost } from "./render/text";
import { previewed, type ProjectOfStacks } from "./previewed";
import { checkStacks, loadProfile, UsageError } from "./usageFile";

const EXIT = { fine: 0, failed: 1, wrongCall: 2 } as const;
const COLUMNS = 80;

/** The world around the command. */
export interface CostContext {
    readonly stdout: OutputStream;
    readonly stderr: OutputStream;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly now: () => Date;
    /** The project in a folder; undefined for this one. */
    readonly project: (cwd: string | undefined) => ProjectOfStacks & { readonly directory: string };
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
    const document = await previewed(call, profile, context, project);
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
        case "text":
            return renderCost(result, { columns: columnsOf(stdout, env) ?? COLUMNS, lines });
    }
}

function budgetLine(
    { name, stack, limit, stacks, estimated, exceeded }: BudgetCheck,
    result: CostEstimate,
): string {
    const unpriced = stacks.reduce((sum, each) => sum + (result.stacks[each]?.unpriced ?? 0), 0);
    const what = `the budget ${printable(name)} of ${printable(stack)} (${usd(limit)})`;
    const cost = `${stacks.map(printable).join(", ")} at ${priced(estimated, unpriced)}`;
    const gaps =
        unpriced === 0
            ? ""
            : `, without ${plural(unpriced, "thing")} that ${unpriced === 1 ? "has" : "have"} no price`;
    return exceeded ? `error: above ${what}: ${cost}${gaps}` : `within ${what}: ${cost}${gaps}`;
}
