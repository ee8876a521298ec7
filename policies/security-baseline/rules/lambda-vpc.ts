import { list, object, stackRule, text } from "../../framework";
import { matchesAny } from "../../framework/patterns";

const FUNCTION = "aws:lambda/function:Function";
const SUBNET_TYPES: readonly string[] = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"];

interface Config {
    readonly required: readonly string[];
}

export const rule = stackRule<Config>({
    id: "lambda-vpc",
    severity: "low",
    level: "advisory",
    description: "Functions in a VPC run in two or more availability zones.",
    fix: "Give vpcConfig.subnetIds subnets of two or more zones.",
    frameworks: {
        controls: ["100"],
        securityHub: ["Lambda.3", "Lambda.5"],
        checkov: ["CKV_AWS_117"],
    },
    types: [FUNCTION],
    config: {
        required: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Names of functions, as patterns, that must be in a VPC. One that calls nothing but APIs of AWS's gains nothing there.",
        },
    },
    checkStack: (stack, report, { required }) => {
        stack.each(stack.ofType(FUNCTION), (member) => {
            const subnets = list(object(member.props.vpcConfig).subnetIds);
            if (subnets.length === 0) {
                if (matchesAny(required, member.name)) {
                    report("is in no VPC: vpcConfig.subnetIds is not given.", member);
                }
                return;
            }
            if (subnets.length === 1) {
                report("runs in one availability zone: vpcConfig.subnetIds has one subnet.", member);
                return;
            }
            const made = (member.propertyDependencies.vpcConfig ?? []).filter(({ type }) =>
                SUBNET_TYPES.includes(type),
            );
            // Where the list takes some of the stack's subnets and leaves others, their ids alone tell which.
            const zones = new Set(made.map(({ props }) => text(props.availabilityZone)));
            if (made.length === subnets.length && zones.size === 1 && !zones.has(undefined)) {
                report(
                    `runs in one availability zone: all of vpcConfig.subnetIds are in ${[...zones].join()}.`,
                    member,
                );
            }
        });
    },
});
