import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { describeError } from "../../../../tools/preview/failures";

const WAY_OUT =
    "Nothing here reads TypeScript in ES modules. Pulumi's own runner needs ts-node 10 or newer and typescript among " +
    "the project's packages for it; or install tsx there, and set `nodeargs: --import tsx` below runtime.options in " +
    "Pulumi.yaml";

/** Node's own error for a module that it imports without anything that reads TypeScript. */
function nodesError(file: string): Error {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-unreadable-"));
    try {
        fs.writeFileSync(path.join(folder, "package.json"), '{"type":"module"}');
        fs.writeFileSync(path.join(folder, file), "export const one: number = 1;\n");
        const script = `import(${JSON.stringify(path.join(folder, file))}).catch(({ code, message }) => {
            console.log(JSON.stringify({ code, message }));
        })`;
        const { stdout } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
        const { code, message } = JSON.parse(stdout) as { code: string; message: string };
        return Object.assign(new TypeError(message), { code });
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
}

describe("a program in TypeScript that nothing reads", () => {
    it("is told with what it needs", () => {
        // Newer Nodes read the ending .ts by themselves, and none reads this one.
        const { message, stack } = describeError(nodesError("index.tsx"));
        expect(message).to.match(/^Unknown file extension "\.tsx" for .*index\.tsx\. /);
        expect(message).to.satisfy((text: string) => text.endsWith(WAY_OUT));
        expect(stack).to.equal(undefined);
    });

    it("is told with the same where Node only strips types", () => {
        const code = "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX";
        const error = new SyntaxError("TypeScript enum is not supported in strip-only mode");
        expect(describeError(Object.assign(error, { code })).message).to.equal(
            `${error.message}. ${WAY_OUT}`,
        );
    });

    it("is nothing that the import of another kind of file is told with", () => {
        expect(describeError(nodesError("page.css")).message).to.match(
            /^Unknown file extension "\.css" for \S+$/,
        );
    });
});
