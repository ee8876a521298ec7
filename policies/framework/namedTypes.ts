import { inputOf } from "./items";
import { type Member } from "./stackView";
import { text } from "./subject";
import { ifKnown } from "./unknowns";

/** How resources of a type are named, and where no two may have the same name. */
export interface NamedType {
    readonly property: string;
    /** Left out: the account and region. */
    readonly scope?: "world" | "account";
    /** Types that share a namespace have the same family. Left out: the type is alone in it. */
    readonly family?: string;
    /** A property with whose value each namespace is another one, and what AWS takes where it is left out. */
    readonly within?: { readonly property: string; readonly otherwise: string };
}

const name: NamedType = { property: "name" };
const accountWide: NamedType = { property: "name", scope: "account" };
const bucket: NamedType = { property: "bucket", scope: "world", family: "bucket" };
const webAcl: NamedType = { property: "name", within: { property: "scope", otherwise: "" } };
const balancer: NamedType = { property: "name", family: "load balancer" };
const targetGroup: NamedType = { property: "name", family: "target group" };

/** The types whose names are compared between stacks, by token. */
export const NAMED_TYPES: Readonly<Partial<Record<string, NamedType>>> = {
    // Unique among all customers.
    "aws:s3/bucket:Bucket": bucket,
    "aws:s3/bucketV2:BucketV2": bucket,
    "aws:cloudfront/distribution:Distribution": { property: "aliases", scope: "world" },
    "aws:cognito/userPoolDomain:UserPoolDomain": { property: "domain", scope: "world" },

    // The same in every region of an account.
    "aws:iam/role:Role": accountWide,
    "aws:iam/policy:Policy": accountWide,
    "aws:iam/user:User": accountWide,
    "aws:iam/group:Group": accountWide,
    "aws:iam/instanceProfile:InstanceProfile": accountWide,
    "aws:iam/serverCertificate:ServerCertificate": accountWide,
    "aws:budgets/budget:Budget": accountWide,
    "aws:cloudfront/cachePolicy:CachePolicy": accountWide,
    "aws:cloudfront/function:Function": accountWide,
    "aws:cloudfront/keyGroup:KeyGroup": accountWide,
    "aws:cloudfront/keyValueStore:KeyValueStore": accountWide,
    "aws:cloudfront/originAccessControl:OriginAccessControl": accountWide,
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": accountWide,
    "aws:cloudfront/publicKey:PublicKey": accountWide,
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": accountWide,
    "aws:shield/protection:Protection": accountWide,
    // Dashboards are listed for all regions together; the last one of a name wins.
    "aws:cloudwatch/dashboard:Dashboard": { property: "dashboardName", scope: "account" },
    "aws:rds/globalCluster:GlobalCluster": { property: "globalClusterIdentifier", scope: "account" },
    // Members of a global database may not share an identifier, even in different regions.
    "aws:rds/cluster:Cluster": { property: "clusterIdentifier", scope: "account" },

    // Unique in an account's region.
    "aws:accessanalyzer/analyzer:Analyzer": { property: "analyzerName" },
    "aws:alb/loadBalancer:LoadBalancer": balancer,
    "aws:alb/targetGroup:TargetGroup": targetGroup,
    "aws:autoscaling/group:Group": name,
    "aws:backup/vault:Vault": name,
    "aws:cfg/deliveryChannel:DeliveryChannel": name,
    "aws:cfg/recorder:Recorder": name,
    "aws:cloudtrail/trail:Trail": name,
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": { property: "alarmName", family: "alarm" },
    "aws:cloudwatch/eventBus:EventBus": name,
    "aws:cloudwatch/eventRule:EventRule": {
        property: "name",
        within: { property: "eventBusName", otherwise: "default" },
    },
    "aws:cloudwatch/logDelivery:LogDelivery": name,
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": name,
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": name,
    "aws:cloudwatch/logGroup:LogGroup": name,
    "aws:cloudwatch/metricAlarm:MetricAlarm": { property: "name", family: "alarm" },
    "aws:dax/cluster:Cluster": { property: "clusterName" },
    "aws:dynamodb/table:Table": name,
    "aws:ec2/launchTemplate:LaunchTemplate": name,
    "aws:ecr/repository:Repository": name,
    "aws:ecs/cluster:Cluster": name,
    "aws:ecs/service:Service": {
        property: "name",
        within: { property: "cluster", otherwise: "default" },
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": { property: "replicationGroupId" },
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": name,
    "aws:kinesis/stream:Stream": name,
    "aws:kms/alias:Alias": name,
    "aws:lambda/function:Function": name,
    "aws:lb/loadBalancer:LoadBalancer": balancer,
    "aws:lb/targetGroup:TargetGroup": targetGroup,
    "aws-native:personalize:DatasetGroup": name,
    "aws-native:personalize:EventTracker": name,
    "aws-native:personalize:Schema": name,
    "aws-native:personalize:Solution": name,
    "aws:opensearch/domain:Domain": { property: "domainName" },
    "aws:rds/clusterInstance:ClusterInstance": { property: "identifier", family: "database instance" },
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": name,
    "aws:rds/instance:Instance": { property: "identifier", family: "database instance" },
    "aws:rds/parameterGroup:ParameterGroup": name,
    "aws:rds/subnetGroup:SubnetGroup": name,
    "aws:scheduler/schedule:Schedule": {
        property: "name",
        within: { property: "groupName", otherwise: "default" },
    },
    "aws:secretsmanager/secret:Secret": name,
    "aws:sfn/stateMachine:StateMachine": name,
    "aws:sns/topic:Topic": name,
    "aws:sqs/queue:Queue": name,
    "aws:ssm/parameter:Parameter": name,
    "aws:synthetics/canary:Canary": name,
    "aws:wafv2/ipSet:IpSet": webAcl,
    "aws:wafv2/regexPatternSet:RegexPatternSet": webAcl,
    "aws:wafv2/ruleGroup:RuleGroup": webAcl,
    "aws:wafv2/webAcl:WebAcl": webAcl,
};

// Two of its outputs may be different things.
const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/**
 * Which of the namespaces of its type a resource is named in; empty where there is one alone.
 *
 * @throws The error about an unknown value, where not even its origin tells.
 */
export function namespaceWithin(resource: Member, { within }: NamedType): string {
    if (within === undefined) {
        return "";
    }
    const { property, otherwise } = within;
    const [origin, ...others] = resource.propertyDependencies[property] ?? [];
    const isOne = origin !== undefined && others.length === 0 && origin.type !== STACK_REFERENCE;
    // A new cluster or bus is not known at preview, and is still the same one.
    const given = isOne
        ? ifKnown(() => inputOf(resource, property), origin.urn)
        : inputOf(resource, property);
    // The ARN of a cluster or a bus ends with its name, which does as well.
    return text(given)?.replace(/^arn:.*\//, "") ?? otherwise;
}
