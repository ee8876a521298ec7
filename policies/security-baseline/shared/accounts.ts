/** The account of an IAM principal: an account's id, or an ARN with one. */
export function accountOf(principal: string): string | undefined {
    return /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::.*)?$/.exec(principal)?.[1];
}
