import { type Subject, texts } from "./subject";
import { parsed } from "./tags";
import { ifKnown } from "./unknowns";

/** The accounts that a resource's provider may work in. */
export function providerAccounts({ provider }: Subject): readonly string[] {
    return texts(parsed(provider?.props.allowedAccountIds));
}

/**
 * The one account that a resource's provider is limited to. Undefined where the provider names none or several, or what
 * it names is not known.
 */
export function limitedAccountOf(resource: Subject): string | undefined {
    const [account, ...others] = ifKnown(() => providerAccounts(resource), []);
    return others.length > 0 || account === "" ? undefined : account;
}

/** Whether two resources are of different accounts, as far as their providers tell. */
export function areOfTwoAccounts(one: Subject, other: Subject): boolean {
    const [here, there] = [one, other].map(limitedAccountOf);
    return here !== undefined && there !== undefined && here !== there;
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
