import { flag, object, resourceRule } from "../../framework";

const DEFAULT_SUBNET = "aws:ec2/defaultSubnet:DefaultSubnet";

interface Config {
    readonly publicTierTags: Readonly<Record<string, string>>;
}

export const rule = resourceRule<Config>({
    id: "ec2-subnet-public-ip",
    severity: "medium",
    description: "Subnets do not give public addresses to whatever is started in them.",
    fix: "Set mapPublicIpOnLaunch to false; load balancers and NAT gateways get their addresses without it.",
    frameworks: { controls: ["3"], securityHub: ["EC2.15"], checkov: ["CKV_AWS_130"] },
    types: ["aws:ec2/subnet:Subnet", DEFAULT_SUBNET],
    config: {
        publicTierTags: {
            type: "object",
            additionalProperties: { type: "string" },
            default: {},
            description: "Tags, by key, of subnets that may: those of a public tier. All of them must match.",
        },
    },
    check: ({ type, props }, report, { publicTierTags }) => {
        // AWS's default is false, except for the default subnets that come with an account.
        const maps = flag(props.mapPublicIpOnLaunch) ?? type === DEFAULT_SUBNET;
        if (!maps) {
            return;
        }
        const wanted = Object.entries(publicTierTags);
        const tags = wanted.length === 0 ? {} : object(props.tags);
        if (wanted.length === 0 || wanted.some(([key, value]) => tags[key] !== value)) {
            report("gives public addresses to what is started in it: mapPublicIpOnLaunch is true.");
        }
    },
});
