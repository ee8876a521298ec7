import * as pulumi from "@pulumi/pulumi";

/**
 * A value, held back until resources exist, so that what uses it is made after them and deleted before them. Waits for
 * their URNs, which a preview knows: ids of new resources would make the value unknown, and everything that uses it look
 * like a replacement.
 */
export function after<T>(
    resources: readonly pulumi.Resource[],
    value: pulumi.Input<T>,
): pulumi.Output<pulumi.Unwrap<pulumi.Input<T>>> {
    return pulumi
        .all([value, pulumi.all(resources.map((resource) => resource.urn))])
        .apply(([known]) => known);
}
