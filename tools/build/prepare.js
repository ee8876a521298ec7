// What npm runs after `npm install` in a checkout: Pulumi's engine for the checkout of a package that it is given, npm
// itself for a dependency on this repository, and before packing. Plain JavaScript, because it decides whether to build.
const { execFileSync } = require("node:child_process");
const path = require("node:path");

// `npm ci` is for working on the repository, where everything runs from source and nobody waits for a build.
if (process.env.npm_command !== "ci") {
    execFileSync(process.execPath, ["--require=tsx/cjs", path.join(__dirname, "index.ts")], {
        cwd: path.join(__dirname, "../.."),
        stdio: "inherit",
    });
}
