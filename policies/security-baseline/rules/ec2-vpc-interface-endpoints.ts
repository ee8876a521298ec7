import { flag, type Member, stackRule, text } from "../../framework";
import { anyOf } from "../../framework/items";
import { computedOr, judge } from "../shared/judging";
import { VPC_TYPES } from "../shared/routing";

interface Config {
    readonly services: readonly string[];
}

export const rule = stackRule<Config>({
    id: "ec2-vpc-interface-endpoints",
    severity: "medium",
    level: "advisory",
    description: "Each VPC reaches the AWS services that its instances need through interface endpoints.",
    fix: "Add an aws.ec2.VpcEndpoint of type Interface with private DNS for the service.",
    frameworks: { controls: ["5"], securityHub: ["EC2.10", "EC2.55", "EC2.56", "EC2.57"] },
    types: VPC_TYPES,
    config: {
        services: {
            type: "array",
            items: { type: "string" },
            default: ["ec2", "ecr.api", "ecr.dkr", "ssm"],
            description: "The services, by the end of the endpoint service's name.",
        },
    },
    checkStack: (stack, report, { services }) => {
        stack.each(stack.ofType(...VPC_TYPES), (vpc) => {
            const endpoints = stack.referrersOf(vpc, "aws:ec2/vpcEndpoint:VpcEndpoint", "vpcId");
            judge(
                ...services.map((service) => () => {
                    if (!anyOf(endpoints.map((endpoint) => () => serves(endpoint, service)))) {
                        report(`has no interface endpoint with private DNS for ${service}.`, vpc);
                    }
                }),
            );
        });
    },
});

function serves(endpoint: Member, service: string): boolean {
    const { props } = endpoint;
    const name = text(props.serviceName) ?? "";
    // A type that is left out means a gateway endpoint, which is another thing; and nothing is sent to an
    // endpoint without private DNS, which is what the provider makes when that is left out.
    return (
        (name === service || name.endsWith(`.${service}`)) &&
        text(props.vpcEndpointType) === "Interface" &&
        flag(computedOr(endpoint, "privateDnsEnabled", false)) === true
    );
}
