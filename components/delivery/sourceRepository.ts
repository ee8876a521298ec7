/** What the name of a repository at a provider of source code may be, in words. */
export const REPOSITORY_FORM = "a repository, owner/name, written out";

/** Whether the text names a repository: its owner, or its groups, and its name. */
export function isSourceRepository(repository: string): boolean {
    return /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9._-]+)+$/.test(repository);
}
