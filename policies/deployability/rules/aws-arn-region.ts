import { resourceRule } from "../../framework";
import { matchesAny } from "../../framework/patterns";
import { isGlobal, isOfAws } from "../../framework/places";
import { regionOf, type Subject } from "../../framework/subject";
import { type Arn, arnOf } from "../shared/arn";
import { leavesOf } from "../shared/walk";

interface Config {
    readonly crossRegion: readonly string[];
}

/** Services whose ARNs other rules judge. */
const ELSEWHERE = ["acm", "kms"];

export const rule = resourceRule<Config>({
    id: "aws-arn-region",
    severity: "high",
    description: "Resources refer to resources of their own region, but where AWS reaches across regions.",
    fix: "Use the ARN of the resource in the region, or add the property to the rule's crossRegion if AWS takes another region's.",
    frameworks: { controls: ["C11"] },
    config: {
        crossRegion: {
            type: "array",
            items: { type: "string" },
            default: [
                "aws:arcregionswitch/plan:Plan#*",
                "aws:backup/*#rules.copyActions.destinationVaultArn",
                "aws:cloudwatch/dashboard:Dashboard#*",
                "aws:dynamodb/*#globalTableArn",
                "aws:ecs/taskDefinition:TaskDefinition#*",
                "aws:kms/*#primaryKeyArn",
                "aws:lambda/function:Function#environment.*",
                "aws:lambda/invocation:Invocation#*",
                "aws:rds/cluster:Cluster#replicationSourceIdentifier",
                "aws:rds/globalCluster:GlobalCluster#sourceDbClusterIdentifier",
                "aws:rds/instance:Instance#replicateSourceDb",
                "aws:rds/instanceAutomatedBackupsReplication:*#sourceDbInstanceArn",
                "aws:route53recoverycontrol/*#*",
                "aws:secretsmanager/secretVersion:SecretVersion#*",
                "aws:ssm/parameter:Parameter#*",
                "aws:*#policy",
                "aws:*#*.policy",
                "aws:*#tags.*",
                "aws:*#description",
            ],
            description:
                "Properties that may name resources of other regions, as type#property with * for any text.",
        },
    },
    check: (resource, report, { crossRegion }) => {
        const { type, props } = resource;
        const own = homeOf(resource);
        if (own === undefined) {
            return;
        }
        for (const { value, at, keys } of leavesOf(props).texts) {
            const arn = arnOf(value);
            const isForeign = arn !== undefined && /^[a-z]{2,4}-.*\d$/.test(arn.region) && arn.region !== own;
            if (
                isForeign &&
                !ELSEWHERE.includes(arn.service) &&
                !isGlobalPart(arn) &&
                !isBusAsTarget(type, keys, arn) &&
                !matchesAny(crossRegion, `${type}#${keys.join(".")}`)
            ) {
                const which = isWorldWide(type) ? `takes resources of ${own} alone` : `is in ${own}`;
                report(`${which} and has ${at} "${value}".`);
            }
        }
    },
});

/** Services of the whole world keep what they use in this region. */
const CONTROL_PLANE = "us-east-1";

/** Types of no region that take other resources from that of the control plane alone. */
const USERS_OF_CONTROL_PLANE = [
    "aws:cloudfront/distribution:Distribution",
    "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
    "aws:route53/queryLog:QueryLog",
];

/**
 * The region whose resources a resource may name. Undefined for what belongs to no region, such as a role, a protection
 * of Shield or an accelerator, which may name those of any.
 */
function homeOf(resource: Subject): string | undefined {
    const { type } = resource;
    if (!isOfAws(type)) {
        return undefined;
    }
    if (isWorldWide(type)) {
        return CONTROL_PLANE;
    }
    return isGlobal(type) ? undefined : regionOf(resource);
}

function isWorldWide(type: string): boolean {
    return USERS_OF_CONTROL_PLANE.includes(type);
}

/** Whether an ARN is of something of the whole world, though it names a region, as that of CloudFront's web ACLs does. */
function isGlobalPart({ service, region, resource }: Arn): boolean {
    return service === "wafv2" && region === CONTROL_PLANE && resource.startsWith("global/");
}

/** Of all targets of a rule of EventBridge, event buses alone may be of another region. */
function isBusAsTarget(type: string, keys: readonly string[], { service, resource }: Arn): boolean {
    return (
        type === "aws:cloudwatch/eventTarget:EventTarget" &&
        keys.join(".") === "arn" &&
        service === "events" &&
        resource.startsWith("event-bus/")
    );
}
