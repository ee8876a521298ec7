/**
 * A stand-in for the `pulumi` command line: a shell script in a temporary folder that goes on the path. It answers
 * the calls that the Automation API makes, from a folder per stack with a file per answer, and notes them.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** What the stand-in knows of a stack, and what it does. */
export interface StandInStack {
    readonly outputs?: Readonly<Record<string, unknown>>;
    /** Names of the outputs that it masks unless told to show secrets. */
    readonly secrets?: readonly string[];
    readonly resources?: readonly Readonly<Record<string, unknown>>[];
    /** What its state says was begun and not ended. */
    readonly pending?: readonly Readonly<Record<string, unknown>>[];
    /** What an operation prints to standard error before it fails. */
    readonly failure?: string;
    /** What an operation prints beside. */
    readonly says?: string;
    /** Whether an operation runs until it gets SIGINT. */
    readonly hangs?: boolean;
    readonly changes?: Readonly<Record<string, number>>;
}

/** A call that the stand-in answered. */
export interface StandInCall {
    readonly args: readonly string[];
    readonly cwd: string;
    readonly pid: number;
}

// Newer ones stream their events through gRPC instead of a file.
const VERSION = "v3.205.0";

/** Between the words of a call that is noted. */
const SEPARATOR = "\u001f";

const EMPTY_STATE = JSON.stringify({ version: 3, deployment: { resources: [] } });

// A shell's: it is called twenty times for an update of three stacks, and Node.js would take longer to start than the
// rest takes.
const SCRIPT = `#!/bin/sh
folder=\${0%/*}
call="$$${SEPARATOR}$(pwd -P)"
stack=$3 shown= log= before=
for word do
    call="$call${SEPARATOR}$word"
    case $before in
        --stack) stack=$word ;;
        --event-log) log=$word ;;
    esac
    [ "$word" = --show-secrets ] && shown=1
    before=$word
done
printf '%s\\n' "$call" >> "$folder/calls"
name=\${stack##*/}
files=$folder/stacks/$name
fail() {
    printf '%s\\n' "$1" >&2
    exit 255
}
answer() {
    [ -d "$files" ] || fail "error: no stack named '$name' found"
    [ -z "$1" ] || cat "$files/$1"
}
empty() {
    mkdir -p "$files"
    echo '{}' > "$files/outputs"
    echo '{}' > "$files/masked"
    echo '${EMPTY_STATE}' > "$files/state"
}
verb=$1
case "$verb $2" in
    version*) echo ${VERSION} ;;
    "stack select") answer ;;
    "stack init") empty ;;
    "stack output") if [ "$shown" ]; then answer outputs; else answer masked; fi ;;
    "stack export") answer state ;;
    "stack history") answer history ;;
    "up "* | "preview "* | "destroy "*)
        answer
        echo "$verb of $name begins"
        [ -f "$files/says" ] && cat "$files/says"
        if [ -f "$files/hangs" ]; then
            trap 'fail "error: $verb canceled"' INT
            while :; do
                sleep 1 > /dev/null 2>&1 &
                wait $!
            done
        fi
        [ -f "$files/failure" ] && fail "$(cat "$files/failure")"
        if [ "$log" ]; then
            cat "$files/event" >> "$log"
            # The Automation API looks at the file from time to time.
            sleep 0.6
        fi
        [ "$verb" = destroy ] && empty
        exit 0
        ;;
    *) fail "error: the stand-in does not know: $*" ;;
esac
`;

/** A `pulumi` on a path of its own. */
export class PulumiStandIn {
    /** Goes in front of the path. */
    readonly folder: string;

    constructor(stacks: Readonly<Record<string, StandInStack>>) {
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-pulumi-"));
        fs.writeFileSync(path.join(this.folder, "pulumi"), SCRIPT, { mode: 0o755 });
        for (const [name, stack] of Object.entries(stacks)) {
            this.set(name, stack);
        }
    }

    /** Changes a stack. */
    set(name: string, stack: StandInStack): void {
        const {
            changes = { same: 1 },
            failure,
            hangs = false,
            outputs = {},
            pending,
            resources = [],
            says,
            secrets = [],
        } = stack;
        const folder = path.join(this.folder, "stacks", name);
        fs.rmSync(folder, { recursive: true, force: true });
        fs.mkdirSync(folder, { recursive: true });
        const answers: Readonly<Record<string, unknown>> = {
            outputs,
            masked: Object.fromEntries(
                Object.entries(outputs).map(([key, value]) => [
                    key,
                    secrets.includes(key) ? "[secret]" : value,
                ]),
            ),
            state: {
                version: 3,
                deployment: {
                    resources,
                    ...(pending === undefined ? {} : { pending_operations: pending }),
                },
            },
            history: [{ kind: "update", result: "succeeded", resourceChanges: changes }],
            event: { summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: changes } },
            ...(hangs ? { hangs } : {}),
        };
        for (const [file, answer] of Object.entries(answers)) {
            fs.writeFileSync(path.join(folder, file), `${JSON.stringify(answer)}\n`);
        }
        for (const [file, text] of Object.entries({ failure, says })) {
            if (text !== undefined) {
                fs.writeFileSync(path.join(folder, file), text);
            }
        }
    }

    /** The path with the stand-in in front. */
    get path(): string {
        return `${this.folder}${path.delimiter}${process.env["PATH"] ?? ""}`;
    }

    /** What it was called for, in order. */
    calls(): readonly StandInCall[] {
        const file = path.join(this.folder, "calls");
        return fs.existsSync(file)
            ? fs
                  .readFileSync(file, "utf8")
                  .trimEnd()
                  .split("\n")
                  .map((line) => {
                      const [pid, cwd = "", ...args] = line.split(SEPARATOR);
                      return { pid: Number(pid), cwd, args };
                  })
            : [];
    }

    /** The calls as text. */
    lines(): readonly string[] {
        return this.calls().map(({ args }) => args.join(" "));
    }

    /** The processes of operations, which outlive a parent that is killed. */
    pids(): readonly number[] {
        return this.calls()
            .filter(({ args }) => args[0] === "up")
            .map(({ pid }) => pid);
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true });
    }
}
