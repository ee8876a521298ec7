const bucketPart = (kind: string): readonly [string, string] => [
    `aws:s3/${kind.charAt(0).toLowerCase()}${kind.slice(1)}V2:${kind}V2`,
    `aws.s3.${kind}`,
];

/** Types that the provider keeps for a while, with what takes their place. */
export const DEPRECATED_TYPES: Readonly<Partial<Record<string, string>>> = {
    ...Object.fromEntries(
        [
            ...["Bucket", "BucketAccelerateConfiguration", "BucketAcl", "BucketCorsConfiguration"],
            ...["BucketLifecycleConfiguration", "BucketLogging", "BucketObjectLockConfiguration"],
            ...["BucketRequestPaymentConfiguration", "BucketServerSideEncryptionConfiguration"],
            ...["BucketVersioning", "BucketWebsiteConfiguration"],
        ].map(bucketPart),
    ),
    "aws:s3/bucketObject:BucketObject": "aws.s3.BucketObjectv2",
    "aws:ec2/encryptionControl:EncryptionControl": "aws.ec2.VpcEncryptionControl",
    "aws:lambda/microvmsImage:MicrovmsImage": "aws.lambdamicrovms.Image",
    "aws:ec2/launchConfiguration:LaunchConfiguration": "aws.ec2.LaunchTemplate",
};

/** Types of services that AWS has ended, with what takes their place. */
export const ENDED_TYPES: Readonly<Partial<Record<string, string>>> = {
    "aws:qldb/ledger:Ledger": "a table of Aurora",
    "aws:qldb/stream:Stream": "a table of Aurora",
    "aws:mediastore/container:Container": "aws.s3.Bucket",
    "aws:mediastore/containerPolicy:ContainerPolicy": "aws.s3.BucketPolicy",
    "aws:elastictranscoder/pipeline:Pipeline": "MediaConvert",
    "aws:elastictranscoder/preset:Preset": "MediaConvert",
};

const inlineOf = (plural: string): Readonly<Record<string, string>> => ({
    accelerationStatus: "aws.s3.BucketAccelerateConfiguration",
    acl: "aws.s3.BucketAcl",
    corsRules: "aws.s3.BucketCorsConfiguration",
    grants: "aws.s3.BucketAcl",
    lifecycleRules: "aws.s3.BucketLifecycleConfiguration",
    [`logging${plural}`]: "aws.s3.BucketLogging",
    objectLockConfiguration: "objectLockEnabled and aws.s3.BucketObjectLockConfiguration",
    policy: "aws.s3.BucketPolicy",
    [`replicationConfiguration${plural}`]: "aws.s3.BucketReplicationConfig",
    requestPayer: "aws.s3.BucketRequestPaymentConfiguration",
    [`serverSideEncryptionConfiguration${plural}`]: "aws.s3.BucketServerSideEncryptionConfiguration",
    [`versioning${plural}`]: "aws.s3.BucketVersioning",
    [`website${plural}`]: "aws.s3.BucketWebsiteConfiguration",
});

/** Deprecated arguments by type and path, with what takes their place. */
export const DEPRECATED_ARGUMENTS: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>> = {
    "aws:s3/bucket:Bucket": inlineOf(""),
    "aws:s3/bucketV2:BucketV2": inlineOf("s"),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": { "rules[].prefix": "filter" },
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": { "rules[].prefix": "filter" },
    "aws:cloudwatch/eventRule:EventRule": { isEnabled: "state" },
    "aws:guardduty/detector:Detector": { datasources: "aws.guardduty.DetectorFeature" },
    "aws:guardduty/organizationConfiguration:OrganizationConfiguration": {
        datasources: "aws.guardduty.OrganizationConfigurationFeature",
    },
    "aws:dynamodb/table:Table": {
        "globalSecondaryIndexes[].hashKey": "keySchemas",
        "globalSecondaryIndexes[].rangeKey": "keySchemas",
    },
    "aws:ec2/instance:Instance": {
        securityGroups: "vpcSecurityGroupIds",
        networkInterfaces: "primaryNetworkInterface and aws.ec2.NetworkInterfaceAttachment",
    },
    "aws:arcregionswitch/plan:Plan": { region: "nothing" },
    "aws:bedrock/agentcoreMemoryStrategy:AgentcoreMemoryStrategy": {
        memoryExecutionRoleArn: "memoryExecutionRoleArn of aws.bedrock.AgentcoreMemory",
        namespaces: "namespaceTemplates",
    },
    "aws:dms/s3Endpoint:S3Endpoint": { kmsKeyArn: "serverSideEncryptionKmsKeyId" },
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": {
        networkInterfaces: "primaryNetworkInterface and aws.ec2.NetworkInterfaceAttachment",
    },
    "aws:invoicing/invoiceUnit:InvoiceUnit": { region: "nothing" },
    "aws:redshift/cluster:Cluster": { aquaConfigurationStatus: "nothing" },
    "aws:servicequotas/template:Template": { region: "awsRegion" },
    "aws:cfg/aggregateAuthorization:AggregateAuthorization": { region: "authorizedAwsRegion" },
    "aws:cloudformation/stackSetInstance:StackSetInstance": { region: "stackSetInstanceRegion" },
    "aws:ssmincidents/replicationSet:ReplicationSet": { region: "regions" },
    "aws:eks/cluster:Cluster": { defaultAddonsToRemoves: "bootstrapSelfManagedAddons" },
    "aws:iam/role:Role": {
        managedPolicyArns: "aws.iam.RolePolicyAttachment",
        inlinePolicies: "aws.iam.RolePolicy",
    },
};
