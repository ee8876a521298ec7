import { flag, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";

const GATEWAY_SERVICES = ["s3", "dynamodb"];
const OF_INTERFACES = ["subnetIds", "securityGroupIds", "subnetConfigurations"];

export const rule = resourceRule({
    id: "ec2-endpoint-arguments",
    severity: "high",
    description:
        "Gateway endpoints are of S3 or DynamoDB and have route tables; interface endpoints have subnets.",
    fix: 'Set vpcEndpointType "Interface" with subnetIds and securityGroupIds, or "Gateway" with routeTableIds.',
    frameworks: { controls: ["F8.8"] },
    types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
    check: ({ props }, report) => {
        const type = text(props.vpcEndpointType) ?? "Gateway";
        if (type === "Gateway") {
            for (const property of OF_INTERFACES.filter((each) => isGiven(props, each))) {
                report(`is a gateway endpoint and has ${property}.`);
            }
            if (flag(props.privateDnsEnabled) === true) {
                report("is a gateway endpoint and has privateDnsEnabled true.");
            }
            const service = text(props.serviceName) ?? "";
            if (!GATEWAY_SERVICES.includes(service.replace(/^.*\./, ""))) {
                report(`is a gateway endpoint of ${service}; allowed: ${GATEWAY_SERVICES.join(", ")}.`);
            }
        } else if (isGiven(props, "routeTableIds")) {
            report(`is an endpoint of type ${type} and has routeTableIds.`);
        }
    },
});
