// Plain JavaScript on purpose: the engine compiles an index.ts with a ts-node and a configuration of its own, and
// type-checks it at every start. From here on, TypeScript is read as it is, with no build step.
require("tsx/cjs");
require("./pack.ts");
