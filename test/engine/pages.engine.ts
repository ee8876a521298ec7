/** The programs of the README and of the pages on the real engine, each as it stands, with nothing there before it. */
import { expect } from "chai";
import { type CodeBlock, documentedBlocks } from "../support/docs/blocks";
import { runBlock } from "../support/docs/programs";
import { complaints, EngineWorkspace, outcomeOf } from "../support/engine/workspace";

/** A block that makes something by itself, where others show how something would be made. */
function isProgram({ text }: CodeBlock): boolean {
    return text.includes('from "meridian"') && !/^export function /m.test(text);
}

/** The stacks that another page's program reads, by what they give it. */
const READ: Readonly<Record<string, string>> = { source: "prod-us", member: "prod-eu" };

function stackNameOf({ page, line, text }: CodeBlock): string {
    const [, given = ""] = /^export const (\w+) = database\./m.exec(text) ?? [];
    return READ[given] ?? `${page.replaceAll(/\W/g, "-")}-${line}`;
}

describe("on the real engine, the program", () => {
    let workspace: EngineWorkspace;

    before(async () => {
        workspace = await EngineWorkspace.open();
    });
    after(() => {
        workspace.close();
    });

    const programs = documentedBlocks("ts", "typescript").filter(isProgram);

    for (const block of programs) {
        const name = stackNameOf(block);
        const isRead = Object.values(READ).includes(name);
        it(`of ${block.page}, line ${block.line}, ${isRead ? "goes up" : "is previewed"}`, async () => {
            const stack = await workspace.program(name, () => runBlock(block));
            const outcome = await outcomeOf((onEvent) =>
                isRead ? stack.up({ onEvent }) : stack.preview({ onEvent }),
            );
            expect(complaints(outcome)).to.equal("");
            // The stack, a provider, a component and two children at least.
            expect(outcome.changes["create"]).to.be.greaterThan(4);
        });
    }

    it("of AuroraReplication's page comes after those that it reads", () => {
        const names = programs.map(stackNameOf);
        const reader = programs.findIndex(({ page }) => page.endsWith("auroraReplication.md"));
        for (const read of Object.values(READ)) {
            expect(names.slice(0, reader)).to.include(read);
        }
    });
});
