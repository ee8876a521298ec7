import * as pulumi from "@pulumi/pulumi";

import { isKnown } from "./validation";

/** Tags as a component takes them: the map, or any of its values, may be an output of another resource. */
export type TagsInput = pulumi.Input<Record<string, pulumi.Input<string>>>;

/** Tags from several places in one map. What comes later wins. */
export function mergeTags(...maps: (TagsInput | undefined)[]): TagsInput {
    const given = maps.filter((map) => map !== undefined);
    const known = given.filter(isKnown);
    if (known.length === given.length) {
        return Object.assign({}, ...known) as Record<string, pulumi.Input<string>>;
    }
    return pulumi.all(given).apply((all) => Object.assign({}, ...all) as Record<string, string>);
}

/** Whether there are no tags, as far as that is known before the deployment. */
export function hasNoTags(tags: TagsInput): boolean {
    return isKnown(tags) && Object.keys(tags).length === 0;
}
