/** The messages of the providers' protocol, as TypeScript reads them, and their values. */
import path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { ExtensionCodec, decode, encode } from "@msgpack/msgpack";

/** A value of the provider's; what is not known before the change is made is {@link UNKNOWN}. */
export type Value =
    null | boolean | number | string | typeof UNKNOWN | readonly Value[] | { readonly [name: string]: Value };

/** A type as the schema has it: `"string"`, `["list", "string"]`, `["object", {"name": "string"}]`. */
export type AttributeType =
    | string
    | readonly ["list" | "set" | "map", AttributeType]
    | readonly ["object", Readonly<Record<string, AttributeType>>]
    | readonly ["tuple", readonly AttributeType[]];

/** A property of a block that has a value. */
export interface Attribute {
    readonly name: string;
    /** JSON of an {@link AttributeType}. */
    readonly type: Buffer;
    readonly required: boolean;
    readonly optional: boolean;
}

/** A property of a block that is a block, or has several. */
export interface NestedBlock {
    readonly typeName: string;
    readonly block: Block;
    readonly nesting: "INVALID" | "SINGLE" | "LIST" | "SET" | "MAP" | "GROUP";
    /** 0 where there may be any number. */
    readonly maxItems: number;
}

/** What a type, or a part of one, consists of. */
export interface Block {
    readonly attributes: readonly Attribute[];
    readonly blockTypes: readonly NestedBlock[];
}

/** What the provider has to say of a request. */
export interface Diagnostic {
    readonly severity: "INVALID" | "ERROR" | "WARNING";
    readonly summary: string;
    readonly detail: string;
}

/** A value as it is sent. */
export interface Packed {
    readonly msgpack: Buffer;
}

/** The answer to GetSchema. */
export interface SchemaResponse {
    readonly provider: { readonly block: Block } | null;
    readonly resourceSchemas: Readonly<Record<string, { readonly block: Block }>>;
    readonly diagnostics: readonly Diagnostic[];
}

/** What Configure is asked with. */
export interface ConfigureRequest {
    readonly terraformVersion: string;
    readonly config: Packed;
}

/** The answer to Configure. */
export interface ConfigureResponse {
    readonly diagnostics: readonly Diagnostic[];
}

/** What PlanResourceChange is asked with. */
export interface PlanRequest {
    readonly typeName: string;
    readonly priorState: Packed;
    readonly proposedNewState: Packed;
    readonly config: Packed;
    readonly priorPrivate: Buffer;
}

/** The answer to PlanResourceChange. */
export interface PlanResponse {
    readonly plannedState: Packed | null;
    /** A step without a name is an item of a list, a set or a map. */
    readonly requiresReplace: readonly { readonly steps: readonly { readonly attributeName?: string }[] }[];
    readonly diagnostics: readonly Diagnostic[];
}

/** What can be asked, by the method's name, and what it answers. */
export interface Methods {
    readonly GetSchema: { readonly request: object; readonly response: SchemaResponse };
    readonly Configure: { readonly request: ConfigureRequest; readonly response: ConfigureResponse };
    readonly PlanResourceChange: { readonly request: PlanRequest; readonly response: PlanResponse };
}

/** What the provider knows only after the change. */
export const UNKNOWN: unique symbol = Symbol("unknown");

const DEFINITION = loadSync(path.join(__dirname, "plugin.proto"), {
    longs: Number,
    enums: String,
    defaults: true,
    oneofs: true,
});

/** The provider's methods. */
export const SERVICE = DEFINITION["tfplugin5.Provider"] as grpc.ServiceDefinition;

/** What is not known is sent as these types beside MessagePack's own: nothing is known, or not all. */
const NOTHING_KNOWN = 0;
const NOT_ALL_KNOWN = 12;

const EXTENSIONS = new ExtensionCodec();
EXTENSIONS.register({
    type: NOTHING_KNOWN,
    encode: (value) => (value === UNKNOWN ? new Uint8Array(1) : null),
    decode: () => UNKNOWN,
});
EXTENSIONS.register({ type: NOT_ALL_KNOWN, encode: () => null, decode: () => UNKNOWN });

/** A value as it is sent. */
export function pack(value: Value): Packed {
    return { msgpack: Buffer.from(encode(value, { extensionCodec: EXTENSIONS })) };
}

/** The value that was sent. */
export function unpack(packed: Packed): Value {
    return decode(packed.msgpack, { extensionCodec: EXTENSIONS }) as Value;
}

/** The type of an attribute. */
export function typeOf({ type }: Attribute): AttributeType {
    return JSON.parse(type.toString("utf8")) as AttributeType;
}
