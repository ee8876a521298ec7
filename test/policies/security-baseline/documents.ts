/** Policy documents for mutants. */

/** A statement as its document has it. */
export interface StatementText {
    readonly Sid?: string;
    readonly Effect?: "Allow" | "Deny";
    readonly Action?: string | readonly string[];
    readonly NotAction?: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly NotResource?: string | readonly string[];
    readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document as text; statements allow unless they say otherwise. */
export function policyOf(...statements: readonly StatementText[]): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
    });
}

/** The account of this project's stacks, as their provider has it. */
export const ACCOUNT = "111122223333";
export const OTHER_ACCOUNT = "999988887777";

/** The ARN of a KMS key that no stack makes. */
export const KEY_ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/5f0e6f4a-6b1e-4f3b-9d0a-2f6f5a1c7e11`;
