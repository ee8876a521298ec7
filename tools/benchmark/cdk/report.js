/** Loaded into every process of a measured command: writes down, as a line, the most memory that the process had. */
"use strict";
const { appendFileSync } = require("node:fs");

process.on("exit", () => {
    appendFileSync(process.env.MERIDIAN_BENCHMARK_MEMORY, `${process.resourceUsage().maxRSS * 1024}\n`);
});
