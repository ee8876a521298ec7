import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type PermissionsInput, rolePolicy } from "../../security/permissions";
import { policyDocument } from "../../security/policyDocument";
import { type Maker } from "./place";

/** A role with temporary credentials for users of an identity pool. */
export function makeIdentityRole(
    { parent, args, tags }: Maker,
    name: string,
    description: string,
    identityPoolId: pulumi.Output<string>,
    who: "authenticated" | "unauthenticated",
    permissions: PermissionsInput,
): aws.iam.Role {
    const boundary = args.identityPool?.permissionsBoundaryArn;
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description,
            assumeRolePolicy: identityTrust(identityPoolId, who),
            ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
            tags,
        },
        { parent },
    );
    // IAM takes no policy without a statement.
    if (permissions.length > 0) {
        new aws.iam.RolePolicy(
            `${name}-policy`,
            { role: role.id, policy: rolePolicy([], permissions) },
            { parent },
        );
    }
    return role;
}

/**
 * Whom a role trusts: those of one pool, and not its guests along with its users. All identity pools of AWS have one
 * principal. Source: Amazon Cognito Developer Guide, "IAM roles".
 */
function identityTrust(
    identityPoolId: pulumi.Output<string>,
    who: "authenticated" | "unauthenticated",
): pulumi.Output<string> {
    return policyDocument([
        {
            Sid: "IdentityAssumesRole",
            Effect: "Allow",
            Principal: { Federated: "cognito-identity.amazonaws.com" },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
                StringEquals: { "cognito-identity.amazonaws.com:aud": identityPoolId },
                "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": who },
            },
        },
    ]);
}

/**
 * Makes the groups, `<name>-<group>-group`.
 *
 * @returns Their roles by name; none where there is no identity pool.
 */
export function makeGroups(
    maker: Maker,
    identityPoolId: pulumi.Output<string> | undefined,
): ReadonlyMap<string, aws.iam.Role> {
    const { parent, name, args, pool } = maker;
    const roles = new Map<string, aws.iam.Role>();
    for (const [key, group] of Object.entries(args.groups ?? {})) {
        // A group's role takes the place of every user's, so it has what that one has.
        const role =
            identityPoolId === undefined
                ? undefined
                : makeIdentityRole(
                      maker,
                      `${name}-${key}-group`,
                      `What members of ${key} may do`,
                      identityPoolId,
                      "authenticated",
                      [...(args.identityPool?.permissions ?? []), ...(group.permissions ?? [])],
                  );
        if (role !== undefined) {
            roles.set(key, role);
        }
        new aws.cognito.UserGroup(
            `${name}-${key}-group`,
            {
                region: args.region,
                userPoolId: pool.id,
                name: key,
                description: group.description ?? key,
                ...(group.precedence === undefined ? {} : { precedence: group.precedence }),
                ...(role === undefined ? {} : { roleArn: role.arn }),
            },
            // A pool has one group of a name.
            { parent, deleteBeforeReplace: true },
        );
    }
    return roles;
}
