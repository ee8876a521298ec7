import { type Subject, text } from "./subject";
import { ifKnown } from "./unknowns";

/** The name of a Route 53 record or zone as DNS compares it. */
export function nameOf(resource: Subject): string {
    return (text(resource.props.name) ?? "").toLowerCase().replace(/\.$/, "");
}

/**
 * The name that a record answers for. As the provider does, a name that does not end in its zone's is taken as
 * relative to it.
 *
 * @param zone The record's zone, if it is in the stack. Where its name is not known, the record's is as it was given.
 */
export function fullNameOf(record: Subject, zone: Subject | undefined): string {
    const name = nameOf(record);
    const ending = zone === undefined ? "" : ifKnown(() => nameOf(zone), "");
    return name.endsWith(ending) ? name : name === "" ? ending : `${name}.${ending}`;
}
