/** How the tables of AWS resource types are written. */
import { type Properties } from "../types";

/** What a model's functions may use. None of them needs `this`. */
export interface ModelContext {
    readonly urn: string;
    /** The logical name. */
    readonly logicalName: string;
    readonly type: string;
    readonly inputs: Properties;
    readonly partition: string;
    readonly region: string;
    readonly account: string;
    /** The domain of the partition's endpoints. */
    readonly dnsSuffix: string;
    /** The physical name: given, or made from the logical one. */
    readonly physicalName: string;
    /** The id, once it is known. */
    readonly id: string;
    /** Hexadecimal digits that depend on the resource and the salt. */
    readonly hex: (digits: number, salt?: string) => string;
    /** A UUID that depends on the resource and the salt. */
    readonly uuid: (salt?: string) => string;
    /** A text input; nothing where there is none. */
    readonly text: (property: string) => string | undefined;
    /** Fills in a template; nothing where an input that it names is missing or unknown. */
    readonly fill: (template: string) => string | undefined;
}

/**
 * A value, or how to make it; what comes to nothing stays unknown. In a template `{region}`, `{account}`,
 * `{partition}`, `{dns}`, `{id}` and `{name}` stand for themselves, `{uuid}` for a UUID, `{hex:17}` for
 * hexadecimal digits, `{AZ:13}` for capital letters and digits, `{az:12}` for small ones and digits, `{09:10}`
 * for digits, each with an optional salt (`{hex:8:acl}`), and `{in:vpcId}` for an input.
 */
export type ModelValue = string | number | boolean | readonly string[] | ((context: ModelContext) => unknown);

/** How AWS names and describes resources of one type. */
export interface Model {
    /** The id. Left out, it is the physical name. */
    readonly id?: string | ((context: ModelContext) => string | undefined);
    /** The resource part of the ARN, or all of it when it begins with `arn:`. It may hold the id. */
    readonly arn?: string;
    /** Whether the id is the ARN. */
    readonly idIsArn?: boolean;
    /** The input that holds the physical name, where it is not `name`. */
    readonly nameProperty?: string;
    /** Longest physical name that AWS takes. */
    readonly nameLength?: number;
    /** Whether Pulumi makes a name when the program gives none. Left out: where the class has the property. */
    readonly autoName?: boolean;
    /** Shapes a name that Pulumi makes. */
    readonly shapeName?: (name: string, inputs: Properties) => string;
    /** Other computed outputs. */
    readonly outputs?: Readonly<Record<string, ModelValue>>;
}

/** Models by type. */
export type ModelTable = Readonly<Record<string, Model>>;

/** A resource known by its name. */
export function named(arn: string | undefined, rest: Omit<Model, "arn"> = {}): Model {
    return arn === undefined ? rest : { arn, ...rest };
}

/** A resource whose id is its ARN. */
export function byArn(arn: string, rest: Omit<Model, "arn"> = {}): Model {
    return { arn, idIsArn: true, ...rest };
}

/** A resource with an id of AWS's own and no name. */
export function withId(id: string, arn?: string, rest: Omit<Model, "arn" | "id"> = {}): Model {
    return { id, autoName: false, ...(arn === undefined ? {} : { arn }), ...rest };
}

/** A setting of another resource, known by that one's id. */
export function settingOf(property: string, rest: Omit<Model, "id"> = {}): Model {
    return { id: `{in:${property}}`, autoName: false, ...rest };
}

/** Makes a name small, for services that take no capitals. */
export function lowerCase(name: string): string {
    return name.toLowerCase();
}
