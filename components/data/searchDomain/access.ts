import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup, SecurityGroupConnection } from "../../network";
import {
    createDeadLetterQueue,
    createFunction,
    createFunctionRole,
    type FunctionPlace,
} from "../../operations";
import { SEARCH_PORT } from "./port";

/** What the function that says who may do what in a domain needs. */
export interface AccessArgs extends FunctionPlace {
    vpcId: pulumi.Input<string>;
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** The group that the domain's nodes wear. */
    domainSecurityGroupId: pulumi.Input<string>;
}

const DESCRIPTION = "Says who may do what in the search domain, and makes indexes";

/** Makes the domain's master role: nobody but the domain's own function runs as it. */
export function createMasterRole(name: string, place: FunctionPlace, parent: pulumi.Resource): aws.iam.Role {
    return createFunctionRole(`${name}-access`, place, DESCRIPTION, parent);
}

/**
 * Makes the function that says who may do what in the domain. Fine-grained access is kept inside the domain, where
 * nothing but a request by the master role, from the network, can change it.
 *
 * @returns The function's name, once it works.
 */
export function createAccessFunction(
    name: string,
    args: AccessArgs,
    role: aws.iam.Role,
    domain: aws.opensearch.Domain,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const { region, tags } = args;
    const group = ownSecurityGroup(
        `${name}-access`,
        { region, vpcId: args.vpcId, description: `Access function of search domain ${name}`, tags },
        parent,
    );
    const connection = new SecurityGroupConnection(
        `${name}-access-connection`,
        {
            region,
            sourceSecurityGroupIds: { access: group.id },
            destinationSecurityGroupId: args.domainSecurityGroupId,
            port: SEARCH_PORT,
            description: "The access function to the search domain",
            tags,
        },
        { parent },
    );
    const access = createFunction(
        `${name}-access`,
        args,
        {
            code: "prepare-search-domain",
            description: DESCRIPTION,
            // More than the three minutes for which it tries, with two requests of a quarter of a minute.
            timeoutSeconds: 600,
            environment: { DOMAIN_ENDPOINT: domain.endpoint },
            statements: [
                {
                    Sid: "ChangeDomain",
                    Effect: "Allow",
                    Action: ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPut"],
                    Resource: pulumi.interpolate`${domain.arn}/*`,
                },
            ],
            deadLetterQueue: createDeadLetterQueue(`${name}-access`, args, parent),
            // One at a time, as functions are by default: all roles of a domain are one document. Who calls meanwhile is
            // turned away, and Pulumi's provider calls again.
            role,
            network: { subnetIds: args.subnetIds, securityGroupId: group.id },
        },
        parent,
    );
    const audit = new aws.lambda.Invocation(
        `${name}-audit`,
        {
            region,
            functionName: access.name,
            input: JSON.stringify({ action: "EnableAudit" }),
            // A domain that was made anew has another endpoint, and none of its settings.
            triggers: { domain: domain.endpoint },
        },
        { parent, dependsOn: [connection] },
    );
    // Whoever calls it next finds the way to the domain open. The URN, which previews know, carries the dependency.
    return pulumi.all([access.name, audit.urn]).apply(([called]) => called);
}
