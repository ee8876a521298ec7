import type * as pulumi from "@pulumi/pulumi";

import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { type MadeUser } from "./users";

/** What a user signs in to, and what its secret is under. */
export interface SignInPlace {
    region: string;
    kmsKeyArn: pulumi.Input<string>;
    cacheArn: pulumi.Input<string>;
}

/** What it takes to sign in as a user. */
export function userPermissions(user: MadeUser, place: SignInPlace): pulumi.Output<Permission[]> {
    const { region, kmsKeyArn, cacheArn } = place;
    if (user.secret === undefined) {
        return permissionsOf([
            { sid: "SignInToCache", actions: ["elasticache:Connect"], resources: [cacheArn, user.arn] },
        ]);
    }
    return permissionsOf([
        {
            sid: "ReadSecrets",
            actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            resources: [user.secret.arn],
        },
        {
            sid: "DecryptSecrets",
            actions: ["kms:Decrypt"],
            resources: [kmsKeyArn],
            conditions: [viaService("secretsmanager", region)],
        },
    ]);
}
