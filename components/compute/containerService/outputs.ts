import type * as pulumi from "@pulumi/pulumi";

/** What FargateService and Ec2ContainerService both give. */
export interface ContainerServiceOutputs {
    serviceName: pulumi.Output<string>;
    serviceArn: pulumi.Output<string>;
    taskDefinitionArn: pulumi.Output<string>;
    taskDefinitionFamily: pulumi.Output<string>;
    containerName: pulumi.Output<string>;
    executionRoleArn: pulumi.Output<string>;
    taskRoleArn: pulumi.Output<string>;
    taskRoleName: pulumi.Output<string>;
    securityGroupId: pulumi.Output<string>;
    port: pulumi.Output<number>;
    targetGroupArns: pulumi.Output<Record<string, string>>;
    logGroupName: pulumi.Output<string>;
    alarmNames: pulumi.Output<string[]>;
}
