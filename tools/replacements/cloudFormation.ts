/** What CloudFormation's own schemas say of a change, and which of its types is which of Pulumi's. */
import {
    type SpecDatabase,
    type Property,
    type PropertyType,
    type Resource,
} from "@aws-cdk/service-spec-types";

/** What the schema says of a property: that a change makes another resource, or that one may. */
export type SchemaReplacement = "yes" | "maybe";

/** A type of CloudFormation. */
export interface SchemaType {
    /** `AWS::RDS::DBCluster`. */
    readonly name: string;
    /** All properties; those of properties have paths with dots. */
    readonly properties: ReadonlyMap<string, SchemaReplacement | undefined>;
}

const DEPTH = 4;

/** CloudFormation's types by name. */
export function schemaTypes(database: SpecDatabase): Map<string, SchemaType> {
    const types = new Map<string, SchemaType>();
    for (const resource of database.all("resource")) {
        types.set(resource.cloudFormationType, {
            name: resource.cloudFormationType,
            properties: propertiesOf(resource, database),
        });
    }
    return types;
}

function propertiesOf(
    resource: Resource,
    database: SpecDatabase,
): Map<string, SchemaReplacement | undefined> {
    const found = new Map<string, SchemaReplacement | undefined>();
    const visit = (
        properties: Readonly<Record<string, Property>>,
        prefix: string,
        above: readonly string[],
    ): void => {
        for (const [name, property] of Object.entries(properties)) {
            const path = `${prefix}${name}`;
            found.set(path, replacementOf(property));
            const inner = definitionOf(property.type);
            if (inner !== undefined && above.length < DEPTH && !above.includes(inner)) {
                visit(database.get("typeDefinition", inner).properties, `${path}.`, [...above, inner]);
            }
        }
    };
    visit(resource.properties, "", []);
    for (const path of resource.additionalReplacementProperties ?? []) {
        found.set(path.filter((part) => part !== "*").join("."), "yes");
    }
    return found;
}

function replacementOf({ causesReplacement }: Property): SchemaReplacement | undefined {
    return causesReplacement === "yes" || causesReplacement === "maybe" ? causesReplacement : undefined;
}

/** The definition that a property's value has, itself or in a list or a map. */
function definitionOf(type: PropertyType): string | undefined {
    switch (type.type) {
        case "ref":
            return type.reference.$ref;
        case "array":
        case "map":
            return definitionOf(type.element);
        default:
            return undefined;
    }
}
