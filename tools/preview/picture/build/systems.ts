/** Which stacks belong together: those of one account, and those that read them. */
import { textOf } from "../../render/inputs";
import { stacksOf } from "../../render/plan";
import { type PreviewDocument, type StackPreview } from "../../types";

/** The stacks of each system, in the document's order. */
export function systemsOf(document: PreviewDocument): string[][] {
    const stacks = stacksOf(document);
    const leader = new Map(stacks.map(([stack]) => [stack, stack]));
    const leaderOf = (stack: string): string => {
        const next = leader.get(stack) ?? stack;
        return next === stack ? stack : leaderOf(next);
    };
    const join = (one: string, other: string): void => {
        leader.set(leaderOf(one), leaderOf(other));
    };
    const byAccount = new Map<string, string>();
    for (const [stack, preview] of stacks) {
        const account = accountOf(preview);
        const known = account === undefined ? undefined : byAccount.get(account);
        if (known !== undefined) {
            join(stack, known);
        } else if (account !== undefined) {
            byAccount.set(account, stack);
        }
        for (const { newState } of preview.steps) {
            const read =
                newState.type === "pulumi:pulumi:StackReference"
                    ? textOf(newState.inputs["name"])?.split("/").at(-1)
                    : undefined;
            if (read !== undefined && leader.has(read)) {
                join(stack, read);
            }
        }
    }
    const together = new Map<string, string[]>();
    for (const [stack] of stacks) {
        together.set(leaderOf(stack), [...(together.get(leaderOf(stack)) ?? []), stack]);
    }
    return [...together.values()].sort((one, other) => other.length - one.length);
}

/** The account that most ARNs of a stack name. */
function accountOf({ steps }: StackPreview): string | undefined {
    const counts = new Map<string, number>();
    for (const { newState } of steps) {
        const account = textOf(newState.outputs["arn"])?.split(":")[4];
        if (account !== undefined && /^\d{12}$/.test(account)) {
            counts.set(account, (counts.get(account) ?? 0) + 1);
        }
    }
    return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
