import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type PermissionsInput, rolePolicy } from "../security/permissions";
import { policyDocument, serviceTrust } from "../security/policyDocument";
import { type DeliveryPipelineArgs } from "./deliveryPipeline/args";

type Place = Pick<DeliveryPipelineArgs, "accountId" | "permissionsBoundaryArn" | "tags">;

/** Makes `<name>-role` for a service of AWS's. */
export function serviceRole(
    name: string,
    place: Place,
    description: string,
    service: string,
    parent: pulumi.Resource,
): aws.iam.Role {
    return role(name, place, description, serviceTrust(service, place.accountId), parent);
}

/** Makes `<name>-role` for actions of the pipeline, which its own role takes on. */
export function actionRole(
    name: string,
    place: Place,
    description: string,
    pipelineRoleArn: pulumi.Input<string>,
    parent: pulumi.Resource,
): aws.iam.Role {
    const trust = policyDocument([
        {
            Sid: "PipelineAssumesRole",
            Effect: "Allow",
            Principal: { AWS: pipelineRoleArn },
            Action: "sts:AssumeRole",
        },
    ]);
    return role(name, place, description, trust, parent);
}

function role(
    name: string,
    place: Place,
    description: string,
    assumeRolePolicy: pulumi.Output<string>,
    parent: pulumi.Resource,
): aws.iam.Role {
    return new aws.iam.Role(
        `${name}-role`,
        {
            description,
            assumeRolePolicy,
            ...(place.permissionsBoundaryArn === undefined
                ? {}
                : { permissionsBoundary: place.permissionsBoundaryArn }),
            ...(place.tags === undefined ? {} : { tags: place.tags }),
        },
        { parent },
    );
}

/**
 * Makes `<name>-policy`, which says all that a role may do.
 *
 * @returns The role's ARN, known once its policy is in force.
 */
export function permit(
    name: string,
    of: aws.iam.Role,
    permissions: PermissionsInput,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: of.name, policy: rolePolicy([], permissions) },
        { parent },
    );
    return pulumi.all([of.arn, policy.id]).apply(([arn]) => arn);
}
