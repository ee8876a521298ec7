import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../network";
import { type TagsInput } from "../shared/tags";
import { type ApiNetwork } from "./args";

/** An API's way into a network. */
export interface ApiVpcLink {
    readonly vpcLinkId: pulumi.Output<string>;
    /** Id of the group that its interfaces wear. */
    readonly securityGroupId: pulumi.Output<string>;
}

/** Makes the way into a network: `<name>-vpc-link`, and `<name>-security-group`, which lets nothing out by itself. */
export function vpcLink(
    name: string,
    { region, network, tags }: { region: string; network: ApiNetwork; tags: TagsInput },
    parent: pulumi.Resource,
): ApiVpcLink {
    const group = ownSecurityGroup(
        name,
        { region, vpcId: network.vpcId, description: "API Gateway to balancers in the network", tags },
        parent,
    );
    const link = new aws.apigatewayv2.VpcLink(
        `${name}-vpc-link`,
        { region, subnetIds: network.subnetIds, securityGroupIds: [group.id], tags },
        { parent },
    );
    return { vpcLinkId: link.id, securityGroupId: group.id };
}
