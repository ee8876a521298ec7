import { isUnknown, type Props } from "../../framework";
import { keysOf, leavesOf } from "./walk";

/** Properties that name the resource that another one is part of. */
const OWNER = /^(?:arn|bucket|repository|backupVaultName)$|(?:Arn|Id|Url)$/;

/** Properties that hold a document which such a part consists of. */
const DOCUMENT = /^(?:policy|redrivePolicy|redriveAllowPolicy)$/;

/**
 * Whether a text waits for other resources, such as a policy with their ARNs. A preview knows nothing of such a
 * document, and almost every resource with a policy has one: what it says is judged at the update, when all of it is
 * there. A resource of which nothing at all is known is not pending, unless it is an attachment: reading the property
 * says that it is undecided.
 *
 * @param resource The resource's properties, where the owner is an object in them.
 */
export function isPending(owner: Props, property: string, resource: Props = owner): boolean {
    return isUnknown(() => owner[property]) && (leavesOf(resource).isKnown || isAttachment(resource));
}

/**
 * Whether a resource is nothing but a document and what it belongs to, such as the policy of a queue. With a new owner
 * neither is known at preview, and there is nothing else that could be.
 */
export function isAttachment(resource: Props): boolean {
    const keys = keysOf(resource);
    return (
        keys.some((key) => OWNER.test(key)) &&
        keys.some((key) => DOCUMENT.test(key)) &&
        keys.every((key) => OWNER.test(key) || DOCUMENT.test(key))
    );
}
