import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { regionOf } from "../../framework/subject";

export const rule = resourceRule({
    id: "ec2-endpoint-service-region",
    severity: "high",
    description: "VPC endpoints are of services of their own region.",
    fix: "Make the region part of serviceName, as in `com.amazonaws.${region}.logs`, or set serviceRegion.",
    frameworks: { controls: ["C11", "F8.9"] },
    types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
    check: (resource, report) => {
        const { props } = resource;
        if (isGiven(props, "serviceRegion")) {
            return;
        }
        const service = text(props.serviceName) ?? "";
        const region = /^(?:com\.amazonaws|aws\.sagemaker)\.(?:vpce\.)?([a-z]{2,4}(?:-[a-z]+)+-\d)\./.exec(
            service,
        )?.[1];
        const own = regionOf(resource);
        if (region !== undefined && own !== undefined && region !== own) {
            report(`is in ${own} and has serviceName "${service}".`);
        }
    },
});
