import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as fc from "fast-check";

import { at, one, previewProgram, testProvider } from "../support/preview";
import { registeredBy } from "../support/surroundings";
import { NAME, type Sample, SAMPLES } from "./fullArguments";
import {
    type NestedType,
    packageSchema,
    type Property,
    referred,
    type Schema,
    type TypeSpec,
} from "./packageSchema";

/** A place in a sample's arguments, and what its type says of it. */
interface Spot {
    readonly path: string;
    readonly spec: TypeSpec;
    readonly required: boolean;
    /** The sample's arguments with another value there. */
    readonly put: (value: unknown) => Record<string, unknown>;
}

type Put = Spot["put"];

const ACCEPTED = new Error("accepted");

/**
 * Options that nobody can read: where the arguments are accepted, Pulumi is the first to try, before it registers
 * anything.
 */
const unread = (): pulumi.ComponentResourceOptions =>
    new Proxy(
        {},
        {
            get: () => {
                throw ACCEPTED;
            },
        },
    );

/** Why the arguments are refused; undefined where they are accepted. Anything else that is thrown is a fault. */
function refusalOf(
    { make, component }: Sample,
    args: unknown,
    ...names: readonly unknown[]
): { message: string; paths: string[] } | undefined {
    try {
        new make(names.length === 0 ? NAME : names[0], args, unread());
    } catch (error) {
        if (error === ACCEPTED) {
            return undefined;
        }
        if (!pulumi.InputPropertiesError.isInstance(error)) {
            throw error;
        }
        expect(error.message).to.match(
            new RegExp(`^meridian:index:${component} ".*" has \\d+ problems? in its`),
        );
        return { message: error.message, paths: error.errors.map(({ propertyPath }) => propertyPath) };
    }
    throw new Error("options that nobody can read were not read");
}

/** All places in a sample's arguments that the schema knows, elements and properties of what is there included. */
function spotsOf(schema: Schema, sample: Sample): Spot[] {
    const resource = schema.resources[`meridian:index:${sample.component}`];
    expect(resource, sample.component).to.not.equal(undefined);
    return propertiesOf(
        schema,
        { properties: resource?.inputProperties, required: resource?.requiredInputs },
        sample.args,
        "",
        (args) => args as Record<string, unknown>,
    );
}

function propertiesOf(
    schema: Schema,
    { properties = {}, required = [] }: Pick<NestedType, "properties" | "required">,
    value: Readonly<Record<string, unknown>>,
    path: string,
    put: Put,
): Spot[] {
    return Object.entries(properties).flatMap(([name, spec]) => {
        const spot: Spot = {
            path: path === "" ? name : `${path}.${name}`,
            spec,
            required: required.includes(name),
            put: (other) => put({ ...value, [name]: other }),
        };
        return [spot, ...inside(schema, spot, value[name])];
    });
}

function inside(schema: Schema, { path, spec, put }: Spot, value: unknown): Spot[] {
    if (Array.isArray(value) && spec.items !== undefined) {
        const [first, ...others] = value as unknown[];
        const item: Spot = {
            path: `${path}[0]`,
            spec: spec.items,
            required: true,
            put: (other) => put([other, ...others]),
        };
        return [item, ...inside(schema, item, first)];
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const record = value as Record<string, unknown>;
    const [key] = Object.keys(record);
    if (spec.additionalProperties !== undefined && key !== undefined) {
        const item: Spot = {
            path: `${path}["${key}"]`,
            spec: spec.additionalProperties,
            required: true,
            put: (other) => put({ ...record, [key]: other }),
        };
        return [item, ...inside(schema, item, record[key])];
    }
    const type = referred(schema, spec);
    return type === undefined ? [] : propertiesOf(schema, type, record, path, put);
}

const VALUES: readonly unknown[] = [
    undefined,
    null,
    7,
    Number.NaN,
    true,
    "no such words",
    "",
    {},
    { unknown: "thing" },
    [],
    [7],
    [null],
    [{}],
    () => 7,
];

/** Whether the type alone, as Pulumi's analyzer reads it, shuts a value out. */
function isShutOut(
    schema: Schema,
    { spec, required }: Pick<Spot, "spec" | "required">,
    value: unknown,
): boolean {
    if (value === undefined || value === null) {
        return required;
    }
    const type = referred(schema, spec);
    if (type?.enum !== undefined) {
        return !type.enum.some((one) => one.value === value);
    }
    if (type !== undefined || spec.additionalProperties !== undefined) {
        return typeof value !== "object" || Array.isArray(value);
    }
    if (spec.type === "array") {
        const { items = {} } = spec;
        return (
            !Array.isArray(value) ||
            value.some((item) => isShutOut(schema, { spec: items, required: true }, item))
        );
    }
    return typeof value !== (spec.type === "integer" ? "number" : spec.type) || Number.isNaN(value);
}

/** Whether a problem's path is the place, lies in it, or is what the place lies in. */
const isAt = (path: string, place: string): boolean => path.startsWith(place) || place.startsWith(path);

/** The value as plain data: what untyped programs write. Archives are Pulumi's own in every language. */
function plain(value: unknown): unknown {
    const isArchive: boolean = pulumi.asset.Archive.isInstance(value);
    if (isArchive || typeof value !== "object" || value === null) {
        return value;
    }
    return Array.isArray(value)
        ? value.map(plain)
        : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

describe("programs without types", function () {
    this.timeout(240_000);
    let schema: Schema;

    before(async () => {
        schema = await packageSchema();
    });

    it("are tried on every public component, with arguments that are fine", () => {
        expect(
            [...new Set(SAMPLES.map(({ component }) => `meridian:index:${component}`))].sort(),
        ).to.deep.equal(Object.keys(schema.resources).sort());
        for (const sample of SAMPLES) {
            expect(refusalOf(sample, sample.args), sample.component).to.equal(undefined);
        }
    });

    it("are tried with every argument at least once", () => {
        for (const [token, { inputProperties }] of Object.entries(schema.resources)) {
            const samples = SAMPLES.filter(({ component }) => token.endsWith(`:${component}`));
            const untried = Object.keys(inputProperties).filter(
                (name) => !samples.some(({ args }) => args[name] !== undefined),
            );
            expect(untried, token).to.deep.equal([]);
        }
    });

    it("get one message that names the argument, and nothing else, for a value of another kind", () => {
        let tried = 0;
        for (const sample of SAMPLES) {
            for (const spot of spotsOf(schema, sample)) {
                for (const value of VALUES.filter((each) => isShutOut(schema, spot, each))) {
                    const what = `${sample.component} ${spot.path} = ${String(value)}`;
                    const refusal = refusalOf(sample, spot.put(value));
                    expect(refusal, what).to.not.equal(undefined);
                    expect(
                        refusal?.paths.some((path) => isAt(path, spot.path)),
                        `${what}: ${refusal?.message}`,
                    ).to.equal(true);
                    expect(refusal?.message, what).to.not.match(/\[object|is undefined|TypeError/);
                    tried++;
                }
            }
        }
        expect(tried).to.be.greaterThan(2000);
    });

    it("leave out with null what they may leave out, and nothing else", () => {
        for (const sample of SAMPLES) {
            for (const spot of spotsOf(schema, sample)) {
                const withNull = refusalOf(sample, spot.put(null));
                const without = refusalOf(sample, spot.put(undefined));
                expect(withNull?.paths, `${sample.component} ${spot.path}`).to.deep.equal(without?.paths);
            }
        }
    });

    it("are told all values of an enum that they misspell", () => {
        const seen = new Set<string>();
        for (const sample of SAMPLES) {
            for (const spot of spotsOf(schema, sample)) {
                const values = referred(schema, spot.spec)?.enum?.map(({ value }) => value);
                const [first = ""] = values ?? [];
                if (values === undefined) {
                    continue;
                }
                seen.add(spot.spec.$ref ?? "");
                for (const wrong of [
                    `${first}s`,
                    first.toUpperCase() + first.toLowerCase(),
                    "",
                    "constructor",
                ]) {
                    const { message = "accepted" } = refusalOf(sample, spot.put(wrong)) ?? {};
                    expect(message, `${sample.component} ${spot.path}`).to.contain(
                        `${spot.path} is ${JSON.stringify(wrong)}; allowed: `,
                    );
                    expect(message).to.contain(values.join(", "));
                }
            }
        }
        const enums = Object.keys(schema.types).filter((token) => schema.types[token]?.enum !== undefined);
        expect([...seen].sort(), "enums that arguments have").to.deep.equal(
            enums.map((token) => `#/types/${token}`).sort(),
        );
    });

    it("are told the nearest name of an argument that they misspell, and not the value", () => {
        for (const sample of SAMPLES) {
            const names = Object.keys(
                schema.resources[`meridian:index:${sample.component}`]?.inputProperties ?? {},
            );
            for (const name of names) {
                const wrong = `${name}z`;
                const { message = "accepted" } =
                    refusalOf(sample, { ...sample.args, [name]: undefined, [wrong]: "hunter2" }) ?? {};
                expect(message).to.contain(
                    `${wrong} is "given"; allowed: nothing, because there is no such argument. Did you mean ${name}?`,
                );
                expect(message).to.not.contain("hunter2");
            }
        }
    });

    it("may hand over anything at all", () => {
        const anything = fc.anything({
            withNullPrototype: true,
            withDate: true,
            withMap: true,
            withBigInt: true,
        });
        for (const sample of SAMPLES) {
            const names = Object.keys(
                schema.resources[`meridian:index:${sample.component}`]?.inputProperties ?? {},
            );
            const changes = fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 4 });
            fc.assert(
                fc.property(changes, fc.boolean(), (change, alone) => {
                    refusalOf(sample, alone ? change : { ...sample.args, ...change });
                }),
                { numRuns: 60 },
            );
        }
    });

    it("may hand over no arguments, and no name", () => {
        for (const sample of SAMPLES) {
            for (const args of [
                undefined,
                null,
                "region",
                7,
                [],
                [sample.args],
                pulumi.output(sample.args),
            ]) {
                expect(refusalOf(sample, args), `${sample.component} with ${typeof args}`).to.not.equal(
                    undefined,
                );
            }
            for (const name of [undefined, null, 7, "", {}]) {
                expect(refusalOf(sample, sample.args, name)?.paths, sample.component).to.include("name");
            }
        }
    });

    it("get no further than the check with an output where the value must be known", () => {
        const { message = "accepted" } =
            refusalOf(sampleOf("WebTier"), {
                ...sampleOf("WebTier").args,
                region: pulumi.output("eu-central-1"),
                exposure: Promise.resolve("Internet"),
            }) ?? {};
        expect(message).to.contain(
            'region is "an output"; allowed: an AWS region code, such as eu-central-1. Give the value itself, not an output: what is made depends on it',
        );
        expect(message).to.contain('exposure is "an output"; allowed: CloudFront, Internet, Internal');
    });

    it("make what typed programs make, where their arguments are fine", async () => {
        for (const sample of SAMPLES) {
            const preview = await previewProgram(() => {
                new sample.make(NAME, plain(sample.args), {
                    providers: [testProvider(sample.region)],
                });
            });
            expect(preview.error?.message, sample.component).to.equal(undefined);
            expect(registeredBy(preview), sample.component).to.have.length.above(1);
        }
    });

    it("run through wherever a value of the right kind is accepted", async () => {
        for (const sample of SAMPLES) {
            for (const value of VALUES) {
                // As many at once as are accepted together: a preview each would take minutes.
                let args = sample.args;
                const taken: string[] = [];
                for (const name of Object.keys(sample.args)) {
                    const changed = { ...args, [name]: value };
                    if (refusalOf(sample, changed) === undefined) {
                        args = changed;
                        taken.push(name);
                    }
                }
                const preview =
                    taken.length === 0
                        ? undefined
                        : await previewProgram(() => {
                              new sample.make(NAME, args, { providers: [testProvider(sample.region)] });
                          });
                expect(
                    preview?.error?.message,
                    `${sample.component}: ${taken.join(", ")} = ${String(value)}`,
                ).to.equal(undefined);
            }
        }
    });

    it("run through wherever such a value is accepted deep in an argument", async () => {
        for (const sample of SAMPLES) {
            const deep = spotsOf(schema, sample).filter(({ path }) => /[.[]/.test(path));
            for (const { path, put } of deep) {
                for (const value of [7, "no such words"]) {
                    const args = put(value);
                    if (refusalOf(sample, args) !== undefined) {
                        continue;
                    }
                    const preview = await previewProgram(() => {
                        new sample.make(NAME, args, { providers: [testProvider(sample.region)] });
                    });
                    expect(preview.error?.message, `${sample.component}: ${path} = ${value}`).to.equal(
                        undefined,
                    );
                }
            }
        }
    });

    it("find every secret argument marked in the component's own inputs, though it was given in the clear", async () => {
        const found = new Set<string>();
        for (const sample of SAMPLES) {
            const secrets = spotsOf(schema, sample).filter(({ spec }) =>
                /\b(keeps (it|them)|kept) as (a secret|secrets)\b/.test((spec as Property).description ?? ""),
            );
            for (const { path } of secrets.filter((spot) => at(sample.args, spot.path) !== undefined)) {
                const preview = await previewProgram(() => {
                    new sample.make(NAME, sample.args, { providers: [testProvider(sample.region)] });
                });
                const component = one(preview, `meridian:index:${sample.component}`);
                expect(at(component.state.inputs, path), path).to.equal("[secret]");
                expect(at(component.inputs, path), path).to.deep.equal(at(sample.args, path));
                found.add(`${sample.component} ${path}`);
            }
        }
        expect([...found]).to.deep.equal([
            "EdgeDistribution dynamicOrigin.headers[0].value",
            "DownloadsDistribution failoverBalancer.headers[0].value",
            "ServiceBalancer originHeaderValue",
            "ServiceBalancer additionalOriginHeaderValues",
            "WebTier originHeaderValue",
            "WebTier additionalOriginHeaderValues",
        ]);
    });

    it("register nothing that is refused, the component included", async () => {
        for (const sample of SAMPLES) {
            const preview = await previewProgram(() => {
                new sample.make(
                    NAME,
                    { ...sample.args, region: "Frankfurt", latencyName: 7, port: "https" },
                    {
                        providers: [testProvider(sample.region)],
                    },
                );
            });
            expect(preview.error?.message, sample.component).to.match(/in its arguments:/);
            expect(registeredBy(preview), sample.component).to.deep.equal([]);
        }
    });
});

function sampleOf(component: string): Sample {
    const found = SAMPLES.find((sample) => sample.component === component);
    if (found === undefined) {
        throw new Error(`there is no sample of ${component}`);
    }
    return found;
}
