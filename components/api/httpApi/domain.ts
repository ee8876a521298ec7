import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { domainCertificate, domainRecords } from "../domain";
import { type HttpApiArgs } from "./args";

/** The domain name of an API, and where it leads. */
export interface HttpDomain {
    readonly domainName?: pulumi.Output<string>;
    readonly regionalDomainName?: pulumi.Output<string>;
    readonly regionalZoneId?: pulumi.Output<string>;
}

/** Makes the API's domain name, and what leads from it to the stage. */
export function httpDomain(
    name: string,
    { region, domain }: HttpApiArgs,
    api: aws.apigatewayv2.Api,
    stage: aws.apigatewayv2.Stage,
    tags: TagsInput,
    parent: pulumi.Resource,
): HttpDomain {
    if (domain === undefined) {
        return {};
    }
    const ownName = new aws.apigatewayv2.DomainName(
        `${name}-domain`,
        {
            region,
            domainName: domain.domainName,
            domainNameConfiguration: {
                certificateArn: domainCertificate(name, { region, domain, tags }, parent),
                endpointType: "REGIONAL",
                ipAddressType: "dualstack",
                // The newest that names of HTTP APIs have.
                securityPolicy: "TLS_1_2",
            },
            tags,
        },
        { parent },
    );
    new aws.apigatewayv2.ApiMapping(
        `${name}-mapping`,
        {
            region,
            apiId: api.id,
            stage: stage.name,
            domainName: ownName.domainName,
            ...(domain.basePath === undefined ? {} : { apiMappingKey: domain.basePath }),
        },
        // A name has one mapping of each path.
        { parent, deleteBeforeReplace: true },
    );
    const { targetDomainName: regionalDomainName, hostedZoneId: regionalZoneId } =
        ownName.domainNameConfiguration;
    domainRecords(name, domain, { name: regionalDomainName, zoneId: regionalZoneId }, parent);
    return { domainName: ownName.domainName, regionalDomainName, regionalZoneId };
}
