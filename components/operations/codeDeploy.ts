import * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf } from "../security/permissions";

/** A group that CodeDeploy deploys to, and how. */
export interface DeploymentTarget {
    region: string;
    accountId: pulumi.Input<string>;
    applicationName: pulumi.Input<string>;
    groupName: pulumi.Input<string>;
    configName: pulumi.Input<string>;
}

/** What whoever starts deployments of a group needs, a pipeline or a person. */
export function deployPermissions(target: DeploymentTarget): pulumi.Output<Permission[]> {
    const at = (resource: pulumi.Input<string>) =>
        pulumi.interpolate`arn:aws:codedeploy:${target.region}:${target.accountId}:${resource}`;
    return permissionsOf([
        {
            sid: "RegisterRevisions",
            actions: [
                "codedeploy:GetApplication",
                "codedeploy:GetApplicationRevision",
                "codedeploy:RegisterApplicationRevision",
            ],
            resources: [at(pulumi.interpolate`application:${target.applicationName}`)],
        },
        {
            sid: "Deploy",
            actions: ["codedeploy:CreateDeployment", "codedeploy:GetDeployment"],
            resources: [
                at(pulumi.interpolate`deploymentgroup:${target.applicationName}/${target.groupName}`),
            ],
        },
        {
            sid: "ReadDeploymentConfiguration",
            actions: ["codedeploy:GetDeploymentConfig"],
            resources: [at(pulumi.interpolate`deploymentconfig:${target.configName}`)],
        },
    ]);
}

/** What turns a deployment back: its own failure, and the alarms, where there are any. */
export function turnBack(alarms: readonly pulumi.Input<string>[]) {
    return {
        autoRollbackConfiguration: {
            enabled: true,
            events: ["DEPLOYMENT_FAILURE", ...(alarms.length === 0 ? [] : ["DEPLOYMENT_STOP_ON_ALARM"])],
        },
        ...(alarms.length === 0
            ? {}
            : { alarmConfiguration: { enabled: true, alarms: [...alarms], ignorePollAlarmFailure: false } }),
    };
}
