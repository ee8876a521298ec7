/** What the project's small commands have in common: `--help`, and an answer to a wrong call. */
import { parseArgs } from "node:util";
import { nearest } from "../../regions/nearest";

/** A flag of a command. */
export interface Flag {
    /** Whether a value follows it. */
    readonly type: "boolean" | "string";
    /** Its one letter. */
    readonly short?: string;
    /** Whether it may be given several times: then all its values are in {@link Call.lists}. */
    readonly multiple?: boolean;
}

/** How a command is called. */
export interface Command {
    /** What `--help` prints. */
    readonly usage: string;
    /** Its flags by name, `help` left out. */
    readonly flags?: Readonly<Record<string, Flag>>;
    /**
     * The words that it takes beside flags: a list of those allowed, or `any` for whatever the command itself
     * checks. None when left out.
     */
    readonly words?: readonly string[] | "any";
    /** Whether it hands on what follows `--`. */
    readonly rest?: boolean;
    /** What is wrong with a call beyond its flags one by one, such as two that exclude each other. */
    readonly check?: (call: Call) => readonly string[];
}

/** What a command was called with. */
export interface Call {
    readonly flags: Readonly<Record<string, string | true>>;
    /** The values of flags that may be given several times. */
    readonly lists: Readonly<Record<string, readonly string[]>>;
    readonly words: readonly string[];
    /** What follows `--`, for commands that hand it on. */
    readonly rest: readonly string[];
}

/** A wrong call: its message goes to standard error with the usage, and the exit status is 2. */
export class WrongCall extends Error {
    override readonly name = "WrongCall";
}

/** Says that there is no such flag, and which one is nearest. */
export function unknownFlag(given: string, names: readonly string[]): string {
    return unknown(
        "flag",
        given,
        names.map((name) => `--${name}`),
    ).text;
}

/**
 * Reads a call.
 *
 * @returns undefined where help is asked for.
 * @throws {@link WrongCall} with everything that is wrong with it.
 */
export function readCall(argv: readonly string[], command: Command): Call | undefined {
    const flags: Readonly<Record<string, Flag>> = {
        help: { type: "boolean", short: "h" },
        ...command.flags,
    };
    const end = command.rest === true ? argv.indexOf("--") : -1;
    const own = end < 0 ? argv : argv.slice(0, end);
    const { tokens } = parseArgs({
        args: [...own],
        options: flags,
        strict: false,
        allowPositionals: true,
        tokens: true,
    });
    const problems: string[] = [];
    const given: Record<string, string | true> = {};
    const lists: Record<string, string[]> = {};
    const words: string[] = [];
    for (const token of tokens) {
        if (token.kind === "positional") {
            words.push(token.value);
        } else if (token.kind === "option") {
            const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
            const { value, inlineValue } = token;
            if (flag === undefined) {
                problems.push(unknownFlag(token.rawName, Object.keys(flags)));
            } else if (flag.type === "boolean") {
                if (value === undefined) {
                    given[token.name] = true;
                } else {
                    problems.push(`${token.rawName} takes no value.`);
                }
            } else if (value === undefined || value === "" || (value.startsWith("-") && !inlineValue)) {
                problems.push(`${token.rawName} needs a value.`);
            } else if (flag.multiple === true) {
                (lists[token.name] ??= []).push(value);
            } else {
                given[token.name] = value;
            }
        }
    }
    const call: Call = { flags: given, lists, words, rest: end < 0 ? [] : argv.slice(end + 1) };
    problems.push(...wrongWords(words, command), ...(command.check?.(call) ?? []));
    if (problems.length > 0) {
        throw new WrongCall(problems.join("\n"));
    }
    return given["help"] === true ? undefined : call;
}

function wrongWords(words: readonly string[], command: Command): string[] {
    const allowed = command.words ?? [];
    if (allowed === "any") {
        return [];
    }
    return words
        .filter((word) => !allowed.includes(word))
        .map((word) => {
            if (allowed.length === 0) {
                return `There is nothing to do with ${word}.`;
            }
            const { text, near } = unknown("word", word, allowed);
            return near ? text : `There is no word ${word}; allowed: ${allowed.join(", ")}.`;
        });
}

function unknown(
    what: string,
    given: string,
    candidates: readonly string[],
): { text: string; near: boolean } {
    const near = nearest(given, candidates);
    return {
        text: `There is no ${what} ${given}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
        near: near !== undefined,
    };
}

/**
 * Runs a command on this process's own arguments and sets the exit status: what `run` answers, 0 for `--help`, 2 for a
 * wrong call, 1 for an error, which is told in one line.
 */
export async function runCommand(
    command: Command,
    run: (call: Call) => Promise<number> | number,
): Promise<void> {
    try {
        const call = readCall(process.argv.slice(2), command);
        if (call === undefined) {
            process.stdout.write(command.usage);
            return;
        }
        process.exitCode = await run(call);
    } catch (error) {
        if (error instanceof WrongCall) {
            process.stderr.write(`${error.message}\n\n${command.usage}`);
            process.exitCode = 2;
            return;
        }
        process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
    }
}
