import tseslint from "typescript-eslint";
import mocha from "eslint-plugin-mocha";

export default tseslint.config(
    {
        ignores: [
            "dist",
            "node_modules",
            ".cache",
            ".meridian",
            "**/*.js",
            "**/*.cjs",
            "**/*.mjs",
            "**/*.sh",
            // Programs of others, which have the compiler settings and packages of their own.
            "test/package/programs",
        ],
    },
    ...tseslint.configs.strictTypeChecked,
    {
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "@typescript-eslint/no-explicit-any": "error",
            "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
            "@typescript-eslint/restrict-template-expressions": [
                "error",
                { allowNumber: true, allowBoolean: true },
            ],
            // Pulumi registers a resource by constructing it, often for that effect alone.
            "no-new": "off",
            "@typescript-eslint/no-extraneous-class": "off",
            "@typescript-eslint/no-unnecessary-condition": "error",
            eqeqeq: "error",
            // Leaving a property out of an object is done by naming it.
            "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
        },
    },
    {
        files: ["test/**/*.ts", "policies/**/test/**/*.ts", "functions/**/*.test.ts"],
        plugins: { mocha },
        rules: {
            "mocha/no-exclusive-tests": "error",
            "mocha/no-pending-tests": "error",
            "mocha/no-identical-title": "error",
            // chai states expectations as properties.
            "@typescript-eslint/no-unused-expressions": "off",
            "@typescript-eslint/no-non-null-assertion": "off",
        },
    },
);
