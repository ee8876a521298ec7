import * as pulumi from "@pulumi/pulumi";

import { PULL_ACTIONS, PUSH_ACTIONS, repositoryArn, SIGN_IN } from "../compute";
import { type Permission, permissionsOf } from "../security/permissions";
import { input, textLike } from "../shared/argumentRules";

/** The address of an ECR repository. */
export function repositoryUrl() {
    return input(
        textLike(
            /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/[a-z0-9][a-z0-9._/-]*$/,
            "the address of an ECR repository, without a tag",
        ),
    );
}

/**
 * What building images and pushing them takes: signing in, pushing, pulling what a build starts from or caches, and
 * looking whether an image is there already.
 */
export function imagePushPermissions(
    repositoryUrls: readonly pulumi.Input<string>[],
): pulumi.Output<Permission[]> {
    return permissionsOf([
        SIGN_IN,
        {
            sid: "PushImages",
            actions: [...PULL_ACTIONS, ...PUSH_ACTIONS, "ecr:DescribeImages"],
            resources: repositoryUrls.map(arnOfRepository),
        },
    ]);
}

/**
 * The ARN of a repository by its address.
 *
 * @throws Error once the address is known and is none of ECR's.
 */
function arnOfRepository(url: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.output(url).apply((address) => {
        const arn = repositoryArn(address);
        if (arn === undefined) {
            throw new Error(`${JSON.stringify(address)} is not the address of an ECR repository`);
        }
        return arn;
    });
}
