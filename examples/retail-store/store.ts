import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type WebTier } from "../../components/compute";
import { type PermissionsInput, rolePolicy } from "../../components/security/permissions";
import { primaryStack, stackFoundation } from "../shared/foundation";
import { originHeader } from "../shared/originHeader";
import { stackProvider } from "../shared/provider";
import { tryFaults, watchHosts } from "../shared/recovery";
import { createEdge } from "./edge";
import { createEngagement } from "./engagement";
import { createFronts } from "./fronts";
import { createLinks } from "./links";
import { createNames, hostsOf } from "./names";
import { createNetwork } from "./network";
import { createServices } from "./services";
import { readStoreSettings } from "./settings";
import { createStores } from "./stores";
import { createTables } from "./tables";

/** Composes the store in one region. */
export function composeStore(): Record<string, unknown> {
    const settings = readStoreSettings();
    const provider = stackProvider(settings);
    const opts = { providers: [provider] };
    const primary = primaryStack(settings);
    const hosts = hostsOf(settings);

    const foundation = stackFoundation("store-base", settings, opts);
    const network = createNetwork(settings, foundation, opts);
    const { tables, replicas } = createTables(settings, foundation, primary, opts);
    const stores = createStores(settings, foundation, network, tables, opts);
    const engagement = createEngagement(settings, foundation, provider);
    const header = originHeader("store-origin-header", "X-Store-Origin", primary);
    const fronts = createFronts(settings, { foundation, network, stores, hosts, header }, opts);
    const services = createServices(
        settings,
        { foundation, network, tables, stores, engagement, hosts },
        opts,
    );
    createLinks(settings, network, stores, services, fronts, opts);
    createNames(settings, hosts, fronts, foundation, provider);
    // The regions' own names are CloudFront's alone.
    watchHosts("store", settings, foundation, { world: hosts.store }, provider);
    tryFaults(
        "store",
        settings,
        foundation,
        { subnetIds: network.tiers.apiSubnetIds, balancers: { front: fronts.front } },
        provider,
    );
    const edge = settings.isPrimary ? createEdge(settings, foundation, hosts, header, opts) : undefined;

    const grant = (name: string, { roleName }: WebTier, permissions: PermissionsInput) =>
        new aws.iam.RolePolicy(name, { role: roleName, policy: rolePolicy([], permissions) }, { provider });
    grant("store-front-grants", fronts.front, [
        stores.sessions.userPermissions.apply((users) => users["front"] ?? []),
    ]);
    if (edge !== undefined) {
        grant("store-office-grants", fronts.office, [edge.mediaPermissions]);
    }

    return {
        url: `https://${hosts.store}`,
        officeUrl: `https://${hosts.office}`,
        clusterName: services.cluster.clusterName,
        serviceNames: Object.fromEntries(
            Object.entries(services.services).map(([name, { serviceName }]) => [name, serviceName]),
        ),
        tableNames: Object.fromEntries(Object.entries(tables).map(([key, { name }]) => [key, name])),
        trainingWorkflowArn: engagement.personalization.workflowArn,
        removalWorkflowArn: engagement.personalization.removalWorkflowArn,
        recommendationBucketName: engagement.personalization.bucketName,
        ...(edge === undefined
            ? {}
            : {
                  staticBucketName: edge.distribution.staticBucketName,
                  distributionId: edge.distribution.distributionId,
                  clickstreamWorkgroup: edge.clicks.workgroupName,
              }),
        ...(stores.database === undefined ? {} : { databaseSecretArn: stores.database.masterUserSecretArn }),
        // What the other region's stack follows.
        ...(replicas === undefined ? {} : { replicas, originHeader: pulumi.secret(header.value) }),
        alarmTopicArn: foundation.alarmTopicArn,
    };
}
