/** The command line of `npm run up`, `npm run destroy` and `npm run preview:live`. */
import { parseArgs } from "node:util";
import { unknownFlag } from "../shared/commandLine";
import { UsageError } from "./errors";
import { type Verb } from "./graph";

/** What was asked for. */
export interface DeployOptions {
    readonly verb: Verb;
    readonly environment: string;
    /** Names or keys of stacks; empty for all. */
    readonly stacks: readonly string[];
    readonly yes: boolean;
    /** Most stacks at a time. */
    readonly parallel: number;
    readonly fromStart: boolean;
    readonly dryRun: boolean;
    /** Whether stacks that the backend does not have are made. */
    readonly init: boolean;
    readonly organization: string | undefined;
    /** The folder of `Pulumi.yaml`; undefined for this project's. */
    readonly projectDir: string | undefined;
    readonly help: boolean;
}

const FLAGS = {
    environment: { type: "string", short: "e" },
    yes: { type: "boolean", short: "y" },
    parallel: { type: "string", short: "p" },
    "from-start": { type: "boolean" },
    "dry-run": { type: "boolean" },
    init: { type: "boolean" },
    organization: { type: "string" },
    project: { type: "string" },
    help: { type: "boolean", short: "h" },
} as const;

const VERBS: Readonly<Record<string, Verb>> = { up: "up", destroy: "destroy", preview: "preview" };

/** Stacks at a time, where nothing else is said. */
const PARALLEL = 4;

/** How to call it. */
export const USAGE = `Usage: npm run up -- [stack…] [flags]
       npm run destroy -- [stack…] [flags]
       npm run preview:live -- [stack…] [flags]

Updates, destroys or previews the stacks of an environment in the order of what reads what: the regions
side by side, and the global stack after them (when destroying, before them). Stacks are named by their
name or key, such as prod-us or us; without a name, all of the environment's are meant. An interrupted or
failed run goes on where it stopped when it is called again.

Flags:
  -e, --environment name  the first part of the stacks' names (prod)
  -y, --yes               do not ask before beginning
  -p, --parallel n        most stacks at a time (${PARALLEL})
      --from-start        do not go on with an unfinished run, begin anew
      --dry-run           print the plan, ask neither Pulumi nor AWS, change nothing
      --init              make the stacks that the backend does not have yet (up and preview)
      --organization name the organization of the stacks, where it is not the backend's default
      --project folder    the folder of Pulumi.yaml, where it is not this one
  -h, --help              print this

Exit status: 0 when all is done, 1 when something failed, was refused or was stopped, 2 for a wrong call.
`;

/**
 * Reads the command line; its first word is the verb.
 *
 * @throws {@link UsageError} with everything that is wrong with it.
 */
export function parseDeploy(argv: readonly string[]): DeployOptions {
    const [word = "", ...rest] = argv;
    const verb = VERBS[word];
    if (verb === undefined) {
        throw new UsageError(
            `The first word is ${JSON.stringify(word)}; allowed: ${Object.keys(VERBS).join(", ")}.`,
        );
    }
    const { tokens } = parseArgs({
        args: rest,
        options: FLAGS,
        strict: false,
        allowPositionals: true,
        tokens: true,
    });
    const problems: string[] = [];
    const stacks: string[] = [];
    const given = new Map<string, string | undefined>();
    for (const token of tokens) {
        if (token.kind === "positional") {
            stacks.push(token.value);
        } else if (token.kind === "option") {
            if (!isFlag(token.name)) {
                problems.push(unknownFlag(token.rawName, Object.keys(FLAGS)));
            } else if (FLAGS[token.name].type === "string" && (token.value ?? "") === "") {
                problems.push(`--${token.name} needs a value.`);
            } else if (FLAGS[token.name].type === "boolean" && token.value !== undefined) {
                problems.push(`--${token.name} takes no value.`);
            } else {
                given.set(token.name, token.value);
            }
        }
    }
    const parallel = Number(given.get("parallel") ?? PARALLEL);
    if (!Number.isInteger(parallel) || parallel < 1) {
        problems.push(`--parallel is ${given.get("parallel") ?? ""}; allowed: a whole number, 1 or more.`);
    }
    if (verb === "destroy" && given.has("init")) {
        problems.push("--init makes stacks, and destroy has none to make.");
    }
    if (problems.length > 0) {
        throw new UsageError(problems.join("\n"));
    }
    return {
        verb,
        environment: given.get("environment") ?? "prod",
        stacks: [...new Set(stacks)],
        yes: given.has("yes"),
        parallel,
        fromStart: given.has("from-start"),
        dryRun: given.has("dry-run"),
        init: given.has("init"),
        organization: given.get("organization"),
        projectDir: given.get("project"),
        help: given.has("help"),
    };
}

function isFlag(name: string): name is keyof typeof FLAGS {
    return Object.hasOwn(FLAGS, name);
}
