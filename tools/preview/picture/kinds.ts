/** Which resources are drawn, and what people call them. */
import { items, textOf } from "../render/inputs";
import { plural } from "../render/text";
import { type Properties } from "../types";
import { isRecord } from "../values";
import { type NodeKind } from "./types";

/** A type of resources that is drawn by itself. */
export interface DrawnType {
    readonly kind: NodeKind;
    /** What it is called below its name. */
    readonly what: (inputs: Properties) => string;
    /**
     * `always`: people think of the system as made of these. `used`: drawn where an arrow leads to it, and else
     * folded into its component. `together`: all of a frame are one.
     */
    readonly drawn: "always" | "used" | "together";
}

const plain = (what: string) => (): string => what;

const always = (kind: NodeKind, what: string | DrawnType["what"]): DrawnType => ({
    kind,
    what: typeof what === "string" ? plain(what) : what,
    drawn: "always",
});
const used = (kind: NodeKind, what: string): DrawnType => ({ kind, what: plain(what), drawn: "used" });
const together = (kind: NodeKind, what: string): DrawnType => ({
    kind,
    what: plain(what),
    drawn: "together",
});

const number = (value: unknown): string =>
    typeof value === "number" || typeof value === "string" ? String(value) : "an unknown number of";

/** The types by token. */
export const DRAWN: Readonly<Record<string, DrawnType>> = {
    "aws:cloudfront/distribution:Distribution": always("distribution", ({ webAclId }) =>
        textOf(webAclId) === undefined ? "CloudFront" : "CloudFront, WAF",
    ),
    "aws:globalaccelerator/accelerator:Accelerator": always("distribution", "Global Accelerator"),
    "aws:lb/loadBalancer:LoadBalancer": always("balancer", balancer),
    "aws:alb/loadBalancer:LoadBalancer": always("balancer", balancer),
    "aws:elb/loadBalancer:LoadBalancer": always("balancer", "Classic Load Balancer"),
    "aws:apigateway/restApi:RestApi": always("api", "API Gateway, REST"),
    "aws:apigatewayv2/api:Api": always(
        "api",
        ({ protocolType }) => `API Gateway, ${textOf(protocolType) ?? "HTTP"}`,
    ),
    "aws:appsync/graphQLApi:GraphQLApi": always("api", "AppSync"),
    "aws:autoscaling/group:Group": always(
        "instances",
        ({ minSize, maxSize }) => `${number(minSize)} to ${number(maxSize)} instances`,
    ),
    "aws:ec2/instance:Instance": always(
        "instances",
        ({ instanceType }) => `instance, ${textOf(instanceType) ?? "of a type not known yet"}`,
    ),
    "aws:eks/nodeGroup:NodeGroup": always("instances", "EKS node group"),
    "aws:ecs/service:Service": always(
        "service",
        ({ desiredCount, launchType, capacityProviderStrategies }) => {
            const strategy = JSON.stringify(capacityProviderStrategies ?? launchType ?? "");
            const on = /FARGATE/.test(strategy) ? "Fargate" : "ECS";
            return typeof desiredCount === "number" ? `${on}, ${plural(desiredCount, "task")}` : on;
        },
    ),
    "aws:eks/cluster:Cluster": always("service", "EKS cluster"),
    "aws:apprunner/service:Service": always("service", "App Runner"),
    "aws:lambda/function:Function": used("function", "Lambda"),
    "aws:sfn/stateMachine:StateMachine": always("workflow", "Step Functions"),
    "aws:rds/cluster:Cluster": always("database", ({ engine, serverlessv2ScalingConfiguration: scaling }) => {
        const range = isRecord(scaling)
            ? `, ${number(scaling["minCapacity"])} to ${number(scaling["maxCapacity"])} ACU`
            : "";
        return `${engineName(engine)}${range}`;
    }),
    "aws:rds/instance:Instance": always("database", ({ engine, instanceClass, multiAz }) => {
        const size = textOf(instanceClass);
        return `RDS ${engineName(engine)}${size === undefined ? "" : `, ${size}`}${multiAz === true ? ", Multi-AZ" : ""}`;
    }),
    "aws:docdb/cluster:Cluster": always("database", "DocumentDB"),
    "aws:neptune/cluster:Cluster": always("database", "Neptune"),
    "aws:redshift/cluster:Cluster": always("database", "Redshift"),
    "aws:dynamodb/table:Table": always("table", "DynamoDB"),
    "aws:elasticache/serverlessCache:ServerlessCache": always(
        "cache",
        ({ engine }) => `ElastiCache Serverless, ${textOf(engine) ?? "cache"}`,
    ),
    "aws:elasticache/replicationGroup:ReplicationGroup": always(
        "cache",
        ({ engine }) => `ElastiCache, ${textOf(engine) ?? "redis"}`,
    ),
    "aws:elasticache/cluster:Cluster": always(
        "cache",
        ({ engine }) => `ElastiCache, ${textOf(engine) ?? "cache"}`,
    ),
    "aws:memorydb/cluster:Cluster": always("cache", "MemoryDB"),
    "aws:dax/cluster:Cluster": always(
        "cache",
        ({ replicationFactor }) => `DAX, ${number(replicationFactor)} nodes`,
    ),
    "aws:opensearch/domain:Domain": always("search", ({ clusterConfig }) => {
        const count = isRecord(clusterConfig) ? clusterConfig["instanceCount"] : undefined;
        return count === undefined ? "OpenSearch" : `OpenSearch, ${number(count)} nodes`;
    }),
    "aws:s3/bucket:Bucket": used("bucket", "S3"),
    "aws:s3/bucketV2:BucketV2": used("bucket", "S3"),
    "aws:efs/fileSystem:FileSystem": always("files", "EFS"),
    "aws:fsx/lustreFileSystem:LustreFileSystem": always("files", "FSx for Lustre"),
    "aws:fsx/ontapFileSystem:OntapFileSystem": always("files", "FSx for ONTAP"),
    "aws:fsx/windowsFileSystem:WindowsFileSystem": always("files", "FSx for Windows"),
    "aws:ebs/volume:Volume": always("disk", ({ size, type }) =>
        `EBS, ${number(size)} GiB ${textOf(type) ?? ""}`.trim(),
    ),
    "aws:sqs/queue:Queue": used("queue", "SQS"),
    "aws:mq/broker:Broker": always("queue", "Amazon MQ"),
    "aws:sns/topic:Topic": used("topic", "SNS"),
    "aws:cloudwatch/eventBus:EventBus": used("bus", "EventBridge"),
    "aws:scheduler/schedule:Schedule": used("schedule", "EventBridge Scheduler"),
    "aws:kinesis/stream:Stream": used("stream", "Kinesis"),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": used("stream", "Firehose"),
    "aws:msk/cluster:Cluster": always("stream", "MSK"),
    "aws:cognito/userPool:UserPool": always("users", "Cognito"),
    "aws-native:cognito:UserPool": always("users", "Cognito"),
    "aws-native:cognito:UserPoolReplica": always("users", "Cognito, replica"),
    "aws:cognito/identityPool:IdentityPool": always("users", "Cognito identity pool"),
    "aws:secretsmanager/secret:Secret": together("secrets", "Secrets Manager"),
    "aws:ecr/repository:Repository": together("images", "ECR"),
    "aws:ec2/natGateway:NatGateway": together("gateway", "NAT, the way out"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": together("endpoints", "PrivateLink and gateways"),
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": always("gateway", "VPC peering"),
    "aws:ec2transitgateway/transitGateway:TransitGateway": always("gateway", "Transit Gateway"),
    "aws:apigatewayv2/vpcLink:VpcLink": always("gateway", "VPC link"),
    "aws:codepipeline/pipeline:Pipeline": always("pipeline", "CodePipeline"),
    "aws:sesv2/emailIdentity:EmailIdentity": always("mail", "SES"),
};

/** What all of a kind in one frame are called together. */
export const TOGETHER: Readonly<Partial<Record<NodeKind, string>>> = {
    secrets: "secrets",
    images: "image repositories",
    gateway: "NAT gateways",
    endpoints: "VPC endpoints",
};

function balancer({ loadBalancerType, internal }: Properties): string {
    const kind =
        loadBalancerType === "network"
            ? "Network"
            : loadBalancerType === "gateway"
              ? "Gateway"
              : "Application";
    return `${kind} Load Balancer${internal === true ? ", internal" : ""}`;
}

function engineName(engine: unknown): string {
    const known: Readonly<Record<string, string>> = {
        "aurora-postgresql": "Aurora PostgreSQL",
        "aurora-mysql": "Aurora MySQL",
        postgres: "PostgreSQL",
        mysql: "MySQL",
        mariadb: "MariaDB",
    };
    const text = textOf(engine) ?? "database";
    return known[text] ?? text;
}

/** Words at the end of a logical name that only say again what the thing is. */
const SUFFIX =
    /-(?:fleet-group|group|distribution|alb|nlb|table|bucket|queue|function|service|cluster|instance|cache|domain|stream|topic|bus|pool|state-machine|machine|api|connection|link|identity|pipeline|volume)$/;

/** A logical name without the words that its kind says already. */
export function shortName(name: string): string {
    const short = name.replace(SUFFIX, "");
    return short === "" ? name : short;
}

/** Zones that a resource names itself. */
export function namedZones(inputs: Properties): string[] {
    return [...items(inputs["availabilityZones"]), inputs["availabilityZone"]].flatMap(
        (zone) => textOf(zone) ?? [],
    );
}
