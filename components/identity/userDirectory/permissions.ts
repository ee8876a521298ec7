import type * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf } from "../../security/permissions";

/**
 * What administers users needs: to find, invite, block, remove and group them. Not to set passwords or to sign anybody
 * in, by which an administrator could act as a user.
 */
export function adminPermissions(poolArn: pulumi.Output<string>): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "AdministerUsers",
            actions: [
                "cognito-idp:AdminAddUserToGroup",
                "cognito-idp:AdminCreateUser",
                "cognito-idp:AdminDeleteUser",
                "cognito-idp:AdminDisableUser",
                "cognito-idp:AdminEnableUser",
                "cognito-idp:AdminGetUser",
                "cognito-idp:AdminListGroupsForUser",
                "cognito-idp:AdminRemoveUserFromGroup",
                "cognito-idp:AdminResetUserPassword",
                "cognito-idp:AdminUpdateUserAttributes",
                "cognito-idp:AdminUserGlobalSignOut",
                "cognito-idp:ListGroups",
                "cognito-idp:ListUsers",
                "cognito-idp:ListUsersInGroup",
            ],
            resources: [poolArn],
        },
    ]);
}
