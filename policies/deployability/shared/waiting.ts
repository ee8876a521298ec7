import { type Member } from "../../framework";

/** Whether a resource is made after one of the others, be it by way of further ones. */
export function waitsFor(member: Member, targets: readonly Member[]): boolean {
    const wanted = new Set(targets.map(({ urn }) => urn));
    const seen = new Set<string>();
    const queue = [member];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const related = [...next.dependencies, ...Object.values(next.propertyDependencies).flat()];
        for (const dependency of related) {
            if (wanted.has(dependency.urn)) {
                return true;
            }
            if (!seen.has(dependency.urn)) {
                seen.add(dependency.urn);
                queue.push(dependency);
            }
        }
    }
    return false;
}
