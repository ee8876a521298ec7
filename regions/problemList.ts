/** The message that lists what is wrong with a stack's configuration. */
export function listOfProblems(stack: string, problems: readonly { readonly text: string }[]): string {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const list = problems.map(({ text }) => `  - ${text}`).join("\n");
    return `The configuration of stack ${stack} has ${count}:\n${list}`;
}
