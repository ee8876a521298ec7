import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";

export const rule = resourceRule({
    id: "ec2-nat-gateway-arguments",
    severity: "high",
    description:
        "Public NAT gateways of a zone have a subnet and an address, private ones no address, and regional ones neither.",
    fix: "Set subnetId and allocationId, or vpcId alone with availabilityMode regional.",
    frameworks: { controls: ["F8.7"] },
    types: ["aws:ec2/natGateway:NatGateway"],
    check: ({ props }, report) => {
        const mode = text(props.availabilityMode) ?? "zonal";
        const isPublic = (text(props.connectivityType) ?? "public") === "public";
        const demand = (wanted: readonly string[], unwanted: readonly string[], what: string): void => {
            for (const property of wanted.filter((each) => !isGiven(props, each))) {
                report(`is a ${what} NAT gateway and has no ${property}.`);
            }
            for (const property of unwanted.filter((each) => isGiven(props, each))) {
                report(`is a ${what} NAT gateway and has ${property}.`);
            }
        };
        if (mode === "regional") {
            demand(["vpcId"], ["subnetId", "allocationId"], "regional");
        } else if (isPublic) {
            demand(["subnetId", "allocationId"], [], "public");
        } else {
            demand(["subnetId"], ["allocationId"], "private");
        }
    },
});
