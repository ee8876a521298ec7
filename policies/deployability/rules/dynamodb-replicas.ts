import { flag, list, object, type ReportStack, stackRule, type StackView, text } from "../../framework";
import { eachKnown, inputOf, isGiven, isInput } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { arnOf } from "../shared/arn";
import { TABLE } from "../shared/types";

const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const NEEDED = "NEW_AND_OLD_IMAGES";

export const rule = stackRule({
    id: "dynamodb-replicas",
    severity: "high",
    description:
        "A table's replicas are in other regions, of one kind, encrypted alike, and made in one way.",
    fix: 'Use replicas or TableReplica with ignoreChanges "replicas", give each replica a key of its region where the table has one, and set streamViewType NEW_AND_OLD_IMAGES.',
    frameworks: { controls: ["F10.1", "F10.3", "F10.4"] },
    types: [TABLE, REPLICA],
    checkStack: (stack, report) => {
        judgeSeparate(stack, report);
        stack.each(stack.ofType(TABLE), (table) => {
            const separate = stack.referrersOf(table, REPLICA, "globalTableArn");
            if (separate.length > 0 && !table.opts.ignoreChanges.includes("replicas")) {
                report(`has ${separate[0]?.name ?? ""}, and does not ignore changes of replicas.`, table);
            }
            const hasInline = isInput(table, "replicas") && list(table.props.replicas).length > 0;
            if (hasInline && separate.length > 0) {
                report(`has replicas, and ${separate[0]?.name ?? ""} besides.`, table);
            }
            if (!hasInline) {
                return;
            }
            const hasKey = isGiven(object(inputOf(table, "serverSideEncryption")), "kmsKeyArn");
            const seen = new Set([placeOf(table) ?? ""]);
            const kinds = new Set<string>();
            eachKnown(list(table.props.replicas), (item, index) => {
                const replica = object(item);
                const region = text(replica.regionName) ?? "";
                if (seen.has(region)) {
                    report(`has replicas[${index}] in ${region}, where the table is already.`, table);
                }
                seen.add(region);
                kinds.add(text(replica.consistencyMode) ?? "EVENTUAL");
                if (hasKey !== isGiven(replica, "kmsKeyArn")) {
                    report(
                        `has replicas[${index}] ${hasKey ? "without a key, and a key of its own" : "with a key, and none of its own"}.`,
                        table,
                    );
                }
            });
            if (kinds.size > 1) {
                report("has replicas of both consistency modes.", table);
            }
            const view = isInput(table, "streamViewType") ? text(table.props.streamViewType) : NEEDED;
            if (
                (isInput(table, "streamEnabled") && flag(table.props.streamEnabled) === false) ||
                view !== NEEDED
            ) {
                report(`has replicas and a stream with "${view ?? ""}"; allowed: ${NEEDED}.`, table);
            }
        });
    },
});

/** Replicas that are resources of their own, be the table one of the stack or not. */
function judgeSeparate(stack: StackView, report: ReportStack): void {
    const owners = new Map<string, string>();
    stack.each(stack.ofType(REPLICA), (replica) => {
        const [table] = stack.referencesOf(replica, "globalTableArn", TABLE);
        const arn = table === undefined ? text(replica.props.globalTableArn) : undefined;
        const home = table === undefined ? arnOf(arn)?.region : placeOf(table);
        const place = placeOf(replica);
        if (place === undefined) {
            return;
        }
        if (place === home) {
            report(`is in ${place}, where its table is already.`, replica);
        }
        const key = `${table?.urn ?? arn ?? ""} ${place}`;
        const owner = owners.get(key);
        if (owner !== undefined) {
            report(`is in ${place}, and so is ${owner}, a replica of the same table.`, replica);
        }
        owners.set(key, owner ?? replica.name);
    });
}
