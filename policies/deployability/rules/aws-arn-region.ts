import { resourceRule } from "../../framework";
import { matchesAny } from "../../framework/patterns";
import { regionOf } from "../../framework/subject";
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
        const own = type.startsWith("aws:") ? regionOf(resource) : undefined;
        if (own === undefined) {
            return;
        }
        for (const { value, at, keys } of leavesOf(props).texts) {
            const arn = arnOf(value);
            const isForeign = arn !== undefined && /^[a-z]{2,4}-.*\d$/.test(arn.region) && arn.region !== own;
            if (
                isForeign &&
                !ELSEWHERE.includes(arn.service) &&
                !isBusAsTarget(type, keys, arn) &&
                !matchesAny(crossRegion, `${type}#${keys.join(".")}`)
            ) {
                report(`is in ${own} and has ${at} "${value}".`);
            }
        }
    },
});

/** Of all targets of a rule of EventBridge, event buses alone may be of another region. */
function isBusAsTarget(type: string, keys: readonly string[], { service, resource }: Arn): boolean {
    return (
        type === "aws:cloudwatch/eventTarget:EventTarget" &&
        keys.join(".") === "arn" &&
        service === "events" &&
        resource.startsWith("event-bus/")
    );
}
