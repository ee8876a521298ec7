import {
    type Accepted,
    type FixtureResource,
    type MutableStack,
    type Mutant,
    refTo,
} from "../../support/policies/mutation";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
const GROUP = "aws:autoscaling/group:Group";
const ENCRYPTION = "aws:ebs/encryptionByDefault:EncryptionByDefault";

const instance: FixtureResource = {
    type: INSTANCE,
    name: "single",
    inputs: {
        ami: "ami-0123456789abcdef0",
        instanceType: "t4g.small",
        subnetId: refTo("aws:ec2/subnet:Subnet", "shop-vpc-network-web-1"),
        metadataOptions: { httpTokens: "required" },
        associatePublicIpAddress: false,
        rootBlockDevice: { encrypted: true },
        ebsBlockDevices: [{ deviceName: "/dev/xvdb", encrypted: true }],
    },
};

const configuration: FixtureResource = {
    type: CONFIGURATION,
    name: "old",
    inputs: {
        imageId: "ami-0123456789abcdef0",
        instanceType: "t4g.small",
        metadataOptions: { httpTokens: "required" },
        rootBlockDevice: { encrypted: true },
    },
};

function userData(script: string): string {
    return Buffer.from(`#!/bin/bash\n${script}\n`).toString("base64");
}

/** Adds a component with three groups of one instance, each in a subnet of its own. */
function addQuorum(stack: MutableStack, inputs: (member: number) => object = () => ({})): void {
    const parent = stack.add({ type: "shop:index:Quorum", name: "quorum", inputs: {}, custom: false });
    for (const member of [1, 2, 3]) {
        const overrides = [{ instanceType: "r8g.large" }, { instanceType: "r7g.large" }];
        stack.add({
            type: GROUP,
            name: `quorum-${member}`,
            parent,
            inputs: {
                minSize: 1,
                maxSize: 1,
                vpcZoneIdentifiers: [`subnet-0quorum${member}`],
                mixedInstancesPolicy: { launchTemplate: { overrides } },
                ...inputs(member),
            },
        });
    }
}

export const mutants: readonly Mutant[] = [
    {
        rule: "ec2-imdsv2",
        title: "a template that takes requests without a token",
        change: (stack) => {
            stack.set(
                stack.find(TEMPLATE, "shop-web-fleet-template"),
                "metadataOptions.httpTokens",
                "optional",
            );
        },
        message: 'metadataOptions.httpTokens is "optional".',
    },
    {
        rule: "ec2-imdsv2",
        title: "a template that does not say",
        change: (stack) => {
            stack.unset(stack.find(TEMPLATE, "shop-api-fleet-template"), "metadataOptions");
        },
        message: "metadataOptions.httpTokens is not given.",
    },
    {
        rule: "ec2-imdsv2",
        title: "an instance that does not say",
        fixture: [instance],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "metadataOptions.httpTokens");
        },
    },
    {
        rule: "ec2-metadata-hop-limit",
        title: "two hops",
        change: (stack) => {
            stack.set(
                stack.find(TEMPLATE, "shop-web-fleet-template"),
                "metadataOptions.httpPutResponseHopLimit",
                2,
            );
        },
        message: "travel 2 hops",
    },
    {
        rule: "ec2-public-ip",
        title: "a template that gives public addresses",
        change: (stack) => {
            stack.set(
                stack.find(TEMPLATE, "shop-web-fleet-template"),
                "networkInterfaces[0].associatePublicIpAddress",
                "true",
            );
        },
        message: "networkInterfaces[0].associatePublicIpAddress is true.",
    },
    {
        rule: "ec2-public-ip",
        title: "an instance with a public address",
        fixture: [instance],
        change: (stack) => {
            stack.set(stack.find(INSTANCE), "associatePublicIpAddress", true);
        },
    },
    {
        rule: "ec2-volume-encryption",
        title: "a template with a plain volume",
        change: (stack) => {
            stack.set(
                stack.find(TEMPLATE, "shop-api-fleet-template"),
                "blockDeviceMappings[0].ebs.encrypted",
                "false",
            );
        },
        message: 'blockDeviceMappings[0].ebs.encrypted is "false".',
    },
    {
        rule: "ec2-volume-encryption",
        title: "an instance with a plain second volume",
        fixture: [instance],
        change: (stack) => {
            stack.unset(stack.find(INSTANCE), "ebsBlockDevices[0].encrypted");
        },
        message: "ebsBlockDevices[0].encrypted is not given.",
    },
    {
        rule: "ec2-volume-encryption",
        title: "a launch configuration with a plain root volume",
        fixture: [configuration],
        change: (stack) => {
            stack.set(stack.find(CONFIGURATION), "rootBlockDevice.encrypted", false);
        },
        message: "rootBlockDevice.encrypted is false.",
    },
    {
        rule: "ec2-volume-encryption",
        title: "a plain volume",
        fixture: [
            {
                type: "aws:ebs/volume:Volume",
                name: "data",
                inputs: { availabilityZone: "us-east-1a", size: 10, encrypted: true },
            },
        ],
        change: (stack) => {
            stack.unset(stack.find("aws:ebs/volume:Volume", "data"), "encrypted");
        },
    },
    {
        rule: "ebs-encryption-by-default",
        title: "a default that is off",
        change: (stack) => {
            stack.set(stack.find(ENCRYPTION), "enabled", false);
        },
        message: "enabled is false.",
    },
    {
        rule: "ebs-encryption-by-default",
        title: "a region without a default",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(ENCRYPTION));
        },
        message: "us-east-1 has instances or volumes",
    },
    {
        rule: "autoscaling-elb-health-check",
        title: "a group that asks EC2 alone",
        change: (stack) => {
            stack.set(stack.find(GROUP, "shop-web-fleet-group"), "healthCheckType", "EC2");
        },
        message: 'healthCheckType is "EC2".',
    },
    {
        rule: "autoscaling-elb-health-check",
        title: "a group that an attachment puts behind a load balancer",
        change: (stack) => {
            const group = stack.find(GROUP, "shop-api-fleet-group");
            stack.unset(group, "targetGroupArns");
            stack.unset(group, "healthCheckType");
            stack.add({
                type: "aws:autoscaling/attachment:Attachment",
                name: "attachment",
                inputs: { autoscalingGroupName: refTo(GROUP, "shop-api-fleet-group") },
            });
        },
    },
    {
        rule: "autoscaling-zones",
        title: "one subnet",
        decidedBy: "relations",
        change: (stack) => {
            stack.refer(
                stack.find(GROUP, "shop-api-fleet-group"),
                "vpcZoneIdentifiers",
                stack.find("aws:ec2/subnet:Subnet", "shop-vpc-network-api-1"),
            );
        },
        message: "starts instances in 1 zone;",
    },
    {
        rule: "autoscaling-zones",
        title: "members of a quorum that may be two",
        change: (stack) => {
            addQuorum(stack, () => ({ maxSize: 2 }));
        },
        message: "starts instances in 1 zone;",
    },
    {
        rule: "autoscaling-zones",
        title: "members of a quorum in one subnet",
        change: (stack) => {
            addQuorum(stack, () => ({ vpcZoneIdentifiers: ["subnet-0quorum"] }));
        },
        message: "starts instances in 1 zone;",
    },
    {
        rule: "autoscaling-launch-template",
        title: "a launch configuration",
        fixture: [configuration],
        change: (stack) => {
            const group = stack.find(GROUP, "shop-web-fleet-group");
            stack.refer(group, "launchConfiguration", stack.find(CONFIGURATION));
        },
        decidedBy: "relations",
        message: "starts instances from a launch configuration",
    },
    {
        rule: "autoscaling-instance-types",
        title: "one instance type",
        change: (stack) => {
            stack.set(
                stack.find(GROUP, "shop-web-fleet-group"),
                "mixedInstancesPolicy.launchTemplate.overrides",
                [{ instanceType: "t4g.small" }, { instanceType: "t4g.small" }],
            );
        },
        message: "has 1 instance type to choose from;",
    },
    {
        rule: "ec2-user-data-secrets",
        title: "a password in a script",
        change: (stack) => {
            stack.set(
                stack.find(TEMPLATE, "shop-web-fleet-template"),
                "userData",
                userData("export PGPASSWORD=correct-horse-battery"),
            );
        },
        message: "holds a password in userData.",
    },
    {
        rule: "ec2-user-data-secrets",
        title: "an access key in plain user data of an instance",
        fixture: [instance],
        change: (stack) => {
            stack.set(
                stack.find(INSTANCE),
                "userData",
                `aws configure set aws_access_key_id ${"AKIA" + "A1B2".repeat(4)}`,
            );
        },
        message: "holds an AWS access key id in userData.",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "autoscaling-zones",
        title: "members of a quorum, one in each zone",
        change: (stack) => {
            addQuorum(stack);
        },
    },
    {
        rule: "ec2-imdsv2",
        title: "an instance whose launch template says it",
        fixture: [instance],
        change: (stack) => {
            const single = stack.find(INSTANCE);
            stack.unset(single, "metadataOptions");
            stack.set(single, "launchTemplate", { name: "shop-web" });
        },
    },
    {
        rule: "ec2-imdsv2",
        title: "a metadata service that is off",
        change: (stack) => {
            const template = stack.find(TEMPLATE, "shop-web-fleet-template");
            stack.set(template, "metadataOptions", { httpEndpoint: "disabled" });
        },
    },
    {
        rule: "ec2-volume-encryption",
        title: "a device of the image that is taken away",
        change: (stack) => {
            stack.set(stack.find(TEMPLATE, "shop-web-fleet-template"), "blockDeviceMappings", [
                { deviceName: "/dev/sdb", noDevice: "true" },
            ]);
        },
    },
    {
        rule: "ebs-encryption-by-default",
        title: "a default that another stack sets",
        config: { managedElsewhere: true },
        change: (stack) => {
            stack.remove(stack.find(ENCRYPTION));
        },
    },
    {
        rule: "autoscaling-elb-health-check",
        title: "a group behind nothing",
        change: (stack) => {
            const group = stack.find(GROUP, "shop-web-fleet-group");
            stack.unset(group, "targetGroupArns");
            stack.set(group, "healthCheckType", "EC2");
        },
    },
    {
        rule: "autoscaling-instance-types",
        title: "requirements instead of types",
        change: (stack) => {
            stack.set(
                stack.find(GROUP, "shop-web-fleet-group"),
                "mixedInstancesPolicy.launchTemplate.overrides",
                [{ instanceRequirements: { vcpuCount: { min: 1 }, memoryMib: { min: 2048 } } }],
            );
        },
    },
    {
        rule: "ec2-user-data-secrets",
        title: "a password that is read where it is kept",
        change: (stack) => {
            stack.set(
                stack.find(TEMPLATE, "shop-web-fleet-template"),
                "userData",
                userData('PGPASSWORD="$(aws secretsmanager get-secret-value --secret-id shop)"'),
            );
        },
    },
];
