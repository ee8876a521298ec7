import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { domainCertificate, domainRecords } from "../domain";
import {
    type ApiDomainTarget,
    ApiTlsPolicy,
    type RestApiArgs,
    type RestApiDomain,
    type RestApiRoute,
} from "./args";
import { type ApiStage } from "./stage";

/** The domain name of an API, and where it leads. */
export interface RestDomain {
    readonly domainName?: pulumi.Output<string>;
    readonly regionalDomainName?: pulumi.Output<string>;
    readonly regionalZoneId?: pulumi.Output<string>;
    readonly otherTargets?: pulumi.Output<Record<string, ApiDomainTarget>>;
}

/** Makes the API's domain name, and what leads from it, or from another API's, to the stage. */
export function restDomain(
    name: string,
    args: RestApiArgs,
    ofApi: ApiStage,
    tags: TagsInput,
    parent: pulumi.Resource,
): RestDomain {
    const { region, domain, route } = args;
    if (domain === undefined) {
        if (route?.domainName !== undefined) {
            routingRule(name, region, { ...route, domainName: route.domainName }, ofApi, parent);
        }
        return {};
    }
    const certificateArn = domainCertificate(name, { region, domain, tags }, parent);
    const makeName = (suffix: string, domainName: string): aws.apigateway.DomainName => {
        const made = new aws.apigateway.DomainName(
            `${name}-domain${suffix}`,
            { region, domainName, regionalCertificateArn: certificateArn, ...nameInputs(domain), tags },
            { parent },
        );
        if (route === undefined) {
            new aws.apigateway.BasePathMapping(
                `${name}-mapping${suffix}`,
                {
                    region,
                    restApi: ofApi.api.id,
                    stageName: ofApi.stage.stageName,
                    domainName: made.domainName,
                    ...(domain.basePath === undefined ? {} : { basePath: domain.basePath }),
                },
                // A name has one mapping of each path.
                { parent, deleteBeforeReplace: true },
            );
        }
        return made;
    };
    const ownName = makeName("", domain.domainName);
    if (route !== undefined) {
        routingRule(name, region, { ...route, domainName: ownName.domainName }, ofApi, parent);
    }
    const { regionalDomainName, regionalZoneId } = ownName;
    domainRecords(name, domain, { name: regionalDomainName, zoneId: regionalZoneId }, parent);
    const others = (domain.alsoNamed ?? []).map((other) => {
        const made = makeName(`-${other}`, other);
        return [other, { domainName: made.regionalDomainName, zoneId: made.regionalZoneId }] as const;
    });
    return {
        domainName: ownName.domainName,
        regionalDomainName,
        regionalZoneId,
        ...(others.length === 0 ? {} : { otherTargets: pulumi.output(Object.fromEntries(others)) }),
    };
}

/** What is alike of all names of an API. */
function nameInputs({ securityPolicy = ApiTlsPolicy.Tls13, routeByRules }: RestApiDomain) {
    return {
        endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
        securityPolicy,
        // The old policies know no modes. The strict one refuses a host that is not the name in the TLS handshake.
        ...(securityPolicy === ApiTlsPolicy.Tls12 ? {} : { endpointAccessMode: "STRICT" }),
        routingMode: routeByRules === true ? "ROUTING_RULE_ONLY" : "BASE_PATH_MAPPING_ONLY",
    };
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
    { api, stage }: ApiStage,
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
                        apiId: api.id,
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
