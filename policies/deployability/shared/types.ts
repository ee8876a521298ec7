/** Tokens of types that rules speak of together, deprecated twins among them. */
export const RDS_CLUSTER = "aws:rds/cluster:Cluster";
export const RDS_CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
export const RDS_INSTANCE = "aws:rds/instance:Instance";
export const RDS_GLOBAL = "aws:rds/globalCluster:GlobalCluster";
export const DOCDB_CLUSTER = "aws:docdb/cluster:Cluster";

export const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"] as const;
export const LISTENERS = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;
export const LISTENER_RULES = [
    "aws:lb/listenerRule:ListenerRule",
    "aws:alb/listenerRule:ListenerRule",
] as const;
export const TARGET_GROUPS = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"] as const;

export const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
export const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
export const CERTIFICATE = "aws:acm/certificate:Certificate";
export const CERTIFICATE_VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
export const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
export const RECORD = "aws:route53/record:Record";
export const ZONE = "aws:route53/zone:Zone";
export const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
export const KMS_KEYS = [
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
] as const;
export const GROUP = "aws:autoscaling/group:Group";
export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const SUBNETS = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"] as const;
export const FUNCTION = "aws:lambda/function:Function";
export const TABLE = "aws:dynamodb/table:Table";
export const TOPIC = "aws:sns/topic:Topic";
export const QUEUE = "aws:sqs/queue:Queue";
