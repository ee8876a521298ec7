import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { id, input, mapByShortNames, port, region, required, tags, textLike } from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { checkComponentName } from "../shared/names";
import { mergeTags, type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

/** Arguments of SecurityGroupConnection. */
export interface SecurityGroupConnectionArgs {
    /** The AWS region of all groups: a rule cannot name a group of another one. */
    region: string;
    /**
     * Ids of the security groups of those who connect, by names of 1 to 20 lower-case letters, digits and hyphens,
     * which are kept for good.
     */
    sourceSecurityGroupIds: Record<string, pulumi.Input<string>>;
    /** Id of the security group of what they connect to. */
    destinationSecurityGroupId: pulumi.Input<string>;
    /** The TCP port that it listens on. */
    port: number;
    /**
     * What the connection is for, in both groups' rules: at most 200 letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*`.
     */
    description: string;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * Lets those who wear some security groups open TCP connections to those who wear another one, on one port: a rule
 * out of each source and a rule into the destination for each, both by reference to the group and not to addresses.
 * Neither end needs the other to be made first.
 *
 * Children: `<name>-<source>-egress` and `<name>-<source>-ingress`.
 */
export class SecurityGroupConnection extends pulumi.ComponentResource {
    /** Ids of the rules that let in, in the order of the sources' names. What must not start before them depends on it. */
    readonly ingressRuleIds: pulumi.Output<string[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: SecurityGroupConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:SecurityGroupConnection", name, args, opts);
        const { destinationSecurityGroupId, description } = args;
        const common = {
            region: args.region,
            ipProtocol: "tcp",
            fromPort: args.port,
            toPort: args.port,
            description,
        };

        const ingress = Object.entries(args.sourceSecurityGroupIds)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([source, securityGroupId]) => {
                new aws.vpc.SecurityGroupEgressRule(
                    `${name}-${source}-egress`,
                    {
                        ...common,
                        securityGroupId,
                        referencedSecurityGroupId: destinationSecurityGroupId,
                        tags: mergeTags({ Name: `${name}-${source}-egress` }, args.tags),
                    },
                    { parent: this },
                );
                return new aws.vpc.SecurityGroupIngressRule(
                    `${name}-${source}-ingress`,
                    {
                        ...common,
                        securityGroupId: destinationSecurityGroupId,
                        referencedSecurityGroupId: securityGroupId,
                        tags: mergeTags({ Name: `${name}-${source}-ingress` }, args.tags),
                    },
                    { parent: this },
                );
            });

        this.ingressRuleIds = pulumi.all(ingress.map((rule) => rule.id));
        this.registerOutputs({ ingressRuleIds: this.ingressRuleIds });
    }
}

const ARGUMENTS: ArgumentTable<SecurityGroupConnectionArgs> = {
    region: required(region()),
    sourceSecurityGroupIds: required(
        mapByShortNames(input(id("sg-", "a security group")), "ids of security groups by names"),
    ),
    destinationSecurityGroupId: required(input(id("sg-", "a security group"))),
    port: required(port("a TCP port from 1 to 65535")),
    description: required(
        textLike(
            /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,200}$/,
            "1 to 200 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
        ),
    ),
    tags: tags(),
};

function validate(name: string, given: SecurityGroupConnectionArgs): SecurityGroupConnectionArgs {
    const problems = new Problems("meridian:index:SecurityGroupConnection", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkComponentName(problems, problems.name);
    problems.throwIfAny();
    return args;
}
