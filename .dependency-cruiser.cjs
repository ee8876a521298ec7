// The direction of imports, stated here alone: `npm run lint:imports` holds it, types included.
//
//   index.ts → regions/ → components/ ← examples/          policies/ imports nothing of the others
//   tools/ may read all, and nothing imports tools/
//
//   within components/: shared/ ← security/ ← operations/ ← network/ ← data/, compute/, api/, identity/ ← edge/, delivery/
//   shared/ and security/ are open to every domain; of any other domain only its index.ts is.

const DOMAINS = "components/(network|operations|data|compute|edge|api|identity|messaging|delivery)";

/** What may not import what. */
const forbidden = [
    {
        name: "no-circles",
        comment: "Files that need each other are one thing: give what both need a file of its own.",
        severity: "error",
        from: {},
        to: { circular: true },
    },
    {
        name: "components-stand-alone",
        comment: "Components are used by other programs, without the shop's composition.",
        severity: "error",
        from: { path: "^components/" },
        to: { path: "^(index\\.ts|regions|examples|tools|policies|test)" },
    },
    {
        name: "regions-compose",
        comment: "The composition knows components, and nobody but index.ts and tools know it.",
        severity: "error",
        from: { path: "^regions/" },
        to: { path: "^(index\\.ts|examples|tools|policies|test)" },
    },
    {
        name: "examples-use-components",
        comment: "An example is a program of its own, made of the library.",
        severity: "error",
        from: { path: "^examples/" },
        to: { path: "^(index\\.ts|regions|tools|policies|test)" },
    },
    {
        name: "policies-leave-the-house",
        comment: "A security team may take the folder elsewhere.",
        severity: "error",
        from: { path: "^policies/" },
        to: { path: "^(index\\.ts|components|regions|functions|examples|tools|test)" },
    },
    {
        name: "functions-stand-alone",
        comment: "What runs in Lambda is bundled by itself.",
        severity: "error",
        from: { path: "^functions/" },
        to: { path: "^(index\\.ts|components|regions|examples|tools|policies|test)" },
    },
    {
        name: "tools-are-last",
        comment: "Tools may read all; nothing but tests and tools depends on them.",
        severity: "error",
        from: { pathNot: "^(tools|test)/" },
        to: { path: "^tools/" },
    },
    {
        name: "tests-are-for-tests",
        comment: "What runs does not depend on what tests it.",
        severity: "error",
        from: { pathNot: "^test/" },
        to: { path: "^test/" },
    },
    {
        name: "shared-knows-no-domain",
        comment: "What all use depends on nothing of what uses it.",
        severity: "error",
        from: { path: "^components/shared/" },
        to: { path: "^components/", pathNot: "^components/shared/" },
    },
    {
        name: "security-knows-no-domain",
        comment: "Keys, policy documents and buckets are below the domains that use them.",
        severity: "error",
        from: { path: "^components/security/" },
        to: { path: "^components/", pathNot: "^components/(shared|security)/" },
    },
    {
        name: "domains-by-their-door",
        comment: "Another domain is entered through its index.ts.",
        severity: "error",
        from: { path: `^${DOMAINS}/` },
        to: { path: `^${DOMAINS}/`, pathNot: ["^components/$1/", `^${DOMAINS}/index\\.ts$`] },
    },
    {
        name: "composition-by-the-door",
        comment: "The composition and the examples enter a domain through its index.ts, too.",
        severity: "error",
        from: { path: "^(regions|examples)/" },
        to: { path: `^${DOMAINS}/`, pathNot: [`^${DOMAINS}/index\\.ts$`] },
    },
];

module.exports = {
    forbidden,
    options: {
        doNotFollow: { path: "node_modules" },
        exclude: { path: "(^|/)(node_modules|dist|\\.cache)/|^test/package/programs/" },
        tsPreCompilationDeps: true,
        tsConfig: { fileName: "tsconfig.json" },
        enhancedResolveOptions: { extensions: [".ts", ".js", ".mjs", ".json"] },
    },
};
