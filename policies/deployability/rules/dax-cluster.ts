import { list, number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { counted } from "../../framework/patterns";

export const rule = resourceRule({
    id: "dax-cluster",
    severity: "high",
    description:
        "A DAX cluster has one to ten nodes of a type that DAX has, with a zone for each where zones are given.",
    fix: "Use dax.t3 or dax.r types, such as dax.r5.large, and as many availabilityZones as replicationFactor.",
    frameworks: { controls: ["F10.10"] },
    types: ["aws:dax/cluster:Cluster"],
    check: ({ props }, report) => {
        const nodes = number(props.replicationFactor) ?? 0;
        if (nodes < 1 || nodes > 10) {
            report(`has replicationFactor ${nodes}; allowed: 1 to 10.`);
        }
        if (isGiven(props, "availabilityZones")) {
            const zones = list(props.availabilityZones).length;
            if (zones !== nodes) {
                report(`has ${counted(zones, "availability zone")} for ${counted(nodes, "node")}.`);
            }
        }
        const type = text(props.nodeType) ?? "";
        // There is no DAX on Graviton.
        if (!/^dax\.(?:t[23]|r\d+i?)\.\w+$/.test(type)) {
            report(`has nodeType "${type}".`);
        }
    },
});
