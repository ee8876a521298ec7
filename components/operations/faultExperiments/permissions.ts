import * as pulumi from "@pulumi/pulumi";

import { allow, type PolicyStatement } from "../../security/policyDocument";
import { type FaultExperimentsArgs } from "./args";

/** What FIS makes for an experiment, and takes away again, has this tag. */
const MADE_BY_FIS = { "aws:RequestTag/managedByFIS": "true" };
const OF_FIS = { "ec2:ResourceTag/managedByFIS": "true" };

type Place = Pick<FaultExperimentsArgs, "accountId" | "region">;

/** The ARN of anything of EC2's of some kinds, in the experiments' region. */
export function ec2Arns({ accountId, region }: Place, ...kinds: string[]): pulumi.Output<string>[] {
    return kinds.map((kind) => pulumi.interpolate`arn:aws:ec2:${region}:${accountId}:${kind}/*`);
}

/**
 * What it takes to give subnets other route tables for a while.
 * Source: AWS Managed Policy Reference, AWSFaultInjectionSimulatorNetworkAccess, what is for this action and in this region.
 */
export function routeTableStatements(place: Place): PolicyStatement[] {
    const arns = (...kinds: string[]) => ec2Arns(place, ...kinds);
    const made = { StringEquals: MADE_BY_FIS };
    const own = { StringEquals: OF_FIS };
    const tag = (sid: string, kind: string, action: string): PolicyStatement =>
        allow(sid, ["ec2:CreateTags"], arns(kind), {
            StringEquals: { ...MADE_BY_FIS, "ec2:CreateAction": action },
        });
    return [
        allow(
            "SeeNetwork",
            [
                "ec2:DescribeManagedPrefixLists",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeRouteTables",
                "ec2:DescribeSubnets",
                "ec2:DescribeVpcEndpoints",
                "ec2:DescribeVpcPeeringConnections",
                "ec2:DescribeVpcs",
            ],
            // These calls know no resource.
            "*",
        ),
        allow("SeeAddresses", ["ec2:GetManagedPrefixListEntries"], arns("prefix-list")),
        allow(
            "MakeRoutes",
            ["ec2:CreateRouteTable", "ec2:CreateNetworkInterface", "ec2:CreateManagedPrefixList"],
            arns("route-table", "network-interface", "prefix-list"),
            made,
        ),
        allow("MakeRoutesIn", ["ec2:CreateRouteTable"], arns("vpc")),
        allow("MakeInterfacesIn", ["ec2:CreateNetworkInterface"], arns("subnet", "security-group")),
        tag("TagRouteTables", "route-table", "CreateRouteTable"),
        tag("TagInterfaces", "network-interface", "CreateNetworkInterface"),
        tag("TagPrefixLists", "prefix-list", "CreateManagedPrefixList"),
        allow(
            "ChangeOwnRoutes",
            [
                "ec2:CreateRoute",
                "ec2:DeleteRouteTable",
                "ec2:DeleteNetworkInterface",
                "ec2:ModifyManagedPrefixList",
                "ec2:DeleteManagedPrefixList",
                "ec2:DisassociateRouteTable",
                "ec2:ModifyVpcEndpoint",
            ],
            arns("route-table", "network-interface", "prefix-list", "vpc"),
            own,
        ),
        allow(
            "SwapRoutes",
            ["ec2:AssociateRouteTable", "ec2:ReplaceRouteTableAssociation"],
            arns("subnet", "route-table"),
        ),
        allow("UnswapRoutes", ["ec2:DisassociateRouteTable"], arns("subnet")),
        allow("SwapEndpoints", ["ec2:ModifyVpcEndpoint"], arns("vpc-endpoint")),
    ];
}

/**
 * What it takes to give subnets another network ACL for a while.
 * Source: AWS Managed Policy Reference, AWSFaultInjectionSimulatorNetworkAccess, what is for this action and in this region.
 */
export function networkAclStatements(place: Place): PolicyStatement[] {
    const arns = (...kinds: string[]) => ec2Arns(place, ...kinds);
    return [
        allow(
            "SeeNetwork",
            [
                "ec2:DescribeManagedPrefixLists",
                "ec2:DescribeNetworkAcls",
                "ec2:DescribeSubnets",
                "ec2:DescribeVpcs",
            ],
            // These calls know no resource.
            "*",
        ),
        allow("SeeAddresses", ["ec2:GetManagedPrefixListEntries"], arns("prefix-list")),
        allow("MakeAcl", ["ec2:CreateNetworkAcl"], arns("network-acl"), { StringEquals: MADE_BY_FIS }),
        allow("MakeAclIn", ["ec2:CreateNetworkAcl"], arns("vpc")),
        allow("TagAcl", ["ec2:CreateTags"], arns("network-acl"), {
            StringEquals: { ...MADE_BY_FIS, "ec2:CreateAction": "CreateNetworkAcl" },
        }),
        allow(
            "ChangeOwnAcl",
            ["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAcl"],
            arns("network-acl", "vpc"),
            { StringEquals: OF_FIS },
        ),
        allow("SwapAcl", ["ec2:ReplaceNetworkAclAssociation"], arns("subnet", "network-acl")),
    ];
}
