/** What a model of an AWS resource type is evaluated with. */
import { hex, pick, type SynthesisRequest, uuid } from "../synthetic";
import { type Properties } from "../types";
import { UNKNOWN } from "../values";
import { dnsSuffixOf, partitionOf } from "./arn";
import { type ModelContext, type ModelValue } from "./model";

const ALPHABETS: Readonly<Record<string, string>> = {
    AZ: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    az: "abcdefghijklmnopqrstuvwxyz0123456789",
    "09": "123456789",
};
const PLACEHOLDER = /\{([a-zA-Z0-9]+)(?::([^:}]+))?(?::([^}]+))?\}/g;

/** The context of one resource. */
export class Context implements ModelContext {
    readonly urn: string;
    readonly logicalName: string;
    readonly type: string;
    readonly inputs: Properties;
    readonly partition: string;
    readonly dnsSuffix: string;
    id = "";

    constructor(
        request: SynthesisRequest,
        readonly region: string,
        readonly account: string,
        readonly physicalName: string,
    ) {
        this.urn = request.urn;
        this.logicalName = request.name;
        this.type = request.type;
        this.inputs = request.inputs;
        this.partition = partitionOf(region);
        this.dnsSuffix = dnsSuffixOf(region);
    }

    readonly hex = (digits: number, salt = ""): string => hex(`${this.urn}#${salt}`, digits);

    readonly uuid = (salt = ""): string => uuid(`${this.urn}#${salt}`);

    readonly text = (property: string): string | undefined => {
        const value = this.inputs[property];
        const isText = (typeof value === "string" && value !== "") || typeof value === "number";
        return isText ? String(value) : undefined;
    };

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
                    throw new Error(`A model of ${this.type} uses {${word}}, which means nothing`);
                }
                return pick(`${this.urn}#${salt}`, Number(first), alphabet);
            }
        }
    }
}
