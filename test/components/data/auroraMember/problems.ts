/** What the components say of bad arguments. */
import { expect } from "chai";

import { type AuroraGlobalArgs } from "../../../../components/data/auroraGlobal/auroraGlobal";
import { type AuroraReplicationArgs } from "../../../../components/data/auroraReplication/auroraReplication";
import { NAME, previewEither } from "../../../support/components/databaseMembers";

/** The problems that the arguments' component reports, as `path reason`; none when it is fine. */
export async function problemsOf(
    args: AuroraGlobalArgs | AuroraReplicationArgs,
    name: string = NAME,
): Promise<string[]> {
    const preview = await previewEither(args, name);
    if (preview.error === undefined) {
        return [];
    }
    if (preview.error.problems === undefined) {
        throw new Error(preview.error.message);
    }
    const children = preview.resources.filter(
        ({ type }) => type.startsWith("aws:") || type.startsWith("random:"),
    );
    expect(children, "nothing is made before all is checked").to.deep.equal([]);
    return preview.error.problems.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
}

/** Arguments with some changed; undefined takes one away. */
export function changed<T extends object>(args: T, changes: { [Key in keyof T]?: T[Key] | undefined }): T {
    const next: Record<string, unknown> = { ...args, ...changes };
    for (const key of Object.keys(next).filter((candidate) => next[candidate] === undefined)) {
        Reflect.deleteProperty(next, key);
    }
    return next as T;
}
