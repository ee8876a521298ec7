import { expect } from "chai";
import { shellcheck } from "../support/shellcheck";

const script = (...lines: string[]): string => ["#!/bin/bash", "set -euo pipefail", ...lines, ""].join("\n");

describe("the shell linter", () => {
    it("finds nothing in a sound script", () => {
        expect(
            shellcheck(script('for file in "$@"; do', '    printf "%s\\n" "$file"', "done")),
        ).to.deep.equal([]);
    });

    it("names line, severity and code of each finding, in order", () => {
        expect(shellcheck(script("unused=1", "ls -l $1"))).to.deep.equal([
            "3:1: warning: unused appears unused. Verify use (or export if used externally). [SC2034]",
            "4:7: info: Double quote to prevent globbing and word splitting. [SC2086]",
        ]);
    });

    it("reports a script that does not parse", () => {
        expect(shellcheck(script("if true; then")).join("\n")).to.contain("[SC1073]");
    });
});
