import { flag, stackRule, text } from "../../framework";
import { inputOf } from "../../framework/items";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const VPC = "aws:ec2/vpc:Vpc";

export const rule = stackRule({
    id: "ec2-endpoint-private-dns",
    severity: "high",
    description: "Endpoints with private DNS are in VPCs that resolve names, one for each service.",
    fix: "Set enableDnsSupport and enableDnsHostnames to true on the VPC, and keep one such endpoint for a service.",
    frameworks: { controls: ["F8.8"] },
    types: [ENDPOINT],
    checkStack: (stack, report) => {
        const owners = new Map<string, string>();
        stack.each(stack.ofType(ENDPOINT), (endpoint) => {
            const [vpc] = stack.referencesOf(endpoint, "vpcId", VPC);
            // Gateways, which AWS makes where the type is left out, answer by routes, and have no DNS of their own.
            const isGateway = (text(endpoint.props.vpcEndpointType) ?? "Gateway") === "Gateway";
            if (vpc === undefined || isGateway || flag(inputOf(endpoint, "privateDnsEnabled")) !== true) {
                return;
            }
            const service = text(endpoint.props.serviceName) ?? "";
            const owner = owners.get(`${vpc.urn} ${service}`);
            if (owner !== undefined) {
                report(`has private DNS for ${service}, and so has ${owner} in the same VPC.`, endpoint);
            }
            owners.set(`${vpc.urn} ${service}`, owner ?? endpoint.name);
            // Left out, enableDnsSupport is true and enableDnsHostnames is false.
            const resolves = flag(inputOf(vpc, "enableDnsSupport")) !== false;
            if (!resolves || flag(inputOf(vpc, "enableDnsHostnames")) !== true) {
                report(
                    `has privateDnsEnabled true, and ${vpc.name} does not have both DNS settings on.`,
                    endpoint,
                );
            }
        });
    },
});
