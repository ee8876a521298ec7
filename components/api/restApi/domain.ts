import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { domainCertificate, domainRecords } from "../domain";
import { ApiTlsPolicy, type RestApiArgs, type RestApiRoute } from "./args";

/** The domain name of an API, and where it leads. */
export interface RestDomain {
    readonly domainName?: pulumi.Output<string>;
    readonly regionalDomainName?: pulumi.Output<string>;
    readonly regionalZoneId?: pulumi.Output<string>;
}

/** Makes the API's domain name, and what leads from it, or from another API's, to the stage. */
export function restDomain(
    name: string,
    args: RestApiArgs,
    stage: aws.apigateway.Stage,
    tags: TagsInput,
    parent: pulumi.Resource,
): RestDomain {
    const { region, domain, route } = args;
    if (domain === undefined) {
        if (route?.domainName !== undefined) {
            routingRule(name, region, { ...route, domainName: route.domainName }, stage, parent);
        }
        return {};
    }
    const securityPolicy = domain.securityPolicy ?? ApiTlsPolicy.Tls13;
    const ownName = new aws.apigateway.DomainName(
        `${name}-domain`,
        {
            region,
            domainName: domain.domainName,
            regionalCertificateArn: domainCertificate(name, { region, domain, tags }, parent),
            endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
            securityPolicy,
            // The old policies know no modes. The strict one refuses a host that is not the name in the TLS handshake.
            ...(securityPolicy === ApiTlsPolicy.Tls12 ? {} : { endpointAccessMode: "STRICT" }),
            routingMode: domain.routeByRules === true ? "ROUTING_RULE_ONLY" : "BASE_PATH_MAPPING_ONLY",
            tags,
        },
        { parent },
    );
    if (route === undefined) {
        new aws.apigateway.BasePathMapping(
            `${name}-mapping`,
            {
                region,
                restApi: stage.restApi,
                stageName: stage.stageName,
                domainName: ownName.domainName,
                ...(domain.basePath === undefined ? {} : { basePath: domain.basePath }),
            },
            // A name has one mapping of each path.
            { parent, deleteBeforeReplace: true },
        );
    } else {
        routingRule(name, region, { ...route, domainName: ownName.domainName }, stage, parent);
    }
    const { regionalDomainName, regionalZoneId } = ownName;
    domainRecords(name, domain, { name: regionalDomainName, zoneId: regionalZoneId }, parent);
    return { domainName: ownName.domainName, regionalDomainName, regionalZoneId };
}

function routingRule(
    name: string,
    region: string,
    {
        domainName,
        priority,
        basePath,
        stripBasePath,
        header,
    }: RestApiRoute & { domainName: pulumi.Input<string> },
    stage: aws.apigateway.Stage,
    parent: pulumi.Resource,
): void {
    const conditions = [
        ...(basePath === undefined ? [] : [{ matchBasePaths: { anyOfs: [basePath] } }]),
        ...(header === undefined
            ? []
            : [{ matchHeaders: { anyOf: { header: header.name, valueGlob: header.value } } }]),
    ];
    new aws.apigatewayv2.RoutingRule(
        `${name}-route`,
        {
            region,
            domainName,
            priority,
            conditions,
            actions: [
                {
                    invokeApi: {
                        apiId: stage.restApi.apply((api) => String(api)),
                        stage: stage.stageName,
                        stripBasePath: stripBasePath ?? false,
                    },
                },
            ],
        },
        // A name has one rule of each priority.
        { parent, deleteBeforeReplace: true },
    );
}
