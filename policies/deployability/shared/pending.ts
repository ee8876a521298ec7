import { isUnknown, type Props } from "../../framework";
import { leavesOf } from "./walk";

/**
 * Whether a text waits for other resources, such as a policy with their ARNs. A preview knows nothing of such a
 * document, and almost every resource with a policy has one: what it says is judged at the update, when all of it is
 * there. A resource of which nothing at all is known is not pending: reading the property says that it is undecided.
 *
 * @param resource The resource's properties, where the owner is an object in them.
 */
export function isPending(owner: Props, property: string, resource: Props = owner): boolean {
    return isUnknown(() => owner[property]) && leavesOf(resource).isKnown;
}
