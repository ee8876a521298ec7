import { resourceRule, text } from "../../framework";
import { matchesAny } from "../../framework/patterns";

interface Config {
    readonly unsupported: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "lambda-runtime",
    severity: "medium",
    description: "Functions run on runtimes that AWS still mends.",
    fix: "Set runtime to a version that AWS supports, such as nodejs24.x or python3.13.",
    frameworks: { controls: ["99"], securityHub: ["Lambda.2"], checkov: ["CKV_AWS_363"] },
    types: ["aws:lambda/function:Function"],
    config: {
        unsupported: {
            type: "array",
            items: { type: "string" },
            default: [
                "dotnetcore*",
                "dotnet5.0",
                "dotnet6",
                "dotnet7",
                "dotnet8",
                "go1.x",
                "java8",
                "nodejs",
                "nodejs4*",
                "nodejs6.10",
                "nodejs8.10",
                "nodejs10.x",
                "nodejs12.x",
                "nodejs14.x",
                "nodejs16.x",
                "nodejs18.x",
                "nodejs20.x",
                "provided",
                "provided.al2",
                "python2.7",
                "python3.6",
                "python3.7",
                "python3.8",
                "python3.9",
                "python3.10",
                "ruby2.*",
                "ruby3.2",
            ],
            description:
                "Runtimes, as patterns, that AWS has deprecated (AWS Lambda: Runtime deprecation policy).",
        },
    },
    check: ({ props }, report, { unsupported }) => {
        // Functions from images have none.
        const runtime = text(props.runtime);
        if (runtime !== undefined && matchesAny(unsupported, runtime)) {
            report(`runs on a deprecated runtime: runtime is ${JSON.stringify(runtime)}.`);
        }
    },
});
