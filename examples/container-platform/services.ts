import * as pulumi from "@pulumi/pulumi";

import {
    ContainerCluster,
    FargateService,
    type FargateServiceArgs,
    ServiceBalancer,
} from "../../components/compute";
import { type DocumentDatabase, DocumentEngine } from "../../components/data";
import { SecurityGroupConnection } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { Exposure } from "../../components/shared/exposure";
import { attachment } from "../shared/attachment";
import { type Hosts } from "./hosts";
import { type PlatformNetwork } from "./network";
import { Delivery, FrontExposure, type PlatformSettings } from "./settings";

/** What runs, and what stands before it. */
export interface PlatformServices {
    readonly cluster: ContainerCluster;
    readonly frontBalancer: ServiceBalancer;
    readonly backBalancer: ServiceBalancer;
    readonly front: FargateService;
    readonly back: FargateService;
}

interface Surroundings {
    readonly foundation: RegionalFoundation;
    readonly network: PlatformNetwork;
    readonly database: DocumentDatabase;
    readonly hosts: Hosts;
}

/**
 * Makes the chain viewers → front balancer → front end → back balancer → back end → database. Each link is a pair of
 * rules between two security groups; only the first lets in addresses.
 */
export function createServices(
    settings: PlatformSettings,
    { foundation, network, database, hosts }: Surroundings,
    opts: pulumi.ComponentResourceOptions,
): PlatformServices {
    const { region, accountId, logRetentionDays, deletionProtection } = settings;
    const { alarmTopicArn, kmsKeyArn, logBucketName } = foundation;
    const place = { region, accountId, kmsKeyArn, logRetentionDays, alarmTopicArns: [alarmTopicArn] };

    const behindCloudFront = settings.frontExposure === FrontExposure.CloudFront;

    const cluster = new ContainerCluster("platform", place, opts);
    const balancer = {
        ...place,
        vpcId: network.vpcId,
        hostedZoneId: settings.hostedZoneId,
        accessLogBucket: logBucketName,
        deletionProtection,
    };
    const frontBalancer = new ServiceBalancer(
        "platform-front-lb",
        {
            ...balancer,
            ...(behindCloudFront
                ? {
                      subnetIds: network.frontSubnetIds,
                      exposure: Exposure.Internal,
                      vpcOrigin: true,
                      // They are the distribution's.
                      createDnsRecords: false,
                  }
                : {
                      subnetIds: network.frontBalancerSubnetIds,
                      exposure: Exposure.Internet,
                      // In two regions the world's name leads to one of them, which names.ts decides.
                      createDnsRecords: hosts.world === hosts.region,
                  }),
            domainName: hosts.frontBalancer,
            additionalDomainNames: hosts.world === hosts.region ? [] : [hosts.world],
        },
        opts,
    );
    const backBalancer = new ServiceBalancer(
        "platform-back-lb",
        {
            ...balancer,
            subnetIds: network.backSubnetIds,
            exposure: Exposure.Internal,
            domainName: hosts.back,
        },
        opts,
    );

    const service: Omit<FargateServiceArgs, "image" | "subnetIds"> = {
        ...place,
        clusterArn: cluster.clusterArn,
        clusterName: cluster.clusterName,
        vpcId: network.vpcId,
        tlsProxy: { image: settings.proxyImage },
        tracing: { collectorImage: settings.collectorImage },
        scaling: { minTasks: settings.minTasks, maxTasks: settings.maxTasks },
        deployedByPipeline: settings.delivery !== Delivery.None,
        // The sample image knows nothing of PORT; images of one's own need not know of this.
        environment: { PODINFO_PORT: "8080" },
    };
    const back = new FargateService(
        "platform-back",
        {
            ...service,
            image: settings.backImage,
            subnetIds: network.backSubnetIds,
            environment: { ...service.environment, MONGODB_URI: database.connectionString },
            secrets: {
                MONGODB_CREDENTIALS: database.secretArn,
                ...(database.caCertificateParameterArn === undefined
                    ? {}
                    : { MONGODB_CA: database.caCertificateParameterArn }),
            },
            secretKmsKeyArns: [database.kmsKeyArn],
            balancers: { internal: attachment(backBalancer, [{ priority: 10 }]) },
        },
        opts,
    );
    const front = new FargateService(
        "platform-front",
        {
            ...service,
            image: settings.frontImage,
            subnetIds: network.frontSubnetIds,
            environment: { ...service.environment, BACK_URL: pulumi.interpolate`https://${hosts.back}` },
            balancers: { public: attachment(frontBalancer, [{ priority: 10 }]) },
        },
        opts,
    );

    new SecurityGroupConnection(
        "platform-front-to-back",
        {
            region,
            sourceSecurityGroupIds: { front: front.securityGroupId },
            destinationSecurityGroupId: backBalancer.securityGroupId,
            port: 443,
            description: "Front end to the balancer of the back end",
        },
        opts,
    );
    new SecurityGroupConnection(
        "platform-back-to-db",
        {
            region,
            sourceSecurityGroupIds: { back: back.securityGroupId },
            destinationSecurityGroupId: database.securityGroupId,
            port: 27017,
            description: "Back end to the database",
        },
        opts,
    );
    // The endpoints' names lead to private addresses: who is not let in there starts no task.
    new SecurityGroupConnection(
        "platform-to-aws",
        {
            region,
            sourceSecurityGroupIds: {
                front: front.securityGroupId,
                back: back.securityGroupId,
                ...(settings.databaseEngine === DocumentEngine.MongoDbOnEc2
                    ? { db: database.securityGroupId }
                    : {}),
            },
            destinationSecurityGroupId: network.endpointSecurityGroupId,
            port: 443,
            description: "AWS services by their endpoints in the network",
        },
        opts,
    );
    return { cluster, frontBalancer, backBalancer, front, back };
}
