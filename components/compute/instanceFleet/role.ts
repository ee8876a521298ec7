import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { repositoryArn } from "../imageReference";
import { METRICS_NAMESPACE } from "../userData/userData";
import { instanceStatements, type ResourceGrants } from "./permissions";

/** What the role is made for. */
export interface InstanceRoleArgs {
    region: string;
    image: pulumi.Input<string>;
    logGroupArns: pulumi.Input<string>[];
    grants: pulumi.Input<ResourceGrants>;
    permissionsBoundaryArn?: pulumi.Input<string>;
}

/** An instance role and what must be in force before an instance starts. */
export interface InstanceRole {
    role: aws.iam.Role;
    profile: aws.iam.InstanceProfile;
    permissions: pulumi.Resource[];
}

/** Makes `<name>-role`, `<name>-profile`, `<name>-session-manager` and `<name>-permissions`. */
export function instanceRole(
    name: string,
    args: InstanceRoleArgs,
    opts: pulumi.CustomResourceOptions,
): InstanceRole {
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description: `Instances of ${name} in ${args.region}`,
            assumeRolePolicy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Action: "sts:AssumeRole",
                        Principal: { Service: "ec2.amazonaws.com" },
                    },
                ],
            }),
            permissionsBoundary: args.permissionsBoundaryArn,
        },
        opts,
    );
    const sessionManager = new aws.iam.RolePolicyAttachment(
        `${name}-session-manager`,
        // Sign-in by Session Manager instead of SSH: no port, no key pair, every session recorded.
        { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
        opts,
    );
    const permissions = new aws.iam.RolePolicy(
        `${name}-permissions`,
        {
            role: role.name,
            policy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: pulumi
                    .all([args.grants, args.logGroupArns, args.image])
                    .apply(([grants, logGroupArns, image]) =>
                        instanceStatements(
                            {
                                region: args.region,
                                logGroupArns,
                                metricsNamespace: METRICS_NAMESPACE,
                                repositoryArn: repositoryArn(image),
                            },
                            grants,
                        ),
                    ),
            }),
        },
        opts,
    );
    const profile = new aws.iam.InstanceProfile(`${name}-profile`, { role: role.name }, opts);
    return { role, profile, permissions: [sessionManager, permissions] };
}
