/** The package of components on the real engine: as its command reads it, and as programs in other languages use it. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { parse } from "yaml";
import { type Schema } from "../../package/packageSchema";
import { documentedBlocks } from "../../support/docs/blocks";
import {
    type GivenValue,
    LATER,
    makeRemotely,
    type MixedSample,
    mixedSamples,
    RemoteComponent,
} from "../../support/engine/remoteComponents";
import { asRegistered, type ComparedResource, differences } from "../../support/engine/stateComparison";
import { complaints, EngineWorkspace, outcomeOf } from "../../support/engine/workspace";
import { builtPackage, ROOT } from "../../support/package/tarball";
import { SECRET, SIGNATURE } from "../../../tools/preview/values";

type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const PROJECT = "shop";

/** GlobalDns makes it of a region's key and a name that are both given in the clear. */
const FAILOVER_NAME = "eu.origin.shop.example.com";

describe("on the real engine, the package", () => {
    let workspace: EngineWorkspace;
    let folder: string;
    let schema: Schema;

    before(async () => {
        folder = builtPackage();
        workspace = await EngineWorkspace.open();
        schema = JSON.parse(
            await workspace.run(workspace.emptyFolder(), "package", "get-schema", folder),
        ) as Schema;
    });
    after(() => {
        workspace.close();
    });

    it("gives its schema to somebody in an empty folder", () => {
        const built: unknown = JSON.parse(fs.readFileSync(path.join(folder, "dist/schema.json"), "utf8"));
        expect(inEnginesForm(schema)).to.deep.equal(inEnginesForm(built));
        expect(Object.keys(schema.resources)).to.include("meridian:index:WebTier");
    });

    describe("makes every component for a program in another language", () => {
        const name = "remote";
        let samples: readonly MixedSample[];
        let stack: Stack;
        let known: Promise<Readonly<Record<string, readonly string[]>>>;

        before(async () => {
            samples = mixedSamples(schema);
            stack = await workspace.program(
                name,
                () => {
                    const outputs = makeRemotely(schema, samples);
                    known = knownOf(outputs);
                    return outputs;
                },
                { project: PROJECT, packages: { [schema.name]: folder } },
            );
        });

        it("in a first preview, where nothing that AWS makes is known", async () => {
            const outcome = await outcomeOf((onEvent) => stack.preview({ onEvent }));
            expect(complaints(outcome)).to.equal("");
            expect(Object.keys(outcome.changes)).to.deep.equal(["create"]);
            const all = await known;
            const told = samples.flatMap(({ sample, name: component }) =>
                // What was given in the clear, a component may give back.
                (all[component] ?? []).filter((output) => sample.args[output] === undefined),
            );
            const made = told.filter((output) => /(?:Arn|Arns|Id|Ids|DnsName)$/.test(output));
            // Buckets' and filters' ARNs follow from their names, CloudFront has one zone for all distributions, Scheduler
            // one target for all mail, and users who sign in by IAM have no secrets.
            expect([...new Set(made)].sort()).to.deep.equal([
                "bucketArn",
                "distributionHostedZoneId",
                "filterArns",
                "logBucketArn",
                "scheduleTargetArn",
                "staticBucketArn",
                "userSecretArns",
            ]);
        });

        it("in an update, with outputs that can be read", async () => {
            const outcome = await outcomeOf((onEvent) => stack.up({ onEvent }));
            expect(complaints(outcome)).to.equal("");
            const outputs = (await stack.outputs()) as Readonly<Record<string, { readonly value: unknown }>>;
            const lacking = samples.flatMap(({ sample, name: component }) => {
                const { required = [] } = schema.resources[`meridian:index:${sample.component}`] ?? {};
                const made = outputs[component]?.value as Readonly<Record<string, unknown>> | undefined;
                return required.filter((output) => made?.[output] === undefined);
            });
            expect(lacking).to.deep.equal([]);
        });

        it("with what is secret in no place of the state that is not", async () => {
            const resources = (await resourcesOf(stack)).map(withoutSecrets);
            const given = samples.flatMap(({ args }) => args.given);
            const hidden = secretTexts(given, samples);
            expect(hidden).to.have.length.above(5);
            const told = resources.flatMap((resource) =>
                hidden
                    .filter((text) => JSON.stringify(resource).includes(text))
                    .map((text) => `${text} in ${JSON.stringify(resource)}`),
            );
            expect(told.join("\n")).to.equal("");
        });

        it("as a program makes it that has the component's class", async () => {
            const file = path.join(workspace.emptyFolder(), "schema.json");
            fs.writeFileSync(file, JSON.stringify(schema));
            const script = path.join(ROOT, "test/support/engine/directComponents.ts");
            const direct = execFileSync(process.execPath, ["--import=tsx", script, file, PROJECT, name], {
                cwd: ROOT,
                encoding: "utf8",
                maxBuffer: 2 ** 28,
            });
            expect(
                differences(
                    withoutLater(await resourcesOf(stack)).map(withSetsSorted),
                    (JSON.parse(direct) as ComparedResource[]).map(asRegistered).map(withSetsSorted),
                ).join("\n"),
            ).to.equal("");
        });

        it("with nothing to change afterwards", async () => {
            const outcome = await outcomeOf((onEvent) => stack.preview({ onEvent }));
            expect(complaints(outcome)).to.equal("");
            expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
        });
    });

    it("refuses wrong arguments with one error that lists them, and makes nothing", async () => {
        const stack = await workspace.program(
            "wrong",
            () =>
                new RemoteComponent(schema, "Vpc3Tier", "shop", {
                    region: "Frankfurt",
                    accountId: "42",
                    cidrBlock: "10.0.0.0/30",
                    availabilityZones: ["eu-central-1a"],
                    natGateway: "Single",
                }),
            { packages: { [schema.name]: folder } },
        );
        const outcome = await outcomeOf((onEvent) => stack.up({ onEvent }));
        const [first = "", ...others] = outcome.errors.filter(
            // The program may still learn from the engine that it has stopped.
            (error) => error.includes("Vpc3Tier") && !error.includes("resource monitor shut down"),
        );
        expect(others, complaints(outcome)).to.deep.equal([]);
        for (const argument of ["region", "accountId", "cidrBlock", "availabilityZones", "natGateway"]) {
            expect(first).to.match(new RegExp(`\\b${argument}\\b`));
        }
        const made = (await resourcesOf(stack)).filter(
            ({ urn }) => !/pulumi:(?:pulumi:Stack|providers)/.test(urn),
        );
        expect(made).to.deep.equal([]);
    });

    const shown: [string, string, Record<string, string>, string[]][] = [
        [
            "the page about installing it",
            "docs/install.md",
            { originHeaderValue: "0123456789abcdef".repeat(4) },
            ["meridian:index:WebTier", "aws:ec2/launchTemplate:LaunchTemplate"],
        ],
        [
            "the page about REST APIs",
            "docs/components/restApi.md",
            {},
            [
                "meridian:index:KeyValueTable",
                "meridian:index:CacheCluster",
                "meridian:index:RestApi",
                "aws:apigateway/methodSettings:MethodSettings",
            ],
        ],
    ];
    for (const [what, page, secrets, made] of shown) {
        it(`serves the program in YAML that ${what} shows`, async () => {
            const [block] = documentedBlocks("yaml").filter((each) => each.page === page);
            const project = parse(block?.text ?? "") as { packages: Record<string, string> };
            expect(project.packages).to.deep.equal({ [schema.name]: "../meridian" });
            const workDir = workspace.writeProject({ ...project, packages: { [schema.name]: folder } });
            const stack = await workspace.deployed("dev", workDir);
            for (const [key, value] of Object.entries(secrets)) {
                await stack.setConfig(key, { value, secret: true });
            }
            const outcome = await outcomeOf((onEvent) => stack.preview({ onEvent }));
            expect(complaints(outcome)).to.equal("");
            const types = [...outcome.steps.keys()].map((urn) => urn.split("::")[2]?.split("$").at(-1));
            expect(types).to.include.members(made);
        });
    }
});

/** The engine leaves out of a schema what its own form of it has not, and what is empty. */
function inEnginesForm(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(inEnginesForm);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const isEmpty = (inner: unknown): boolean =>
        typeof inner === "object" && inner !== null && Object.keys(inner).length === 0;
    return Object.fromEntries(
        Object.entries(value)
            .filter(([key, inner]) => key !== "optional" && !isEmpty(inner))
            .map(([key, inner]) => [key, inEnginesForm(inner)]),
    );
}

async function resourcesOf(stack: Stack): Promise<readonly ComparedResource[]> {
    const { resources = [] } = (await stack.exportStack()).deployment as {
        resources?: readonly ComparedResource[];
    };
    return resources;
}

/** Which outputs a running program knows, by component. */
async function knownOf(outputs: Outputs): Promise<Record<string, string[]>> {
    const known: Record<string, string[]> = {};
    for (const [name, all] of Object.entries(outputs)) {
        const names: string[] = [];
        for (const [output, value] of Object.entries(all)) {
            // The SDK tells whether an output is known, but not to a program's types.
            const { isKnown } = pulumi.output(value) as unknown as { readonly isKnown: Promise<boolean> };
            if (await isKnown) {
                names.push(output);
            }
        }
        known[name] = names;
    }
    return known;
}

/** The resources without what only makes arguments unknown, and without what depends on it. */
function withoutLater(resources: readonly ComparedResource[]): ComparedResource[] {
    const others = (urns: readonly string[] | null = []): string[] =>
        (urns ?? []).filter((urn) => !urn.includes(`::${LATER}::`));
    return resources
        .filter(({ type }) => type !== LATER)
        .map((resource) => ({
            ...resource,
            dependencies: others(resource.dependencies),
            propertyDependencies: Object.fromEntries(
                Object.entries(resource.propertyDependencies ?? {}).map(([key, urns]) => [key, others(urns)]),
            ),
        }));
}

/** On the wire a map has no order, and so the tags have none that an Auto Scaling group takes one by one, as a set. */
function withSetsSorted(resource: ComparedResource): ComparedResource {
    const { type, inputs = {} } = resource;
    const { tags } = inputs;
    return type === "aws:autoscaling/group:Group" && Array.isArray(tags)
        ? { ...resource, inputs: { ...inputs, tags: tags.map((tag) => JSON.stringify(tag)).sort() } }
        : resource;
}

/**
 * What AWS gives out of what it was given, in a place of its own, where the engine does not know it for a secret: ACM's
 * records that prove a certificate's names, which are in public DNS; a table's replicas with their keys' ARNs; and of a
 * subscription its ARN, which begins with the topic's.
 */
const REPEATED: Readonly<Record<string, readonly string[]>> = {
    domainValidationOptions: ["aws:acm/certificate:Certificate"],
    replicas: ["aws:dynamodb/table:Table"],
    arn: ["aws:sns/topicSubscription:TopicSubscription"],
    id: ["aws:sns/topicSubscription:TopicSubscription"],
};

/** What is left of a resource when all that is marked as secret is gone. */
function withoutSecrets(resource: ComparedResource): unknown {
    const strip = (value: unknown): unknown => {
        if (Array.isArray(value)) {
            return value.map(strip);
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        return (value as Record<string, unknown>)[SIGNATURE] === SECRET
            ? undefined
            : Object.fromEntries(
                  Object.entries(value)
                      .filter(([key]) => REPEATED[key]?.includes(resource.type) !== true)
                      .map(([key, inner]) => [key, strip(inner)]),
              );
    };
    return strip(resource);
}

/** Texts that were given as secrets, and by nobody in the clear. */
function secretTexts(given: readonly GivenValue[], samples: readonly MixedSample[]): string[] {
    const textsOf = (value: unknown): string[] =>
        typeof value === "string"
            ? [value]
            : typeof value === "object" && value !== null
              ? Object.values(value).flatMap(textsOf)
              : [];
    const secret = given.filter(({ way }) => way === "secret").flatMap(({ value }) => textsOf(value));
    const open = JSON.stringify([
        given.filter(({ way }) => way !== "secret").map(({ value }) => value),
        samples.map(({ sample }) => sample.region),
    ]);
    return [...new Set(secret)].filter(
        (text) => text.length >= 8 && !open.includes(text) && text !== FAILOVER_NAME,
    );
}
