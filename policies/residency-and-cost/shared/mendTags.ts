import { eachObject } from "../../framework/items";
import { write } from "../../framework/remedies";
import { flag, list, object, objects, type Props, type Subject, text } from "../../framework/subject";
import { defaultTagOf, tagOf } from "../../framework/tags";
import { ifKnown } from "../../framework/unknowns";

/** Values that tags get where they are missing, by tag. */
export type TagValues = Readonly<Record<string, string>>;

/** What is yet to be written. Nothing is before all that has to be read is known. */
type Edit = () => void;

const VOLUME = "volume";

/** Gives the resource the tags that it is without. One that has no value stays missing. */
export function tagEdits(resource: Subject, tags: readonly string[], values: TagValues): Edit[] {
    const added = tags.filter((tag) => given(tagOf(resource, tag)) === undefined);
    const valueOf = (tag: string): string | undefined => given(values[tag]);
    const edits = tagMapEdits(resource.props, added, valueOf);
    // By now the provider has put the tags together with its default ones, and goes by that.
    const all = ifKnown(() => resource.props.tagsAll);
    return typeof all !== "object" || all === null
        ? edits
        : edits.concat(tagMapEdits({ tags: all }, added, valueOf));
}

/** Gives an Auto Scaling group, which has a list of tags, those that it is without, and hands them on. */
export function groupTagEdits(group: Subject, tags: readonly string[], values: TagValues): Edit[] {
    const entries = objects(group.props.tags);
    return tags.flatMap((key): Edit[] => {
        const entry = entries.find((each) => each.key === key);
        // The provider's default tags do not reach groups, and say what the rest of the stack has.
        const value = given(entry?.value) ?? given(defaultTagOf(group, key)) ?? given(values[key]);
        if (value === undefined || (entry?.value === value && flag(entry.propagateAtLaunch) === true)) {
            return [];
        }
        const mendedEntry = { key, value, propagateAtLaunch: true };
        return [
            () => {
                if (entry === undefined) {
                    append(group.props, "tags", mendedEntry);
                } else {
                    Object.assign(entry, mendedEntry);
                }
            },
        ];
    });
}

/** The tags that a launch template gives to volumes. Those of the group or the provider do not reach them. */
export function volumeTagsOf(template: Subject): ReadonlySet<string> {
    const found = new Set<string>();
    eachObject(template.props.tagSpecifications, (specification) => {
        if (text(specification.resourceType) === VOLUME) {
            for (const key of Object.keys(object(specification.tags))) {
                found.add(key);
            }
        }
    });
    return found;
}

/** Gives volumes the tags that they are without: the template's own, else those that are missing there, too. */
export function volumeTagEdits(template: Subject, tags: readonly string[], values: TagValues): Edit[] {
    const present = volumeTagsOf(template);
    const added = tags.filter((tag) => !present.has(tag));
    const valueOf = (tag: string): string | undefined => given(tagOf(template, tag)) ?? given(values[tag]);
    const specification = objects(template.props.tagSpecifications).find(
        ({ resourceType }) => resourceType === VOLUME,
    );
    if (specification !== undefined) {
        return tagMapEdits(specification, added, valueOf);
    }
    const volume = { resourceType: VOLUME, tags: {} };
    const edits = tagMapEdits(volume, added, valueOf);
    return edits.length === 0
        ? []
        : [
              ...edits,
              () => {
                  append(template.props, "tagSpecifications", volume);
              },
          ];
}

function tagMapEdits(
    target: Props,
    added: readonly string[],
    valueOf: (tag: string) => string | undefined,
): Edit[] {
    return added
        .map((tag) => [tag, valueOf(tag)] as const)
        .filter(([, value]) => value !== undefined)
        .map(([tag, value]) => () => {
            if (target.tags === undefined || target.tags === null) {
                write(target, "tags", {});
            }
            write(target.tags, tag, value);
        });
}

function append(target: Props, property: string, item: unknown): void {
    if (list(target[property]).length === 0) {
        write(target, property, []);
    }
    write(target[property], list(target[property]).length, item);
}

/** The text, unless it is empty. */
function given(value: unknown): string | undefined {
    const found = text(value);
    return found === "" ? undefined : found;
}
