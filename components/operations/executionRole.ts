import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement, serviceTrust } from "../security/policyDocument";
import { type TagsInput } from "../shared/tags";

/** What a service of AWS's works as, and what it may do then. */
interface ExecutionRoleArgs {
    readonly accountId: pulumi.Input<string>;
    readonly tags?: TagsInput;
    readonly description: string;
    /** The service, such as `fis.amazonaws.com`. */
    readonly service: string;
    /** Pattern of the ARNs of what it works for, where it is documented to name one. */
    readonly sourceArn?: pulumi.Input<string>;
    /** What the role may do, which may be about the role itself. */
    readonly statements: (roleArn: pulumi.Output<string>) => PolicyStatement[];
}

/**
 * Makes the role that a service works as, `<name>-role`, and its policy, `<name>-policy`.
 *
 * @returns The role's ARN, known once the policy is in force.
 */
export function createExecutionRole(
    name: string,
    { accountId, description, service, sourceArn, statements, tags }: ExecutionRoleArgs,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description,
            assumeRolePolicy: serviceTrust(service, accountId, sourceArn),
            ...(tags === undefined ? {} : { tags }),
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: role.id, policy: policyDocument(statements(role.arn)) },
        { parent },
    );
    return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
}
