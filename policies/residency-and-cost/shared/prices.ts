/**
 * What AWS asks for what runs all the time: on-demand list prices in USD, of us-east-1 unless a region is named,
 * rounded. Checked in June 2026: EC2 of the seventh Graviton generation, NAT gateways, interface endpoints, public
 * addresses and ACUs. The others are of 2025.
 *
 * Sources, AWS's public price pages: "Amazon EC2 On-Demand Pricing", "Amazon EBS pricing", "Amazon VPC pricing",
 * "Elastic Load Balancing pricing", "Amazon Aurora Pricing", "Amazon RDS Pricing", "Amazon ElastiCache pricing",
 * "Amazon OpenSearch Service Pricing", "Amazon DynamoDB pricing for provisioned capacity", "AWS Fargate Pricing",
 * "AWS Key Management Service pricing", "AWS Secrets Manager pricing", "AWS WAF Pricing", "Amazon Route 53 pricing",
 * "Amazon CloudWatch Pricing", "AWS Shield Pricing", "AWS Private Certificate Authority Pricing".
 *
 * Good to a fifth, which is enough to see that somebody asks for ten times what was agreed. Not for an invoice:
 * traffic, requests, storage that grows, logs, discounts and taxes are not in it.
 */

/** Hours of a month, as AWS's calculator has them. */
export const HOURS = 730;

/** How much dearer regions are than us-east-1, roughly. */
export const REGION_FACTORS: Readonly<Record<string, number>> = {
    "ap-northeast-1": 1.27,
    "ap-south-1": 1.05,
    "ap-southeast-1": 1.25,
    "ap-southeast-2": 1.25,
    "ca-central-1": 1.1,
    "eu-central-1": 1.17,
    "eu-north-1": 1.06,
    "eu-south-1": 1.17,
    "eu-south-2": 1.12,
    "eu-west-1": 1.1,
    "eu-west-2": 1.16,
    "eu-west-3": 1.16,
    "sa-east-1": 1.6,
    "us-east-1": 1,
    "us-east-2": 1,
    "us-west-1": 1.18,
    "us-west-2": 1,
};

/** For regions that are not listed. */
export const OTHER_REGION_FACTOR = 1.25;

/** An EC2 instance of the size `large`, by the hour with Linux, by family. */
export const LARGE_PER_HOUR: Readonly<Record<string, number>> = {
    c5: 0.085,
    c6g: 0.068,
    c6i: 0.085,
    c7g: 0.0725,
    c7i: 0.0893,
    c8g: 0.0798,
    m5: 0.096,
    m6g: 0.077,
    m6i: 0.096,
    m7g: 0.0816,
    m7i: 0.1008,
    m8g: 0.0898,
    r5: 0.126,
    r6g: 0.1008,
    r6i: 0.126,
    r7g: 0.1071,
    r7i: 0.1323,
    r8g: 0.1178,
    t3: 0.0832,
    t3a: 0.0752,
    t4g: 0.0672,
};

/** For families that are not listed. */
export const OTHER_LARGE_PER_HOUR = 0.13;

/** Sizes in parts of a `large`; of `2xlarge` and up the number is read. */
export const SIZE_FACTORS: Readonly<Record<string, number>> = {
    nano: 1 / 16,
    micro: 1 / 8,
    small: 1 / 4,
    medium: 1 / 2,
    large: 1,
    xlarge: 2,
    metal: 32,
};

/** How much dearer a managed instance is than EC2's of its family and size. */
export const SERVICE_FACTORS = {
    aurora: 2.5,
    cache: 2,
    dax: 2.1,
    docdb: 2.6,
    memorydb: 2.5,
    neptune: 2.8,
    rds: 2.1,
    search: 1.7,
} as const;

/** Spot instances in parts of the on-demand price, seen over a year. */
export const SPOT_FACTOR = 0.4;

/** By the hour. */
export const PER_HOUR = {
    /** Of Aurora Serverless v2. */
    capacityUnit: 0.12,
    eksCluster: 0.1,
    /** For each zone. */
    interfaceEndpoint: 0.01,
    loadBalancer: 0.0225,
    natGateway: 0.045,
    publicAddress: 0.005,
    readCapacityUnit: 0.00013,
    /** For each address of a Route 53 resolver endpoint. */
    resolverAddress: 0.125,
    transitGatewayAttachment: 0.05,
    vcpuOfFargate: 0.04048,
    gibOfFargate: 0.004445,
    vpnConnection: 0.05,
    writeCapacityUnit: 0.00065,
} as const;

/** Fargate on Graviton, in parts of the price on x86. */
export const FARGATE_ARM_FACTOR = 0.8;

/** By the month. */
export const PER_MONTH = {
    accelerator: 18.25,
    alarm: 0.1,
    dashboard: 3,
    gibOfDatabase: 0.115,
    gibOfVolume: 0.08,
    healthCheck: 0.75,
    /** HTTPS, requests every ten seconds, latency measured: each. */
    healthCheckFeature: 2,
    hostedZone: 0.5,
    key: 1,
    privateAuthority: 400,
    secret: 0.4,
    shieldAdvanced: 3000,
    webAcl: 5,
    webAclRule: 1,
} as const;
