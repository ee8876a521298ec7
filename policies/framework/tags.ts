import { object, objects, type Subject, text } from "./subject";

const GROUP_TYPE = "aws:autoscaling/group:Group";

/**
 * A tag that the resource gets: its own, else its provider's default. Auto Scaling groups have a list of tags, and
 * default tags do not reach them.
 */
export function tagOf(resource: Subject, key: string): string | undefined {
    return (
        ownTagOf(resource, key) ?? (resource.type === GROUP_TYPE ? undefined : defaultTagOf(resource, key))
    );
}

function ownTagOf(resource: Subject, key: string): string | undefined {
    const { tags } = resource.props;
    return Array.isArray(tags)
        ? text(objects(tags).find((tag) => tag.key === key)?.value)
        : text(object(tags)[key]);
}

/** A tag that the resource's provider gives to all that it makes. */
export function defaultTagOf(resource: Subject, key: string): string | undefined {
    return text(object(structured(resource.provider?.props.defaultTags).tags)[key]);
}

/** A provider's structured property, which the engine hands over as JSON text. */
export function structured(value: unknown): Readonly<Record<string, unknown>> {
    return object(parsed(value));
}

/** A provider's property that is JSON text, parsed; anything else as it is. */
export function parsed(value: unknown): unknown {
    if (typeof value !== "string") {
        return value;
    }
    try {
        return JSON.parse(value) as unknown;
    } catch {
        return undefined;
    }
}
