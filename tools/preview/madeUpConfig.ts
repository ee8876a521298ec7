/**
 * Configuration that a program asks for and that no file has, because its stack has none or takes it from an environment
 * of Pulumi ESC: made up, and said to be.
 */
import { accountOf } from "./aws/provider";
import { believableText } from "./believable";
import { hex } from "./synthetic";
import { type Diagnostic } from "./types";

const MISSING = /^Missing required configuration variable '([^']+)'/;
const WRONG_TYPE = /^Configuration '([^']+)' value '[^']*' is not a valid (\w+)/;
/** What a program says that takes for a list what is none. */
const NO_LIST =
    /is not iterable|\.(?:at|concat|every|filter|find|flatMap|forEach|includes|join|map|reduce|slice|some|sort) is not a function/;
/** How many keys are filled before the program is taken to ask for ever. */
const MOST = 100;

/** Values of the types that the SDK's `Config` asks for. */
const OF_TYPE: Readonly<Record<string, string>> = { number: "1", boolean: "true" };
const [RECORD, LIST] = ["{}", "[]"] as const;

/** What an ARN is of, by what is in the key. */
const ARNS: readonly (readonly [RegExp, service: string, about: string])[] = [
    [/bucket/i, "s3", "bucket"],
    [/certificate|acm/i, "acm", "certificate"],
    [/kms|key/i, "kms", "key"],
    [/secret/i, "secretsmanager", "secret"],
    [/queue/i, "sqs", "queue"],
    [/topic/i, "sns", "topic"],
    [/lambda|function/i, "lambda", "function"],
    [/listener|balancer|targetGroup/i, "elasticloadbalancing", "loadbalancer"],
    [/policy/i, "iam", "policy"],
];

/** Makes up what is missing, key by key, as one run after the other fails for want of it. */
export class MadeUpConfig {
    readonly #values = new Map<string, string>();
    readonly #region: string;
    #filled = 0;

    /** @param region Where regions, zones and ARNs are said to be. */
    constructor(region: string) {
        this.#region = region;
    }

    get values(): Readonly<Record<string, string>> {
        return Object.fromEntries(this.#values);
    }

    /** Fills in what a run failed for. False where that was something else. */
    fills(cause: unknown): boolean {
        const message = cause instanceof Error ? cause.message : "";
        const [key, value] = this.#wanted(message);
        if (key === undefined || value === undefined || this.#values.get(key) === value) {
            return false;
        }
        this.#filled += 1;
        this.#values.set(key, value);
        return this.#filled < MOST;
    }

    #wanted(message: string): readonly [key?: string | undefined, value?: string | undefined] {
        const missing = MISSING.exec(message)?.[1];
        if (missing !== undefined) {
            return [missing, this.#text(missing) ?? `made-up-${nameOf(missing)}`];
        }
        const [, wrong, type = ""] = WRONG_TYPE.exec(message) ?? [];
        if (wrong !== undefined) {
            return [wrong, type === "JSON" ? this.#json(wrong) : OF_TYPE[type]];
        }
        const record = [...this.#values].find(([, value]) => value === RECORD)?.[0];
        return NO_LIST.test(message) ? [record, LIST] : [];
    }

    /** A text by the name of the key. */
    #text(key: string, second = false): string | undefined {
        const name = camelCase(nameOf(key));
        if (/port$/i.test(name)) {
            return "8080";
        }
        const [, service, about] = ARNS.find(([pattern]) => pattern.test(name)) ?? [/./, "iam", "role"];
        return believableText(name, `${key}/${hex(String(second), 1)}`, {
            about,
            service,
            region: this.#region,
            account: accountOf({}),
            second,
        });
    }

    /** Two of what a key names in the plural, where the name says what that is; else an empty record. */
    #json(key: string): string {
        const one = key.replace(/s$/, "");
        const both = one === key ? [] : [this.#text(one), this.#text(one, true)];
        return both[0] === undefined ? RECORD : JSON.stringify(both);
    }

    /** One sentence for each key. */
    notes(): Diagnostic[] {
        return [...this.#values].map(([key, value]) => ({
            severity: "info",
            message: `The configuration ${key} is in no file, and made up (${value}): --config ${key}=… sets it`,
        }));
    }
}

function nameOf(key: string): string {
    return key.split(":").pop() ?? "";
}

/** `vpcId` of `vpc-id` and `vpc_id`. */
function camelCase(name: string): string {
    return name.replaceAll(/[-_.](\w)/g, (_, letter: string) => letter.toUpperCase());
}
