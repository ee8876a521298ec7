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
    failoverName,
    failoverOrigin,
    type OriginHosts,
    originHosts,
    ownHost,
    regionHosts,
} from "../shared/failover";
import { type ShopSettings } from "./settings";

/** The host names of a stack. */
export interface Hosts extends OriginHosts {
    /** What people use: the distribution. */
    readonly shop: string;
    /** The API, as the distribution calls it: one name for the APIs of both regions. */
    readonly api: string;
    /** What leads to the regions' APIs, in two regions: this one's first. */
    readonly apis: readonly string[];
    /** This region's services, in its network alone. */
    readonly services: string;
}

/** The host names that follow from the settings. */
export function hostsOf(settings: ShopSettings): Hosts {
    return {
        shop: settings.domainName,
        ...originHosts(settings),
        api: `api.${settings.domainName}`,
        apis: regionHosts(settings, "api"),
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
 * pages and API change together.
 */
export function createNames(
    settings: ShopSettings,
    hosts: Hosts,
    { front, api }: { readonly front: ServiceBalancer; readonly api: RestApi },
    foundation: RegionalFoundation,
    provider: aws.Provider,
): void {
    const { edgeAlarmTopicArn } = foundation;
    const [frontName = hosts.origin] = hosts.regions;
    const [apiName = hosts.api, otherApiName] = hosts.apis;
    balancerRecord("commerce-front-name", settings, frontName, front, provider);
    new aws.route53.Record(
        "commerce-api-name",
        {
            zoneId: settings.hostedZoneId,
            name: apiName,
            type: "CNAME",
            ttl: FAILOVER_TTL,
            records: [api.regionalDomainName ?? pulumi.output("")],
        },
        { provider },
    );
    const health = failoverOrigin("commerce-origin", settings, hosts, foundation, provider);
    if (health !== undefined && otherApiName !== undefined) {
        const pair = { primary: apiName, secondary: otherApiName };
        failoverName("commerce-api", settings, hosts.api, pair, health, provider);
    }
    if (otherApiName === undefined) {
        new EndpointHealth(
            "commerce-origin-health",
            {
                endpoints: [{ key: "origin", host: frontName }],
                ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
            },
            { providers: [provider] },
        );
    }
}
