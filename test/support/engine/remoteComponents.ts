/** Programs that get the components from the package, through the engine, as a program in another language does. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Sample, SAMPLES } from "../../package/fullArguments";
import { TEST_ACCOUNT } from "../preview";
import { type Schema, type TypeSpec } from "../../package/packageSchema";

/** The type of what makes arguments unknown. */
export const LATER = "later:index:Values";

/** A resource whose `results` are its values, and unknown before it is made. */
class Later extends pulumi.CustomResource {
    declare readonly results: pulumi.OutputInstance<Record<string, unknown>>;

    constructor(name: string, values: pulumi.Inputs) {
        super(LATER, name, { values, results: undefined });
    }
}

/** Arguments that a component refuses as secrets, because whoever may read its resources would read them. */
const IN_THE_OPEN = /^environment\b/;

/** How an argument reaches a component, where its type lets it be an output. */
export const WAYS = ["clear", "later", "secret", "secret and later"] as const;
export type Way = (typeof WAYS)[number];

/** An argument, or a part of one, that is given in some way. */
export interface GivenValue {
    readonly path: string;
    readonly way: Way;
    readonly value: unknown;
}

/** Arguments as a program gives them: all that may be outputs come in the four ways, one after the other. */
export class MixedArguments {
    /** What was given how. */
    readonly given: readonly GivenValue[];
    readonly #build: (results: pulumi.OutputInstance<Record<string, unknown>>) => Record<string, unknown>;

    /** @param turn With which of the ways to begin. */
    constructor(schema: Schema, component: string, args: Readonly<Record<string, unknown>>, turn: number) {
        const given: GivenValue[] = [];
        const { inputProperties } = schema.resources[`meridian:index:${component}`] ?? {
            inputProperties: {},
        };
        const plan = plannedObject(schema, inputProperties, args, "", (path, value) => {
            const ways = IN_THE_OPEN.test(path) ? WAYS.filter((way) => !way.includes("secret")) : WAYS;
            const way = ways[(turn + given.length) % ways.length] ?? "clear";
            given.push({ path, way, value });
            return way;
        });
        this.given = given;
        this.#build = (results) => plan(results) as Record<string, unknown>;
    }

    /** The arguments, with what comes later taken from an output. */
    with(results: pulumi.OutputInstance<Record<string, unknown>>): Record<string, unknown> {
        return this.#build(results);
    }
}

type Plan = (results: pulumi.OutputInstance<Record<string, unknown>>) => unknown;
type Choose = (path: string, value: unknown) => Way;

function plannedObject(
    schema: Schema,
    properties: Readonly<Record<string, TypeSpec>>,
    value: Readonly<Record<string, unknown>>,
    path: string,
    choose: Choose,
): Plan {
    const plans = Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([name, inner]) => {
            const at = path === "" ? name : `${path}.${name}`;
            return [name, planned(schema, properties[name] ?? { plain: true }, inner, at, choose)] as const;
        });
    return (results) => Object.fromEntries(plans.map(([name, plan]) => [name, plan(results)]));
}

function planned(schema: Schema, spec: TypeSpec, value: unknown, path: string, choose: Choose): Plan {
    if (spec.plain !== true) {
        const way = choose(path, value);
        return (results) => {
            const input = way.includes("later") ? results.apply((all) => all[path]) : value;
            return way.includes("secret") ? pulumi.secret(input) : input;
        };
    }
    if (Array.isArray(value)) {
        const items = value.map((item: unknown, index) =>
            planned(schema, spec.items ?? { plain: true }, item, `${path}[${index}]`, choose),
        );
        return (results) => items.map((plan) => plan(results));
    }
    if (typeof value !== "object" || value === null) {
        return () => value;
    }
    const record = value as Record<string, unknown>;
    const { additionalProperties } = spec;
    const properties =
        additionalProperties === undefined
            ? (schema.types[spec.$ref?.replace(/^#\/types\//, "") ?? ""]?.properties ?? {})
            : Object.fromEntries(Object.keys(record).map((key) => [key, additionalProperties]));
    return plannedObject(schema, properties, record, path, choose);
}

/** A component that its package's plugin makes, as the SDK that Pulumi generates from the schema registers it. */
export class RemoteComponent extends pulumi.ComponentResource {
    constructor(
        schema: Schema,
        component: string,
        name: string,
        args: pulumi.Inputs,
        opts: pulumi.ComponentResourceOptions = {},
    ) {
        const token = `meridian:index:${component}`;
        const outputs = Object.keys(schema.resources[token]?.properties ?? {});
        super(
            token,
            name,
            { ...Object.fromEntries(outputs.map((output) => [output, undefined])), ...args },
            { ...opts, version: schema.version },
            true,
        );
    }
}

/** A component of the package, with arguments that are given in all ways. */
export interface MixedSample {
    readonly sample: Sample;
    readonly name: string;
    readonly args: MixedArguments;
}

/** One of each component. */
export function mixedSamples(schema: Schema): MixedSample[] {
    const first = new Map(SAMPLES.toReversed().map((sample) => [sample.component, sample]));
    return [...first.values()].toReversed().map((sample, index) => ({
        sample,
        name: `shop-${index}`,
        args: new MixedArguments(schema, sample.component, sample.args, index),
    }));
}

/** What a program makes of a sample. */
export type Make = (
    sample: Sample,
    name: string,
    args: Record<string, unknown>,
    opts: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/** A program of components. Returns each one's outputs, by its name. */
export function makeAll(
    schema: Schema,
    samples: readonly MixedSample[],
    results: (
        name: string,
        values: Record<string, unknown>,
    ) => pulumi.OutputInstance<Record<string, unknown>>,
    make: Make,
): Record<string, Record<string, unknown>> {
    const providers = new Map<string, aws.Provider>();
    const providerOf = (region: string): aws.Provider => {
        const allowedAccountIds = [TEST_ACCOUNT];
        const provider =
            providers.get(region) ??
            new aws.Provider(region, { region: region as aws.Region, allowedAccountIds });
        providers.set(region, provider);
        return provider;
    };
    return Object.fromEntries(
        samples.map(({ sample, name, args }) => {
            const later = args.given.filter(({ way }) => way.includes("later"));
            const values = Object.fromEntries(later.map(({ path, value }) => [path, value]));
            const made = make(sample, name, args.with(results(`${name}-values`, values)), {
                providers: [providerOf(sample.region)],
            });
            const outputs = Object.keys(
                schema.resources[`meridian:index:${sample.component}`]?.properties ?? {},
            );
            const all = made as unknown as Record<string, unknown>;
            return [name, Object.fromEntries(outputs.map((output) => [output, all[output]]))];
        }),
    );
}

/** The program of somebody who gets the components from the package. */
export function makeRemotely(
    schema: Schema,
    samples: readonly MixedSample[],
): Record<string, Record<string, unknown>> {
    return makeAll(
        schema,
        samples,
        (name, values) => new Later(name, values).results,
        ({ component }, name, args, opts) => new RemoteComponent(schema, component, name, args, opts),
    );
}
