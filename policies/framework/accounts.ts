import { type Subject, texts } from "./subject";
import { parsed } from "./tags";
import { ifKnown } from "./unknowns";

/**
 * The one account that a resource's provider is limited to. Undefined where the provider names none or several, or what
 * it names is not known.
 */
export function limitedAccountOf({ provider }: Subject): string | undefined {
    const accounts = ifKnown(() => texts(parsed(provider?.props.allowedAccountIds)), []);
    const [account, ...others] = accounts;
    return others.length > 0 || account === "" ? undefined : account;
}

/**
 * Tells the accounts of a stack's resources apart. Providers of several regions are of one account where they say so and
 * sign in alike; of others nobody knows, and each counts as one of its own.
 */
export function accountKeyOf(resource: Subject): string {
    const { provider } = resource;
    const account = limitedAccountOf(resource);
    const roles = ifKnown(() => JSON.stringify(parsed(provider?.props.assumeRoles) ?? []));
    return account === undefined || roles === undefined ? (provider?.urn ?? "") : `${account} ${roles}`;
}
