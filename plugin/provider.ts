import * as pulumi from "@pulumi/pulumi";

/** A component's class, as a program in another language reaches it: by name, with arguments that nothing has typed. */
export type ComponentClass = new (
    name: string,
    args: pulumi.Inputs,
    opts?: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/** The part of a Pulumi package schema that is needed to construct what it describes. */
interface PackageSchema {
    name: string;
    version: string;
    resources: Record<string, { properties?: Record<string, unknown> }>;
}

/**
 * Serves the components to programs in every language. Its schema was inferred when the package was built: Pulumi's own
 * host for components infers it whenever it starts, for which it needs the sources, a TypeScript that understands them,
 * and half a minute.
 */
export class PackageProvider implements pulumi.provider.Provider {
    readonly version: string;
    readonly #resources: PackageSchema["resources"];
    readonly #classes: ReadonlyMap<string, ComponentClass>;

    /**
     * @param schema The package's schema, as JSON.
     * @param exported What the package exports; the component classes among it are served.
     * @throws Error when the schema describes a class that is not exported: the build is older than the program.
     */
    constructor(
        readonly schema: string,
        exported: Readonly<Record<string, unknown>>,
    ) {
        const { name, version, resources } = JSON.parse(schema) as PackageSchema;
        this.version = version;
        this.#resources = resources;
        this.#classes = new Map(
            Object.entries(exported)
                .filter((entry): entry is [string, ComponentClass] => isComponentClass(entry[1]))
                .map(([className, value]) => [`${name}:index:${className}`, value]),
        );
        const missing = Object.keys(resources).filter((type) => !this.#classes.has(type));
        if (missing.length > 0) {
            throw new Error(`the schema describes ${missing.join(", ")}, which the package does not export`);
        }
    }

    /** Makes a component for a program that asked the engine for it. */
    construct(
        name: string,
        type: string,
        inputs: pulumi.Inputs,
        options: pulumi.ComponentResourceOptions,
    ): Promise<pulumi.provider.ConstructResult> {
        const made = this.#classes.get(type);
        const described = this.#resources[type];
        if (made === undefined || described === undefined) {
            const known = Object.keys(this.#resources).join(", ");
            return Promise.reject(new Error(`there is no component "${type}"; there are: ${known}`));
        }
        const component = new made(name, inputs, options);
        const state = Object.keys(described.properties ?? {}).map(
            (property) => [property, (component as unknown as Record<string, unknown>)[property]] as const,
        );
        return Promise.resolve({ urn: component.urn, state: Object.fromEntries(state) });
    }
}

function isComponentClass(value: unknown): value is ComponentClass {
    return typeof value === "function" && value.prototype instanceof pulumi.ComponentResource;
}
