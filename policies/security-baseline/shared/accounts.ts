import { type Subject, texts } from "../../framework";
import { parsed } from "../../framework/tags";

/** The accounts that a resource's provider may work in. */
export function providerAccounts({ provider }: Subject): readonly string[] {
    return texts(parsed(provider?.props.allowedAccountIds));
}

/** The account of an IAM principal: an account's id, or an ARN with one. */
export function accountOf(principal: string): string | undefined {
    return /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::.*)?$/.exec(principal)?.[1];
}
