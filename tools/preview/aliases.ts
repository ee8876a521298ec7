/** Former names of resources. */
import { type Alias } from "@pulumi/pulumi/proto/alias_pb";
import { createUrn, parseUrn } from "./urn";

/** The URN that an alias stands for: what it leaves out is as the resource has it now. */
export function aliasUrn(alias: Alias, urn: string, parent: string): string {
    const spec = alias.getSpec();
    if (alias.hasUrn() || spec === undefined) {
        return alias.getUrn();
    }
    const now = parseUrn(urn);
    const or = (given: string, current: string) => (given === "" ? current : given);
    const aliasParent = spec.getNoparent() ? undefined : or(spec.getParenturn(), parent);
    return createUrn(
        or(spec.getStack(), now.stack),
        or(spec.getProject(), now.project),
        aliasParent,
        or(spec.getType(), now.type),
        or(spec.getName(), now.name),
    );
}
