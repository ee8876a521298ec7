import { expect } from "chai";
import * as fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import { isHealthCheckPath } from "../../components/compute/tier/healthCheckPath";
import { isServiceName } from "../../components/network/vpc3Tier/interfaceEndpoint";
import { isContinent } from "../../components/edge/recordTree";
import { catalogueProblems, defaultCatalogue } from "../../regions/catalogue";
import { type ConfigKey } from "../../regions/configKeys";
import { loadStackConfig, stackConfigProblems } from "../../regions/config";
import { GLOBAL_KEY } from "../../regions/stackNames";
import { anyCatalogue, anyValues, valueOf } from "./configArbitraries";
import { type Case, goodValues, load } from "../support/regions/stackConfigs";
import { quickCompose } from "./quickCompose";

/** The stacks of an environment. */
const STACKS = [...defaultCatalogue.map(({ key }) => key), GLOBAL_KEY].map((key) => `prod-${key}`);

const START = goodValues();

/**
 * As many of these values as the check takes together, the others being good. So every composition tries a value of
 * many keys.
 */
function takenTogether(
    values: Record<ConfigKey, string>,
    options: { project: string; stack: string },
): Record<string, string> {
    const named = Object.entries(values).map(([key, value]) => [`meridian:${key}`, value] as const);
    const problemsWith = (changes: Record<string, string>) =>
        stackConfigProblems({ ...options, values: { ...START, ...changes } });
    let taken = Object.fromEntries(named);
    for (let round = 0; round < 30; round += 1) {
        const blamed = new Set(problemsWith(taken).map(({ key }) => key));
        if (blamed.size === 0) {
            return taken;
        }
        const left = Object.entries(taken).filter(([key]) => !blamed.has(key));
        // Where a key is to blame that has its good value, another one's value is what makes it bad.
        taken = Object.fromEntries(left.length < Object.keys(taken).length ? left : left.slice(1));
    }
    return {};
}

describe("a configuration that its check takes", () => {
    it("is taken by every component of every stack", () => {
        fc.assert(
            fc.property(anyValues, fc.constantFrom(...STACKS), (values, stack) => {
                const options = { project: "meridian", stack };
                const taken = takenTogether(values, options);
                quickCompose(loadStackConfig({ ...options, values: { ...START, ...taken } }));
            }),
            { numRuns: 60 },
        );
    });

    it("is taken with any catalogue that its check takes", () => {
        // What the check refuses is drawn again, so that every run composes.
        fc.assert(
            fc.property(anyCatalogue, fc.nat({ max: 13 }), (catalogue, position) => {
                fc.pre(catalogueProblems(catalogue).length === 0);
                const keys = [GLOBAL_KEY, ...catalogue.map(({ key }) => key)];
                const stack = `prod-${keys[position % keys.length] ?? GLOBAL_KEY}`;
                const founder = catalogue[0]?.key ?? "";
                const values = goodValues({ foundingRegion: founder, primaryRegion: founder });
                const options = {
                    project: "meridian",
                    stack,
                    catalogue,
                    values: { ...values, "meridian:databaseInstanceCount": "2" },
                };
                fc.pre(stackConfigProblems(options).length === 0);
                quickCompose(loadStackConfig(options));
                quickCompose(loadStackConfig({ ...options, stack: "prod-global" }));
            }),
            { numRuns: 25 },
        );
    });

    it("is taken with the front page for what health checks and canaries ask", () => {
        const values = goodValues({ healthCheckPath: "/", canaryIntervalMinutes: "15" });
        for (const stack of STACKS) {
            quickCompose(loadStackConfig({ project: "meridian", stack, values }));
        }
    });

    it("is taken with any names of project and environment that its check takes", () => {
        const names = [
            "meridian",
            "aws",
            "ssm",
            "awsx",
            "a",
            "s3",
            "Shop",
            "shop_1",
            "x-y",
            "a--b",
            "1shop",
            "a".repeat(30),
        ];
        for (const project of names) {
            for (const environment of ["prod", "p", "a".repeat(16), "x-y-z"]) {
                const stack = `${environment}-eu`;
                const values = Object.fromEntries(
                    Object.entries(START).map(([key, value]) => [
                        key.replace(/^meridian:/, `${project}:`),
                        value,
                    ]),
                );
                const options = { project, stack, values };
                for (const each of [options, { ...options, stack: `${environment}-global` }]) {
                    if (stackConfigProblems(each).length === 0) {
                        quickCompose(loadStackConfig(each));
                    }
                }
            }
        }
    });
});

describe("a configuration that its check refuses", () => {
    it("is refused with a message for readers, whatever it is", () => {
        fc.assert(
            fc.property(anyValues, fc.constantFrom(...STACKS), anyCatalogue, (values, stack, catalogue) => {
                const given = Object.fromEntries(
                    Object.entries(values).map(([key, value]) => [`meridian:${key}`, value]),
                );
                try {
                    loadStackConfig({
                        project: "meridian",
                        stack,
                        catalogue,
                        values: { ...START, ...given },
                    });
                } catch (error) {
                    expect(error).to.be.instanceOf(pulumi.RunError);
                }
            }),
            { numRuns: 300 },
        );
    });
});

describe("the trial itself", () => {
    it("sees what a component refuses", () => {
        const wrong: [Case, Partial<ReturnType<typeof load>>, string][] = [
            [{ stack: "prod-us" }, { healthCheckPath: "/health?deep=1" }, "healthCheckPath"],
            [
                { stack: "prod-global" },
                { catalogue: defaultCatalogue.map((entry) => ({ ...entry, continents: ["XX" as "EU"] })) },
                "continents",
            ],
        ];
        for (const [options, change, message] of wrong) {
            const config = { ...load({}, options), ...change } as ReturnType<typeof load>;
            let thrown: unknown;
            try {
                quickCompose(config);
            } catch (error) {
                thrown = error;
            }
            expect(pulumi.InputPropertiesError.isInstance(thrown), message).to.equal(true);
            expect((thrown as Error).message).to.include(message);
        }
    });

    it("tries what only a component refused once, and what both take", () => {
        const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] =>
            fc.sample(arbitrary, { numRuns: 300, seed: 1 });
        const paths = sample(valueOf("healthCheckPath"));
        const lax = /^\/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{0,254}$/;
        expect(paths.some((path) => lax.test(path) && !isHealthCheckPath(path))).to.equal(true);
        expect(paths.some(isHealthCheckPath)).to.equal(true);
        const services = sample(valueOf("interfaceEndpoints")).join();
        expect(services).to.include("com.amazonaws.").and.to.include("a--b");
        expect(["com.amazonaws.us-east-1.sqs", "a--b"].some(isServiceName)).to.equal(false);
        const continents = sample(anyCatalogue).flatMap((catalogue) =>
            catalogue.flatMap((entry) => entry.continents),
        );
        expect(continents.some((continent) => !isContinent(continent))).to.equal(true);
    });
});
