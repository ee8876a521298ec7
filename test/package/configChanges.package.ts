/** The offline comparison beside what the real engine plans: `test/engine` holds the same table against the engine. */
import { expect } from "chai";
import path from "node:path";
import { type ChangeOp } from "../../tools/preview/against/changes";
import { compareDocuments } from "../../tools/preview/against/compare";
import { previewStacks } from "../../tools/preview/stacks";
import { type PreviewDocument } from "../../tools/preview/types";
import { changesOf, documented, NOT_GLOBAL, type StackKind } from "../support/engine/configChanges";

const PROJECT = path.join(__dirname, "../..");
const KINDS: Readonly<Record<string, StackKind>> = { "prod-us": "region", "prod-global": "global" };

/** What the table calls it; what is left at AWS the engine deletes from the state. */
const VERBS: Readonly<Partial<Record<ChangeOp, string>>> = {
    create: "makes",
    delete: "deletes",
    forget: "deletes",
    replace: "replaces",
    mayReplace: "may replace",
};

async function documentOf(
    stack: string,
    overrides: Readonly<Record<string, string>>,
): Promise<PreviewDocument> {
    const { document } = await previewStacks({
        projectDir: PROJECT,
        stacks: [stack],
        configOverrides: overrides,
    });
    return document;
}

describe("the comparison beside the engine's plan", () => {
    for (const [stack, kind] of Object.entries(KINDS)) {
        let before: PreviewDocument;

        it(`previews ${stack}`, async () => {
            before = await documentOf(stack, {});
            expect(before.stacks[stack]?.error).to.equal(undefined);
        });

        for (const group of [1, 2, 3, 5]) {
            it(`agrees on what becomes of ${stack} by the changes of group ${group}`, async () => {
                const changes = changesOf(group);
                const overrides = Object.fromEntries(
                    changes
                        .flatMap(({ after = {} }) => Object.entries(after))
                        .filter(([key]) => kind === "region" || !NOT_GLOBAL.includes(key)),
                );
                const [compared] = compareDocuments(before, await documentOf(stack, overrides)).stacks;
                expect(compared?.error).to.equal(undefined);
                const told = (compared?.resources ?? []).flatMap(({ op, type, name }) =>
                    VERBS[op] === undefined ? [] : [`${VERBS[op]} ${type} ${name}`],
                );
                // Components are nothing at AWS, and the comparison does not count them.
                const planned = documented(changes, kind).filter((line) => !/ meridian:/.test(line));
                expect(planned.length).to.be.above(0);
                expect(told.sort()).to.deep.equal([...planned].sort());
            });
        }
    }
});
