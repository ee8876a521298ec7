import type * as pulumi from "@pulumi/pulumi";
import { ApiTier, type FleetCapacity, ImageRepositories, WebTier } from "../../components/compute";
import { type PersonalDataStore } from "../../components/data";
import { type Vpc3Tier } from "../../components/network";
import { Exposure } from "../../components/shared/exposure";
import { type RegionalConfig, type TierConfig } from "../configTypes";
import { type RegionDatabase } from "./database";
import { type OriginHeader } from "./originHeader";
import { type Surroundings } from "./surroundings";

/** Makes the repositories that the images of both tiers are pushed to. */
export function createImages(
    config: RegionalConfig,
    { key }: Surroundings,
    opts: pulumi.ComponentResourceOptions,
): ImageRepositories {
    return new ImageRepositories(
        "shop-images",
        {
            region: config.entry.region,
            accountId: config.accountId,
            namespace: `${config.project}-${config.environment}`,
            images: ["web", "api"],
            kmsKeyArn: key.keyArn,
            deletionProtection: config.deletionProtection,
        },
        opts,
    );
}

/** What the API may use. */
export interface ApiData {
    readonly database: RegionDatabase;
    readonly personalData: PersonalDataStore;
}

/** Makes the API, which alone reaches data. */
export function createApi(
    config: RegionalConfig,
    surroundings: Surroundings,
    network: Vpc3Tier,
    { database, personalData }: ApiData,
    opts: pulumi.ComponentResourceOptions,
): ApiTier {
    const { hosts, names } = config;
    return new ApiTier(
        "shop-api",
        {
            ...commonOf(config, surroundings, network),
            balancerSubnetIds: network.apiSubnetIds,
            balancerSecurityGroupIds: network.apiBalancerSecurityGroupId.apply((id) => [id]),
            instanceSubnetIds: network.apiSubnetIds,
            instanceSecurityGroupId: network.apiSecurityGroupId,
            instancePort: 8443,
            image: config.api.image,
            containerPort: config.api.containerPort,
            capacity: fleetOf(config.api),
            privateDnsName: hosts.api,
            privateZoneName: hosts.privateZone,
            tableArns: personalData.tableArn.apply((arn) => [arn]),
            bucketArns: personalData.bucketArn.apply((arn) => [arn]),
            kmsKeyArns: personalData.keyArn.apply((arn) => [arn]),
            databaseConnectResourceArns: database.connectResourceArn.apply((arn) => [arn]),
            parameterArns: database.parameterArns,
            environment: {
                DATABASE_PARAMETER_PREFIX: names.parameterPrefix,
                // A token to sign in is of the database's region, which is else the instance's own.
                ...(database.member === undefined ? { DATABASE_REGION: config.databaseRegion.region } : {}),
                PERSONAL_DATA_TABLE: personalData.tableName,
                PERSONAL_DATA_BUCKET: personalData.bucketName,
            },
        },
        opts,
    );
}

/** Makes the tier that answers viewers, for requests with the secret header alone. */
export function createWeb(
    config: RegionalConfig,
    surroundings: Surroundings,
    network: Vpc3Tier,
    { header, api }: { readonly header: OriginHeader; readonly api: ApiTier },
    opts: pulumi.ComponentResourceOptions,
): WebTier {
    return new WebTier(
        "shop-web",
        {
            ...commonOf(config, surroundings, network),
            balancerSubnetIds: network.edgeSubnetIds,
            balancerSecurityGroupIds: network.edgeSecurityGroupIds,
            instanceSubnetIds: network.webSubnetIds,
            instanceSecurityGroupId: network.webSecurityGroupId,
            instancePort: 8443,
            image: config.web.image,
            containerPort: config.web.containerPort,
            capacity: {
                ...fleetOf(config.web),
                targetRequestsPerInstance: config.web.targetRequestsPerInstance,
            },
            domainNames: [...config.balancerHosts],
            ...(config.webCertificateArn === undefined ? {} : { certificateArn: config.webCertificateArn }),
            exposure: Exposure.CloudFront,
            originHeaderName: header.name,
            originHeaderValue: header.value,
            ...(header.alsoAccepted === undefined
                ? {}
                : { additionalOriginHeaderValues: [header.alsoAccepted] }),
            environment: { API_URL: api.url },
        },
        opts,
    );
}

/** What both tiers are told. */
function commonOf(config: RegionalConfig, { alarms, key, logs }: Surroundings, network: Vpc3Tier) {
    return {
        region: config.entry.region,
        accountId: config.accountId,
        vpcId: network.vpcId,
        hostedZoneId: config.hostedZoneId,
        healthCheckPath: config.healthCheckPath,
        kmsKeyArn: key.keyArn,
        logRetentionDays: config.logRetentionDays,
        alarmTopicArns: alarms.topicArn.apply((arn) => [arn]),
        accessLogBucket: logs.bucketName,
        deletionProtection: config.deletionProtection,
        tags: { ...config.tags },
    };
}

function fleetOf(tier: TierConfig): FleetCapacity {
    return {
        minSize: tier.minSize,
        maxSize: tier.maxSize,
        onDemandBaseCapacity: tier.onDemandBaseCapacity,
        instanceTypes: [...tier.instanceTypes],
        targetCpuPercent: tier.targetCpuPercent,
    };
}
