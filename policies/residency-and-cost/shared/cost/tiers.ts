/** Which tier of a system a resource belongs to. */
import { moduleOf } from "../../../framework/places";
import { type Member } from "../../../framework/stackView";

/** The tiers, from what viewers meet to what keeps the system going. */
export const TIERS = [
    "edge",
    "web",
    "api",
    "compute",
    "data",
    "messaging",
    "network",
    "identity",
    "security",
    "operations",
    "delivery",
    "other",
] as const;

export type Tier = (typeof TIERS)[number];

/** Components whose all belongs to one tier, by the end of their class's name. */
const BY_COMPONENT: readonly (readonly [RegExp, Tier])[] = [
    [/:WebTier$/, "web"],
    [/:ApiTier$/, "api"],
];

const BY_MODULE: Readonly<Record<Exclude<Tier, "web" | "other">, readonly string[]>> = {
    edge: ["acm", "cloudfront", "globalaccelerator", "route53", "shield", "wafv2"],
    api: ["apigateway", "apigatewayv2", "appsync"],
    compute: ["alb", "autoscaling", "batch", "ecs", "eks", "lambda", "lb", "lightsail"],
    data: [
        "athena",
        "dax",
        "docdb",
        "dynamodb",
        "ebs",
        "efs",
        "elasticache",
        "fsx",
        "glue",
        "memorydb",
        "neptune",
        "opensearch",
        "personalize",
        "rds",
        "redshift",
        "s3",
    ],
    messaging: ["kinesis", "mq", "msk", "scheduler", "ses", "sesv2", "sfn", "sns", "sqs"],
    network: ["directconnect", "ec2", "ec2transitgateway", "networkfirewall", "vpc"],
    identity: ["cognito"],
    security: [
        "acmpca",
        "cfg",
        "cloudtrail",
        "guardduty",
        "inspector2",
        "kms",
        "macie2",
        "secretsmanager",
        "securityhub",
    ],
    operations: ["arcregionswitch", "backup", "cloudwatch", "dlm", "fis", "ssm", "synthetics", "xray"],
    delivery: ["codebuild", "codedeploy", "codepipeline", "ecr"],
};

const OF_MODULE: ReadonlyMap<string, Tier> = new Map(
    Object.entries(BY_MODULE).flatMap(([tier, modules]) =>
        modules.map((module) => [module, tier as Tier] as const),
    ),
);

/** Types that are of another tier than the others of their service. */
const BY_TYPE: Readonly<Record<string, Tier>> = {
    "aws:cloudwatch/eventArchive:EventArchive": "messaging",
    "aws:cloudwatch/eventBus:EventBus": "messaging",
    "aws:ec2/instance:Instance": "compute",
    "aws:route53/resolverEndpoint:ResolverEndpoint": "network",
};

/** The tier of a resource: its component's where that has one, else its service's. */
export function tierOf(member: Member): Tier {
    for (let at = member.parent; at !== undefined; at = at.parent) {
        const { type } = at;
        const found = BY_COMPONENT.find(([pattern]) => pattern.test(type));
        if (found !== undefined) {
            return found[1];
        }
    }
    return BY_TYPE[member.type] ?? OF_MODULE.get(moduleOf(member.type)) ?? "other";
}
