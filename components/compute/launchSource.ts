import type * as aws from "@pulumi/aws";

/** What a group with several instance types launches: a version of a template, and the types, the preferred one first. */
export function launchSource(
    template: aws.ec2.LaunchTemplate,
    instanceTypes: readonly string[],
): aws.types.input.autoscaling.GroupMixedInstancesPolicyLaunchTemplate {
    return {
        launchTemplateSpecification: {
            launchTemplateId: template.id,
            // A number and not $Latest, with which a refresh neither starts nor rolls back.
            version: template.latestVersion.apply(String),
        },
        overrides: instanceTypes.map((instanceType) => ({ instanceType })),
    };
}
