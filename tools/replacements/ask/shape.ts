/** What a type of the provider's consists of, whether it is declared as attributes or as blocks. */
import { type AttributeType, type Block, typeOf } from "./protocol";
import { isConfigurable } from "./samples";

/** A type, or a property. */
export interface Shape {
    /** Its properties by the provider's names; of a list, those of its items. */
    readonly inner: ReadonlyMap<string, Shape>;
    /** Whether it is a list whose items have no order. */
    readonly isSet: boolean;
    /** Whether it is declared as a block, whose properties are compared each on its own. */
    readonly isBlock: boolean;
    /** Whether a program may say what it is. */
    readonly configurable: boolean;
}

/** What is no property of the resource: the name that it gets, its tags with those of all, and how long to wait. */
const NONE = ["id", "tags_all", "timeouts"];

/** The shape of a type. */
export function shapeOf(block: Block): Shape {
    const inner = innerOf(block).filter(([name]) => !NONE.includes(name));
    return { inner: new Map(inner), isSet: false, isBlock: true, configurable: true };
}

function innerOf({ attributes, blockTypes }: Block): [string, Shape][] {
    return [
        ...attributes.map((attribute): [string, Shape] => [
            attribute.name,
            shapeOfType(typeOf(attribute), isConfigurable(attribute)),
        ]),
        ...blockTypes.map(({ typeName, block, nesting, maxItems }): [string, Shape] => [
            typeName,
            {
                inner: new Map(innerOf(block)),
                // A set of one is an object to @pulumi/aws.
                isSet: nesting === "SET" && maxItems !== 1,
                isBlock: true,
                configurable: true,
            },
        ]),
    ];
}

function shapeOfType(type: AttributeType, configurable: boolean): Shape {
    if (typeof type === "string" || type[0] === "tuple") {
        return { inner: new Map(), isSet: false, isBlock: false, configurable };
    }
    if (type[0] === "object") {
        const inner = Object.entries(type[1]).map(
            ([name, of]) => [name, shapeOfType(of, configurable)] as const,
        );
        return { inner: new Map(inner), isSet: false, isBlock: false, configurable };
    }
    return { ...shapeOfType(type[1], configurable), isSet: type[0] === "set" };
}
