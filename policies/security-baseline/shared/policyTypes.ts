/**
 * The types of resource that carry a resource policy: a document that says who may use them. A test compares the list
 * with the provider, so that a new one does not go unnoticed.
 */
import { type NarrowingKeys } from "../../framework/narrowing";

/** Where a type has its resource policy. */
export interface PolicyPlace {
    /** The property, or the path of two to it. */
    readonly property: string;
    /** Condition keys of the service that tell its callers apart, besides those of all services. */
    readonly keys?: NarrowingKeys;
    /** The rule that judges the type. Left out: `resource-policy-public`. */
    readonly rule?: string;
}

const at = (property: string, rest: Omit<PolicyPlace, "property"> = {}): PolicyPlace => ({
    property,
    ...rest,
});
const policy = at("policy");

const kms = at("policy", { rule: "kms-key-policy-public" });
const bucket = at("policy", { rule: "s3-bucket-policy-public" });
const topic = at("policy", { rule: "sns-policy-public" });
const queue = at("policy", { rule: "sqs-policy-public" });
const search = at("accessPolicies", { rule: "opensearch-policy-public" });
const api = at("policy", { rule: "apigateway-private-policy" });
const whole = (value: string): string => value;
const account = (arn: string): string | undefined => arn.split(":")[4];
const file = at("policy", { keys: { "elasticfilesystem:accesspointarn": account } });
const lattice = at("policy", {
    keys: {
        "vpc-lattice-svcs:sourcevpc": whole,
        "vpc-lattice-svcs:sourcevpcowneraccount": whole,
        "vpc-lattice:sourcevpc": whole,
        "vpc-lattice:sourcevpcowneraccount": whole,
    },
});

/** The places by type. */
export const RESOURCE_POLICIES: Readonly<Record<string, PolicyPlace>> = {
    "aws:acmpca/policy:Policy": policy,
    "aws:amp/resourcePolicy:ResourcePolicy": at("policyDocument"),
    "aws:apigateway/domainName:DomainName": api,
    "aws:apigateway/restApi:RestApi": api,
    "aws:apigateway/restApiPolicy:RestApiPolicy": api,
    "aws:backup/vaultPolicy:VaultPolicy": policy,
    "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": policy,
    "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy": at("accessPolicy"),
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": policy,
    "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy":
        at("deliveryDestinationPolicy"),
    "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": at("accessPolicy"),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": at("policyDocument"),
    "aws:codeartifact/domainPermissions:DomainPermissions": at("policyDocument"),
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": at("policyDocument"),
    "aws:codebuild/resourcePolicy:ResourcePolicy": policy,
    "aws:dsql/clusterPolicy:ClusterPolicy": policy,
    "aws:dynamodb/resourcePolicy:ResourcePolicy": policy,
    "aws:ecr/registryPolicy:RegistryPolicy": policy,
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": at("repositoryPolicy"),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": policy,
    "aws:ecrpublic/repositoryPolicy:RepositoryPolicy": policy,
    "aws:efs/fileSystemPolicy:FileSystemPolicy": file,
    "aws:elasticsearch/domain:Domain": search,
    "aws:elasticsearch/domainPolicy:DomainPolicy": search,
    "aws:fsx/s3AccessPointAttachment:S3AccessPointAttachment": at("s3AccessPoint.policy"),
    "aws:glacier/vault:Vault": at("accessPolicy"),
    "aws:glacier/vaultLock:VaultLock": policy,
    "aws:glue/resourcePolicy:ResourcePolicy": policy,
    "aws:kinesis/resourcePolicy:ResourcePolicy": policy,
    "aws:kms/externalKey:ExternalKey": kms,
    "aws:kms/key:Key": kms,
    "aws:kms/keyPolicy:KeyPolicy": kms,
    "aws:kms/replicaExternalKey:ReplicaExternalKey": kms,
    "aws:kms/replicaKey:ReplicaKey": kms,
    "aws:lambda/resourcePolicy:ResourcePolicy": policy,
    "aws:mediastore/containerPolicy:ContainerPolicy": policy,
    "aws:msk/clusterPolicy:ClusterPolicy": policy,
    "aws:networkfirewall/resourcePolicy:ResourcePolicy": policy,
    "aws:oam/sinkPolicy:SinkPolicy": policy,
    "aws:opensearch/domain:Domain": search,
    "aws:opensearch/domainPolicy:DomainPolicy": search,
    "aws:opensearchingest/resourcePolicy:ResourcePolicy": policy,
    "aws:pinpoint/smsvoicev2ResourcePolicy:Smsvoicev2ResourcePolicy": policy,
    "aws:redshift/resourcePolicy:ResourcePolicy": policy,
    "aws:redshiftserverless/resourcePolicy:ResourcePolicy": policy,
    "aws:s3/accessPoint:AccessPoint": policy,
    "aws:s3/bucket:Bucket": bucket,
    "aws:s3/bucketPolicy:BucketPolicy": bucket,
    "aws:s3/bucketV2:BucketV2": bucket,
    "aws:s3/filesFileSystemPolicy:FilesFileSystemPolicy": file,
    "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy": policy,
    "aws:s3control/accessGrantsInstanceResourcePolicy:AccessGrantsInstanceResourcePolicy": policy,
    "aws:s3control/accessPointPolicy:AccessPointPolicy": policy,
    "aws:s3control/bucketPolicy:BucketPolicy": policy,
    "aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy": at("details.policy"),
    "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy": policy,
    "aws:s3tables/tableBucketPolicy:TableBucketPolicy": at("resourcePolicy"),
    "aws:s3tables/tablePolicy:TablePolicy": at("resourcePolicy"),
    "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": at("resourcePolicy"),
    "aws:schemas/registryPolicy:RegistryPolicy": policy,
    "aws:secretsmanager/secret:Secret": policy,
    "aws:secretsmanager/secretPolicy:SecretPolicy": policy,
    "aws:ses/identityPolicy:IdentityPolicy": policy,
    "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy": policy,
    "aws:sns/topic:Topic": topic,
    "aws:sns/topicPolicy:TopicPolicy": topic,
    "aws:sqs/queue:Queue": queue,
    "aws:sqs/queuePolicy:QueuePolicy": queue,
    "aws:vpclattice/authPolicy:AuthPolicy": lattice,
    "aws:vpclattice/resourcePolicy:ResourcePolicy": policy,
    "aws:xray/resourcePolicy:ResourcePolicy": at("policyDocument"),
};

/** The types that a rule judges, of those that carry a resource policy. */
export function typesOf(rule: string): readonly string[] {
    return Object.entries(RESOURCE_POLICIES)
        .filter(([, place]) => (place.rule ?? "resource-policy-public") === rule)
        .map(([type]) => type);
}
