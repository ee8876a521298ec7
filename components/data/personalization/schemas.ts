import { readFileSync } from "node:fs";
import { join } from "node:path";

import { isGiven, text } from "../../shared/argumentRules";
import { type Given, type Refusal } from "../../shared/argumentTable";
import { RecommendationDomain, type RecommendationSchemas } from "./args";

/** The datasets of a group, by the names that its arguments have for them. */
export type DatasetName = keyof RecommendationSchemas;

/** How Personalize calls the datasets. */
export const DATASET_TYPES: Readonly<Record<DatasetName, "Interactions" | "Items" | "Users">> = {
    interactions: "Interactions",
    items: "Items",
    users: "Users",
};

/** All datasets, in the order in which they are made. */
export const DATASETS = Object.keys(DATASET_TYPES) as DatasetName[];

/** Fields that a schema must have, with their types. */
type Fields = Readonly<Record<string, string>>;

// Sources: Amazon Personalize Developer Guide, "Custom dataset and schema requirements" and "ECOMMERCE domain dataset
// and schema requirements". EVENT_TYPE is required in a shop's group alone; filters on purchases need it in any.
const REQUIRED: Readonly<Record<DatasetName, Fields>> = {
    interactions: { USER_ID: "string", ITEM_ID: "string", TIMESTAMP: "long", EVENT_TYPE: "string" },
    items: { ITEM_ID: "string" },
    users: { USER_ID: "string" },
};
const REQUIRED_IN_SHOP: Readonly<Partial<Record<DatasetName, Fields>>> = {
    items: { PRICE: "float", CATEGORY_L1: "string" },
};

/** The longest schema that CloudFormation takes. Source: its schema of AWS::Personalize::Schema. */
const SCHEMA_MAX = 10_000;

/** A dataset's schema in the shortest form: the argument, or the component's own, which suits both kinds of group. */
export function schemaOf(dataset: DatasetName, schemas: RecommendationSchemas = {}): string {
    const given = schemas[dataset] ?? readFileSync(join(__dirname, `${dataset}.json`), "utf8");
    // White space and the like would make another dataset, without data.
    return JSON.stringify(JSON.parse(given));
}

/** The rule of an argument that holds a dataset's schema. */
export function avroSchema(dataset: DatasetName) {
    return text("an Avro schema as JSON", (value, args) => refusalOf(dataset, value as string, args));
}

function refusalOf(dataset: DatasetName, schema: string, args: Given): Refusal | undefined {
    if (schema.length > SCHEMA_MAX) {
        return { shown: `${schema.length} characters`, allowed: `at most ${SCHEMA_MAX} characters` };
    }
    const fields = fieldsOf(schema);
    if (fields === undefined) {
        return { allowed: 'an Avro schema as JSON: an object with type "record", name and fields' };
    }
    const required = {
        ...REQUIRED[dataset],
        ...(args.domain === RecommendationDomain.Ecommerce ? REQUIRED_IN_SHOP[dataset] : {}),
    };
    const missing = Object.entries(required).filter(([name, type]) => !hasType(fields.get(name), type));
    if (missing.length > 0) {
        const wanted = missing.map(([name, type]) => `${name} (${type})`).join(", ");
        return { shown: [...fields.keys()], allowed: `fields with ${wanted} among them` };
    }
    if (dataset !== "interactions" && fields.size <= Object.keys(REQUIRED[dataset]).length) {
        return { shown: [...fields.keys()], allowed: "one field more at least, of what is known about each" };
    }
    return undefined;
}

type Field = Readonly<Record<string, unknown>>;

function fieldsOf(schema: string): ReadonlyMap<string, Field> | undefined {
    try {
        const { type, name, fields } = JSON.parse(schema) as Record<string, unknown>;
        if (type !== "record" || typeof name !== "string" || !Array.isArray(fields)) {
            return undefined;
        }
        return new Map((fields as Field[]).map((field) => [String(field["name"]), field]));
    } catch {
        return undefined;
    }
}

function typesOf(field: Field | undefined): readonly unknown[] {
    const type = field?.["type"];
    return Array.isArray(type) ? type : [type];
}

function hasType(field: Field | undefined, type: string): boolean {
    return isGiven(field) && typesOf(field).includes(type);
}
