import { type Member, stackRule, type StackView } from "../../framework";
import { eachKnown, isInput } from "../../framework/items";
import { placeOf, regionOfArn, regionOfZone } from "../../framework/places";
import { text } from "../../framework/subject";
import { BUCKETS, DESTINATIONS, type Destination, eachAt, originsOf } from "../shared/copies";
import {
    isRestricted,
    type ResidencyConfig,
    residencyConfig,
    strangePlace,
    territoryOf,
} from "../shared/residency";

export const rule = stackRule<ResidencyConfig>({
    id: "copies-in-jurisdiction",
    severity: "critical",
    description:
        "Copies of backups, snapshots, images, file systems, keyspaces and directories go where the data may be.",
    fix: "Copy to a region that is allowed for the data, or do not copy.",
    frameworks: { controls: ["P02", "P05"] },
    config: residencyConfig,
    types: Object.keys(DESTINATIONS),
    checkStack: (stack, report, config) => {
        for (const [type, destination] of Object.entries(DESTINATIONS)) {
            stack.each(stack.ofType(type), (member) => {
                const properties = (destination.paths ?? []).map((path) => path.split(/[.[]/)[0] ?? "");
                if (properties.length > 0 && !properties.some((property) => isInput(member, property))) {
                    return;
                }
                const origins = originsOf(stack, member);
                const restricted = origins.find((origin) => isRestricted(origin, config));
                // A copy in its own region, of what may go anywhere, is judged as all resources are.
                if (destination.paths === undefined && restricted === undefined) {
                    return;
                }
                const source = restricted ?? origins[0] ?? member;
                const territory = territoryOf(source, config);
                if (typeof territory === "string") {
                    return;
                }
                const what =
                    source === member
                        ? destination.does.replace(/ of$/, "")
                        : `${destination.does} ${stack.nameOf(source, member)}`;
                eachKnown(regionsOf(stack, member, destination), (read) => {
                    const region = read();
                    const found = region === undefined ? undefined : strangePlace(region, territory);
                    if (found !== undefined) {
                        report(`${what} to ${found}.`, member);
                    }
                });
            });
        }
    },
});

/** Where the data goes; undefined for a place that is left out, or that a bucket's ARN does not tell. */
function regionsOf(
    stack: StackView,
    member: Member,
    { paths, targets = [] }: Destination,
): readonly (() => string | undefined)[] {
    if (paths === undefined) {
        return [() => placeOf(member)];
    }
    const property = paths[0]?.split(/[.[]/)[0] ?? "";
    const related = stack
        .referencesOf(member, property, ...targets)
        .filter((other) => other.urn !== member.urn && !originsOf(stack, member).includes(other));
    if (related.length > 0) {
        return related.map((other) => (): string | undefined => placeOf(other));
    }
    const found: (() => string | undefined)[] = [];
    for (const path of paths) {
        const isBucket = targets === BUCKETS;
        eachAt(member.props, path, (read) => {
            found.push(() => {
                const value = text(read());
                return isBucket || value === undefined || value === ""
                    ? undefined
                    : (regionOfArn(value) ?? regionOfZone(value) ?? value);
            });
        });
    }
    return found;
}
