import { flag, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";

export const rule = resourceRule({
    id: "ec2-peering-auto-accept",
    severity: "high",
    description: "VPC peerings across regions or accounts are accepted on the other side.",
    fix: "Leave autoAccept out, and accept with a VpcPeeringConnectionAccepter in the peer's region.",
    frameworks: { controls: ["F8.11"] },
    types: ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection"],
    check: ({ props }, report) => {
        if (isGiven(props, "peerRegion") && flag(props.autoAccept) === true) {
            report("has autoAccept true and a peerRegion.");
        }
    },
});
