/** Load balancers and Auto Scaling groups. */
import { type Context } from "../context";
import { type ModelTable, byArn, named, settingOf, withId } from "../model";
import { hex } from "../../synthetic";
import { UNKNOWN } from "../../values";

/**
 * Hosted zones of Application and Network Load Balancers.
 * Source: AWS General Reference, "Elastic Load Balancing endpoints and quotas".
 */
const ZONES: Readonly<Record<string, readonly [application: string, network: string]>> = {
    "us-east-1": ["Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI"],
    "us-east-2": ["Z3AADJGX6KTTL2", "ZLMOA37VPKANP"],
    "us-west-1": ["Z368ELLRRE2KJ0", "Z24FKFUX50B4VW"],
    "us-west-2": ["Z1H1FL5HABSF5", "Z18D5FSROUN65G"],
    "ca-central-1": ["ZQSVJUPU6J1EY", "Z2EPGBW3API2WT"],
    "eu-central-1": ["Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90"],
    "eu-west-1": ["Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F"],
    "eu-west-2": ["ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G"],
    "eu-west-3": ["Z3Q77PNBQS71R4", "Z1CMS0P5QUZ6D5"],
    "eu-north-1": ["Z23TAZ6LKFMNIO", "Z1UDT6IFJ4EJM"],
    "ap-northeast-1": ["Z14GRHDCWA56QT", "Z31USIVHYNEOWT"],
    "ap-south-1": ["ZP97RAFLXTNZK", "ZVDDRBQ08TROA"],
    "ap-southeast-1": ["Z1LMS91P8CMLE5", "ZKVM4W9LS7TM"],
    "ap-southeast-2": ["Z1GM3OXH4ZPM65", "ZCT6FZBF4DROD"],
    "sa-east-1": ["Z2P70J7HTTTPLU", "ZTK26PT1VY4CU"],
};

function isNetwork({ inputs }: Context): boolean {
    return inputs["loadBalancerType"] === "network";
}

/** The end of a balancer's ARN, as CloudWatch names it. */
function balancerSuffix(context: Context): string {
    return `${isNetwork(context) ? "net" : "app"}/${context.physicalName}/${context.hex(16, "lb")}`;
}

function balancerArn(context: Context): string {
    const { partition, region, account } = context;
    return `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/${balancerSuffix(context)}`;
}

function balancerDnsName(context: Context): string {
    const { region, dnsSuffix, physicalName, inputs } = context;
    if (isNetwork(context)) {
        return `${physicalName}-${context.hex(16, "lb")}.elb.${region}.${dnsSuffix}`;
    }
    const number = 1_000_000_000 + (parseInt(context.hex(8, "dns"), 16) % 1_000_000_000);
    // Host names are not case sensitive, and AWS keeps the case of the balancer's name.
    return `${inputs["internal"] === true ? "internal-" : ""}${physicalName}-${number}.${region}.elb.${dnsSuffix}`;
}

function balancerZone(context: Context): string {
    const zones = ZONES[context.region];
    const zone = isNetwork(context) ? zones?.[1] : zones?.[0];
    return zone ?? `Z${hex(`elb/${context.region}/${String(isNetwork(context))}`, 13).toUpperCase()}`;
}

/** How AWS tells a balancer's subnets beside the list: one mapping each, be they given as a list. */
function subnetMappings({ inputs }: Context): readonly object[] | undefined {
    const { subnets } = inputs;
    return Array.isArray(subnets) && !subnets.some((id) => id === UNKNOWN)
        ? subnets.map((subnetId: unknown) => ({ subnetId }))
        : undefined;
}

/** An ARN under another one: of a listener under its balancer's, of a rule under its listener's. */
function under(property: string, from: string, to: string): (context: Context) => string | undefined {
    return (context) => {
        const arn = context.text(property);
        return arn?.includes(from) === true ? `${arn.replace(from, to)}/${context.hex(16)}` : undefined;
    };
}

const BALANCER = {
    id: balancerArn,
    nameLength: 32,
    outputs: {
        arn: "{id}",
        arnSuffix: balancerSuffix,
        dnsName: balancerDnsName,
        subnetMappings,
        zoneId: balancerZone,
        vpcId: "vpc-0{hex:16:vpc}",
    },
} as const;
const TARGET_GROUP = byArn("targetgroup/{name}/{hex:16}", {
    nameLength: 32,
    outputs: { arnSuffix: "targetgroup/{name}/{hex:16}" },
});
const LISTENER = {
    id: under("loadBalancerArn", ":loadbalancer/", ":listener/"),
    autoName: false,
    outputs: { arn: "{id}" },
};
const RULE = {
    id: under("listenerArn", ":listener/", ":listener-rule/"),
    autoName: false,
    outputs: { arn: "{id}" },
};

export const BALANCING_TABLE: ModelTable = {
    "lb.LoadBalancer": BALANCER,
    "alb.LoadBalancer": BALANCER,
    "lb.TargetGroup": TARGET_GROUP,
    "alb.TargetGroup": TARGET_GROUP,
    "lb.Listener": LISTENER,
    "alb.Listener": LISTENER,
    "lb.ListenerRule": RULE,
    "alb.ListenerRule": RULE,
    "lb.ListenerCertificate": withId("{in:listenerArn}_{in:certificateArn}"),
    "lb.TrustStore": byArn("truststore/{name}/{hex:16}", { nameLength: 32 }),
    "autoscaling.Group": named("autoScalingGroup:{uuid}:autoScalingGroupName/{name}", {
        nameLength: 255,
        // A group begins with as many instances as it has at least.
        outputs: { desiredCapacity: ({ inputs }) => inputs["minSize"] },
    }),
    "autoscaling.Policy": named(
        "scalingPolicy:{uuid}:autoScalingGroupName/{in:autoscalingGroupName}:policyName/{name}",
        { nameLength: 255 },
    ),
    "autoscaling.LifecycleHook": named(undefined, { nameLength: 255 }),
    "autoscaling.Schedule": named(
        "scheduledUpdateGroupAction:{uuid}:autoScalingGroupName/{in:autoscalingGroupName}:scheduledActionName/{in:scheduledActionName}",
        { nameProperty: "scheduledActionName" },
    ),
    "autoscaling.Attachment": withId("{in:autoscalingGroupName}-{hex:26}"),
    "autoscaling.Notification": settingOf("topicArn"),
    "appautoscaling.Target": settingOf("resourceId", {
        arn: "arn:{partition}:application-autoscaling:{region}:{account}:scalable-target/{hex:32}",
    }),
    "appautoscaling.Policy": named(
        "arn:{partition}:autoscaling:{region}:{account}:scalingPolicy:{uuid}:resource/{in:serviceNamespace}/{in:resourceId}:policyName/{name}",
        { nameLength: 255 },
    ),
};
