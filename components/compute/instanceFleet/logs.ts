import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The log groups of a fleet. */
export interface FleetLogs {
    /** The container's output, nginx's errors and the boot. */
    application: aws.cloudwatch.LogGroup;
    /** Nginx's requests, a JSON object each: apart, because metrics are made of them. */
    access: aws.cloudwatch.LogGroup;
}

/** Makes the log groups `<name>-log` and `<name>-access-log`. */
export function fleetLogs(
    name: string,
    args: { region: string; kmsKeyArn: pulumi.Input<string>; retentionDays: number },
    opts: pulumi.CustomResourceOptions,
): FleetLogs {
    const group = (role: string): aws.cloudwatch.LogGroup =>
        new aws.cloudwatch.LogGroup(
            `${name}-${role}`,
            { region: args.region, retentionInDays: args.retentionDays, kmsKeyId: args.kmsKeyArn },
            opts,
        );
    return { application: group("log"), access: group("access-log") };
}
