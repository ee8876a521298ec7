import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type RestApi } from "../../components/api";
import { type ServiceBalancer } from "../../components/compute";
import { EndpointHealth } from "../../components/edge";
import { type RegionalFoundation } from "../../components/operations";
import { ValidatedCertificate } from "../../components/security/certificate";
import {
    balancerRecord,
    FAILOVER_TTL,
    failoverOrigin,
    type OriginHosts,
    originHosts,
    ownHost,
} from "../shared/failover";
import { hasPeer, type ShopSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts extends OriginHosts {
    /** What people use: the distribution. */
    readonly shop: string;
    /** The API, as the distribution calls it: one name for the APIs of both regions. */
    readonly api: string;
    /** This region's services, in its network alone. */
    readonly services: string;
}

/** The host names that follow from the settings. */
export function hostsOf(settings: ShopSettings): Hosts {
    return {
        shop: settings.domainName,
        ...originHosts(settings),
        api: `api.${settings.domainName}`,
        services: ownHost(settings, "services"),
    };
}

/** Makes the certificate of the API's name, which each region's API has one of. */
export function apiCertificate(
    { hostedZoneId, region }: ShopSettings,
    { api }: Hosts,
    opts: pulumi.ComponentResourceOptions,
): ValidatedCertificate {
    return new ValidatedCertificate(
        "commerce-api-certificate",
        { region, domainNames: [api], hostedZoneId },
        opts,
    );
}

/**
 * Makes the names by which the distribution reaches the region that answers. In one region they lead there, and a health check
 * says how it is. In two, both lead to the primary region while its front end is well, and to the other one while it is not:
 * pages and API change together. Each region's stack makes its own record of the API's pair, because only it knows where its
 * API is.
 */
export function createNames(
    settings: ShopSettings,
    hosts: Hosts,
    { front, api }: { readonly front: ServiceBalancer; readonly api: RestApi },
    foundation: RegionalFoundation,
    provider: aws.Provider,
): void {
    const { edgeAlarmTopicArn } = foundation;
    const own = hosts.regions[0] ?? hosts.origin;
    balancerRecord("commerce-front-name", settings, own, front, provider);
    const health = failoverOrigin("commerce-origin", settings, hosts, foundation, provider);
    if (!hasPeer(settings)) {
        new EndpointHealth(
            "commerce-origin-health",
            {
                endpoints: [{ key: "origin", host: own }],
                ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
            },
            { providers: [provider] },
        );
    }
    const role = settings.isPrimary ? "primary" : "secondary";
    new aws.route53.Record(
        "commerce-api-name",
        {
            zoneId: settings.hostedZoneId,
            name: hosts.api,
            type: "CNAME",
            ttl: FAILOVER_TTL,
            records: [api.regionalDomainName ?? pulumi.output("")],
            ...(hasPeer(settings)
                ? {
                      setIdentifier: role,
                      failoverRoutingPolicies: [{ type: role.toUpperCase() }],
                      // The other region answers when this check fails, and needs none of its own.
                      ...(health === undefined
                          ? {}
                          : { healthCheckId: health.apply((ids) => ids["primary"] ?? "") }),
                  }
                : {}),
        },
        { provider },
    );
}
