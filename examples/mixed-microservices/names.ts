import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type RestApi } from "../../components/api";
import { EndpointHealth } from "../../components/edge";
import { type RegionalFoundation } from "../../components/operations";
import { balancerRecord, failoverOrigin, regionHosts } from "../shared/failover";
import { type Hosts } from "./hosts";
import { type MixedServices } from "./services";
import { type EntryName } from "./serviceTable";
import { type MixedSettings } from "./settings";

/** The entries that are in both regions. The desk is where its database is. */
const IN_BOTH: readonly EntryName[] = ["baskets", "offers"];

/** Where a region's API is reached. */
interface ApiTarget {
    readonly name: string;
    readonly zoneId: string;
}

/** What the other region's stack is told of this one's API. */
export function apiTarget({ regionalDomainName, regionalZoneId }: RestApi): pulumi.Output<ApiTarget> {
    return pulumi
        .all([regionalDomainName, regionalZoneId])
        .apply(([name = "", zoneId = ""]) => ({ name, zoneId }));
}

/** What names lead to. */
export interface NamedParts {
    readonly foundation: RegionalFoundation;
    readonly hosts: Hosts;
    readonly services: MixedServices;
    readonly api: RestApi;
    readonly primary: pulumi.StackReference | undefined;
}

/**
 * In two regions makes the entries' names: this region's own, and those that people use, which lead to the primary region while it is
 * well and to the other one while it is not. In one region the balancers and the API have made them.
 */
export function createNames(
    settings: MixedSettings,
    { foundation, hosts, services: { entries }, api, primary }: NamedParts,
    provider: aws.Provider,
): void {
    if (settings.peerRegion === undefined) {
        return;
    }
    for (const [name, balancer] of Object.entries(entries)) {
        balancerRecord(`mixed-${name}-name`, settings, hosts.region[name as EntryName], balancer, provider);
    }
    if (entries.desk !== undefined) {
        balancerRecord("mixed-desk-world-name", settings, hosts.world.desk, entries.desk, provider);
    }
    for (const name of IN_BOTH) {
        const regions = regionHosts(settings, name);
        failoverOrigin(
            `mixed-${name}`,
            settings,
            { origin: hosts.world[name], regions },
            foundation,
            provider,
        );
    }
    if (primary !== undefined) {
        const [, watched = ""] = regionHosts(settings, "baskets");
        const told = primary.requireOutput("apiTarget") as pulumi.Output<ApiTarget>;
        nameApis(settings, { foundation, host: hosts.api, watched }, [told, apiTarget(api)], provider);
    }
}

/** The API's name: made by the second region's stack, which alone knows both APIs. It goes where the first region's baskets go. */
function nameApis(
    { hostedZoneId: zoneId }: MixedSettings,
    {
        foundation: { edgeAlarmTopicArn },
        host,
        watched,
    }: { readonly foundation: RegionalFoundation; readonly host: string; readonly watched: string },
    targets: readonly pulumi.Output<ApiTarget>[],
    provider: aws.Provider,
): void {
    const health = new EndpointHealth(
        "mixed-api-health",
        {
            endpoints: [{ key: "primary", host: watched }],
            ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
        },
        { providers: [provider] },
    );
    targets.forEach((target, index) => {
        const role = index === 0 ? "primary" : "secondary";
        new aws.route53.Record(
            `mixed-api-${role}`,
            {
                zoneId,
                name: host,
                type: "A",
                setIdentifier: role,
                failoverRoutingPolicies: [{ type: role.toUpperCase() }],
                aliases: [{ name: target.name, zoneId: target.zoneId, evaluateTargetHealth: true }],
                // The second answers when this check of the first fails, and needs none of its own.
                ...(index === 0
                    ? { healthCheckId: health.healthCheckIds.apply((ids) => ids["primary"] ?? "") }
                    : {}),
            },
            { provider },
        );
    });
}
