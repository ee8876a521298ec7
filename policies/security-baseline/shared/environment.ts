import { type ConfigProperty, type Props, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { matchesAny } from "../../framework/patterns";
import { secretsIn } from "./secrets";

/** Configuration of rules about environment variables. */
export interface EnvironmentConfig {
    readonly secretNames: readonly string[];
}

export const ENVIRONMENT_CONFIG: { readonly [K in keyof EnvironmentConfig]: ConfigProperty } = {
    secretNames: {
        type: "array",
        items: { type: "string" },
        default: [
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "ECS_ENGINE_AUTH_DATA",
            "*PASSWORD",
            "*PASSWD",
            "*SECRET_KEY",
            "*CLIENT_SECRET",
            "*APP_SECRET",
            "*JWT_SECRET",
            "*SESSION_SECRET",
            "*SIGNING_SECRET",
            "*WEBHOOK_SECRET",
            "*PRIVATE_KEY",
            "*API_KEY",
            "*_PASS",
            "*_PWD",
            "*_TOKEN",
        ],
        description:
            "Names of variables, as patterns without regard to case, whose values are secrets unless they say where one is.",
    },
};

/**
 * Why an environment variable holds a secret in plain, or undefined. The value itself is never told.
 *
 * @param names Patterns of names of variables that hold secrets.
 */
export function plainSecret(name: string, value: string, names: readonly string[]): string | undefined {
    const [kind] = secretsIn(`${name}=${value}`);
    const isNamedSecret = matchesAny(names, name.toUpperCase()) && !PUBLISHED.test(name);
    const looksSecret = kind !== undefined || isNamedSecret;
    return !looksSecret || isNoSecret(value)
        ? undefined
        : `holds ${kind ?? "a secret"} in plain in the environment variable ${name}`;
}

/**
 * Reports each variable that holds a secret in plain.
 *
 * @param names Patterns of names of variables that hold secrets.
 */
export function judgeVariables(
    variables: Props,
    report: (reason: string) => void,
    names: readonly string[],
): void {
    eachKnown(Object.keys(variables), (name) => {
        const reason = plainSecret(name, text(variables[name]) ?? "", names);
        if (reason !== undefined) {
            report(`${reason}.`);
        }
    });
}

/** Names of what everybody may have, such as the publishable key of a payment service. */
const PUBLISHED = /(?:^|_)(?:PUBLIC|PUBLISHABLE)_/i;

// References to a secret or a parameter, switches, and placeholders with nothing in them.
function isNoSecret(value: string): boolean {
    return (
        /^(?:|arn:.*|\{\{resolve:.*|(?:\/[\w.-]+)+|true|false|\d{1,3})$/i.test(value) ||
        // The name of a secret, such as shop/db/writer. What is random has capitals and digits in it.
        /^[a-z_.-]+(?:\/[a-z_.-]+)+$/.test(value)
    );
}
