import { stackRule } from "../../framework";
import { eachObject, isGiven, isInput } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { type Member } from "../../framework/stackView";
import { object, text } from "../../framework/subject";
import {
    isRestricted,
    type ResidencyConfig,
    residencyConfig,
    strangePlace,
    territoryOf,
} from "../shared/residency";

const TABLE = "aws:dynamodb/table:Table";

// Replicas that are resources of their own, with the property that names what they are of.
const REPLICAS: Readonly<Record<string, { readonly property: string; readonly source: string }>> = {
    "aws:dynamodb/tableReplica:TableReplica": { property: "globalTableArn", source: TABLE },
    "aws:rds/cluster:Cluster": {
        property: "replicationSourceIdentifier",
        source: "aws:rds/cluster:Cluster",
    },
    "aws:rds/instance:Instance": { property: "replicateSourceDb", source: "aws:rds/instance:Instance" },
};

export const rule = stackRule<ResidencyConfig>({
    id: "table-replicas-in-jurisdiction",
    severity: "critical",
    description: "Replicas of tables and databases with restricted data stay within its jurisdiction.",
    fix: "Remove the replica, or put it in a region of the jurisdiction.",
    frameworks: { controls: ["P02"] },
    config: residencyConfig,
    types: [TABLE, ...Object.keys(REPLICAS)],
    checkStack: (stack, report, config) => {
        const judge = (source: Member, region: string | undefined, at: Member): void => {
            const territory = territoryOf(source, config);
            const found = typeof territory === "string" ? undefined : strangePlace(region, territory);
            if (found !== undefined) {
                const whose = at === source ? "has a replica" : `is a replica of ${stack.nameOf(source, at)}`;
                report(`${whose} in ${found}.`, at);
            }
        };
        stack.each(stack.ofType(TABLE), (table) => {
            // Reading the replicas of a table that may go anywhere would only make it undecided.
            if (isRestricted(table, config) && isGiven(table.props, "replicas")) {
                eachObject(table.props.replicas, (replica) => {
                    judge(table, text(replica.regionName), table);
                });
            }
            // The witness of a table that is consistent in several regions keeps its changes.
            if (isInput(table, "globalTableWitness") && isRestricted(table, config)) {
                const witness = text(object(table.props.globalTableWitness).regionName);
                if (witness !== undefined) {
                    judge(table, witness, table);
                }
            }
        });
        stack.each(stack.ofType(...Object.keys(REPLICAS)), (replica) => {
            const { property = "", source = "" } = REPLICAS[replica.type] ?? {};
            for (const original of stack.referencesOf(replica, property, source)) {
                if (original.urn !== replica.urn && isRestricted(original, config)) {
                    judge(original, placeOf(replica), replica);
                }
            }
        });
    },
});
