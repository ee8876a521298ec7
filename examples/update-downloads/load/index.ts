/**
 * Prints what a release costs before and after, from the lifetimes of a stack:
 * `node --require=tsx/cjs examples/update-downloads/load/index.ts [stack]`.
 */
import { lifetimesOf } from "./lifetimes";
import { LOAD_HEADS, loadTable } from "./table";

const [, , stack = "prod"] = process.argv;
const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
console.log(
    [
        LOAD_HEADS,
        LOAD_HEADS.map((_, index) => (index === 0 ? "---" : "---:")),
        ...loadTable(lifetimesOf(stack)),
    ]
        .map(line)
        .join("\n"),
);
