/** Runs an instance's boot script on this machine: real bash, a directory for a root, and stand-ins for the rest. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Programs that the script calls and that must not run here. */
const STAND_INS = ["aws", "curl", "dnf", "docker", "nginx", "openssl", "sleep", "systemctl"];

const AGENT = "/opt/aws/amazon-cloudwatch-agent";

// Records its arguments, and answers as the program would where the script reads the answer. FAIL names calls that
// fail, by a prefix of the command line, as often as FAILURES says.
const STAND_IN = `#!/bin/bash
name=\${0##*/}
# In one write: the two ends of a pipe record themselves at the same time.
printf '%s\\0' "$name" "$@" $'\\x1e' >>"$SANDBOX/calls"
if [[ -n "\${FAIL:-}" && "$name $*" == "$FAIL"* && $(cat "$SANDBOX/failures") -gt 0 ]]; then
    echo $(($(cat "$SANDBOX/failures") - 1)) >"$SANDBOX/failures"
    exit 1
fi
case "$name $*" in
    curl*api/token) printf token ;;
    curl*instance-id) printf i-0123456789abcdef0 ;;
    curl*aws:autoscaling:groupName) printf shop-web-fleet-group-1234567 ;;
    curl*target-lifecycle-state)
        states=$(cat "$SANDBOX/states")
        printf '%s' "\${states%% *}"
        printf '%s' "\${states#* }" >"$SANDBOX/states"
        ;;
    aws*get-login-password*) printf password ;;
    docker*login*) cat >"$SANDBOX/password" ;;
    openssl*)
        while [[ $# -gt 0 ]]; do
            case $1 in
                -keyout | -out) : >"$2" ;;
            esac
            shift
        done
        ;;
esac
`;

/** What a script did. */
export interface Run {
    status: number | null;
    stderr: string;
    /** The calls of stand-ins, name first. */
    calls: string[][];
}

/** A root directory in which scripts run. */
export class BootSandbox {
    readonly #root = mkdtempSync(join(tmpdir(), "meridian-boot-"));
    readonly #bin = join(this.#root, "stand-ins");

    constructor() {
        for (const directory of [
            "/etc/nginx",
            "/etc/systemd/system",
            `${AGENT}/etc`,
            `${AGENT}/bin`,
            "/stand-ins",
        ]) {
            mkdirSync(join(this.#root, directory), { recursive: true });
        }
        for (const name of STAND_INS) {
            this.#program(join(this.#bin, name));
        }
        this.#program(join(this.#root, AGENT, "bin/amazon-cloudwatch-agent-ctl"));
    }

    #program(path: string): void {
        writeFileSync(path, STAND_IN);
        chmodSync(path, 0o755);
    }

    /** Runs a script as if the sandbox were the root of the file system. */
    run(script: string, options: { fail?: string; failures?: number; states?: string[] } = {}): Run {
        const calls = join(this.#root, "calls");
        writeFileSync(calls, "");
        writeFileSync(join(this.#root, "failures"), String(options.failures ?? 0));
        writeFileSync(join(this.#root, "states"), (options.states ?? []).join(" "));
        const rooted = script.replaceAll(/(?<![\w.])\/(?=(?:etc|opt|var)\/)/g, `${this.#root}/`);
        const { status, stderr } = spawnSync("bash", ["-c", rooted], {
            encoding: "utf8",
            env: { PATH: `${this.#bin}:/usr/bin:/bin`, SANDBOX: this.#root, FAIL: options.fail ?? "" },
        });
        const recorded = readFileSync(calls, "utf8")
            .split("\x1e\0")
            .filter((call) => call !== "")
            .map((call) => call.split("\0").slice(0, -1));
        return { status, stderr, calls: recorded.map((call) => call.map((word) => this.#unrooted(word))) };
    }

    /** A file that a script wrote, its paths as they would be on an instance. */
    read(path: string): string {
        return this.#unrooted(readFileSync(join(this.#root, path), "utf8"));
    }

    /** What a registry sign-in was given on its standard input. */
    get password(): string {
        return readFileSync(join(this.#root, "password"), "utf8");
    }

    #unrooted(text: string): string {
        return text.replaceAll(this.#root, "");
    }

    /** Removes the directory. */
    remove(): void {
        rmSync(this.#root, { recursive: true });
    }
}
