/**
 * Runs a bundled policy pack: `node startBundle.js <bundle> <engine> <folder>`. What V8 has compiled is kept beside the
 * bundle, which saves half of the time that a pack takes to start. Plain JavaScript, so that nothing translates it.
 */
"use strict";
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

const [bundle] = process.argv.splice(2, 1);
const compiled = `${bundle}.compiled`;

function read() {
    try {
        return fs.readFileSync(compiled);
    } catch {
        // Nobody has run the bundle to its end yet.
        return undefined;
    }
}

const cachedData = read();
const script = new vm.Script(Module.wrap(fs.readFileSync(bundle, "utf8")), { filename: bundle, cachedData });

// V8 refuses what another version of it, or one with other flags, has compiled.
if (cachedData === undefined || script.cachedDataRejected) {
    process.once("SIGTERM", () => {
        const draft = `${compiled}.${process.pid}`;
        // By now it holds the functions that were called, too. Where it cannot be kept, the next start is slower.
        try {
            fs.writeFileSync(draft, script.createCachedData());
            fs.renameSync(draft, compiled);
        } finally {
            process.exit();
        }
    });
}

const pack = new Module(bundle);
pack.filename = bundle;
pack.paths = Module._nodeModulePaths(path.dirname(bundle));
script.runInThisContext()(pack.exports, Module.createRequire(bundle), pack, bundle, path.dirname(bundle));
