/** What secrets look like, with what to call them in a message. Never the value itself. */
const PATTERNS: readonly (readonly [string, RegExp])[] = [
    ["an AWS access key id", /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/],
    [
        "an AWS secret access key",
        /secret_?access_?key["']?\s*[=:]\s*["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
    ],
    ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
    ["a GitHub token", /(?<![A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})/],
    ["a Slack token", /(?<![A-Za-z0-9])xox[abprs]-[A-Za-z0-9-]{10,}/],
    ["a password in a URL", /[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']+:[^\s:/@"'${}]{6,}@[a-z0-9.-]+/i],
    ["a password", /(?:password|passwd|pwd)["']?\s*[=:]\s*["']?[^\s"'$`<({[;|&]{8,}/i],
];

/** The kinds of secrets that a text holds in plain. */
export function secretsIn(value: string): readonly string[] {
    return PATTERNS.filter(([, pattern]) => pattern.test(value)).map(([name]) => name);
}
