import type * as pulumi from "@pulumi/pulumi";

import { WebTier } from "../../components/compute";
import { balancerSecurityGroups, ownSecurityGroup, SecurityGroupConnection } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { Exposure } from "../../components/shared/exposure";
import { balancerNames } from "../shared/failover";
import { type OriginHeader } from "../shared/originHeader";
import { stackTags } from "../shared/provider";
import { type Hosts } from "./names";
import { type StoreNetwork } from "./network";
import { type StoreSettings } from "./settings";
import { type Stores } from "./stores";

/** The port on which instances take TLS from their balancer. */
const INSTANCE_PORT = 8443;

/** The port of both front ends' containers. */
const CONTAINER_PORT = 8080;

/** What people and staff see. */
export interface Fronts {
    readonly front: WebTier;
    readonly frontSecurityGroupId: pulumi.Output<string>;
    readonly office: WebTier;
    readonly officeSecurityGroupId: pulumi.Output<string>;
}

/** Makes the front end of the store, behind CloudFront, and that of the back office, for private networks alone. */
export function createFronts(
    settings: StoreSettings,
    {
        foundation,
        network,
        stores,
        hosts,
        header,
    }: {
        readonly foundation: RegionalFoundation;
        readonly network: StoreNetwork;
        readonly stores: Stores;
        readonly hosts: Hosts;
        readonly header: OriginHeader;
    },
    opts: pulumi.ComponentResourceOptions,
): Fronts {
    const { tiers } = network;
    const { region, accountId } = settings;
    const common = {
        region,
        accountId,
        vpcId: tiers.vpcId,
        hostedZoneId: settings.hostedZoneId,
        kmsKeyArn: foundation.kmsKeyArn,
        logRetentionDays: settings.logRetentionDays,
        alarmTopicArns: [foundation.alarmTopicArn],
        accessLogBucket: foundation.logBucketName,
        deletionProtection: settings.deletionProtection,
        instancePort: INSTANCE_PORT,
        containerPort: CONTAINER_PORT,
        // Auto Scaling hands these on to instances and volumes.
        tags: stackTags(settings),
    };
    const environment = {
        SERVICES_URL: `https://${hosts.services}`,
        // The sample image knows nothing of PORT.
        PODINFO_PORT: String(CONTAINER_PORT),
    };
    const front = new WebTier(
        "store-front",
        {
            ...common,
            balancerSubnetIds: tiers.edgeSubnetIds,
            balancerSecurityGroupIds: tiers.edgeSecurityGroupIds,
            instanceSubnetIds: tiers.webSubnetIds,
            instanceSecurityGroupId: tiers.webSecurityGroupId,
            image: settings.frontImage,
            exposure: Exposure.CloudFront,
            domainNames: balancerNames(hosts),
            originHeaderName: header.name,
            originHeaderValue: header.value,
            environment: {
                ...environment,
                SESSIONS_HOST: stores.sessions.endpoint,
                SESSIONS_CACHE: stores.sessions.cacheName,
                SESSIONS_USER: stores.sessions.userNames.apply((users) => users["front"] ?? ""),
            },
        },
        opts,
    );

    const place = { region, vpcId: tiers.vpcId };
    const balancerGroups = balancerSecurityGroups(
        "store-office-lb",
        {
            ...place,
            exposure: Exposure.Internal,
            clientCidrBlocks: settings.officeCidrBlocks,
            vpcOrigin: false,
        },
        tiers,
    );
    const officeGroup = ownSecurityGroup(
        "store-office",
        {
            ...place,
            description: "Instances of the back office",
            httpsEgressCidrBlocks: ["0.0.0.0/0"],
        },
        tiers,
    );
    new SecurityGroupConnection(
        "store-office-lb-to-office",
        {
            region,
            sourceSecurityGroupIds: { balancer: balancerGroups.own },
            destinationSecurityGroupId: officeGroup.id,
            port: INSTANCE_PORT,
            description: "Balancer of the back office to its instances",
        },
        opts,
    );
    const office = new WebTier(
        "store-office",
        {
            ...common,
            balancerSubnetIds: tiers.apiSubnetIds,
            balancerSecurityGroupIds: balancerGroups.all,
            instanceSubnetIds: tiers.apiSubnetIds,
            instanceSecurityGroupId: officeGroup.id,
            image: settings.officeImage,
            exposure: Exposure.Internal,
            domainNames: [hosts.office],
            capacity: { maxSize: 4 },
            environment,
        },
        opts,
    );
    return {
        front,
        frontSecurityGroupId: tiers.webSecurityGroupId,
        office,
        officeSecurityGroupId: officeGroup.id,
    };
}
