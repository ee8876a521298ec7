import { stackRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { fullNameOf } from "../../framework/records";
import { type Member, type StackView } from "../../framework/stackView";
import { flag, list, objects, text } from "../../framework/subject";
import { isUnknown } from "../../framework/unknowns";
import { ROUTED_BY, ZONE } from "../shared/records";

const RECORD = "aws:route53/record:Record";

export const rule = stackRule({
    id: "failover-pairs-complete",
    severity: "high",
    description:
        "Failover records come in pairs, primary and secondary, and Route 53 knows the health of what records fail over from.",
    fix: "Give the record its counterpart with a setIdentifier of its own, and a healthCheckId or an alias with evaluateTargetHealth.",
    frameworks: { controls: ["P15"] },
    types: [RECORD],
    checkStack: (stack, report) => {
        const groups = new Map<string, { readonly record: Member; readonly role: string }[]>();
        const identifiers = new Map<string, Member>();
        const routed = stack
            .ofType(RECORD)
            .map((record) => ({
                record,
                policy: Object.keys(ROUTED_BY).find((property) => isGiven(record.props, property)),
            }))
            .filter(({ policy }) => policy !== undefined);
        // One whose name or role is unknown may be the counterpart of any other.
        const pairsAreKnown = !routed.some(({ record, policy }) =>
            isUnknown(() => [groupOf(stack, record), roleOf(record, policy)]),
        );
        const policies = new Map(routed.map(({ record, policy }) => [record, policy ?? ""]));
        stack.each([...policies.keys()], (record) => {
            const policy = policies.get(record) ?? "";
            const group = groupOf(stack, record);
            const identifier = text(record.props.setIdentifier) ?? "";
            const twin = identifiers.get(`${group} ${identifier}`);
            if (identifier === "") {
                report("has no setIdentifier, which every routing policy needs.", record);
            } else if (twin !== undefined) {
                report(
                    `has the same setIdentifier "${identifier}" as "${twin.name}", which answers for the same name.`,
                    record,
                );
            }
            identifiers.set(`${group} ${identifier}`, record);
            const role = roleOf(record, policy);
            if (role !== undefined) {
                groups.set(group, [...(groups.get(group) ?? []), { record, role }]);
            }
            if (needsHealth(policy, role) && !hasHealth(record)) {
                report(
                    `is a ${role?.toLowerCase() ?? ROUTED_BY[policy] ?? ""} record without a health check.`,
                    record,
                );
            }
        });
        for (const members of pairsAreKnown ? groups.values() : []) {
            judgePair(members, report);
        }
    },
});

/** What tells records apart that answer for the same name. */
function groupOf(stack: StackView, record: Member): string {
    const [zone] = stack.referencesOf(record, "zoneId", ZONE);
    const place = zone?.urn ?? text(record.props.zoneId) ?? "";
    return [place, fullNameOf(record, zone), text(record.props.type)].join(" ");
}

function roleOf(record: Member, policy: string | undefined): string | undefined {
    return policy === "failoverRoutingPolicies"
        ? text(objects(record.props.failoverRoutingPolicies)[0]?.type)
        : undefined;
}

// What Route 53 falls back on last needs no health: without one it is always given out.
function needsHealth(policy: string, role: string | undefined): boolean {
    return policy === "latencyRoutingPolicies" || role === "PRIMARY";
}

function hasHealth(record: Member): boolean {
    if (isGiven(record.props, "healthCheckId")) {
        return true;
    }
    return (
        isGiven(record.props, "aliases") &&
        list(record.props.aliases).length > 0 &&
        objects(record.props.aliases).every((alias) => flag(alias.evaluateTargetHealth) === true)
    );
}

function judgePair(
    members: readonly { readonly record: Member; readonly role: string }[],
    report: (reason: string, record: Member) => void,
): void {
    for (const wanted of ["PRIMARY", "SECONDARY"]) {
        const found = members.filter(({ role }) => role === wanted);
        const [first] = members;
        if (found.length === 0 && first !== undefined) {
            report(
                `is a ${first.role.toLowerCase()} record without a ${wanted.toLowerCase()} one.`,
                first.record,
            );
        }
        for (const { record } of found.slice(1)) {
            report(`is a second ${wanted.toLowerCase()} record of its name.`, record);
        }
    }
}
