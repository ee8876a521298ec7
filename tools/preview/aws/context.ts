/** What a model of an AWS resource type is evaluated with. */
import { hex, pick, type SynthesisRequest, uuid } from "../synthetic";
import { type Properties } from "../types";
import { UNKNOWN } from "../values";
import { dnsSuffixOf, partitionOf } from "./arn";

const ALPHABETS: Readonly<Record<string, string>> = {
    AZ: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    az: "abcdefghijklmnopqrstuvwxyz0123456789",
    "09": "123456789",
};
const PLACEHOLDER = /\{([a-zA-Z0-9]+)(?::([^:}]+))?(?::([^}]+))?\}/g;

/**
 * A value, or how to make it; what comes to nothing stays unknown. In a template `{region}`, `{account}`,
 * `{partition}`, `{dns}`, `{id}` and `{name}` stand for themselves, `{uuid}` for a UUID, `{hex:17}` for
 * hexadecimal digits, `{AZ:13}` for capital letters and digits, `{az:12}` for small ones and digits, `{09:10}`
 * for digits, each with an optional salt (`{hex:8:acl}`), and `{in:vpcId}` for an input.
 */
export type ModelValue = string | number | boolean | readonly string[] | ((context: Context) => unknown);

/** The context of one resource. None of its functions needs `this`. */
export class Context {
    readonly inputs: Properties;
    readonly partition: string;
    /** The domain of the partition's endpoints. */
    readonly dnsSuffix: string;
    /** The id, once it is known. */
    id = "";
    readonly #request: SynthesisRequest;

    /** @param physicalName Given, or made from the logical one. */
    constructor(
        request: SynthesisRequest,
        readonly region: string,
        readonly account: string,
        readonly physicalName: string,
    ) {
        this.#request = request;
        this.inputs = request.inputs;
        this.partition = partitionOf(region);
        this.dnsSuffix = dnsSuffixOf(region);
    }

    /** Hexadecimal digits that depend on the resource and the salt. */
    readonly hex = (digits: number, salt = ""): string => hex(`${this.#request.urn}#${salt}`, digits);

    /** A UUID that depends on the resource and the salt. */
    readonly uuid = (salt = ""): string => uuid(`${this.#request.urn}#${salt}`);

    /** A text input; nothing where there is none. */
    readonly text = (property: string): string | undefined => {
        const value = this.inputs[property];
        const isText = (typeof value === "string" && value !== "") || typeof value === "number";
        return isText ? String(value) : undefined;
    };

    /** Fills in a template; nothing where an input that it names is missing or unknown. */
    readonly fill = (template: string): string | undefined => {
        if (!template.includes("{")) {
            return template;
        }
        // What is missing is unknown, and so is all that it is part of.
        const text = template.replace(
            PLACEHOLDER,
            (_, word: string, first?: string, salt?: string) =>
                this.#word(word, first ?? "", salt ?? "") ?? UNKNOWN,
        );
        return text.includes(UNKNOWN) ? undefined : text;
    };

    /** The value of a model's output; nothing where it stays unknown. */
    evaluate(value: ModelValue): unknown {
        if (typeof value === "string") {
            return this.fill(value);
        }
        if (typeof value === "function") {
            const result = value(this);
            return typeof result === "string" && result.includes(UNKNOWN) ? undefined : result;
        }
        return value;
    }

    #word(word: string, first: string, salt: string): string | undefined {
        switch (word) {
            case "region":
                return this.region;
            case "account":
                return this.account;
            case "partition":
                return this.partition;
            case "dns":
                return this.dnsSuffix;
            case "id":
                return this.id === "" ? undefined : this.id;
            case "name":
                return this.physicalName;
            case "in":
                return this.text(first);
            case "uuid":
                return this.uuid(first);
            case "hex":
                return this.hex(Number(first), salt);
            default: {
                const alphabet = ALPHABETS[word];
                if (alphabet === undefined) {
                    throw new Error(`A model of ${this.#request.type} uses {${word}}, which means nothing`);
                }
                return pick(`${this.#request.urn}#${salt}`, Number(first), alphabet);
            }
        }
    }
}
