/** The children of awsx's load balancers. Names, inputs and order are the plugin's (pulumi/pulumi-awsx, awsx/lb). */
import { type Resource } from "../deployment";
import { type Properties } from "../types";
import { derived, plainValue, unwrapped } from "../values";
import {
    type Children,
    type Expansion,
    expansion,
    idOf,
    list,
    ofClass,
    onlyOneOf,
    outputOf,
    record,
    text,
} from "./children";
import { defaultVpc } from "./defaultVpc";

const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";

/** What lets all in, and all of TCP out: awsx says of it itself that it should be narrower. */
export const OPEN_RULES: Properties = {
    ingress: [
        { fromPort: 0, toPort: 0, protocol: "-1", cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] },
    ],
    egress: [
        { fromPort: 0, toPort: 65535, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] },
    ],
};

interface Place {
    readonly subnets?: unknown;
    readonly vpcId: unknown;
}

/** Where the balancer stands. */
async function placeOf(children: Children, args: Properties): Promise<Place> {
    onlyOneOf(args, ["subnets", "subnetIds", "subnetMappings"]);
    const { expander } = children;
    if (args["subnets"] !== undefined) {
        const subnets = list(unwrapped(args["subnets"])).map((each) => children.referred(each));
        const known = subnets.filter((each) => each !== undefined);
        return {
            subnets: known.length === subnets.length ? known.map(idOf) : args["subnets"],
            ...(known[0] === undefined ? { vpcId: undefined } : { vpcId: known[0].inputs["vpcId"] }),
        };
    }
    const mapped = record(list(unwrapped(args["subnetMappings"]))[0])["subnetId"];
    const ids = args["subnetIds"];
    if (ids === undefined && mapped === undefined) {
        const { vpcId, publicSubnetIds } = await defaultVpc(expander);
        return { subnets: publicSubnetIds, vpcId };
    }
    const first = text(plainValue(mapped ?? list(unwrapped(ids))[0])) ?? "";
    const made = expander.find(({ id }) => id === first);
    const vpcId =
        made?.inputs["vpcId"] ??
        (await expander.invoke("aws:ec2/getSubnet:getSubnet", { id: first }))["vpcId"];
    return {
        ...(ids === undefined ? {} : { subnets: ids }),
        // A real preview does not ask for a subnet that it does not know.
        vpcId: derived([ids ?? mapped, vpcId], (_, found) => found),
    };
}

/** Port and protocol of a listener, each by the other where only one is given. */
function protocolOf(listener: Properties | undefined, otherwise: unknown): Properties {
    const { port, protocol } = listener ?? {};
    if (port !== undefined) {
        return { port, protocol: protocol ?? derived([port], (given) => (given === 443 ? "HTTPS" : "HTTP")) };
    }
    return protocol === undefined
        ? { port: otherwise ?? 80, protocol: "HTTP" }
        : { port: derived([protocol], (given) => (given === "HTTPS" ? 443 : 80)), protocol };
}

/** Makes the listeners, which send to the target group unless they say otherwise. */
async function makeListeners(
    children: Children,
    loadBalancer: Resource,
    targetGroup: Resource,
    given: readonly Properties[],
): Promise<Resource[]> {
    const made: Resource[] = [];
    for (const [index, listener] of given.entries()) {
        const inputs = {
            defaultActions: [{ type: "forward", targetGroupArn: outputOf(targetGroup, "arn") }],
            ...listener,
            loadBalancerArn: outputOf(loadBalancer, "arn"),
        };
        made.push(await children.make(LISTENER, `${children.goal.name}-${index}`, inputs));
    }
    return made;
}

/** Makes what an `awsx.lb.ApplicationLoadBalancer` is made of. */
export async function expandApplicationLoadBalancer(children: Children): Promise<Expansion> {
    const { goal } = children;
    const args = goal.inputs;
    const { vpcId, subnets } = await placeOf(children, args);
    onlyOneOf(args, ["listener", "listeners"]);
    onlyOneOf(args, ["defaultTargetGroup", "defaultTargetGroupPort"]);
    const group = record(args["defaultSecurityGroup"]);
    onlyOneOf(group, ["args", "securityGroupId"]);
    const ownGroup =
        args["securityGroups"] === undefined &&
        plainValue(group["skip"]) !== true &&
        group["securityGroupId"] === undefined
            ? await children.make(
                  "aws:ec2/securityGroup:SecurityGroup",
                  goal.name,
                  group["args"] === undefined ? { vpcId, ...OPEN_RULES } : record(group["args"]),
              )
            : undefined;
    const securityGroups =
        ownGroup === undefined
            ? (args["securityGroups"] ??
              (group["securityGroupId"] === undefined ? undefined : [group["securityGroupId"]]))
            : [idOf(ownGroup)];
    const loadBalancer = await children.make(LOAD_BALANCER, goal.name, {
        ...ofClass(LOAD_BALANCER, args),
        subnets,
        securityGroups,
        loadBalancerType: "application",
    });
    const listeners = args["listeners"] === undefined ? undefined : list(args["listeners"]).map(record);
    const one = args["listener"] === undefined ? undefined : record(args["listener"]);
    const port = args["defaultTargetGroupPort"];
    // With exactly one of several listeners awsx leaves the target group's port open.
    const byDefault = listeners?.length === 1 ? {} : protocolOf(listeners?.[0] ?? one, port);
    const defaultTargetGroup = await children.make(TARGET_GROUP, goal.name, {
        vpcId,
        targetType: "ip",
        ...byDefault,
        ...record(args["defaultTargetGroup"]),
    });
    const given = listeners?.map((each) => ({ ...protocolOf(each, undefined), ...each })) ?? [
        { ...byDefault, ...one },
    ];
    const made = await makeListeners(children, loadBalancer, defaultTargetGroup, given);
    return expansion(
        { loadBalancer, defaultTargetGroup, defaultSecurityGroup: ownGroup, listeners: made },
        { vpcId },
        children,
    );
}

/** Makes what an `awsx.lb.NetworkLoadBalancer` is made of. */
export async function expandNetworkLoadBalancer(children: Children): Promise<Expansion> {
    const { goal } = children;
    const args = goal.inputs;
    const { vpcId, subnets } = await placeOf(children, args);
    onlyOneOf(args, ["listener", "listeners"]);
    onlyOneOf(args, ["defaultTargetGroup", "defaultTargetGroupPort"]);
    const loadBalancer = await children.make(LOAD_BALANCER, goal.name, {
        ...ofClass(LOAD_BALANCER, args),
        subnets,
        loadBalancerType: "network",
        enableHttp2: false,
        idleTimeout: 0,
    });
    const defaultTargetGroup = await children.make(TARGET_GROUP, goal.name, {
        vpcId,
        protocol: "TCP",
        port: args["defaultTargetGroupPort"] ?? 80,
        ...record(args["defaultTargetGroup"]),
    });
    const given = args["listeners"] === undefined ? [record(args["listener"])] : list(args["listeners"]);
    const listeners = await makeListeners(
        children,
        loadBalancer,
        defaultTargetGroup,
        given.map((each) => ({ protocol: "TCP", port: 80, ...record(each) })),
    );
    return expansion({ loadBalancer, defaultTargetGroup, listeners }, { vpcId }, children);
}

/** Makes what an `awsx.lb.TargetGroupAttachment` is made of. */
export async function expandTargetGroupAttachment(children: Children): Promise<Expansion> {
    const { goal } = children;
    const { targetGroup, targetGroupArn, instance, instanceId, lambda, lambdaArn } = goal.inputs;
    const group = children.referred(targetGroup);
    const arn = group === undefined ? (targetGroupArn ?? targetGroup) : outputOf(group, "arn");
    const machine = children.referred(instance);
    const functionArn = lambda === undefined ? lambdaArn : children.outputOrValue(lambda, "arn");
    const lambdaPermission =
        functionArn === undefined
            ? undefined
            : await children.make("aws:lambda/permission:Permission", goal.name, {
                  action: "lambda:InvokeFunction",
                  function: functionArn,
                  principal: "elasticloadbalancing.amazonaws.com",
                  sourceArn: arn,
              });
    const byAddress = plainValue(group?.inputs["targetType"]) === "ip";
    const machineId = machine === undefined ? (instanceId ?? instance) : idOf(machine);
    const target = byAddress && machine !== undefined ? outputOf(machine, "privateIp") : machineId;
    const targetGroupAttachment = await children.make(
        "aws:lb/targetGroupAttachment:TargetGroupAttachment",
        goal.name,
        {
            targetId: functionArn ?? target,
            ...(machine === undefined ? {} : { availabilityZone: outputOf(machine, "availabilityZone") }),
            targetGroupArn: arn,
        },
        { dependsOn: lambdaPermission === undefined ? [] : [lambdaPermission] },
    );
    return expansion({ lambdaPermission, targetGroupAttachment }, {}, children);
}
