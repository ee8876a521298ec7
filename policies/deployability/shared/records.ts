import { ifKnown, isUnknown, list, type Member, type Props, type StackView, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { fullNameOf } from "../../framework/records";
import { CERTIFICATE, RECORD, ZONE } from "./types";

/** Routing policies by the property that sets them. */
export const ROUTING: Readonly<Record<string, string>> = {
    cidrRoutingPolicy: "IP-based",
    failoverRoutingPolicies: "failover",
    geolocationRoutingPolicies: "geolocation",
    geoproximityRoutingPolicy: "geoproximity",
    latencyRoutingPolicies: "latency",
    multivalueAnswerRoutingPolicy: "multivalue answer",
    weightedRoutingPolicies: "weighted",
};

/** How the record is chosen among those of its name: `simple` where no policy says. */
export function routingOf(props: Props): string {
    const found = Object.keys(ROUTING).find((property) => {
        if (!isGiven(props, property)) {
            return false;
        }
        const value = ifKnown(() => props[property], true);
        return value !== false && !(Array.isArray(value) && value.length === 0);
    });
    return found === undefined ? "simple" : (ROUTING[found] ?? "");
}

/** Records that answer for the same name, type and zone, in order. What is unknown is handed to `stack.each`. */
export function groupedRecords(stack: StackView): readonly (readonly Member[])[] {
    const groups = new Map<string, Member[]>();
    stack.each(
        stack.ofType(RECORD).filter((record) => !provesDomain(record)),
        (record) => {
            const key = [zoneOf(stack, record), recordNameOf(stack, record), text(record.props.type)].join(
                " ",
            );
            groups.set(key, [...(groups.get(key) ?? []), record]);
        },
    );
    return [...groups.values()];
}

/** The zone of the record: its URN in the stack, or its id. */
export function zoneOf(stack: StackView, record: Member): string {
    return stack.referencesOf(record, "zoneId", ZONE)[0]?.urn ?? text(record.props.zoneId) ?? "";
}

/** The whole name of a record, with its zone's where that is in the stack. */
export function recordNameOf(stack: StackView, record: Member): string {
    return fullNameOf(record, stack.referencesOf(record, "zoneId", ZONE)[0]);
}

/** Whether ACM made up the record's name, so that it meets no other. */
export function provesDomain(record: Member): boolean {
    return (
        isUnknown(() => record.props.name) &&
        (record.propertyDependencies.name ?? []).some(({ type }) => type === CERTIFICATE)
    );
}

/** The record's alias, if it is one. */
export function hasAliases(props: Props): boolean {
    return isGiven(props, "aliases") && !(ifKnown(() => list(props.aliases).length) === 0);
}
