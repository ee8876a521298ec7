/** How the tables of AWS resource types are written. */
import { type Properties } from "../types";
import { type Context, type ModelValue } from "./context";

/** How AWS names and describes resources of one type. */
export interface Model {
    /** The id. Left out, it is the physical name. */
    readonly id?: string | ((context: Context) => string | undefined);
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
    /** Those among them that are inputs too, to which AWS adds something inside, such as an ARN to each replica. */
    readonly completed?: readonly string[];
}

/** Models by class, named as in a program: `ec2.Vpc`. */
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
