/** Configuration keys that a project declares in `Pulumi.yaml`, and what they take. */

/** The types of the schema. */
export type ConfigType = "string" | "integer" | "boolean" | "array" | "object";

/** What an array holds. */
export interface ItemType {
    readonly type: ConfigType;
    readonly items?: ItemType;
}

/** One declared key. */
export interface ConfigDeclaration {
    /** With its namespace: `meridian:domainName`. */
    readonly key: string;
    /** As it is written in the project file. */
    readonly writtenKey: string;
    /** Left out for keys that only have a value. */
    readonly type?: ItemType;
    readonly default?: unknown;
    /** Set for every stack that does not set it itself. */
    readonly value?: unknown;
    readonly secret: boolean;
}

/** A schema that contradicts itself. Its message is for the reader. */
export class SchemaError extends Error {
    override readonly name = "SchemaError";
}

const TYPES: readonly string[] = ["string", "integer", "boolean", "array", "object"];

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Writes a type as Pulumi does: `array<string>`. */
export function typeName(type: ItemType): string {
    return type.type === "array" && type.items !== undefined ? `array<${typeName(type.items)}>` : type.type;
}

/** Whether a value is of a type. What a stack's file holds as text may read as a number or a truth value. */
export function isOfType(value: unknown, type: ItemType): boolean {
    switch (type.type) {
        case "string":
            return typeof value === "string";
        case "integer":
            return typeof value === "string" ? /^[+-]?\d+$/.test(value) : Number.isInteger(value);
        case "boolean":
            return typeof value === "boolean" || value === "true" || value === "false";
        case "object":
            return isRecord(value);
        case "array": {
            const { items } = type;
            return (
                Array.isArray(value) && items !== undefined && value.every((item) => isOfType(item, items))
            );
        }
    }
}

function readType(key: string, declaration: Record<string, unknown>): ItemType | undefined {
    const type = declaration["type"];
    if (type === undefined) {
        return undefined;
    }
    if (typeof type !== "string" || !TYPES.includes(type)) {
        throw new SchemaError(
            `The configuration key '${key}' has type ${JSON.stringify(type)}; types are ${TYPES.join(", ")}`,
        );
    }
    const items = declaration["items"];
    if (type === "array" && !isRecord(items)) {
        throw new SchemaError(
            `The configuration key '${key}' declares an array but does not specify the underlying type via the 'items' attribute`,
        );
    }
    if (type !== "array" && items !== undefined) {
        throw new SchemaError(
            `The configuration key '${key}' is not an array but specifies an underlying type via the 'items' attribute`,
        );
    }
    const itemType = isRecord(items) ? readType(key, items) : undefined;
    return { type: type as ConfigType, ...(itemType === undefined ? {} : { items: itemType }) };
}

function readDeclaration(project: string, writtenKey: string, content: unknown): ConfigDeclaration {
    const namespaced = writtenKey.includes(":") && !writtenKey.startsWith(`${project}:`);
    const key = writtenKey.includes(":") ? writtenKey : `${project}:${writtenKey}`;
    if (!isRecord(content)) {
        // The short form: a default for a key of the project's own, a value for one of a provider's.
        return {
            key,
            writtenKey,
            secret: false,
            ...(namespaced ? { value: content } : { default: content }),
        };
    }
    const type = readType(writtenKey, content);
    if (namespaced && (type !== undefined || content["default"] !== undefined)) {
        throw new SchemaError(
            `Configuration key '${writtenKey}' is not namespaced by the project and should not define a type or a default value. Did you mean to use the attribute 'value' instead of 'default'?`,
        );
    }
    const { default: byDefault, value } = content;
    if (byDefault !== undefined && value !== undefined) {
        throw new SchemaError(
            `Configuration key '${writtenKey}' has both a default and a value; it takes one`,
        );
    }
    if (type !== undefined && byDefault !== undefined && !isOfType(byDefault, type)) {
        throw new SchemaError(
            `The default value specified for configuration key '${writtenKey}' is not of the expected type '${typeName(type)}'`,
        );
    }
    return {
        key,
        writtenKey,
        secret: content["secret"] === true,
        ...(type === undefined ? {} : { type }),
        ...(byDefault === undefined ? {} : { default: byDefault }),
        ...(value === undefined ? {} : { value }),
    };
}

/**
 * Reads the `config:` block of a project file.
 *
 * @throws SchemaError when it contradicts itself.
 */
export function readDeclarations(project: string, config: unknown): ConfigDeclaration[] {
    if (config === undefined || config === null) {
        return [];
    }
    if (!isRecord(config)) {
        throw new SchemaError("The attribute 'config' of the project file must be a map");
    }
    return Object.entries(config).map(([key, content]) => readDeclaration(project, key, content));
}
