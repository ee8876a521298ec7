/** What a type's token tells: which service its ARN names, whether it has a region, and what it is called. */

/** Services by the module of the type token, where the two differ. */
const SERVICES: Readonly<Record<string, string>> = {
    alb: "elasticloadbalancing",
    apigatewayv2: "apigateway",
    appautoscaling: "application-autoscaling",
    cfg: "config",
    lb: "elasticloadbalancing",
    elb: "elasticloadbalancing",
    docdb: "rds",
    neptune: "rds",
    opensearch: "es",
    sfn: "states",
    msk: "kafka",
    cognito: "cognito-idp",
    efs: "elasticfilesystem",
    emr: "elasticmapreduce",
    sesv2: "ses",
    vpc: "ec2",
    vpclattice: "vpc-lattice",
    ec2transitgateway: "ec2",
    ec2clientvpn: "ec2",
    networkfirewall: "network-firewall",
};

/** Services by type, where a module holds types of several. */
const TYPES: Readonly<Record<string, string>> = {
    "aws:cloudwatch/logGroup:LogGroup": "logs",
    "aws:cloudwatch/logStream:LogStream": "logs",
    "aws:cloudwatch/logDelivery:LogDelivery": "logs",
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": "logs",
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": "logs",
    "aws:cloudwatch/eventRule:EventRule": "events",
    "aws:cloudwatch/eventBus:EventBus": "events",
    "aws:cloudwatch/eventConnection:EventConnection": "events",
    "aws:cloudwatch/eventApiDestination:EventApiDestination": "events",
    "aws:cloudwatch/eventArchive:EventArchive": "events",
    "aws:cognito/identityPool:IdentityPool": "cognito-identity",
};

/** Modules without regions. */
const GLOBAL = new Set([
    "iam",
    "cloudfront",
    "route53",
    "globalaccelerator",
    "shield",
    "budgets",
    "organizations",
    "waf",
    "route53recoverycontrol",
    "route53recoveryreadiness",
    "networkmanager",
    "costexplorer",
    "cur",
]);

/** Types with a region in a module without. */
const REGIONAL_TYPES = /^aws:route53\/(?:resolver|profiles|queryLog)/;
/** Types without a region in a module with regions. */
const GLOBAL_TYPES = new Set([
    "aws:rds/globalCluster:GlobalCluster",
    "aws:docdb/globalCluster:GlobalCluster",
]);

function moduleOf(type: string): string {
    return type.split(":")[1]?.split("/")[0] ?? "";
}

/** The class part of a type token with a small first letter: `vpc` of `aws:ec2/vpc:Vpc`. */
export function kindOf(type: string): string {
    const name = type.slice(type.lastIndexOf(":") + 1);
    return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** The service part of an ARN. */
export function serviceOf(type: string): string {
    const module = moduleOf(type);
    return TYPES[type] ?? SERVICES[module] ?? module;
}

/** Whether ARNs of this type have no region. */
export function isGlobal(type: string): boolean {
    return GLOBAL_TYPES.has(type) || (GLOBAL.has(moduleOf(type)) && !REGIONAL_TYPES.test(type));
}
