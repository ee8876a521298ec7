import {
    type Accepted,
    type MutableResource,
    type MutableStack,
    type Mutant,
} from "../../support/policies/mutation";

const GROUP = "aws:autoscaling/group:Group";
const POLICY = "aws:autoscaling/policy:Policy";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const HOOK = "aws:autoscaling/lifecycleHook:LifecycleHook";
const WEB = "shop-web-fleet-group";
const OVERRIDES = "mixedInstancesPolicy.launchTemplate.overrides";
const VERSION = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version";

/** Adds a group like the stack's, with nothing in the stack to rely on, and one property changed. */
function another(stack: MutableStack, path: string, value: unknown): MutableResource {
    const group = stack.add({ type: GROUP, name: "another", inputs: stack.find(GROUP, WEB).inputs });
    stack.set(group, "name", "another-1234567");
    stack.set(group, path, value);
    stack.relate(group, "instanceRefresh", stack.find("pulumi:providers:aws"));
    return group;
}

export const mutants: readonly Mutant[] = [
    {
        rule: "asg-capacity-order",
        title: "a minimum above the maximum",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), "minSize", 100);
        },
        message: "has minSize 100 above maxSize",
    },
    {
        rule: "asg-capacity-order",
        title: "a desired capacity above the maximum",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), "desiredCapacity", 100);
            stack.setOptions(stack.find(GROUP, WEB), { ignoreChanges: ["desiredCapacity"] });
        },
        message: "has desiredCapacity 100",
    },
    {
        rule: "asg-scaling-room",
        title: "no room",
        change: (stack) => {
            const group = stack.find(GROUP, WEB);
            stack.set(group, "minSize", group.inputs.maxSize);
        },
        message: "whose minSize and maxSize are both",
    },
    {
        rule: "asg-desired-capacity",
        title: "a capacity that each update sets back",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), "desiredCapacity", 3);
            stack.relate(stack.find(GROUP, WEB), "desiredCapacity", stack.find(TEMPLATE));
        },
        decidedBy: "relations",
        message: "does not ignore its changes",
    },
    {
        rule: "asg-architecture",
        title: "types of both architectures",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), `${OVERRIDES}[1].instanceType`, "t3.medium");
        },
        message: "has both t4g.small and t3.medium for one image",
    },
    {
        rule: "asg-architecture",
        title: "an image of the other architecture",
        change: (stack) => {
            stack.set(
                stack.find(TEMPLATE, /web/),
                "imageId",
                "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
            );
            const group = stack.find(GROUP, WEB);
            stack.set(group, "instanceRefresh.preferences.autoRollback", false);
        },
        message: "has instance types of arm64 and an image of x86_64",
    },
    {
        rule: "launch-template-user-data",
        title: "a script as it is",
        change: (stack) => {
            stack.set(stack.find(TEMPLATE, /web/), "userData", "#!/bin/bash\necho hello\n");
        },
        message: "not in Base64",
    },
    {
        rule: "launch-template-user-data",
        title: "a long script",
        change: (stack) => {
            const script = `#!/bin/bash\n${"# nothing\n".repeat(2000)}`;
            stack.set(stack.find(TEMPLATE, /web/), "userData", Buffer.from(script).toString("base64"));
        },
        message: "allowed: 16384",
    },
    {
        rule: "launch-template-arguments",
        title: "security groups besides an interface",
        change: (stack) => {
            stack.set(stack.find(TEMPLATE, /web/), "vpcSecurityGroupIds", ["sg-0123456789abcdef0"]);
        },
        decidedBy: "relations",
        message: "besides networkInterfaces",
    },
    {
        rule: "launch-template-arguments",
        title: "two ways to a default version",
        change: (stack) => {
            stack.set(stack.find(TEMPLATE, /web/), "defaultVersion", 3);
        },
        decidedBy: "relations",
        message: "has both updateDefaultVersion and defaultVersion",
    },
    {
        rule: "asg-launch-source",
        title: "two sources",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), "launchTemplate", { id: "lt-0123456789abcdef0", version: "3" });
        },
        decidedBy: "relations",
        message: "launchTemplate, mixedInstancesPolicy; allowed: one",
    },
    {
        rule: "asg-launch-source",
        title: "zones besides subnets",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), "availabilityZones", ["us-east-1a"]);
        },
        decidedBy: "relations",
        message: "has both of vpcZoneIdentifiers and availabilityZones",
    },
    {
        rule: "asg-spot-arguments",
        title: "a strategy as Pulumi's documentation spells it",
        change: (stack) => {
            stack.set(
                stack.find(GROUP, WEB),
                "mixedInstancesPolicy.instancesDistribution.spotAllocationStrategy",
                "priceCapacityOptimized",
            );
        },
        message: 'has spotAllocationStrategy "priceCapacityOptimized"',
    },
    {
        rule: "asg-spot-arguments",
        title: "pools with another strategy",
        change: (stack) => {
            stack.set(
                stack.find(GROUP, WEB),
                "mixedInstancesPolicy.instancesDistribution.spotInstancePools",
                2,
            );
        },
        message: "has spotInstancePools 2",
    },
    {
        rule: "asg-overrides",
        title: "an override of nothing",
        change: (stack) => {
            const group = another(stack, "maxSize", 8);
            stack.set(group, `${OVERRIDES}[1]`, { weightedCapacity: "2" });
        },
        message: "has overrides[1] with neither instanceType nor instanceRequirements",
    },
    {
        rule: "asg-overrides",
        title: "a type and requirements",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), `${OVERRIDES}[1].instanceRequirements`, {
                vcpuCount: { min: 2 },
                memoryMib: { min: 4096 },
            });
        },
        message: "has overrides[1] with both",
    },
    {
        rule: "asg-refresh-template-version",
        title: "the latest version",
        change: (stack) => {
            another(stack, VERSION, "$Latest");
        },
        message: 'has an instanceRefresh and version "$Latest"',
    },
    {
        rule: "asg-refresh-template-version",
        title: "an image that changes by itself",
        change: (stack) => {
            stack.set(
                stack.find(TEMPLATE, /web/),
                "imageId",
                "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
            );
        },
        message: "takes its image from an SSM parameter",
    },
    {
        rule: "asg-refresh-preferences",
        title: "percentages far apart",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), "instanceRefresh.preferences.minHealthyPercentage", 40);
        },
        message: "more than 100 above minHealthyPercentage 40",
    },
    {
        rule: "asg-refresh-preferences",
        title: "checkpoints that go down",
        change: (stack) => {
            stack.set(
                stack.find(GROUP, WEB),
                "instanceRefresh.preferences.checkpointPercentages",
                [50, 25, 100],
            );
        },
        message: "has checkpointPercentages 50, 25, 100",
    },
    {
        rule: "asg-refresh-preferences",
        title: "a strategy in small letters",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), "instanceRefresh.strategy", "rolling");
        },
        message: 'has the refresh strategy "rolling"',
    },
    {
        rule: "asg-scaling-policy",
        title: "the default type",
        change: (stack) => {
            stack.unset(stack.find(POLICY, "shop-web-fleet-cpu"), "policyType");
        },
        message: 'has policyType "SimpleScaling" and targetTrackingConfiguration',
    },
    {
        rule: "asg-scaling-policy",
        title: "requests of no target group",
        change: (stack) => {
            stack.set(
                stack.find(POLICY, "shop-web-fleet-cpu"),
                "targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType",
                "ALBRequestCountPerTarget",
            );
        },
        message: "without a resourceLabel",
    },
    {
        rule: "asg-limits",
        title: "a lifetime of an hour",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), "maxInstanceLifetime", 3600);
        },
        message: "has maxInstanceLifetime 3600; allowed: 0, or 86400 to 31536000",
    },
    {
        rule: "asg-limits",
        title: "a transition without its prefix",
        change: (stack) => {
            stack.set(stack.find(HOOK), "lifecycleTransition", "EC2_INSTANCE_TERMINATING");
        },
        message: "allowed: autoscaling:EC2_INSTANCE_LAUNCHING",
    },
    {
        rule: "asg-limits",
        title: "a hop limit of 100",
        change: (stack) => {
            stack.set(stack.find(TEMPLATE), "metadataOptions.httpPutResponseHopLimit", 100);
        },
        message: "allowed: 1 to 64",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "asg-architecture",
        title: "other types with a launch template of their own",
        change: (stack) => {
            stack.set(stack.find(GROUP, WEB), `${OVERRIDES}[1]`, {
                instanceType: "t3.medium",
                launchTemplateSpecification: { launchTemplateId: "lt-0123456789abcdef0", version: "1" },
            });
        },
    },
    {
        rule: "asg-architecture",
        title: "types with a g elsewhere in their name",
        change: (stack) => {
            stack.set(
                stack.find(GROUP, WEB),
                OVERRIDES,
                ["g4dn.xlarge", "m5.large", "c6i.large"].map((instanceType) => ({ instanceType })),
            );
        },
    },
];
