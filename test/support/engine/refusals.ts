/**
 * What AWS refuses, as far as the stacks may come upon it: to delete what others still use, to delete what is protected,
 * and to make what exists under a name that can exist only once. Names of errors are those of the API's reference; where
 * another one has seen it happen, that is named too.
 */
import { type Properties } from "../../../tools/preview/types";
import { plain } from "../../../tools/preview/values";
import { typeOf } from "../../../tools/preview/urn";
import { type Existing, type World } from "./world";

/** What may not be deleted while others use it. */
export interface InUse {
    readonly type: string;
    /** Types of the others, and the inputs in which they name it. */
    readonly by: Readonly<Record<string, readonly string[]>>;
    readonly error: string;
    /** Where AWS, or somebody who met it, says so. */
    readonly source: string;
    /** The input that lets the provider clear the way first. */
    readonly unless?: string;
    /** The output by which others name it, where neither its id nor its ARN is what they name. */
    readonly calledBy?: string;
}

const EC2_ERRORS =
    "DependencyViolation, https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

export const IN_USE: readonly InUse[] = [
    {
        type: "aws:ec2/vpc:Vpc",
        by: {
            "aws:ec2/subnet:Subnet": ["vpcId"],
            "aws:ec2/securityGroup:SecurityGroup": ["vpcId"],
            "aws:ec2/internetGateway:InternetGateway": ["vpcId"],
            "aws:ec2/vpcEndpoint:VpcEndpoint": ["vpcId"],
            "aws:ec2/networkAcl:NetworkAcl": ["vpcId"],
            "aws:ec2/routeTable:RouteTable": ["vpcId"],
        },
        error: "DependencyViolation: The vpc has dependencies and cannot be deleted.",
        source: "https://repost.aws/knowledge-center/troubleshoot-dependency-error-delete-vpc",
    },
    {
        type: "aws:ec2/subnet:Subnet",
        by: {
            "aws:ec2/natGateway:NatGateway": ["subnetId"],
            "aws:lb/loadBalancer:LoadBalancer": ["subnets", "subnetMappings"],
            "aws:autoscaling/group:Group": ["vpcZoneIdentifiers"],
            "aws:ec2/vpcEndpoint:VpcEndpoint": ["subnetIds"],
        },
        error: "DependencyViolation: The subnet has dependencies and cannot be deleted.",
        source: EC2_ERRORS,
    },
    {
        type: "aws:ec2/securityGroup:SecurityGroup",
        by: {
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["referencedSecurityGroupId"],
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["referencedSecurityGroupId"],
            "aws:lb/loadBalancer:LoadBalancer": ["securityGroups"],
            "aws:ec2/vpcEndpoint:VpcEndpoint": ["securityGroupIds"],
            "aws:rds/cluster:Cluster": ["vpcSecurityGroupIds"],
        },
        error: "DependencyViolation: resource has a dependent object",
        source: EC2_ERRORS,
    },
    {
        type: "aws:ec2/eip:Eip",
        by: { "aws:ec2/natGateway:NatGateway": ["allocationId"] },
        error: "InvalidIPAddress.InUse: The address is in use.",
        source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html",
    },
    {
        type: "aws:rds/globalCluster:GlobalCluster",
        by: { "aws:rds/cluster:Cluster": ["globalClusterIdentifier"] },
        error: "InvalidGlobalClusterStateFault: Global Cluster is not empty",
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteGlobalCluster.html",
        unless: "forceDestroy",
    },
    {
        type: "aws:rds/cluster:Cluster",
        by: { "aws:rds/globalCluster:GlobalCluster": ["sourceDbClusterIdentifier"] },
        error: "InvalidDBClusterStateFault: This cluster is a part of a global cluster, please remove it from globalcluster first",
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html",
    },
    {
        type: "aws:rds/cluster:Cluster",
        by: { "aws:rds/clusterInstance:ClusterInstance": ["clusterIdentifier"] },
        error: "InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html",
    },
    {
        type: "aws:rds/subnetGroup:SubnetGroup",
        by: {
            "aws:rds/cluster:Cluster": ["dbSubnetGroupName"],
            "aws:rds/clusterInstance:ClusterInstance": ["dbSubnetGroupName"],
        },
        error: "InvalidDBSubnetGroupStateFault: Cannot delete the subnet group because at least one database cluster is still using it.",
        source: "https://github.com/anomalyco/sst/issues/4026",
    },
    {
        type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
        by: { "aws:rds/cluster:Cluster": ["dbClusterParameterGroupName"] },
        error: "InvalidDBParameterGroupState: One or more database clusters are still members of this parameter group",
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBClusterParameterGroup.html",
    },
    {
        type: "aws:rds/parameterGroup:ParameterGroup",
        by: { "aws:rds/clusterInstance:ClusterInstance": ["dbParameterGroupName"] },
        error: "InvalidDBParameterGroupState: One or more database instances are still members of this parameter group",
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBParameterGroup.html",
    },
    {
        type: "aws:s3/bucket:Bucket",
        by: { "aws:s3/bucketObjectv2:BucketObjectv2": ["bucket"] },
        error: "BucketNotEmpty: The bucket you tried to delete is not empty",
        source: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
        unless: "forceDestroy",
    },
    {
        type: "aws:lb/targetGroup:TargetGroup",
        by: {
            "aws:lb/listener:Listener": ["defaultActions"],
            "aws:lb/listenerRule:ListenerRule": ["actions"],
        },
        error: "ResourceInUse: Target group is currently in use by a listener or a rule",
        source: "https://github.com/pulumi/pulumi/issues/5900",
    },
    {
        type: "aws:iam/role:Role",
        by: { "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role"] },
        error: "DeleteConflict: Cannot delete entity, must detach all policies first.",
        source: "https://github.com/getmoto/moto/pull/2504",
    },
    {
        type: "aws:iam/role:Role",
        by: { "aws:iam/rolePolicy:RolePolicy": ["role"] },
        error: "DeleteConflict: Cannot delete entity, must delete policies first.",
        source: "https://github.com/awslabs/aws-orbit-workbench/issues/633",
    },
    {
        type: "aws:iam/role:Role",
        by: { "aws:iam/instanceProfile:InstanceProfile": ["role"] },
        error: "DeleteConflict: Cannot delete entity, must remove roles from instance profile first.",
        source: "https://github.com/99designs/iamy/pull/68",
    },
    {
        type: "aws:route53/zone:Zone",
        by: { "aws:route53/record:Record": ["zoneId"] },
        error: "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
        source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html",
        unless: "forceDestroy",
    },
    {
        type: "aws:acm/certificate:Certificate",
        by: {
            "aws:lb/listener:Listener": ["certificateArn"],
            "aws:cloudfront/distribution:Distribution": ["viewerCertificate"],
        },
        error: "ResourceInUseException: Certificate is in use",
        source: "https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html",
    },
    {
        type: "aws:wafv2/webAcl:WebAcl",
        by: {
            "aws:wafv2/webAclAssociation:WebAclAssociation": ["webAclArn"],
            "aws:cloudfront/distribution:Distribution": ["webAclId"],
        },
        error: "WAFAssociatedItemException: AWS WAF couldn't perform the operation because your resource is being used by another resource",
        source: "https://github.com/hashicorp/terraform-provider-aws/issues/37229",
    },
    {
        type: "aws:cloudfront/originAccessControl:OriginAccessControl",
        by: { "aws:cloudfront/distribution:Distribution": ["origins"] },
        error: "OriginAccessControlInUse: Cannot delete the origin access control because it's in use by one or more other resources.",
        source: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DeleteOriginAccessControl.html",
    },
    {
        type: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
        by: { "aws:cloudfront/distribution:Distribution": ["defaultCacheBehavior", "orderedCacheBehaviors"] },
        error: "ResponseHeadersPolicyInUse: Cannot delete the response headers policy because it is attached to one or more cache behaviors",
        source: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DeleteResponseHeadersPolicy.html",
    },
    {
        type: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
        by: { "aws:cloudwatch/logDelivery:LogDelivery": ["deliverySourceName"] },
        error: "ConflictException: This delivery source has deliveries",
        source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteDeliverySource.html",
        calledBy: "name",
    },
    {
        type: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
        by: { "aws:cloudwatch/logDelivery:LogDelivery": ["deliveryDestinationArn"] },
        error: "ConflictException: This delivery destination has deliveries",
        source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteDeliveryDestination.html",
    },
    {
        type: "aws:cloudwatch/eventRule:EventRule",
        by: { "aws:cloudwatch/eventTarget:EventTarget": ["rule"] },
        error: "ValidationException: Rule can't be deleted since it has targets.",
        source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html",
        unless: "forceDestroy",
    },
    {
        type: "aws:backup/plan:Plan",
        by: { "aws:backup/selection:Selection": ["planId"] },
        error: "InvalidRequestException: Related backup plan selections must be deleted prior to backup plan deletion",
        source: "https://github.com/hashicorp/terraform-provider-aws/issues/10414",
    },
    {
        type: "aws:backup/restoreTestingPlan:RestoreTestingPlan",
        by: { "aws:backup/restoreTestingSelection:RestoreTestingSelection": ["restoreTestingPlanName"] },
        error: "InvalidRequestException: The restore testing plan has selections",
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DeleteRestoreTestingPlan.html",
        calledBy: "name",
    },
];

const PERSONALIZE = "https://docs.aws.amazon.com/personalize/latest/dg/";

/** The same of what a component has and none of the stacks. */
export const IN_USE_APART: readonly InUse[] = [
    {
        type: "aws-native:personalize:DatasetGroup",
        by: {
            "aws-native:personalize:Dataset": ["datasetGroupArn"],
            "aws-native:personalize:EventTracker": ["datasetGroupArn"],
            "aws-native:personalize:Solution": ["datasetGroupArn"],
        },
        error: "ResourceInUseException: The dataset group has datasets, event trackers or solutions",
        source: `${PERSONALIZE}API_DeleteDatasetGroup.html`,
    },
    {
        type: "aws-native:personalize:Schema",
        by: { "aws-native:personalize:Dataset": ["schemaArn"] },
        error: "ResourceInUseException: The schema has datasets",
        source: `${PERSONALIZE}API_DeleteSchema.html`,
    },
];

/** An input that keeps a resource from being deleted while it is true. */
const PROTECTION: Readonly<Record<string, { readonly input: string; readonly error: string }>> = {
    "aws:rds/cluster:Cluster": {
        input: "deletionProtection",
        error: "InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.",
    },
    "aws:rds/globalCluster:GlobalCluster": {
        input: "deletionProtection",
        error: "InvalidParameterCombination: Cannot delete protected Global Cluster",
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        input: "enableDeletionProtection",
        error: "OperationNotPermitted: Load balancer cannot be deleted because deletion protection is enabled",
    },
    "aws:dynamodb/table:Table": {
        input: "deletionProtectionEnabled",
        error: "ValidationException: Resource cannot be deleted as it is currently protected against deletion.",
    },
};

/** What exists once at most under its name. */
export interface Unique {
    /** The output that holds the name. */
    readonly name: string;
    readonly error: string;
    /** Whether each region has names of its own; the others' are the account's, or the world's. */
    readonly perRegion: boolean;
}

const regional = (error: string, name = "name"): Unique => ({ name, error, perRegion: true });
const everywhere = (error: string, name = "name"): Unique => ({ name, error, perRegion: false });

/** By the create operations of the APIs' references. What is put rather than created, such as an alarm, is not among them. */
export const UNIQUE: Readonly<Record<string, Unique>> = {
    "aws:accessanalyzer/analyzer:Analyzer": regional("ConflictException", "analyzerName"),
    "aws:autoscaling/group:Group": regional("AlreadyExists"),
    "aws:backup/vault:Vault": regional("AlreadyExistsException"),
    "aws:budgets/budget:Budget": everywhere("DuplicateRecordException"),
    "aws:cloudfront/originAccessControl:OriginAccessControl": everywhere("OriginAccessControlAlreadyExists"),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": everywhere(
        "ResponseHeadersPolicyAlreadyExists",
    ),
    "aws:cloudtrail/trail:Trail": regional("TrailAlreadyExistsException"),
    "aws:cloudwatch/logGroup:LogGroup": regional("ResourceAlreadyExistsException"),
    "aws:dynamodb/table:Table": regional("ResourceInUseException"),
    "aws:ec2/launchTemplate:LaunchTemplate": regional("InvalidLaunchTemplateName.AlreadyExistsException"),
    "aws:ecr/repository:Repository": regional("RepositoryAlreadyExistsException"),
    "aws:iam/instanceProfile:InstanceProfile": everywhere("EntityAlreadyExists"),
    "aws:iam/role:Role": everywhere("EntityAlreadyExists"),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": regional("ResourceInUseException"),
    "aws:kms/alias:Alias": regional("AlreadyExistsException"),
    "aws:lambda/function:Function": regional("ResourceConflictException"),
    "aws:lb/loadBalancer:LoadBalancer": regional("DuplicateLoadBalancerName"),
    "aws:lb/targetGroup:TargetGroup": regional("DuplicateTargetGroupName"),
    // Clusters of one global database have different names, even in different regions.
    "aws:rds/cluster:Cluster": everywhere("DBClusterAlreadyExistsFault", "clusterIdentifier"),
    "aws:rds/clusterInstance:ClusterInstance": regional("DBInstanceAlreadyExists", "identifier"),
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": regional("DBParameterGroupAlreadyExists"),
    "aws:rds/globalCluster:GlobalCluster": everywhere(
        "GlobalClusterAlreadyExistsFault",
        "globalClusterIdentifier",
    ),
    "aws:rds/parameterGroup:ParameterGroup": regional("DBParameterGroupAlreadyExists"),
    "aws:rds/subnetGroup:SubnetGroup": regional("DBSubnetGroupAlreadyExists"),
    "aws:s3/bucket:Bucket": everywhere("BucketAlreadyExists", "bucket"),
    "aws:secretsmanager/secret:Secret": regional("ResourceExistsException"),
    "aws:ssm/parameter:Parameter": regional("ParameterAlreadyExists"),
    "aws:wafv2/webAcl:WebAcl": regional("WAFDuplicateItemException"),
};

/** The same of what a component has and none of the stacks. A dataset's ARN is its group's with its type. */
export const UNIQUE_APART: Readonly<Record<string, Unique>> = {
    "aws-native:personalize:Dataset": regional("ResourceAlreadyExistsException", "datasetArn"),
    "aws-native:personalize:DatasetGroup": regional("ResourceAlreadyExistsException"),
    // A group has one, whatever it is called.
    "aws-native:personalize:EventTracker": regional("ResourceAlreadyExistsException", "datasetGroupArn"),
    "aws-native:personalize:Schema": regional("ResourceAlreadyExistsException"),
    "aws-native:personalize:Solution": regional("ResourceAlreadyExistsException"),
};

/** Whether a text is somewhere in a value. */
function holds(value: unknown, texts: ReadonlySet<string>): boolean {
    if (typeof value === "string") {
        return texts.has(value);
    }
    return (
        typeof value === "object" &&
        value !== null &&
        Object.values(value).some((inner) => holds(inner, texts))
    );
}

function namesOf({ id, outputs }: Existing, { calledBy }: InUse): ReadonlySet<string> {
    const names = calledBy === undefined ? [id, outputs["arn"]] : [outputs[calledBy]];
    return new Set(names.filter((name) => typeof name === "string"));
}

/** What uses a resource so that it may not be deleted. */
export function usersOf(world: World, thing: Existing, rule: InUse): readonly Existing[] {
    const names = namesOf(thing, rule);
    return Object.entries(rule.by).flatMap(([type, inputs]) =>
        world
            .existing(type)
            .filter((other) => inputs.some((input) => holds(plain(other.inputs)[input], names)))
            // A group's own rules go with it.
            .filter((other) => other.inputs["securityGroupId"] !== thing.id),
    );
}

/** The last instance of the cluster that writes, while clusters follow it. */
function isLastBeforeFollowers(world: World, { id, inputs }: Existing): boolean {
    const cluster = world
        .existing("aws:rds/cluster:Cluster")
        .find(({ outputs }) => outputs["clusterIdentifier"] === inputs["clusterIdentifier"]);
    const siblings = world
        .existing("aws:rds/clusterInstance:ClusterInstance")
        .filter(
            (other) => other.id !== id && other.inputs["clusterIdentifier"] === inputs["clusterIdentifier"],
        );
    const database = world
        .existing("aws:rds/globalCluster:GlobalCluster")
        .find(({ outputs }) => outputs["sourceDbClusterIdentifier"] === cluster?.outputs["arn"]);
    return (
        siblings.length === 0 &&
        database !== undefined &&
        world
            .existing("aws:rds/cluster:Cluster")
            .some((other) => other.inputs["globalClusterIdentifier"] === database.id)
    );
}

/** Why AWS does not delete a resource; undefined where it does. */
export function refusalToDelete(world: World, thing: Existing): string | undefined {
    const type = typeOf(thing.urn);
    const protection = PROTECTION[type];
    if (protection !== undefined && thing.inputs[protection.input] === true) {
        return protection.error;
    }
    // https://github.com/awslabs/amazon-documentdb-tools/issues/126
    if (type === "aws:rds/clusterInstance:ClusterInstance" && isLastBeforeFollowers(world, thing)) {
        return "InvalidDBClusterStateFault: Cannot delete the last instance of the master cluster. Delete the replica cluster before deleting the last master cluster instance.";
    }
    for (const rule of [...IN_USE, ...IN_USE_APART]) {
        if (rule.type !== type || (rule.unless !== undefined && thing.inputs[rule.unless] === true)) {
            continue;
        }
        const [user] = usersOf(world, thing, rule);
        if (user !== undefined) {
            return `${rule.error} (${typeOf(user.urn)} ${user.id})`;
        }
    }
    return undefined;
}

/** Why AWS does not create a resource; undefined where it does. */
export function refusalToCreate(world: World, urn: string, outputs: Properties): string | undefined {
    const type = typeOf(urn);
    const unique = UNIQUE[type] ?? UNIQUE_APART[type];
    if (unique === undefined) {
        return undefined;
    }
    const name = outputs[unique.name];
    const taken = world
        .existing(type)
        .some(
            (other) =>
                other.outputs[unique.name] === name &&
                accountOf(other.outputs) === accountOf(outputs) &&
                (!unique.perRegion || other.outputs["region"] === outputs["region"]),
        );
    return taken ? `${unique.error}: ${String(name)} exists already` : undefined;
}

/** The account in a resource's ARN; undefined where the ARN has none, as that of a bucket, whose name is the world's. */
function accountOf({ arn }: Properties): string | undefined {
    return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(String(arn))?.[1];
}
