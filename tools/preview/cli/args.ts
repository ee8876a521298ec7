import { type Call, type Flag, readCall } from "../../shared/commandLine";
import { type PictureFiles } from "../picture/files";
import { type PolicyRequest } from "../policies/choice";

/** What the preview was asked for. */
export interface CliOptions {
    /** The folder of the project to preview; undefined for the one that this command is part of. */
    readonly cwd: string | undefined;
    /** Whether to preview all projects in `examples/`, one after the other. */
    readonly allExamples: boolean;
    /** The stacks to preview; empty for all. */
    readonly stacks: readonly string[];
    readonly format: "summary" | "tree" | "json" | "markdown";
    /** What to compare with: a git ref, or the file of an exported state; undefined to compare with nothing. */
    readonly against: string | undefined;
    /** Configuration that takes precedence over the stack files', `key` or `project:key` → value. */
    readonly config: Readonly<Record<string, string>>;
    /** Files with the outputs of stacks that are elsewhere, by the stacks' full names. */
    readonly stackOutputs: Readonly<Record<string, string>>;
    /** The region that writes, as the catalogue's key or as AWS's name. */
    readonly primaryRegion: string | undefined;
    /** The policy packs to run; undefined for none. */
    readonly policies: PolicyRequest | undefined;
    /** Whether to colour; undefined leaves it to the terminal. */
    readonly color: boolean | undefined;
    readonly verbose: boolean;
    /** Whether to leave Pulumi's SDK as it is, see `shortcuts.ts`. */
    readonly plainSdk: boolean;
    /** The files to draw into; left out for none. */
    readonly picture?: PictureFiles;
}

const FLAGS: Readonly<Record<string, Flag>> = {
    cwd: { type: "string", short: "C" },
    "all-examples": { type: "boolean" },
    tree: { type: "boolean", short: "t" },
    json: { type: "boolean", short: "j" },
    markdown: { type: "boolean" },
    html: { type: "string" },
    svg: { type: "string" },
    against: { type: "string" },
    config: { type: "string", short: "c", multiple: true },
    "stack-outputs": { type: "string", multiple: true },
    "primary-region": { type: "string" },
    "policy-pack": { type: "string", multiple: true },
    "policy-pack-config": { type: "string", multiple: true },
    "no-policies": { type: "boolean" },
    "plain-sdk": { type: "boolean" },
    color: { type: "boolean" },
    "no-color": { type: "boolean" },
    verbose: { type: "boolean", short: "v" },
};

const EXCLUSIVE = [
    ["cwd", "all-examples"],
    ["against", "all-examples"],
    ["tree", "json"],
    ["tree", "markdown"],
    ["json", "markdown"],
    ["color", "no-color"],
    ["policy-pack", "no-policies"],
    ["policy-pack-config", "no-policies"],
] as const;

const FORMATS = ["tree", "json", "markdown"] as const;

export const USAGE = `Usage: npm run preview -- [stack…] [flags]

Shows what pulumi up would make, without an account, a login or a network:
each stack's components and what is notable of them. Stacks are named as their
files are (prod-us for Pulumi.prod-us.yaml); without a name, all are previewed.

Flags:
  -C, --cwd dir                preview the Pulumi project in this folder, such
                               as examples/retail-store
      --all-examples           preview every project in examples/; with --json,
                               one document with each under "projects"
  -t, --tree                   print every resource and output of each stack
  -j, --json                   print one JSON document
      --markdown               print one pull-request comment
      --html file              write one page beside what is printed, which
                               draws the stacks and works without a network;
                               with --all-examples a folder, for a page each
      --svg file               write the drawing alone: of all stacks that
                               belong together, or of those that are named;
                               with --all-examples a folder
      --against ref            show what changes against this git ref, such as
                               main, or against the file of an exported state
                               (pulumi stack export --file)
  -c, --config key=value       put a configuration value before the stack
                               files'; may be repeated
      --stack-outputs stack=file
                               take the outputs of a stack elsewhere from what
                               pulumi stack output --json or pulumi stack export
                               wrote; may be repeated
      --primary-region region  let this region be the one that writes, such as
                               us or us-east-1
      --policy-pack dir        run this policy pack in place of the project's
                               own; may be repeated
      --policy-pack-config file
                               configure the packs, in the order in which they
                               are given
      --no-policies            run no policy packs
      --plain-sdk              replace nothing inside Pulumi's SDK, and ask
                               policies one by one as the engine does, which
                               takes longer: for a version that does not take it
      --color, --no-color      colour the text, or not; left out: the terminal
                               and NO_COLOR decide
  -v, --verbose                also print the stacks' configuration, and where
                               a program failed
  -h, --help                   print this

No line is wider than the terminal, or than COLUMNS where that is set. Without
a terminal the summary has 80 columns, and the tree shortens nothing.

Exit status: 0 when fine, 1 when a program failed or a mandatory policy is
violated, 2 for a wrong call or a wrong configuration of policies.
`;

/** What of {@link USAGE} is about this project alone, and how the command is called that previews any other. */
const OWN_LINES = /^ {6}--(?:all-examples|primary-region) .*\n(?: {31}.*\n)*/gm;

/** The usage of the command that previews any project. */
export const ANY_PROJECT_USAGE = USAGE.replace("npm run preview -- [stack…]", "meridian-preview [stack…]")
    .replace(OWN_LINES, "")
    .replaceAll(/;\n {31}with --all-examples a folder(?:, for a page each)?/g, "")
    .replace(
        "preview the Pulumi project in this folder, such\n                               as examples/retail-store",
        "preview the Pulumi project in this folder; left\n                               out: in the one where the command runs",
    );

/**
 * Reads the command line.
 *
 * @returns undefined where help is asked for.
 * @throws WrongCall with everything that is wrong with it.
 */
export function parseCli(argv: readonly string[]): CliOptions | undefined {
    const call = readCall(argv, { usage: USAGE, flags: FLAGS, words: "any", check: problemsOf });
    if (call === undefined) {
        return undefined;
    }
    const { flags, lists } = call;
    const { config = [], "policy-pack": packs = [], "policy-pack-config": configs = [] } = lists;
    const outputs = lists["stack-outputs"] ?? [];
    const primaryRegion = flags["primary-region"];
    return {
        cwd: typeof flags["cwd"] === "string" ? flags["cwd"] : undefined,
        allExamples: "all-examples" in flags,
        stacks: [...new Set(call.words)],
        format: FORMATS.find((format) => format in flags) ?? "summary",
        against: typeof flags["against"] === "string" ? flags["against"] : undefined,
        config: Object.fromEntries(config.map(keyAndValue)),
        stackOutputs: Object.fromEntries(outputs.map(keyAndValue)),
        primaryRegion: typeof primaryRegion === "string" ? primaryRegion : undefined,
        policies: "no-policies" in flags ? undefined : { packs, configs },
        color: "color" in flags ? true : "no-color" in flags ? false : undefined,
        verbose: "verbose" in flags,
        plainSdk: "plain-sdk" in flags,
        ...pictureOf(flags),
    };
}

function pictureOf({ html, svg }: Call["flags"]): Pick<CliOptions, "picture"> {
    const picture = {
        ...(typeof html === "string" ? { html } : {}),
        ...(typeof svg === "string" ? { svg } : {}),
    };
    return Object.keys(picture).length === 0 ? {} : { picture };
}

function problemsOf({ flags, lists, words }: Call): string[] {
    const given = { ...flags, ...lists };
    const { config = [], "policy-pack": packs = [], "policy-pack-config": configs = [] } = lists;
    return [
        ...config
            .filter((entry) => keyAndValue(entry)[0] === "")
            .map((entry) => `--config ${entry} must have the form key=value.`),
        ...(lists["stack-outputs"] ?? [])
            .filter((entry) => keyAndValue(entry).includes(""))
            .map((entry) => `--stack-outputs ${entry} must have the form stack=file.`),
        ...EXCLUSIVE.filter(([one, other]) => one in given && other in given).map(
            ([one, other]) => `--${one} and --${other} exclude each other.`,
        ),
        ...("all-examples" in flags && words.length > 0
            ? [
                  `--all-examples previews all stacks: leave out ${words.join(", ")}, or name a project by --cwd.`,
              ]
            : []),
        ...(configs.length > packs.length
            ? [
                  `There are ${configs.length} --policy-pack-config, and ${packs.length} --policy-pack to configure.`,
              ]
            : []),
    ];
}

/** Takes `key=value` apart. The key is empty where there is none. */
function keyAndValue(entry: string): [key: string, value: string] {
    const equals = entry.indexOf("=");
    return [entry.slice(0, Math.max(0, equals)), entry.slice(equals + 1)];
}
