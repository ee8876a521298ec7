import type * as pulumi from "@pulumi/pulumi";

/**
 * The options of a resource that is no thing of its own in AWS but a setting of something else: a policy, a lock, an
 * encryption, a subscription.
 *
 * Pulumi makes the new one of a replaced resource first and deletes the old one last. Of a setting both are the same,
 * so that order writes it and then takes it away, and the state says that it is there. Deleted first, it is missing
 * for a moment and there at the end. Whatever changes with it is deleted first too: a resource of which one property
 * comes from the setting's outputs and forces a replacement.
 *
 * Not for what has an id or a made-up name of its own, and not for what holds data: of that the old one must stay
 * until the new one is there.
 *
 * @param opts The resource's other options.
 */
export function asSetting<T extends pulumi.CustomResourceOptions>(
    opts: T,
): T & { readonly deleteBeforeReplace: true } {
    return { ...opts, deleteBeforeReplace: true };
}
