/**
 * Types whose old and new resource are the same thing in AWS, so that Pulumi's usual order (make the new one, then
 * delete the old one) goes wrong.
 *
 * Most put a setting onto something else: the provider's create is a `Put…`, its delete takes away whatever is there
 * under the same key. After a replacement in the usual order nothing is left, and the state says otherwise.
 *
 * A type that gives each resource an identity of its own is not here: one with an id from AWS, or with a name that
 * Pulumi makes up anew. Nor is one where the provider deletes first by itself once a name is given: every type of its
 * older half that Pulumi names automatically.
 * Sources: the provider's create and delete functions; pulumi-terraform-bridge, `nameRequiresDeleteBeforeReplace`.
 */
export interface SharedIdentity {
    /**
     * Properties that say which thing of AWS it is: with another value it is another thing, which harms nobody. Empty
     * where an account has only one.
     */
    readonly identity: readonly string[];
    /** Properties that force a replacement and leave it the same thing. Left out: none; a forced replacement remains. */
    readonly replacedBy?: readonly string[];
    /**
     * What the usual order does. `lost`: deleting the old one takes the new one away. `refused`: AWS takes no second
     * one while there is the first.
     */
    readonly outcome: "lost" | "refused";
    /** The provider deletes first by itself, unless the program says `deleteBeforeReplace: false`. */
    readonly byProvider?: true;
}

function setting(...identity: readonly string[]): SharedIdentity {
    return { identity, outcome: "lost" };
}

function replacedBy(shared: SharedIdentity, ...properties: readonly string[]): SharedIdentity {
    return { ...shared, replacedBy: properties };
}

function refused(identity: readonly string[], ...properties: readonly string[]): SharedIdentity {
    return { identity, replacedBy: properties, outcome: "refused" };
}

function byProvider(shared: SharedIdentity): SharedIdentity {
    return { ...shared, byProvider: true };
}

/** `aws:<module>/<type>:<Type>`. */
function token(module: string, type: string): string {
    return `aws:${module}/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;
}

/** Entries of one module that are all alike. */
function alike(module: string, shared: SharedIdentity, ...types: readonly string[]) {
    return Object.fromEntries(types.map((type) => [token(module, type), shared]));
}

const ofBucket = setting("bucket");
/** Saying whose bucket it must be makes another resource of the same setting. */
const ofOwnedBucket = replacedBy(ofBucket, "expectedBucketOwner");
const ofRegion = setting("region");
const ofAccount = setting("accountId");

const BUCKETS = {
    ...alike("s3", ofBucket, "BucketNotification", "BucketOwnershipControls", "BucketPolicy"),
    ...alike("s3", ofBucket, "BucketPublicAccessBlock", "BucketReplicationConfig"),
    ...Object.fromEntries(
        [
            ...["BucketAccelerateConfiguration", "BucketCorsConfiguration", "BucketLifecycleConfiguration"],
            ...["BucketLogging", "BucketRequestPaymentConfiguration", "BucketVersioning"],
            ...["BucketServerSideEncryptionConfiguration", "BucketWebsiteConfiguration"],
        ].flatMap((type) => [type, `${type}V2`].map((name) => [token("s3", name), ofOwnedBucket])),
    ),
    ...alike(
        "s3",
        replacedBy(ofBucket, "expectedBucketOwner", "objectLockEnabled"),
        ...["BucketObjectLockConfiguration", "BucketObjectLockConfigurationV2"],
    ),
    ...alike("s3", setting("bucket", "key"), "BucketObject", "BucketObjectv2"),
    ...alike("s3", ofAccount, "AccountPublicAccessBlock"),
    ...alike("s3control", setting("accessPointArn"), "AccessPointPolicy"),
    ...alike("s3control", ofBucket, "BucketLifecycleConfiguration", "BucketPolicy"),
};

const LOGS = {
    [token("cloudwatch", "LogAccountPolicy")]: replacedBy(
        setting("policyName", "policyType"),
        "selectionCriteria",
    ),
    // Of the provider's newer half, where a given name does not make it delete first.
    [token("cloudwatch", "LogDeliverySource")]: replacedBy(setting("name"), "logType", "resourceArn"),
    [token("cloudwatch", "LogDeliveryDestination")]: replacedBy(setting("name"), "outputFormat"),
    // Amazon EC2 API Reference, "Error codes": FlowLogAlreadyExists.
    [token("ec2", "FlowLog")]: refused(
        [
            ...["vpcId", "subnetId", "eniId", "transitGatewayId", "transitGatewayAttachmentId"],
            ...["regionalNatGatewayId", "trafficType", "logDestination"],
        ],
        ...["maxAggregationInterval", "logFormat", "iamRoleArn", "destinationOptions"],
    ),
    ...alike("cloudwatch", setting("logGroupName"), "LogDataProtectionPolicy", "LogIndexPolicy"),
    ...alike("cloudwatch", setting("policyName", "resourceArn"), "LogResourcePolicy"),
    ...alike("cloudwatch", setting("deliveryDestinationName"), "LogDeliveryDestinationPolicy"),
    ...alike("cloudwatch", setting("eventBusName"), "EventBusPolicy"),
    ...alike("cloudwatch", setting("dashboardName"), "Dashboard"),
    ...alike("cloudwatch", setting("alarmName"), "CompositeAlarm"),
    // One filter at a time was all that a group took once.
    ...alike("cloudwatch", byProvider(setting("name", "logGroup")), "LogSubscriptionFilter"),
    ...alike("cloudfront", setting("distributionId"), "MonitoringSubscription"),
    [token("wafv2", "WebAclLoggingConfiguration")]: replacedBy(
        setting("resourceArn"),
        "logDestinationConfigs",
    ),
};

const GUARDS = {
    [token("backup", "VaultLockConfiguration")]: replacedBy(
        setting("backupVaultName"),
        ...["minRetentionDays", "maxRetentionDays", "changeableForDays"],
    ),
    [token("backup", "VaultNotifications")]: replacedBy(
        setting("backupVaultName"),
        ...["backupVaultEvents", "snsTopicArn"],
    ),
    ...alike("backup", setting("backupVaultName"), "VaultPolicy"),
    [token("backup", "RestoreTestingSelection")]: refused(
        ["name", "restoreTestingPlanName"],
        "protectedResourceType",
    ),
    [token("accessanalyzer", "Analyzer")]: refused(["analyzerName"], "type"),
    [token("wafv2", "WebAclAssociation")]: replacedBy(setting("resourceArn"), "webAclArn"),
    [token("wafregional", "WebAclAssociation")]: replacedBy(setting("resourceArn"), "webAclId"),
    ...alike("secretsmanager", setting("secretArn"), "SecretPolicy"),
    ...alike("secretsmanager", setting("secretId"), "SecretRotation"),
    ...alike("kms", setting("keyId"), "KeyPolicy"),
    ...alike("iam", setting(), "AccountPasswordPolicy"),
    ...alike("iam", byProvider(setting()), "AccountAlias"),
    ...alike("iam", byProvider(setting("role", "policyArn")), "RolePolicyAttachment"),
    ...alike("iam", byProvider(setting("user", "policyArn")), "UserPolicyAttachment"),
    ...alike("iam", byProvider(setting("group", "policyArn")), "GroupPolicyAttachment"),
    ...alike("iam", byProvider(setting("policyArn")), "PolicyAttachment"),
    ...alike("ebs", ofRegion, "DefaultKmsKey", "EncryptionByDefault", "SnapshotBlockPublicAccess"),
    ...alike("ec2", ofRegion, "InstanceMetadataDefaults", "SerialConsoleAccess"),
    ...alike("ec2", ofRegion, "VpcBlockPublicAccessOptions"),
    ...alike("ec2", setting("vpcEndpointId"), "VpcEndpointPolicy"),
};

const DATA_AND_MESSAGES = {
    ...alike("dynamodb", setting("resourceArn"), "ResourcePolicy"),
    ...alike("dynamodb", setting("tableName", "indexName"), "ContributorInsights"),
    ...alike("ecr", setting("repository"), "RepositoryPolicy"),
    ...alike("ecr", byProvider(setting("repository")), "LifecyclePolicy"),
    ...alike("ecrpublic", setting("repositoryName"), "RepositoryPolicy"),
    ...alike("ecr", ofRegion, "RegistryPolicy", "RegistryScanningConfiguration", "ReplicationConfiguration"),
    ...alike("efs", setting("fileSystemId"), "BackupPolicy", "FileSystemPolicy"),
    ...alike("opensearch", setting("domainName"), "DomainPolicy"),
    ...alike("elasticsearch", setting("domainName"), "DomainPolicy"),
    ...alike("glue", ofRegion, "ResourcePolicy"),
    ...alike("kinesis", setting("resourceArn"), "ResourcePolicy"),
    ...alike("msk", setting("clusterArn"), "ClusterPolicy"),
    ...alike("sns", setting("arn"), "DataProtectionPolicy", "TopicPolicy"),
    // Subscribing once more hands back the subscription that there is.
    ...alike("sns", setting("topic", "protocol", "endpoint"), "TopicSubscription"),
    ...alike("sqs", setting("queueUrl"), "QueuePolicy", "RedriveAllowPolicy", "RedrivePolicy"),
    // A dataset group has one dataset of each type, and one tracker. Source: Personalize API Reference.
    "aws-native:personalize:Dataset": refused(
        ["datasetGroupArn", "datasetType"],
        "name",
        "schemaArn",
        "tags",
    ),
    "aws-native:personalize:EventTracker": refused(["datasetGroupArn"], "name"),
};

const IDENTITY = {
    ...alike("cognito", setting("identityPoolId"), "IdentityPoolRoleAttachment"),
    ...alike("cognito", setting("userPoolId"), "LogDeliveryConfiguration"),
    // A pool has one of each name, and a client one style. Source: Amazon Cognito User Pools API Reference.
    [token("cognito", "IdentityProvider")]: refused(["userPoolId", "providerName"], "providerType"),
    [token("cognito", "ManagedLoginBranding")]: refused(["userPoolId", "clientId"]),
};

const COMPUTE = {
    ...alike("apigateway", setting("restApiId"), "RestApiPolicy"),
    ...alike("appautoscaling", setting("serviceNamespace", "resourceId", "scalableDimension"), "Target"),
    ...alike("autoscaling", setting("autoscalingGroupName", "lbTargetGroupArn", "elb"), "Attachment"),
    ...alike("ecs", setting("clusterName"), "ClusterCapacityProviders"),
    ...alike("lambda", setting("functionName", "qualifier"), "FunctionEventInvokeConfig"),
    ...alike("lambda", setting("functionName", "qualifier"), "ProvisionedConcurrencyConfig"),
    ...Object.fromEntries(
        ["lb", "alb"].flatMap((module) => [
            [token(module, "ListenerCertificate"), setting("listenerArn", "certificateArn")],
            [
                token(module, "TargetGroupAttachment"),
                setting("targetGroupArn", "targetId", "port", "availabilityZone"),
            ],
        ]),
    ),
    ...alike("networkfirewall", setting("firewallArn"), "LoggingConfiguration"),
    ...alike("networkfirewall", setting("resourceArn"), "ResourcePolicy"),
    ...alike("route53", setting("hostedZoneId"), "HostedZoneDnsSec"),
    ...alike("route53", setting("resourceId"), "ResolverDnsSecConfig"),
    ...alike("vpclattice", setting("resourceIdentifier"), "AuthPolicy"),
    ...alike("vpclattice", setting("resourceArn"), "ResourcePolicy"),
};

/** The types, by token. */
export const SHARED_IDENTITIES: Readonly<Partial<Record<string, SharedIdentity>>> = {
    ...BUCKETS,
    ...LOGS,
    ...GUARDS,
    ...DATA_AND_MESSAGES,
    ...IDENTITY,
    ...COMPUTE,
};
