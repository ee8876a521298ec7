/** Two values for every property: one that it has, and one that it is to have. */
import {
    type Attribute,
    type AttributeType,
    type Block,
    type NestedBlock,
    type Value,
    typeOf,
} from "./protocol";

/** Before the change, or after it. */
export type Side = "before" | "after";

/** Blocks nest; some, as the statements of a firewall, nearly without end. */
const DEPTH = 4;

/**
 * Attributes and blocks that are the same on both sides, and empty: tags change alone, what is only written is in no
 * state, and a resource that is a copy of another, or is changed by way of one, refuses what a plain one takes.
 */
const LEFT_OUT = /^(?:tags|tags_all|.*_wo|.*_wo_version|timeouts|replicate_source_db)$/;
const BLOCKS_LEFT_OUT = /^(?:timeouts|blue_green_update)$/;

/** Whether a program may say what the attribute is. */
export function isConfigurable({ required, optional }: Attribute): boolean {
    return required || optional;
}

/** The properties that can be changed, each on its own. */
export function changeable(block: Block): string[] {
    return [
        ...block.attributes
            .filter((each) => each.name !== "id" && isConfigurable(each) && !LEFT_OUT.test(each.name))
            .map(({ name }) => name),
        ...block.blockTypes.map(({ typeName }) => typeName).filter((name) => !BLOCKS_LEFT_OUT.test(name)),
    ];
}

/** A resource as it is before the change or after it. */
export interface Sample {
    /** With what the provider computes, which is the same on both sides. */
    readonly state: Values;
    /** What a program says of it: nothing of what the provider computes. */
    readonly config: Values;
}

/** Values by the properties' names. */
export type Values = Readonly<Record<string, Value>>;

/** A resource with all properties. */
export function sampleOf(block: Block, side: Side): Sample {
    return { state: valuesOf(block, side, "state", 0), config: valuesOf(block, side, "config", 0) };
}

/** The resource with this property as the other has it. */
export function withOne(property: string, sample: Sample, other: Sample): Sample {
    return {
        state: { ...sample.state, [property]: other.state[property] ?? null },
        config: { ...sample.config, [property]: other.config[property] ?? null },
    };
}

/** The resource with this property and no other. */
export function withOnly(property: string, block: Block, { state, config }: Sample): Sample {
    return { state: onlyOf(property, block, state), config: onlyOf(property, block, config) };
}

function onlyOf(property: string, block: Block, values: Values): Values {
    const kept = (name: string): Value =>
        (name === property || name === "id" ? values[name] : undefined) ?? null;
    return Object.fromEntries([
        ...block.attributes.map(({ name }) => [name, kept(name)] as const),
        ...block.blockTypes.map(
            (nested) => [nested.typeName, kept(nested.typeName) ?? around(nested)] as const,
        ),
    ]);
}

function valuesOf(block: Block, side: Side, role: "state" | "config", depth: number): Values {
    const values: Record<string, Value> = {};
    for (const attribute of block.attributes) {
        const { name } = attribute;
        if (name === "id" && depth === 0) {
            values[name] = role === "state" ? "x-1" : null;
        } else if (isConfigurable(attribute)) {
            values[name] = LEFT_OUT.test(name) ? null : valueOf(typeOf(attribute), side, name);
        } else {
            values[name] = role === "state" ? valueOf(typeOf(attribute), "before", name) : null;
        }
    }
    for (const nested of block.blockTypes) {
        values[nested.typeName] =
            BLOCKS_LEFT_OUT.test(nested.typeName) || depth > DEPTH
                ? around(nested)
                : around(nested, valuesOf(nested.block, side, role, depth + 1));
    }
    return values;
}

/** A block as it is nested, or what there is without one. */
function around({ nesting }: NestedBlock, ...blocks: readonly Value[]): Value {
    switch (nesting) {
        case "LIST":
        case "SET":
            return blocks;
        case "MAP":
            return Object.fromEntries(blocks.map((block) => ["k", block]));
        default:
            return blocks[0] ?? null;
    }
}

function valueOf(type: AttributeType, side: Side, name: string): Value {
    if (typeof type === "string") {
        switch (type) {
            case "string":
                return textOf(name, side);
            case "number":
                return side === "before" ? 5 : 6;
            case "bool":
                return side === "after";
            default:
                return null;
        }
    }
    switch (type[0]) {
        case "list":
        case "set":
            return [valueOf(type[1], side, name)];
        case "map":
            return { k: valueOf(type[1], side, name) };
        case "object":
            return Object.fromEntries(
                Object.entries(type[1]).map(([inner, of]) => [inner, valueOf(of, side, inner)]),
            );
        case "tuple":
            return type[1].map((of) => valueOf(of, side, name));
    }
}

/** A text of the form that properties of such a name have. */
function textOf(name: string, side: Side): string {
    const before = side === "before";
    if (name.includes("cidr") && !name.includes("ipv6")) {
        return before ? "10.0.0.0/16" : "10.1.0.0/16";
    }
    if (name.endsWith("arn")) {
        return `arn:aws:iam::111122223333:role/${before ? "one" : "other"}`;
    }
    if (/policy|_json$|document|definition/.test(name) && !/policy_(?:name|type|arn|id)/.test(name)) {
        return JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: before ? "s3:GetObject" : "s3:PutObject", Resource: "*" }],
        });
    }
    if (name.endsWith("version")) {
        return before ? "1.0" : "2.0";
    }
    return before ? "value-a" : "value-b";
}
