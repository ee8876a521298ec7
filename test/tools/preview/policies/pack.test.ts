import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as path from "node:path";
import { PolicyConfigError, PackError } from "../../../../tools/preview/policies/errors";
import { type PolicyFinding } from "../../../../tools/preview/policies/findings";
import { Pack } from "../../../../tools/preview/policies/pack";
import { PackProcess } from "../../../../tools/preview/policies/packProcess";
import { secret, UNKNOWN } from "../../../../tools/preview/values";
import {
    analyze,
    FIXTURE_PACK,
    OPTIONS,
    PROVIDER,
    resource,
    ROOT,
    stackOf,
    thing,
} from "../../../support/policies/packProcesses";

const config = (policies: Readonly<Record<string, unknown>>) => ({ file: "pack.json", policies });

/** A pack that says this about its policies, finds nothing, and remembers what it was asked about. */
function recordingPack(
    policies: readonly (readonly [name: string, tags: readonly string[]])[],
    asEngine?: boolean,
): {
    pack: Pack;
    asked: string[];
    /** The methods that were called, and of a configuration the policies that it enables. */
    called: string[];
} {
    const info = new analyzer.AnalyzerInfo();
    info.setPoliciesList(
        policies.map(([name, tags]) => {
            const policy = new analyzer.PolicyInfo();
            policy.setName(name);
            policy.setTagsList([...tags]);
            policy.setEnforcementlevel(analyzer.EnforcementLevel.MANDATORY);
            policy.setPolicyType(analyzer.PolicyType.POLICY_TYPE_RESOURCE);
            const schema = new analyzer.PolicyConfigSchema();
            schema.setProperties(
                Struct.fromJavaScript({ types: { type: "array", default: ["test:index:Box"] } }),
            );
            policy.setConfigschema(schema);
            return policy;
        }),
    );
    const asked: string[] = [];
    const answers: Readonly<Record<string, (message: Uint8Array) => Uint8Array>> = {
        GetAnalyzerInfo: () => info.serializeBinary(),
        Analyze: (message) => {
            asked.push(analyzer.AnalyzeRequest.deserializeBinary(message).getName());
            return new analyzer.AnalyzeResponse().serializeBinary();
        },
        AnalyzeStack: () => new analyzer.AnalyzeResponse().serializeBinary(),
    };
    const called: string[] = [];
    const process = {
        call: (method: string, message: Uint8Array) => {
            called.push(method === "Configure" ? `Configure ${enabledBy(message)}` : method);
            return Promise.resolve(answers[method]?.(message) ?? new Uint8Array());
        },
    };
    return { pack: new Pack(process as unknown as PackProcess, asEngine), asked, called };
}

/** The policies that a configuration enables, with the rules that it has them run. */
function enabledBy(message: Uint8Array): string {
    const policies = analyzer.ConfigureAnalyzerRequest.deserializeBinary(message).getPolicyconfigMap();
    return [...policies.entries()]
        .filter(([, policy]) => policy.getEnforcementlevel() !== analyzer.EnforcementLevel.DISABLED)
        .map(([name, policy]) => {
            const rules = policy.getProperties()?.toJavaScript()["rules"];
            return rules === undefined ? name : `${name}(${Object.keys(rules as object).join()})`;
        })
        .join(" ");
}

describe("a policy pack that can run its rules together", () => {
    const rules = [
        ["settings", []],
        ["a", ["applies-to:test:index:Thing"]],
        ["b", ["applies-to:test:index:Box"]],
        ["off", []],
        ["run-resources", ["runs-rules:resource"]],
        ["run-stacks", ["runs-rules:stack"]],
    ] as const;
    const stack = stackOf([thing("one"), thing("two")]);
    const given = config({ off: "disabled" });

    it("is asked about all resources at once, and about the stack, by the rules that speak of it", async () => {
        const { called, pack } = recordingPack(rules);
        await analyze(pack, stack, given);
        const judgement = [
            "Configure run-resources(a)",
            "AnalyzeStack",
            "Configure run-stacks()",
            "AnalyzeStack",
        ];
        expect(called).to.deep.equal(["GetAnalyzerInfo", "ConfigureStack", ...judgement, ...judgement]);
    });

    it("mends as others do", async () => {
        const { called, pack } = recordingPack(rules);
        await analyze(pack, stack, config({ ...given.policies, a: "remediate" }));
        const mending = ["Configure a settings", "ConfigureStack", ...stack.resources.map(() => "Remediate")];
        expect(called.slice(1, 2 + mending.length)).to.deep.equal([...mending, "Configure run-resources(a)"]);
    });

    it("is asked policy by policy where it is to be asked as an engine asks", async () => {
        const { asked, called, pack } = recordingPack(rules, true);
        await analyze(pack, stack, given);
        expect(called.slice(0, 3)).to.deep.equal([
            "GetAnalyzerInfo",
            "Configure a settings",
            "ConfigureStack",
        ]);
        expect(asked).to.deep.equal(["here", "owner", "one", "two"]);
    });

    it("takes no configuration of what runs them", async () => {
        const { pack } = recordingPack(rules);
        expect((await pack.info()).policies.map(({ name }) => name)).to.deep.equal([
            "settings",
            "a",
            "b",
            "off",
        ]);
        const error: unknown = await pack
            .check(config({ "run-stacks": "mandatory" }))
            .catch((reason: unknown) => reason);
        expect((error as Error).message).to.contain("run-stacks is not known");
    });
});

describe("what a policy pack is asked about", () => {
    const [things, boxes] = ["applies-to:test:index:Thing", "applies-to-configured:types"];
    const ignored = "applies-to-option:ignoreChanges";
    const stack = stackOf([
        thing("plain"),
        thing("lax", {}, { options: { ...OPTIONS, ignoreChanges: ["size"] } }),
        resource("test:index:Box", "box", {}),
        resource("test:index:Lid", "lid", {}),
    ]);

    async function askedAbout(
        policies: Parameters<typeof recordingPack>[0],
        given?: Readonly<Record<string, unknown>>,
    ): Promise<string[]> {
        const { asked, pack } = recordingPack(policies);
        await analyze(pack, stack, given === undefined ? undefined : config(given));
        return asked.filter((name) => ["plain", "lax", "box", "lid"].includes(name));
    }

    it("is everything, where a policy does not say what it speaks of", async () => {
        expect(await askedAbout([["any", []]])).to.deep.equal(["plain", "lax", "box", "lid"]);
    });

    it("is what one of its policies speaks of: types, configured types, ignored changes", async () => {
        expect(await askedAbout([["a", [things]]])).to.deep.equal(["plain", "lax"]);
        expect(await askedAbout([["a", [boxes]]])).to.deep.equal(["box"]);
        expect(await askedAbout([["a", [boxes]]], { a: { types: ["test:index:Lid"] } })).to.deep.equal([
            "lid",
        ]);
        expect(await askedAbout([["a", [ignored]]])).to.deep.equal(["lax"]);
        expect(await askedAbout([["a", [ignored, boxes]]])).to.deep.equal([]);
        expect(
            await askedAbout([
                ["a", [ignored]],
                ["b", [boxes]],
            ]),
        ).to.deep.equal(["lax", "box"]);
    });

    it("is nothing for a policy that is disabled", async () => {
        expect(await askedAbout([["a", []]], { a: "disabled" })).to.deep.equal([]);
    });
});

function told(findings: readonly PolicyFinding[]): string[] {
    return findings.map(({ status, rule, level, urn, message }) =>
        [status, level, rule, urn?.split("::").at(-1) ?? "the stack", message].join(" | "),
    );
}

for (const faithful of [false, true]) {
    describe(`a policy pack in its own process, ${faithful ? "started as Pulumi starts it" : "started quickly"}`, () => {
        let output = "";
        let process: PackProcess;
        let pack: Pack;

        before(() => {
            process = new PackProcess(FIXTURE_PACK, {
                project: "shop",
                faithful,
                onOutput: (text) => (output += text),
            });
            pack = new Pack(process);
        });

        after(async () => {
            await process.close();
        });

        it("says what it is, and what its policies are", async () => {
            const { name, version, policies } = await pack.info();
            expect({ name, version }).to.deep.equal({ name: "fixture-pack", version: "1.2.3" });
            expect(policies[0]).to.deep.equal({
                name: "thing-size",
                kind: "resource",
                configuredTypes: false,
                ignoredChangesOnly: false,
                description: "Things are small.",
                level: "mandatory",
                severity: "high",
                fix: "Make the thing smaller.",
                tags: ["security-hub:T.1"],
                properties: { most: { type: "integer", minimum: 1, default: 10, description: "The most." } },
                required: [],
            });
            expect(policies.map(({ kind, level }) => `${kind} ${level}`)).to.deep.equal([
                "resource mandatory",
                "resource advisory",
                "resource advisory",
                "stack mandatory",
                "resource disabled",
            ]);
        });

        it("finds nothing in a good stack", async () => {
            expect(await analyze(pack, stackOf([thing("good")]), undefined)).to.deep.equal([]);
        });

        it("gets inputs with unknown values and secrets in clear, outputs, options, relations and the provider", async () => {
            const things = [
                thing("large", { size: 11 }),
                thing("unknown", { size: UNKNOWN }),
                thing("weak", { password: secret("swordfish") }),
                thing(
                    "lone",
                    {},
                    {
                        propertyDependencies: {},
                        outputs: { label: "made" },
                        options: {
                            protect: true,
                            ignoreChanges: [],
                            additionalSecretOutputs: [],
                            aliases: [],
                        },
                    },
                ),
            ];
            const findings = await analyze(pack, stackOf(things), undefined);
            expect(told(findings)).to.have.members([
                "violation | mandatory | thing-size | large | has the size 11, and 10 is the most.",
                "undecided | mandatory | thing-size | unknown | string value at .size can't be known during preview",
                "violation | advisory | thing-secret | weak | of eu-central-1 has a bad password.",
                "violation | mandatory | thing-relations | lone | has no owner, protect true, id made.",
                "violation | mandatory | thing-relations | the stack | The stack is too large.",
            ]);
            const [size] = findings.filter(
                ({ rule, status }) => rule === "thing-size" && status === "violation",
            );
            expect(size).to.deep.include({
                pack: "fixture-pack",
                severity: "high",
                stack: "dev",
                description: "Things are small.",
                fix: "Make the thing smaller.",
                frameworks: ["security-hub:T.1"],
            });
        });

        it("does as its configuration says, and forgets it for the next", async () => {
            const stack = stackOf([thing("large", { size: 11, tags: undefined })]);
            const relaxed = config({
                all: "advisory",
                "thing-size": { most: 20 },
                "thing-tags": "mandatory",
                "thing-broken": "disabled",
            });
            expect(told(await analyze(pack, stack, relaxed))).to.deep.equal([
                "violation | mandatory | thing-tags | large | has no tags.",
            ]);
            expect(told(await analyze(pack, stack, undefined))).to.deep.equal([
                "violation | mandatory | thing-size | large | has the size 11, and 10 is the most.",
                "violation | advisory | thing-tags | large | has no tags.",
            ]);
            expect(await analyze(pack, stack, config({ all: "disabled" }))).to.deep.equal([]);
        });

        it("mends resources where the configuration says so", async () => {
            // The fixture's copy of the properties loses that the password is a secret, which shows.
            const stack = stackOf([thing("bare", { tags: undefined, owner: "x" })]);
            expect(told(await analyze(pack, stack, config({ "thing-tags": "remediate" })))).to.deep.equal([
                "remediated | mandatory | thing-tags | bare | changed tags, password.",
            ]);
        });

        it("is asked about what is only read as part of the stack alone", async () => {
            const read = thing("read", { size: 99 }, { registered: false, propertyDependencies: {} });
            expect(told(await analyze(pack, stackOf([read]), undefined))).to.deep.equal([
                "violation | mandatory | thing-relations | read | has no owner, protect false, id fine.",
            ]);
        });

        it("judges no stack as a whole whose program failed", async () => {
            const lone = thing("lone", { size: 11 }, { propertyDependencies: {} });
            expect(told(await analyze(pack, stackOf([lone], false), undefined))).to.deep.equal([
                "violation | mandatory | thing-size | lone | has the size 11, and 10 is the most.",
            ]);
        });

        it("refuses a configuration that is wrong", async () => {
            const wrong = config({ "thing-sise": "mandatory" });
            const error = await pack.check(wrong).then(
                () => undefined,
                (reason: unknown) => reason,
            );
            expect(error).to.be.instanceOf(PolicyConfigError);
        });

        it("passes on what a pack prints", () => {
            expect(output).to.contain("judging 3 resources of urn:pulumi:dev\n");
        });

        it("reports a policy that fails, with what it says", async () => {
            const error: unknown = await analyze(
                pack,
                stackOf([thing("any")]),
                config({ "thing-broken": "mandatory" }),
            ).catch((reason: unknown) => reason);
            expect(error).to.be.instanceOf(PackError);
            expect((error as Error).message).to.match(
                /^policy pack .*fixture-pack: .*policy 'thing-broken' from policy pack 'fixture-pack@v1\.2\.3'.*the mistake/s,
            );
        });

        it("takes large stacks", async () => {
            const many = Array.from({ length: 300 }, (_, index) =>
                thing(`thing-${index}`, { text: "x".repeat(20_000), size: index === 299 ? 11 : 1 }),
            );
            const findings = await analyze(pack, stackOf(many), undefined);
            expect(told(findings)).to.have.members([
                "violation | mandatory | thing-size | thing-299 | has the size 11, and 10 is the most.",
                "violation | mandatory | thing-relations | the stack | The stack is too large.",
            ]);
        });

        it("leaves unknown properties of a provider to the policies that read them", async () => {
            const provider = resource("pulumi:providers:test", "there", { region: UNKNOWN });
            const stack = stackOf([
                provider,
                thing("weak", { password: secret("swordfish") }, { provider: provider.urn }),
            ]);
            expect(told(await analyze(pack, stack, undefined))).to.deep.equal([
                "undecided | advisory | thing-secret | weak | string value at .region can't be known during preview",
            ]);
            expect(stack.find(PROVIDER.urn)).to.equal(PROVIDER);
        });
    });
}

describe("a policy pack of the project, started quickly", () => {
    it("mends resources, and leaves those alone of which its rules do not speak", async () => {
        const process = new PackProcess(path.join(ROOT, "policies", "security-baseline"), {
            project: "shop",
        });
        try {
            const stack = stackOf([
                resource("aws:lb/loadBalancer:LoadBalancer", "front", { loadBalancerType: "application" }),
            ]);
            const mending = config({ all: "disabled", "elb-invalid-headers": "remediate" });
            expect(told(await analyze(new Pack(process), stack, mending))).to.deep.equal([
                "remediated | mandatory | elb-invalid-headers | front | changed dropInvalidHeaderFields.",
            ]);
        } finally {
            await process.close();
        }
    });
});
