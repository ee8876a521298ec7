import { type Props } from "../../framework";
import { isGiven } from "../../framework/items";

/** What AWS takes for the name of a resource. */
export interface NameLimit {
    readonly property: string;
    readonly min?: number;
    readonly max: number;
    readonly pattern: RegExp;
    /** The pattern in words. */
    readonly characters: string;
    /** Whether Pulumi makes a name from the logical one where none is given. Left out: it does. */
    readonly isAutomatic?: boolean;
}

const IAM = /^[\w+=,.@-]+$/;
const IAM_WORDS = "letters, digits and _+=,.@-";
const WORD = /^[\w-]+$/;
const WORD_WORDS = "letters, digits, hyphens and underscores";
const DOTTED = /^[\w.-]+$/;
const DOTTED_WORDS = "letters, digits, periods, hyphens and underscores";
const RDS = /^[A-Za-z](?:-?[A-Za-z0-9])*$/;
const RDS_WORDS = "a letter, then letters, digits and single hyphens";
const BALANCER = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const BALANCER_WORDS = "letters, digits and inner hyphens";
const ANY = /^[^\p{Cc}]+$/u;
const ANY_WORDS = "anything but control characters";
const ECR = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

function named(max: number, pattern: RegExp, characters: string, more: Partial<NameLimit> = {}): NameLimit {
    return { property: "name", max, pattern, characters, ...more };
}

const loadBalancer = named(
    32,
    /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
    `${BALANCER_WORDS}, not internal- first`,
);
const targetGroup = named(32, BALANCER, BALANCER_WORDS);
const bucket = named(
    63,
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    "small letters, digits, inner hyphens and periods, without reserved beginnings and endings",
    { property: "bucket", min: 3 },
);
const restoreTesting = named(50, /^\w+$/, "letters, digits and underscores");
const personalize = named(63, /^[A-Za-z0-9][\w-]*$/, `${WORD_WORDS}, a letter or digit first`);
const webAcl = named(128, WORD, WORD_WORDS);
const USER_POOL_DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain";
// Without a certificate the name is put before Cognito's own domain.
const userPoolPrefix = named(
    63,
    /^(?!.*(?:aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    "small letters, digits and inner hyphens, without aws, amazon and cognito, or a certificateArn for a domain of one's own",
    { property: "domain", isAutomatic: false },
);

/** Limits by type, as the API's models of botocore 1.44.5 state them. */
export const NAME_LIMITS: Readonly<Partial<Record<string, NameLimit>>> = {
    "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
    "aws:alb/loadBalancer:LoadBalancer": loadBalancer,
    "aws:lb/targetGroup:TargetGroup": targetGroup,
    "aws:alb/targetGroup:TargetGroup": targetGroup,
    "aws:s3/bucket:Bucket": bucket,
    "aws:s3/bucketV2:BucketV2": bucket,
    "aws:dax/cluster:Cluster": named(20, RDS, RDS_WORDS, { property: "clusterName", isAutomatic: false }),
    "aws:opensearch/domain:Domain": named(
        28,
        /^[a-z][a-z0-9-]+$/,
        "a small letter, then small letters, digits and hyphens",
        {
            property: "domainName",
            min: 3,
        },
    ),
    "aws:xray/group:Group": named(32, ANY, ANY_WORDS, { property: "groupName", isAutomatic: false }),
    "aws:elasticache/replicationGroup:ReplicationGroup": named(40, RDS, RDS_WORDS, {
        property: "replicationGroupId",
    }),
    "aws:backup/vault:Vault": named(50, WORD, WORD_WORDS, { min: 2 }),
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": restoreTesting,
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": restoreTesting,
    "aws:rds/cluster:Cluster": named(63, RDS, RDS_WORDS, { property: "clusterIdentifier" }),
    "aws:rds/clusterInstance:ClusterInstance": named(63, RDS, RDS_WORDS, { property: "identifier" }),
    "aws:rds/instance:Instance": named(63, RDS, RDS_WORDS, { property: "identifier" }),
    "aws:rds/globalCluster:GlobalCluster": named(255, RDS, RDS_WORDS, {
        property: "globalClusterIdentifier",
        isAutomatic: false,
    }),
    "aws:rds/subnetGroup:SubnetGroup": named(
        255,
        /^(?!default$)[A-Za-z][\w. -]*$/i,
        "a letter, then letters, digits, periods, underscores, spaces and hyphens",
    ),
    "aws:rds/parameterGroup:ParameterGroup": named(255, RDS, RDS_WORDS),
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": named(255, RDS, RDS_WORDS),
    "aws:docdb/cluster:Cluster": named(63, RDS, RDS_WORDS, { property: "clusterIdentifier" }),
    "aws:cognito/userPool:UserPool": named(128, /^[\w\s+=,.@-]+$/, `${IAM_WORDS} and spaces`),
    [USER_POOL_DOMAIN]: named(
        253,
        /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
        "small letters, digits, inner hyphens and periods",
        {
            property: "domain",
            isAutomatic: false,
        },
    ),
    "aws:iam/role:Role": named(64, IAM, IAM_WORDS),
    "aws:iam/user:User": named(64, IAM, IAM_WORDS),
    "aws:iam/group:Group": named(128, IAM, IAM_WORDS),
    "aws:iam/policy:Policy": named(128, IAM, IAM_WORDS),
    "aws:iam/rolePolicy:RolePolicy": named(128, IAM, IAM_WORDS),
    "aws:iam/instanceProfile:InstanceProfile": named(128, IAM, IAM_WORDS),
    "aws:cloudwatch/eventRule:EventRule": named(64, DOTTED, DOTTED_WORDS),
    "aws:cloudwatch/metricAlarm:MetricAlarm": named(255, ANY, ANY_WORDS),
    "aws:cloudwatch/dashboard:Dashboard": named(255, WORD, WORD_WORDS, {
        property: "dashboardName",
        isAutomatic: false,
    }),
    "aws:cloudwatch/logGroup:LogGroup": named(512, /^[.\-_/#A-Za-z0-9]+$/, "letters, digits and ._-/#"),
    "aws:scheduler/schedule:Schedule": named(64, DOTTED, DOTTED_WORDS),
    "aws:scheduler/scheduleGroup:ScheduleGroup": named(64, DOTTED, DOTTED_WORDS),
    "aws:lambda/function:Function": named(64, WORD, WORD_WORDS),
    "aws:cloudfront/originAccessControl:OriginAccessControl": named(64, ANY, ANY_WORDS),
    "aws:cloudfront/function:Function": named(64, WORD, WORD_WORDS),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": named(64, DOTTED, DOTTED_WORDS),
    "aws:kinesis/stream:Stream": named(128, DOTTED, DOTTED_WORDS),
    "aws:sqs/queue:Queue": named(80, /^[\w-]+(?:\.fifo)?$/, `${WORD_WORDS}, with .fifo last on FIFO queues`),
    "aws:sns/topic:Topic": named(256, /^[\w-]+(?:\.fifo)?$/, `${WORD_WORDS}, with .fifo last on FIFO topics`),
    "aws:sfn/stateMachine:StateMachine": named(
        80,
        /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]+$/u,
        "anything but spaces, brackets, wildcards and punctuation",
    ),
    "aws-native:personalize:Dataset": personalize,
    "aws-native:personalize:DatasetGroup": personalize,
    "aws-native:personalize:EventTracker": personalize,
    "aws-native:personalize:Schema": personalize,
    "aws-native:personalize:Solution": personalize,
    "aws:codepipeline/pipeline:Pipeline": named(100, /^[A-Za-z0-9.@\-_]+$/, `${DOTTED_WORDS} and @`),
    "aws:codedeploy/application:Application": named(100, IAM, IAM_WORDS),
    "aws:codebuild/project:Project": named(
        150,
        /^[A-Za-z0-9][\w-]+$/,
        `${WORD_WORDS}, a letter or digit first`,
        { min: 2 },
    ),
    "aws:wafv2/webAcl:WebAcl": webAcl,
    "aws:wafv2/ipSet:IpSet": webAcl,
    "aws:wafv2/regexPatternSet:RegexPatternSet": webAcl,
    "aws:wafv2/ruleGroup:RuleGroup": webAcl,
    "aws:shield/protection:Protection": named(128, /^[ \w.-]*$/, `${DOTTED_WORDS} and spaces`),
    "aws:athena/workgroup:Workgroup": named(128, DOTTED, DOTTED_WORDS),
    "aws:ec2/launchTemplate:LaunchTemplate": named(
        128,
        /^[A-Za-z0-9().\-/_]+$/,
        "letters, digits and ()./_-",
        { min: 3 },
    ),
    "aws:ec2/securityGroup:SecurityGroup": named(255, ANY, ANY_WORDS),
    "aws:autoscaling/group:Group": named(255, /^[^:]+$/, "anything but colons"),
    "aws:kms/alias:Alias": named(
        256,
        /^alias\/(?!aws\/)[A-Za-z0-9:/_-]+$/,
        "alias/, then letters, digits and :/_-, not aws/ first",
    ),
    "aws:ecr/repository:Repository": named(
        256,
        ECR,
        "small letters and digits, with single . _ - and / between them",
        { min: 2 },
    ),
    "aws:ecs/cluster:Cluster": named(255, WORD, WORD_WORDS),
    "aws:ecs/service:Service": named(255, WORD, WORD_WORDS),
    "aws:secretsmanager/secret:Secret": named(512, /^[\w/+=.@-]+$/, "letters, digits and /_+=.@-"),
    "aws:synthetics/canary:Canary": named(
        255,
        /^[0-9a-z_-]+$/,
        "small letters, digits, hyphens and underscores",
    ),
    "aws:cloudtrail/trail:Trail": named(
        128,
        /^[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$/,
        "letters and digits, with single . _ and - between them",
        { min: 3 },
    ),
    "aws:resiliencehub/resiliencyPolicy:ResiliencyPolicy": named(60, /^[A-Za-z0-9][\w-]+$/, WORD_WORDS, {
        min: 2,
    }),
    "aws:accessanalyzer/analyzer:Analyzer": named(
        255,
        /^[A-Za-z_][\w.-]*$/,
        `${DOTTED_WORDS}, a letter first`,
        {
            property: "analyzerName",
        },
    ),
    "aws:budgets/budget:Budget": named(100, /^[^:\\]+$/, "anything but colons and backslashes"),
    "aws:cfg/recorder:Recorder": named(256, ANY, ANY_WORDS),
    "aws:dynamodb/table:Table": named(255, DOTTED, DOTTED_WORDS, { min: 3 }),
    "aws:ssm/parameter:Parameter": named(1011, /^[\w./-]+$/, "letters, digits and ._-/"),
};

/** The limit for a resource; undefined where the type has none. */
export function limitOf(type: string, props: Props): NameLimit | undefined {
    return type === USER_POOL_DOMAIN && !isGiven(props, "certificateArn")
        ? userPoolPrefix
        : NAME_LIMITS[type];
}

/** What Pulumi adds to a logical name: a hyphen and seven hexadecimal digits. */
export const SUFFIX_LENGTH = 8;

/** Whether Pulumi made the name from the logical one; some types have more before it or after it. */
export function isMade(name: string, logicalName: string): boolean {
    return (
        name.toLowerCase().includes(`${logicalName.toLowerCase()}-`) && /-[0-9a-f]{7}(?:\.fifo)?$/.test(name)
    );
}
