/** For each public component arguments that are fine, with everything in them that goes together. */
import type * as pulumi from "@pulumi/pulumi";

import * as components from "../../components";
import {
    ABROAD,
    HOME,
    PRIMARY,
    REPLICATION,
    SECONDARY,
    SOURCE,
    THIRD,
} from "../support/components/databaseMembers";
import { fullCluster, fullEc2, fullFargate } from "../support/components/containerArguments";
import { shopArgs, updatesArgs } from "../support/components/distributionArguments";
import {
    FRONT_URL,
    goodBalancer,
    goodGitHubRole,
    goodPipeline,
    goodRepository,
    TASK_ROLES,
} from "../support/components/deliveryArguments";
import {
    BEACON,
    CLOUDFRONT_LOGS,
    DAX,
    GLOBAL_TABLE,
    NODES,
    PROVISIONED_TABLE,
    SERVERLESS,
} from "../support/components/storeArguments";
import { fullFunction } from "../support/components/functionArguments";
import { good as goodBackup } from "../support/components/backupArguments";
import { FULL_DIRECTORY, FULL_STORAGE, PARTNER_DIRECTORY } from "../support/components/identityArguments";
import {
    fullBus,
    fullQueue,
    fullStream,
    fullTopic,
    fullWorkflow,
} from "../support/components/eventArguments";
import { HTTP, REST, SHARED_REST, SIGNED_REST } from "../support/components/apiArguments";
import { goodMessaging } from "../support/components/messagingArguments";
import { fullCanary, fullFaults, fullPlan } from "../support/components/recoveryArguments";
import { goodCluster, goodInstance } from "../support/components/relationalArguments";
import { goodAccess, goodDomain, goodLoader } from "../support/components/searchArguments";
import { goodApi, goodWeb, LOG_KEY, TOPIC } from "../support/components/tierArguments";
import { TEST_ACCOUNT, TEST_REGION } from "../support/preview";

/** A component's constructor as a program without types sees it. */
export type Untyped = new (
    name: unknown,
    args: unknown,
    opts?: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/** One set of arguments that is fine. */
export interface Sample {
    readonly component: string;
    readonly make: Untyped;
    readonly args: Readonly<Record<string, unknown>>;
    readonly region: string;
}

/** The name that every sample can have. */
export const NAME = "shop";

const tags = { project: "shop" };
const place = { region: TEST_REGION, accountId: TEST_ACCOUNT };
const keyIn = (region: string): string =>
    `arn:aws:kms:${region}:${TEST_ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const documents = {
    ...place,
    identifier: "shop-documents",
    vpcId: "vpc-0a",
    subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
    availabilityZones: ["a", "b", "c"].map((letter) => `${TEST_REGION}${letter}`),
    kmsKeyArn: keyIn(TEST_REGION),
    backupRetentionDays: 14,
    certificateBundlePath: "/etc/ssl/certs/documents.pem",
    deletionProtection: true,
    logRetentionDays: 365,
    alarmTopicArns: [TOPIC],
    tags,
};
const accessLogBucket = "shop-logs-bucket";
const lifecycle: Required<components.BucketLifecycle> = {
    expireAfterDays: 400,
    transitionToInfrequentAccessAfterDays: 30,
    transitionToGlacierAfterDays: 90,
    noncurrentExpireAfterDays: 30,
};

const tier = {
    instancePort: 8443,
    containerPort: 8080,
    environment: { MODE: "shop" },
    healthCheckPath: "/healthz",
    certificateArn: `arn:aws:acm:${TEST_REGION}:${TEST_ACCOUNT}:certificate/1`,
    capacity: {
        minSize: 2,
        maxSize: 8,
        onDemandBaseCapacity: 2,
        onDemandPercentageAboveBase: 0,
        instanceTypes: ["t4g.small", "t4g.medium", "c7g.medium"],
        targetCpuPercent: 50,
    },
    imageId: "ami-0123456789abcdef0",
    volumeKmsKeyArn: LOG_KEY,
    logRetentionDays: 365,
    accessLogBucket,
    deletionProtection: true,
    permissionsBoundaryArn: `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`,
};

const vpc: components.Vpc3TierArgs = {
    ...place,
    cidrBlock: "10.20.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
    natGateways: components.NatGatewayStrategy.Single,
    egressOnlyIpv6: true,
    exposure: components.Exposure.Internal,
    internalClientCidrBlocks: ["10.20.0.0/16", "10.99.0.0/24"],
    webPort: 8443,
    apiPort: 8444,
    databasePort: 5432,
    databaseClientCidrBlocks: ["10.30.64.0/19"],
    remoteDatabaseCidrBlocks: ["10.40.96.0/19"],
    internetEgressCidrBlocks: ["203.0.113.0/24"],
    internetEgressIpv6CidrBlocks: ["2001:db8::/32"],
    interfaceEndpoints: ["ecr.api"],
    flowLogRetentionDays: 365,
    kmsKeyArn: LOG_KEY,
    additionalTiers: [{ name: "cache", type: components.TierType.Isolated, slot: 4 }],
    tags,
};

const api: components.ApiTierArgs = {
    ...goodApi,
    ...tier,
    privateZoneName: "internal.shop.example.com",
    secretArns: [`arn:aws:secretsmanager:${TEST_REGION}:${TEST_ACCOUNT}:secret:payment`],
    parameterArns: [`arn:aws:ssm:${TEST_REGION}:${TEST_ACCOUNT}:parameter/shop`],
    tableArns: [`arn:aws:dynamodb:${TEST_REGION}:${TEST_ACCOUNT}:table/orders`],
    bucketArns: ["arn:aws:s3:::shop-files"],
    queueArns: [`arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:orders`],
    databaseConnectResourceArns: [`arn:aws:rds-db:${TEST_REGION}:${TEST_ACCOUNT}:dbuser:*/shop`],
    kmsKeyArns: [LOG_KEY],
};

const primary: components.AuroraGlobalArgs = {
    ...PRIMARY,
    engineVersion: "18.6",
    masterUsername: "shop_admin",
    applicationUsername: "shop_app",
    port: 5432,
    instanceCount: 2,
    isWriter: true,
    passwordRotationDays: 30,
    dataApi: true,
    backupRetentionDays: 35,
    backupWindow: "02:00-03:00",
    maintenanceWindow: "sun:04:00-sun:05:00",
    performanceInsightsRetentionDays: 7,
    monitoringIntervalSeconds: 60,
    logRetentionDays: 365,
    certificateBundlePath: "/etc/ssl/certs/rds.pem",
    deletionProtection: true,
    skipFinalSnapshot: false,
    backup: "standard",
    tags,
};

const alone: components.AuroraGlobalArgs = {
    ...primary,
    standalone: true,
    replicaRegions: [],
    capacity: { minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 600 },
};

const replication: components.AuroraReplicationArgs = {
    ...REPLICATION,
    source: {
        ...SOURCE,
        address: { endpoint: "writer.example", readerEndpoint: "readers.example", port: 5432 },
    },
    clientRegions: [{ region: THIRD, memberRegion: HOME }],
    writerRegion: HOME,
    applicationUsername: "shop_app",
    instanceCount: 2,
    certificateBundlePath: "/etc/ssl/certs/rds.pem",
    deletionProtection: true,
    skipFinalSnapshot: false,
    backup: "standard",
    tags,
};

const edge: components.EdgeDistributionArgs = {
    ...shopArgs,
    certificateArn: `arn:aws:acm:us-east-1:${TEST_ACCOUNT}:certificate/1`,
    pathOrigins: {
        api: {
            paths: ["/events/*"],
            domainName: "events.shop.example.org",
            originPath: "/live",
            headers: [{ name: "x-shop-events", value: "another-0123456789abcdef" }],
        },
    },
    staticPaths: ["/static/*"],
    defaultRootObject: "index.html",
    rewriteDirectoryIndexes: true,
    createDnsRecords: true,
    priceClass: components.PriceClass.Class100,
    geoRestriction: { type: components.GeoRestrictionType.Blacklist, countries: ["KP"] },
    blockedCountries: ["IR"],
    rateLimitPerFiveMinutes: 2000,
    sensitivePaths: ["/login"],
    sensitiveRateLimitPerFiveMinutes: 500,
    contentSecurityPolicy: "default-src 'self'",
    originShieldRegion: "eu-central-1",
    shieldAdvanced: true,
    logRetentionDays: 365,
    accessLogBucket,
    alarmTopicArns: [`arn:aws:sns:us-east-1:${TEST_ACCOUNT}:alarms`],
    alarmThresholds: {
        serverErrorPercent: 5,
        originLatencyMilliseconds: 3000,
        blockedRequestsPerFiveMinutes: 1000,
    },
    deletionProtection: true,
    tags,
};

const backup: components.RegionalBackupArgs = {
    ...goodBackup,
    lock: {
        mode: components.BackupLockMode.Governance,
        minRetentionDays: 7,
        maxRetentionDays: 400,
        changeableForDays: 7,
    },
    retention: { pointInTimeDays: 35, dailyDays: 35, weeklyDays: 90, monthlyDays: 365, personalDataDays: 35 },
    startHour: 5,
    standardTypes: [components.BackupResourceType.Aurora],
    personalDataTypes: [components.BackupResourceType.S3],
    recoveryPointAdministrators: [`arn:aws:iam::${TEST_ACCOUNT}:role/backup-admin`],
    restoreTesting: true,
    copyVaultArns: [`arn:aws:backup:${TEST_REGION}:${TEST_ACCOUNT}:backup-vault:meridian-prod-us-copies`],
    snapshotExport: { intervalDays: 7, retentionDays: 90 },
    regionSettings: true,
    elasticDisasterRecovery: {
        vpcId: "vpc-0a",
        stagingSubnetId: "subnet-0a",
        sourceCidrBlocks: ["203.0.113.0/24"],
        retentionDays: 7,
        instanceType: "t3.small",
    },
    logRetentionDays: 365,
    deletionProtection: true,
    tags,
};

const fleet = {
    loadBalancerArnSuffix: "app/shop/1",
    targetGroupArnSuffix: "targetgroup/shop/1",
    autoScalingGroupName: "shop",
};

/** An Avro schema with fields such as `USER_ID:string`. */
function avro(...fields: string[]): string {
    const typed = fields.map((field) => field.split(":")).map(([name, type]) => ({ name, type }));
    return JSON.stringify({ type: "record", name: "Shop", fields: typed });
}

const given: Readonly<Record<string, readonly object[]>> = {
    AccountBaseline: [
        {
            ...place,
            homeRegion: true,
            guardDutyFeatures: [components.GuardDutyFeature.S3DataEvents],
            configRecorder: true,
            registryScanning: {
                type: components.ImageScanType.Enhanced,
                onPush: ["shop-*"],
                continuous: ["shop-prod/*"],
            },
            apiGatewayLogs: true,
            alarmTopicArn: TOPIC,
            accessLogBucket,
            logRetentionDays: 365,
            trailLockDays: 365,
            deletionProtection: true,
            tags,
        } satisfies components.AccountBaselineArgs,
    ],
    AlarmTopic: [
        {
            ...place,
            kmsKeyArn: LOG_KEY,
            email: "oncall@example.com",
            tags,
        } satisfies components.AlarmTopicArgs,
    ],
    ApiTier: [api, { ...api, privateZoneName: undefined, privateZoneId: "Z0PRIVATE" }],
    AuroraGlobal: [primary, alone, SECONDARY],
    AuroraReplication: [replication],
    DeliveryPipeline: [
        {
            ...goodPipeline,
            source: { ...goodPipeline.source, paths: ["services/**"], excludedPaths: ["docs/**"] },
            images: {
                front: {
                    repositoryUrl: FRONT_URL,
                    containerName: "web",
                    context: "services/front",
                    dockerfile: "services/front/Dockerfile",
                },
            },
            test: {
                buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - npm test\n",
                computeType: components.BuildComputeType.Medium,
                environment: { MODE: "test" },
                timeoutMinutes: 20,
                permissions: [
                    [
                        {
                            sid: "ReadFixtures",
                            actions: ["s3:GetObject"],
                            resources: ["arn:aws:s3:::shop-fixtures/*"],
                            conditions: [{ operator: "Bool", key: "aws:SecureTransport", values: ["true"] }],
                        },
                    ],
                ],
                docker: true,
            },
            build: { buildspecPath: "buildspec.yml", computeType: components.BuildComputeType.Large },
            deployments: [
                {
                    name: "production",
                    approval: true,
                    services: [{ clusterName: "shop", serviceName: "front", image: "front" }],
                    taskRoleArns: TASK_ROLES,
                    fleet: {
                        autoScalingGroupNames: ["shop-back-office"],
                        targetGroupName: "shop-back-office",
                        speed: components.FleetDeploymentSpeed.HalfAtATime,
                        rollbackAlarmNames: ["shop-5xx"],
                    },
                },
            ],
            executionMode: components.PipelineExecutionMode.Queued,
            rollbackOnFailure: true,
            approvalTopicKmsKeyArn: LOG_KEY,
            approvalTimeoutHours: 24,
            artifactRetentionDays: 30,
            logRetentionDays: 365,
            accessLogBucket,
            permissionsBoundaryArn: `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`,
            deletionProtection: true,
            tags,
        } satisfies components.DeliveryPipelineArgs,
    ],
    ContainerCluster: fullCluster,
    Ec2ContainerService: fullEc2,
    CacheCluster: [NODES, SERVERLESS],
    Clickstream: [BEACON, CLOUDFRONT_LOGS],
    DaxCluster: [DAX],
    EdgeDistribution: [edge],
    EncryptionKey: [
        {
            ...place,
            description: "Logs",
            services: [components.KeyUser.CloudWatchLogs],
            multiRegion: false,
            deletionProtection: true,
            tags,
        } satisfies components.EncryptionKeyArgs,
    ],
    EndpointHealth: [
        {
            endpoints: [
                {
                    key: "eu",
                    host: "origin-eu.shop.example.com",
                    switchRegion: HOME,
                    switchTopicArn: `arn:aws:sns:${HOME}:${TEST_ACCOUNT}:alarms`,
                },
            ],
            switchNamespace: "shop/prod",
            path: "/healthz",
            port: 443,
            intervalSeconds: 10,
            failureThreshold: 3,
            checkerRegions: ["eu-west-1", "us-east-1", "us-west-1"],
            alarmTopicArns: [`arn:aws:sns:us-east-1:${TEST_ACCOUNT}:alarms`],
            tags,
        } satisfies components.EndpointHealthArgs,
    ],
    FaultExperiments: [{ ...fullFaults, tags } satisfies components.FaultExperimentsArgs],
    GitHubDeliveryRole: [
        {
            ...goodGitHubRole,
            environments: ["production"],
            identityProviderArn: `arn:aws:iam::${TEST_ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
            createIdentityProvider: false,
            permissions: [[{ sid: "ReadAlarms", actions: ["cloudwatch:DescribeAlarms"], resources: ["*"] }]],
            permissionsBoundaryArn: `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`,
            maxSessionSeconds: 3600,
            tags,
        } satisfies components.GitHubDeliveryRoleArgs,
    ],
    FargateService: fullFargate,
    GlobalDns: [
        {
            hostedZoneId: "Z0123456789EXAMPLE0AB",
            latencyName: "origin.shop.example.com",
            geolocationName: "geo.shop.example.com",
            regions: [
                ["eu", ABROAD, "us"],
                ["us", HOME, "eu"],
            ].map(([key = "", region = "", failoverTo = ""]) => ({
                key,
                region,
                failoverTo,
                continents: [key === "eu" ? "EU" : "NA"],
                balancerDnsName: `${key}.elb.amazonaws.com`,
                balancerZoneId: "Z0BALANCER",
                healthCheckId: "11111111-2222-3333-4444-555555555555",
                planHealthCheckId: "11111111-2222-3333-4444-666666666666",
            })),
            dualStack: true,
        } satisfies components.GlobalDnsArgs,
    ],
    HealthEvents: [
        {
            region: TEST_REGION,
            topicArn: TOPIC,
            eventRegions: [TEST_REGION, "global"],
            categories: [components.HealthEventCategory.Issue],
            services: ["RDS"],
            tags,
        } satisfies components.HealthEventsArgs,
    ],
    HttpApi: [HTTP],
    KeyValueTable: [GLOBAL_TABLE, PROVISIONED_TABLE],
    DocumentDatabase: [
        {
            ...documents,
            engine: components.DocumentEngine.DocumentDb,
            engineVersion: "5.0",
            documentDb: {
                serverlessCapacity: { minCapacity: 0.5, maxCapacity: 16 },
                instanceCount: 3,
                storage: components.DocumentDbStorage.IoOptimized,
                masterUsername: "shopAdmin",
                profilerThresholdMilliseconds: 100,
                backupWindow: "01:00-02:00",
                maintenanceWindow: "mon:03:00-mon:04:00",
                backup: "daily",
                skipFinalSnapshot: false,
            },
            // The other engine's, so that one value chooses between the two.
            mongoDb: {},
        } satisfies components.DocumentDatabaseArgs,
        {
            ...documents,
            engine: components.DocumentEngine.DocumentDb,
            documentDb: {
                instanceClass: "db.r8g.xlarge",
                globalCluster: {
                    identifier: "shop-documents",
                    role: components.DocumentGlobalRole.Primary,
                    secretReplicas: [{ region: "us-west-2", kmsKeyArn: keyIn("us-west-2") }],
                },
            },
        } satisfies components.DocumentDatabaseArgs,
        {
            ...documents,
            engine: components.DocumentEngine.DocumentDb,
            documentDb: {
                globalCluster: {
                    identifier: "shop-documents",
                    role: components.DocumentGlobalRole.Secondary,
                    secretArn: `arn:aws:secretsmanager:${TEST_REGION}:${TEST_ACCOUNT}:secret:shop-documents-a1b2c3`,
                    secretKmsKeyArn: keyIn(TEST_REGION),
                },
            },
        } satisfies components.DocumentDatabaseArgs,
        {
            ...documents,
            engine: components.DocumentEngine.MongoDbOnEc2,
            engineVersion: "8.0.17",
            mongoDb: {
                instanceTypes: ["r8g.xlarge", "r7g.xlarge"],
                volumeSizeGb: 500,
                volumeIops: 6000,
                volumeThroughput: 500,
                volumeSnapshotId: "snap-0123456789abcdef0",
                snapshotIntervalHours: 4,
                snapshotCopies: [{ region: "us-west-2", kmsKeyArn: keyIn("us-west-2") }],
                internetEgressCidrBlocks: ["0.0.0.0/0"],
                permissionsBoundaryArn: `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`,
            },
        } satisfies components.DocumentDatabaseArgs,
    ],
    DownloadsDistribution: [
        {
            ...updatesArgs,
            certificateArn:
                "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
            createDnsRecords: true,
            failoverBalancer: {
                domainName: "lb.example.net",
                headers: [{ name: "x-from", value: "edge" }],
            },
            versionKey: { place: components.VersionPlace.Header, name: "x-version" },
            contents: [
                { name: "manifests", pathPatterns: ["/updates/*.json"], lifetimeSeconds: 60, signed: false },
                { name: "versions", pathPatterns: ["/updates/*"], lifetimeSeconds: 3600, signed: true },
            ],
            publicKeys: {
                "2026-a": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQ==\n-----END PUBLIC KEY-----\n",
            },
            objectStore: true,
            originShieldRegion: "eu-central-1",
            priceClass: components.PriceClass.Class100,
            geoRestriction: { type: components.GeoRestrictionType.Whitelist, countries: ["DE", "FR"] },
            blockedCountries: ["KP"],
            rateLimitPerFiveMinutes: 50000,
            logRetentionDays: 90,
            accessLogBucket,
            alarmTopicArns: ["arn:aws:sns:us-east-1:111122223333:alarms"],
            alarmThresholds: {
                cacheHitPercent: 90,
                clientErrorPercent: 5,
                serverErrorPercent: 2,
                originLatencyMilliseconds: 2000,
                blockedRequestsPerFiveMinutes: 500,
            },
            deletionProtection: true,
            tags,
        } satisfies components.DownloadsDistributionArgs,
    ],
    EndpointService: [
        {
            region: TEST_REGION,
            networkLoadBalancerArns: [
                `arn:aws:elasticloadbalancing:${TEST_REGION}:${TEST_ACCOUNT}:loadbalancer/net/orders/0123456789abcdef`,
            ],
            allowedPrincipals: ["arn:aws:iam::777788889999:root"],
            acceptanceRequired: true,
            acceptedEndpointIds: { billing: "vpce-0a" },
            privateDnsName: "orders.example.com",
            hostedZoneId: "Z0123456789EXAMPLE0AB",
            supportedRegions: [HOME],
            alarmTopicArns: [TOPIC],
            alarmThresholds: { resetPacketsPerFiveMinutes: 50 },
            tags,
        } satisfies components.EndpointServiceArgs,
    ],
    NetworkPeering: [
        {
            requester: {
                region: TEST_REGION,
                vpcId: "vpc-0a",
                cidrBlock: "10.20.0.0/16",
                routeTableIds: { api: "rtb-0a" },
            },
            accepter: {
                region: HOME,
                vpcId: "vpc-0b",
                cidrBlock: "10.10.0.0/16",
                routeTableIds: { data: "rtb-0b" },
            },
            dnsResolution: true,
            tags,
        } satisfies components.NetworkPeeringArgs,
    ],
    RegionSwitchPlan: [{ ...fullPlan, tags } satisfies components.RegionSwitchPlanArgs],
    RegionalFoundation: [
        {
            ...place,
            alarmEmail: "oncall@example.com",
            edgeAlarms: true,
            healthEvents: true,
            accountBaseline: true,
            homeRegion: true,
            apiGatewayLogs: true,
            monthlyBudgetUsd: 4000,
            budgetEnvironment: "prod",
            logRetentionDays: 365,
            logArchiveRetentionDays: 1096,
            deletionProtection: true,
            tags,
        } satisfies components.RegionalFoundationArgs,
    ],
    SecurityGroupConnection: [
        {
            region: TEST_REGION,
            sourceSecurityGroupIds: { web: "sg-0a" },
            destinationSecurityGroupId: "sg-0b",
            port: 6379,
            description: "Web to cache",
            tags,
        } satisfies components.SecurityGroupConnectionArgs,
    ],
    ServiceBalancer: [
        {
            ...goodBalancer,
            exposure: components.Exposure.Internal,
            vpcOrigin: true,
            vpcOriginSecurityGroupId: "sg-0origins",
            additionalDomainNames: ["api.shop.example.com"],
            createDnsRecords: true,
            firewall: true,
            rateLimitPerFiveMinutes: 1000,
            blueGreenTestPort: 8443,
            testClientCidrBlocks: ["10.20.0.0/16"],
            idleTimeoutSeconds: 60,
            logRetentionDays: 365,
            accessLogBucket,
            deletionProtection: true,
            tags,
        } satisfies components.ServiceBalancerArgs,
        {
            ...goodBalancer,
            exposure: components.Exposure.CloudFront,
            internalClientCidrBlocks: undefined,
            domainName: undefined,
            hostedZoneId: undefined,
            certificateArn: `arn:aws:acm:${TEST_REGION}:${TEST_ACCOUNT}:certificate/1`,
            originHeaderName: "x-shop-origin",
            originHeaderValue: "0123456789abcdefghijABCDEFGHIJ",
            additionalOriginHeaderValues: ["the-value-before-this-one"],
            healthCheckPaths: ["/healthz"],
        },
        {
            ...goodBalancer,
            exposure: components.Exposure.Internet,
            internalClientCidrBlocks: undefined,
            webAclArn: `arn:aws:wafv2:${TEST_REGION}:${TEST_ACCOUNT}:regional/webacl/shop/1`,
        },
    ],
    ImageRepositories: [
        {
            ...place,
            namespace: "shop-prod",
            images: ["web", "api"],
            kmsKeyArn: LOG_KEY,
            keepImages: 50,
            deletionProtection: true,
            tags,
        } satisfies components.ImageRepositoriesArgs,
    ],
    ImageRepository: [
        {
            ...goodRepository,
            mutableTagPatterns: ["latest"],
            pullPrincipalArns: [`arn:aws:iam::${TEST_ACCOUNT}:root`],
            pulledByLambda: true,
            scanOnPush: true,
            keepImages: 50,
            untaggedDays: 7,
            deletionProtection: true,
            tags,
        } satisfies components.ImageRepositoryArgs,
    ],
    LogArchive: [{ ...place, lifecycle, deletionProtection: true, tags } satisfies components.LogArchiveArgs],
    LogGroupArchive: [
        {
            ...place,
            kmsKeyArn: LOG_KEY,
            allLogGroups: false,
            logGroups: { web: "/shop/web" },
            lifecycle,
            logRetentionDays: 365,
            accessLogBucket,
            alarmTopicArns: [TOPIC],
            deletionProtection: true,
            tags,
        } satisfies components.LogGroupArchiveArgs,
        { ...place, kmsKeyArn: LOG_KEY, allLogGroups: true, excludedLogGroups: ["/shop/api"] },
    ],
    Personalization: [
        {
            ...place,
            domain: components.RecommendationDomain.Ecommerce,
            uses: [components.RecommendationUse.SimilarItems, components.RecommendationUse.ForUser],
            servedUses: [components.RecommendationUse.ForUser],
            minRequestsPerSecond: 2,
            schemas: {
                interactions: avro("USER_ID:string", "ITEM_ID:string", "TIMESTAMP:long", "EVENT_TYPE:string"),
                items: avro("ITEM_ID:string", "PRICE:float", "CATEGORY_L1:string"),
                users: avro("USER_ID:string", "AGE:int"),
            },
            filters: [{ name: "cheap", expression: "INCLUDE ItemID WHERE Items.PRICE < 10" }],
            parameterPrefix: "/shop/recommendations",
            trainingSchedule: "rate(7 days)",
            accessLogBucket,
            alarmTopicArns: [TOPIC],
            logRetentionDays: 365,
            deletionProtection: true,
            tags,
        } satisfies components.PersonalizationArgs,
    ],
    PersonalDataStore: [
        {
            ...place,
            jurisdiction: "EU",
            accessLogBucket,
            deletionProtection: true,
            tags,
        } satisfies components.PersonalDataStoreArgs,
    ],
    RegionalBackup: [backup],
    RegionalDashboard: [
        {
            region: TEST_REGION,
            environment: "prod",
            regionKey: "eu",
            web: fleet,
            webAclMetricName: "shop-acl",
            api: fleet,
            database: { clusterIdentifier: "shop-eu" },
            edge: { distributionId: "E1", webAclMetricName: "edge-acl" },
            eventsApi: { apiName: "events", stageName: "live", functionName: "collector" },
            spotInterruptionRuleName: "spot",
        } satisfies components.RegionalDashboardArgs,
    ],
    Queue: [fullQueue],
    Topic: [fullTopic],
    EventBus: [fullBus],
    EventStream: [fullStream],
    Workflow: [fullWorkflow],
    CustomerMessaging: [
        {
            ...goodMessaging,
            mailFromSubdomain: "returns",
            senderName: "The Shop",
            replyToAddress: "help@example.com",
            createDmarcRecord: true,
            dmarcPolicy: components.DmarcPolicy.Reject,
            dmarcReportAddress: "dmarc@example.com",
            templates: {
                welcome: { subject: "Welcome", text: "Hello", html: "<p>Hello</p>" },
                abandonedCart: { subject: "Your cart" },
                recommendation: { subject: "For you" },
            },
            contactListName: "newsletter-readers",
            recommendations: {
                targetArn: `arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:recommend`,
                targetKmsKeyArn: keyIn(TEST_REGION),
                input: '{"count":5}',
                scheduleExpression: "cron(0 9 ? * MON *)",
                timeZone: "Europe/Berlin",
            },
            alarmTopicArns: [TOPIC],
            tags,
        } satisfies components.CustomerMessagingArgs,
    ],
    RelationalDatabase: [
        {
            ...goodInstance,
            engineVersion: "17",
            masterUsername: "shop_admin",
            databaseUsers: ["orders"],
            port: 5433,
            instanceClass: "db.r8g.large",
            allocatedStorage: 400,
            maxAllocatedStorage: 1000,
            storageIops: 20_000,
            backupRetentionDays: 35,
            backupWindow: "02:00-03:00",
            maintenanceWindow: "sun:04:00-sun:05:00",
            backupReplication: {
                region: HOME,
                kmsKeyArn: `arn:aws:kms:${HOME}:${TEST_ACCOUNT}:key/1`,
                retentionDays: 14,
            },
            databaseInsights: components.DatabaseInsights.Advanced,
            performanceInsightsRetentionDays: 465,
            monitoringIntervalSeconds: 30,
            extendedSupport: false,
            backup: "standard",
            logRetentionDays: 365,
            alarmTopicArns: [TOPIC],
            deletionProtection: true,
            skipFinalSnapshot: false,
            tags,
        } satisfies components.RelationalDatabaseArgs,
        { ...goodCluster, engine: components.RelationalEngine.MySql },
    ],
    RestApi: [REST, SIGNED_REST, SHARED_REST],
    SearchAccess: [goodAccess],
    SearchDomain: [
        {
            ...goodDomain,
            availability: components.SearchAvailability.ThreeZonesWithStandby,
            engineVersion: "OpenSearch_2.19",
            instanceType: "r8g.xlarge.search",
            instanceCount: 6,
            masterInstanceType: "m8g.large.search",
            volumeSize: 200,
            volumeIops: 6000,
            volumeThroughput: 250,
            offPeakWindowStart: "01:00",
            clientRoleArns: [`arn:aws:iam::${TEST_ACCOUNT}:role/analyst`],
            createServiceLinkedRole: true,
            createLogPolicy: true,
            logRetentionDays: 365,
            alarmTopicArns: [TOPIC],
            deletionProtection: true,
            tags,
        } satisfies components.SearchDomainArgs,
    ],
    SearchIndexLoader: [
        {
            ...goodLoader,
            indexBody: '{"mappings":{"properties":{"price":{"type":"double"}}}}',
            tableKmsKeyArn: LOG_KEY,
            attributes: ["name", "price"],
            versionAttribute: "version",
            expiryAttribute: "expiresAt",
            internetEgressCidrBlocks: ["203.0.113.0/24"],
            batchSize: 100,
            batchingWindowSeconds: 5,
            parallelizationFactor: 2,
            retryAttempts: 20,
            concurrency: 20,
            logRetentionDays: 365,
            alarmTopicArns: [TOPIC],
            tags,
        } satisfies components.SearchIndexLoaderArgs,
    ],
    ServerlessFunction: [fullFunction satisfies components.ServerlessFunctionArgs],
    ServiceEndpoint: [
        {
            ...place,
            serviceName: `com.amazonaws.vpce.${TEST_REGION}.vpce-svc-0123456789abcdef0`,
            serviceRegion: TEST_REGION,
            vpcId: "vpc-0a",
            subnetIds: ["subnet-0a", "subnet-0b"],
            privateDnsEnabled: true,
            autoAccept: true,
            alarmTopicArns: [TOPIC],
            alarmThresholds: { droppedPacketsPerFiveMinutes: 50 },
            tags,
        } satisfies components.ServiceEndpointArgs,
        {
            ...place,
            serviceName: `com.amazonaws.${TEST_REGION}.kinesis-streams`,
            vpcId: "vpc-0a",
            subnetIds: ["subnet-0a"],
            policy: "{}",
        } satisfies components.ServiceEndpointArgs,
    ],
    SpotInterruptionAlarm: [
        {
            region: TEST_REGION,
            topicArn: TOPIC,
            interruptionThreshold: 3,
            rebalanceThreshold: 10,
            notifyEach: true,
            tags,
        } satisfies components.SpotInterruptionAlarmArgs,
    ],
    SyntheticCanary: [{ ...fullCanary, tags } satisfies components.SyntheticCanaryArgs],
    UserDirectory: [FULL_DIRECTORY, PARTNER_DIRECTORY],
    UserStorage: [FULL_STORAGE],
    ValidatedCertificate: [
        {
            region: TEST_REGION,
            domainNames: ["shop.example.com", "*.shop.example.com"],
            hostedZoneId: "Z0123456789EXAMPLE0AB",
            tags,
        } satisfies components.ValidatedCertificateArgs,
    ],
    Vpc3Tier: [vpc],
    WebTier: [
        {
            ...goodWeb,
            ...tier,
            exposure: components.Exposure.CloudFront,
            additionalOriginHeaderValues: ["the-value-before-this-one"],
            rateLimitPerFiveMinutes: 1000,
        },
        {
            ...goodWeb,
            capacity: { targetRequestsPerInstance: 1000 },
            exposure: components.Exposure.Internal,
            originHeaderName: undefined,
            originHeaderValue: undefined,
        },
    ],
};

/** The samples, at least one for each public component. */
export const SAMPLES: readonly Sample[] = Object.entries(given).flatMap(([component, variants]) =>
    variants.map((variant) => {
        const args = variant as Record<string, unknown>;
        return {
            component,
            make: (components as unknown as Record<string, Untyped>)[component] as Untyped,
            args,
            region: typeof args.region === "string" ? args.region : "us-east-1",
        };
    }),
);
