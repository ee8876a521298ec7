/**
 * What AWS does when one of the project's resources is made and deleted, by type: the calls of the provider's create
 * and delete functions, and what the second finds its victim by.
 *
 * Written down from the provider's sources (hashicorp/terraform-provider-aws, `internal/service`) and AWS's API
 * references, and not from the policy packs, so that neither can hide the other's mistake.
 */

/** The calls of a type. */
export interface Fact {
    readonly create: string;
    /** Undefined where the provider's delete calls nothing. */
    readonly remove?: string;
    /** The properties that the deleting call takes. None: the account or region itself. Left out: an id of AWS's. */
    readonly key?: readonly string[];
    /** The property that pulumi-aws names at random, and deletes first where the program gives it. */
    readonly autoNamed?: string;
    /** Whether pulumi-aws deletes it first in any case (`DeleteBeforeReplace` in its provider/resource_overrides.go). */
    readonly deletedFirst?: true;
    /**
     * Whether the provider implements it with the plugin framework, where a given name does not make pulumi-aws delete
     * first (pulumi-terraform-bridge, pkg/pf/tfbridge/provider_diff.go).
     */
    readonly framework?: true;
    /** Whether AWS refuses a second one under the same key, on a change of these properties that the provider replaces on. */
    readonly refusedOn?: readonly string[];
}

/** An id from AWS, so that old and new are two. */
function made(create: string, remove?: string): Fact {
    return remove === undefined ? { create } : { create, remove };
}

/** Named by the program, in a property that pulumi-aws names otherwise. */
function named(create: string, remove: string, autoNamed = "name"): Fact {
    return { create, remove, key: [autoNamed], autoNamed };
}

function written(create: string, remove: string, ...key: readonly string[]): Fact {
    return { create, remove, key };
}

export const FACTS: Readonly<Partial<Record<string, Fact>>> = {
    "aws:accessanalyzer/analyzer:Analyzer": {
        ...written("CreateAnalyzer", "DeleteAnalyzer", "analyzerName"),
        refusedOn: ["type"],
    },
    "aws:acm/certificate:Certificate": made("RequestCertificate", "DeleteCertificate"),
    "aws:acm/certificateValidation:CertificateValidation": made("DescribeCertificate"),
    "aws:autoscaling/group:Group": named("CreateAutoScalingGroup", "DeleteAutoScalingGroup"),
    "aws:autoscaling/lifecycleHook:LifecycleHook": named("PutLifecycleHook", "DeleteLifecycleHook"),
    "aws:autoscaling/policy:Policy": named("PutScalingPolicy", "DeletePolicy"),
    "aws:backup/plan:Plan": made("CreateBackupPlan", "DeleteBackupPlan"),
    "aws:backup/regionSettings:RegionSettings": made("UpdateRegionSettings"),
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": {
        ...named("CreateRestoreTestingPlan", "DeleteRestoreTestingPlan"),
        framework: true,
        // The name alone replaces it, and that is another plan.
        refusedOn: [],
    },
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": {
        ...named("CreateRestoreTestingSelection", "DeleteRestoreTestingSelection"),
        framework: true,
        refusedOn: ["protectedResourceType"],
    },
    "aws:backup/selection:Selection": made("CreateBackupSelection", "DeleteBackupSelection"),
    "aws:backup/vault:Vault": named("CreateBackupVault", "DeleteBackupVault"),
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": written(
        "PutBackupVaultLockConfiguration",
        "DeleteBackupVaultLockConfiguration",
        "backupVaultName",
    ),
    "aws:backup/vaultNotifications:VaultNotifications": written(
        "PutBackupVaultNotifications",
        "DeleteBackupVaultNotifications",
        "backupVaultName",
    ),
    "aws:backup/vaultPolicy:VaultPolicy": written(
        "PutBackupVaultAccessPolicy",
        "DeleteBackupVaultAccessPolicy",
        "backupVaultName",
    ),
    "aws:budgets/budget:Budget": named("CreateBudget", "DeleteBudget"),
    "aws:cfg/deliveryChannel:DeliveryChannel": named("PutDeliveryChannel", "DeleteDeliveryChannel"),
    "aws:cfg/recorder:Recorder": named("PutConfigurationRecorder", "DeleteConfigurationRecorder"),
    "aws:cfg/recorderStatus:RecorderStatus": named("StartConfigurationRecorder", "StopConfigurationRecorder"),
    "aws:cloudfront/distribution:Distribution": made("CreateDistribution", "DeleteDistribution"),
    "aws:cloudfront/function:Function": named("CreateFunction", "DeleteFunction"),
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": written(
        "CreateMonitoringSubscription",
        "DeleteMonitoringSubscription",
        "distributionId",
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": made(
        "CreateOriginAccessControl",
        "DeleteOriginAccessControl",
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": made(
        "CreateResponseHeadersPolicy",
        "DeleteResponseHeadersPolicy",
    ),
    "aws:cloudtrail/trail:Trail": named("CreateTrail", "DeleteTrail"),
    "aws:cloudwatch/dashboard:Dashboard": written("PutDashboard", "DeleteDashboards", "dashboardName"),
    "aws:cloudwatch/eventRule:EventRule": named("PutRule", "DeleteRule"),
    "aws:cloudwatch/eventTarget:EventTarget": named("PutTargets", "RemoveTargets", "targetId"),
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": written(
        "PutAccountPolicy",
        "DeleteAccountPolicy",
        ...["policyName", "policyType"],
    ),
    "aws:cloudwatch/logDelivery:LogDelivery": made("CreateDelivery", "DeleteDelivery"),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
        ...named("PutDeliveryDestination", "DeleteDeliveryDestination"),
        framework: true,
    },
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
        ...named("PutDeliverySource", "DeleteDeliverySource"),
        framework: true,
    },
    "aws:cloudwatch/logGroup:LogGroup": named("CreateLogGroup", "DeleteLogGroup"),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": named("PutMetricFilter", "DeleteMetricFilter"),
    "aws:cloudwatch/logStream:LogStream": named("CreateLogStream", "DeleteLogStream"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": named("PutMetricAlarm", "DeleteAlarms"),
    "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate": made(
        "CreateReplicationConfigurationTemplate",
        "DeleteReplicationConfigurationTemplate",
    ),
    "aws:dynamodb/resourcePolicy:ResourcePolicy": written(
        "PutResourcePolicy",
        "DeleteResourcePolicy",
        "resourceArn",
    ),
    "aws:dynamodb/table:Table": named("CreateTable", "DeleteTable"),
    "aws:ebs/encryptionByDefault:EncryptionByDefault": written(
        "EnableEbsEncryptionByDefault",
        "DisableEbsEncryptionByDefault",
    ),
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": written(
        "EnableSnapshotBlockPublicAccess",
        "DisableSnapshotBlockPublicAccess",
    ),
    // Takes the group over that the VPC has, and leaves it when it is deleted.
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": made("DescribeSecurityGroups"),
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": made(
        "CreateEgressOnlyInternetGateway",
        "DeleteEgressOnlyInternetGateway",
    ),
    "aws:ec2/eip:Eip": made("AllocateAddress", "ReleaseAddress"),
    "aws:ec2/flowLog:FlowLog": {
        ...made("CreateFlowLogs", "DeleteFlowLogs"),
        refusedOn: ["iamRoleArn", "maxAggregationInterval"],
    },
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": written(
        "ModifyInstanceMetadataDefaults",
        "ModifyInstanceMetadataDefaults",
    ),
    "aws:ec2/internetGateway:InternetGateway": made("CreateInternetGateway", "DeleteInternetGateway"),
    "aws:ec2/launchTemplate:LaunchTemplate": named("CreateLaunchTemplate", "DeleteLaunchTemplate"),
    "aws:ec2/natGateway:NatGateway": made("CreateNatGateway", "DeleteNatGateway"),
    "aws:ec2/networkAcl:NetworkAcl": made("CreateNetworkAcl", "DeleteNetworkAcl"),
    // Both say what they are for, and AWS refuses a second one; no other property replaces them.
    "aws:ec2/route:Route": made("CreateRoute", "DeleteRoute"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": made(
        "AssociateRouteTable",
        "DisassociateRouteTable",
    ),
    "aws:ec2/routeTable:RouteTable": made("CreateRouteTable", "DeleteRouteTable"),
    "aws:ec2/securityGroup:SecurityGroup": named("CreateSecurityGroup", "DeleteSecurityGroup"),
    "aws:ec2/subnet:Subnet": made("CreateSubnet", "DeleteSubnet"),
    "aws:ec2/vpc:Vpc": made("CreateVpc", "DeleteVpc"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": made("CreateVpcEndpoint", "DeleteVpcEndpoints"),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
        ...written("PutLifecyclePolicy", "DeleteLifecyclePolicy", "repository"),
        deletedFirst: true,
    },
    "aws:ecr/repository:Repository": named("CreateRepository", "DeleteRepository"),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": written(
        "SetRepositoryPolicy",
        "DeleteRepositoryPolicy",
        "repository",
    ),
    "aws:guardduty/detector:Detector": made("CreateDetector", "DeleteDetector"),
    "aws:guardduty/detectorFeature:DetectorFeature": made("UpdateDetector"),
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": written(
        "UpdateAccountPasswordPolicy",
        "DeleteAccountPasswordPolicy",
    ),
    "aws:iam/instanceProfile:InstanceProfile": named("CreateInstanceProfile", "DeleteInstanceProfile"),
    "aws:iam/role:Role": named("CreateRole", "DeleteRole"),
    "aws:iam/rolePolicy:RolePolicy": named("PutRolePolicy", "DeleteRolePolicy"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        ...written("AttachRolePolicy", "DetachRolePolicy", "role", "policyArn"),
        deletedFirst: true,
    },
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": named(
        "CreateDeliveryStream",
        "DeleteDeliveryStream",
    ),
    "aws:kms/alias:Alias": named("CreateAlias", "DeleteAlias"),
    "aws:kms/key:Key": made("CreateKey", "ScheduleKeyDeletion"),
    "aws:kms/replicaKey:ReplicaKey": made("ReplicateKey", "ScheduleKeyDeletion"),
    "aws:lambda/function:Function": named("CreateFunction", "DeleteFunction"),
    "aws:lambda/invocation:Invocation": made("Invoke"),
    "aws:lambda/permission:Permission": named("AddPermission", "RemovePermission", "statementId"),
    "aws:lb/listener:Listener": made("CreateListener", "DeleteListener"),
    "aws:lb/listenerRule:ListenerRule": made("CreateRule", "DeleteRule"),
    "aws:lb/loadBalancer:LoadBalancer": named("CreateLoadBalancer", "DeleteLoadBalancer"),
    "aws:lb/targetGroup:TargetGroup": named("CreateTargetGroup", "DeleteTargetGroup"),
    // Of what holds data the old one must stay until the new one is there: that its identifier is taken is a mercy.
    "aws:rds/cluster:Cluster": made("CreateDBCluster", "DeleteDBCluster"),
    "aws:rds/clusterInstance:ClusterInstance": made("CreateDBInstance", "DeleteDBInstance"),
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": named(
        "CreateDBClusterParameterGroup",
        "DeleteDBClusterParameterGroup",
    ),
    "aws:rds/globalCluster:GlobalCluster": made("CreateGlobalCluster", "DeleteGlobalCluster"),
    "aws:rds/parameterGroup:ParameterGroup": named("CreateDBParameterGroup", "DeleteDBParameterGroup"),
    "aws:rds/subnetGroup:SubnetGroup": named("CreateDBSubnetGroup", "DeleteDBSubnetGroup"),
    "aws:route53/healthCheck:HealthCheck": made("CreateHealthCheck", "DeleteHealthCheck"),
    // A record that AWS has is refused. Those of certificates overwrite, and stay when they are deleted.
    "aws:route53/record:Record": made("ChangeResourceRecordSets", "ChangeResourceRecordSets"),
    "aws:route53/zone:Zone": made("CreateHostedZone", "DeleteHostedZone"),
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": written(
        "PutPublicAccessBlock",
        "DeletePublicAccessBlock",
        "accountId",
    ),
    "aws:s3/bucket:Bucket": named("CreateBucket", "DeleteBucket", "bucket"),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": written(
        "PutBucketLifecycleConfiguration",
        "DeleteBucketLifecycle",
        "bucket",
    ),
    "aws:s3/bucketLogging:BucketLogging": written("PutBucketLogging", "PutBucketLogging", "bucket"),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": written(
        "PutObjectLockConfiguration",
        "PutObjectLockConfiguration",
        "bucket",
    ),
    "aws:s3/bucketObjectv2:BucketObjectv2": written("PutObject", "DeleteObject", "bucket", "key"),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": written(
        "PutBucketOwnershipControls",
        "DeleteBucketOwnershipControls",
        "bucket",
    ),
    "aws:s3/bucketPolicy:BucketPolicy": written("PutBucketPolicy", "DeleteBucketPolicy", "bucket"),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": written(
        "PutPublicAccessBlock",
        "DeletePublicAccessBlock",
        "bucket",
    ),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": written(
        "PutBucketReplication",
        "DeleteBucketReplication",
        "bucket",
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": written(
        "PutBucketEncryption",
        "DeleteBucketEncryption",
        "bucket",
    ),
    "aws:s3/bucketVersioning:BucketVersioning": written(
        "PutBucketVersioning",
        "PutBucketVersioning",
        "bucket",
    ),
    "aws:secretsmanager/secret:Secret": named("CreateSecret", "DeleteSecret"),
    "aws:secretsmanager/secretRotation:SecretRotation": written(
        "RotateSecret",
        "CancelRotateSecret",
        "secretId",
    ),
    "aws:secretsmanager/secretVersion:SecretVersion": made("PutSecretValue", "UpdateSecretVersionStage"),
    "aws:shield/protection:Protection": named("CreateProtection", "DeleteProtection"),
    "aws:sns/topic:Topic": named("CreateTopic", "DeleteTopic"),
    "aws:sns/topicPolicy:TopicPolicy": written("SetTopicAttributes", "SetTopicAttributes", "arn"),
    // Answers with the subscription that there is.
    "aws:sns/topicSubscription:TopicSubscription": written(
        "Subscribe",
        "Unsubscribe",
        ...["topic", "protocol", "endpoint"],
    ),
    "aws:sqs/queue:Queue": named("CreateQueue", "DeleteQueue"),
    "aws:sqs/queuePolicy:QueuePolicy": written("SetQueueAttributes", "SetQueueAttributes", "queueUrl"),
    "aws:ssm/parameter:Parameter": named("PutParameter", "DeleteParameter"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": made(
        "AuthorizeSecurityGroupEgress",
        "RevokeSecurityGroupEgress",
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": made(
        "AuthorizeSecurityGroupIngress",
        "RevokeSecurityGroupIngress",
    ),
    "aws:wafv2/webAcl:WebAcl": named("CreateWebACL", "DeleteWebACL"),
    "aws:wafv2/webAclAssociation:WebAclAssociation": written(
        "AssociateWebACL",
        "DisassociateWebACL",
        "resourceArn",
    ),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": written(
        "PutLoggingConfiguration",
        "DeleteLoggingConfiguration",
        "resourceArn",
    ),
};

/** Whether the deleting call finds the new resource in the place of the old one, or AWS takes no second one. */
export function isShared({ autoNamed, framework, key, refusedOn, remove }: Fact): boolean {
    if (refusedOn !== undefined) {
        return refusedOn.length > 0;
    }
    return remove !== undefined && key !== undefined && (autoNamed === undefined || framework === true);
}
