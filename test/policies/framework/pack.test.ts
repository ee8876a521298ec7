import { expect } from "chai";
import {
    resourceRule,
    stackRule,
    type StackView,
    tagsOf,
    text,
    type Rule,
} from "../../../policies/framework";
import { UNKNOWN } from "../../../tools/preview/values";
import { serve } from "./servedRules";
import { resource } from "../../support/policies/packProcesses";

const BUCKET = "aws:s3/bucket:Bucket";
const QUEUE = "aws:sqs/queue:Queue";
const LOCK = "aws:s3/lock:Lock";

const namedRule = resourceRule<{ readonly prefix: string }>({
    id: "s3-named",
    severity: "low",
    description: "Buckets are named.",
    fix: "Name it.",
    frameworks: { controls: ["1"], securityHub: ["S3.1"], cisV5: ["2.1"] },
    types: [BUCKET],
    config: { prefix: { type: "string", default: "shop-", description: "How names begin." } },
    check: ({ props }, report, { prefix }) => {
        if (text(props.kind) === "temporary") {
            report("is temporary.");
        }
        if (text(props.bucket)?.startsWith(prefix) !== true) {
            report(`has the name ${text(props.bucket) ?? "of nobody"}.`);
        }
    },
    remediate: ({ props }, { prefix }) => ({ ...props, bucket: `${prefix}mended` }),
});

// A list of rules takes rules with any configuration.
const named = namedRule as unknown as Rule;

const both = resourceRule({
    id: "any-owner",
    severity: "low",
    level: "advisory",
    description: "Things have an owner.",
    fix: "Tag it.",
    frameworks: { controls: ["2"], cisV5: ["9.9"] },
    types: [BUCKET, QUEUE],
    check: ({ props }, report) => {
        if (props.owner === undefined) {
            report("has no owner.");
        }
    },
});

const locked = stackRule({
    id: "s3-locked",
    severity: "high",
    description: "Buckets are locked.",
    fix: "Add a lock.",
    frameworks: { controls: ["3"] },
    types: [BUCKET, QUEUE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(BUCKET), (bucket) => {
            const locks = stack.referrersOf(bucket, LOCK, "bucket");
            if (!locks.some((lock) => text(lock.props.mode) === "on")) {
                report(locks.length === 0 ? "has no lock." : "has an open lock.", bucket);
            }
        });
        if (stack.ofType(QUEUE).length > 1) {
            report("There are too many queues.");
        }
    },
});

const bucket = (name: string, inputs: Readonly<Record<string, unknown>> = {}) =>
    resource(BUCKET, name, { bucket: "shop-fine", owner: "me", ...inputs });
const lockOf = (name: string, mode: string) =>
    resource(
        LOCK,
        `${name}-lock`,
        { bucket: UNKNOWN, mode },
        { propertyDependencies: { bucket: [bucket(name).urn] } },
    );
const fine = [bucket("fine"), lockOf("fine", "on")];

describe("a policy pack of rules", () => {
    it("says nothing about what is fine", async () => {
        expect(await serve([named, both, locked]).judge(fine)).to.deep.equal([]);
    });

    it("reports what is wrong, the fix with it", async () => {
        const said = await serve([named, both, locked]).judge([
            bucket("odd", { bucket: "odd", owner: undefined }),
            resource(QUEUE, "one", { owner: "me" }),
            resource(QUEUE, "two", { owner: "me" }),
            resource("aws:ec2/vpc:Vpc", "other"),
        ]);
        expect(said).to.deep.equal([
            "mandatory s3-named odd: has the name odd.\nFix: Name it.",
            "advisory any-owner odd: has no owner.\nFix: Tag it.",
            "mandatory s3-locked odd: has no lock.\nFix: Add a lock.",
            "mandatory s3-locked : There are too many queues.\nFix: Add a lock.",
        ]);
    });

    it("takes its configuration, with the defaults for the rest", async () => {
        const odd = [bucket("odd", { bucket: "odd" }), lockOf("odd", "on")];
        expect(await serve([named], { "s3-named": { prefix: "o" } }).judge(odd)).to.deep.equal([]);
        expect(await serve([named], { "s3-named": { unknowns: "fail-closed" } }).judge(odd)).to.have.length(
            1,
        );
    });

    describe("with unknown values", () => {
        const unknown = bucket("unknown", { kind: "temporary", bucket: UNKNOWN });

        it("reports what is known, and is undecided about the rest", async () => {
            expect(await serve([named]).judge([unknown])).to.deep.equal([
                "mandatory s3-named unknown: is temporary.\nFix: Name it.",
                "advisory s3-named unknown: can't run policy 's3-named' from policy pack 'pack@v1.0.0' during preview: string value at .bucket can't be known during preview",
            ]);
        });

        it("takes them for violations where the configuration says so, for a rule or for all", async () => {
            const failing =
                "mandatory s3-named unknown: cannot be judged, because string value at .bucket can't be known during preview.\nFix: Name it.";
            const settings = { unknowns: "fail-closed" };
            expect(await serve([named], { "s3-named": settings }).judge([unknown])).to.include(failing);
            expect(await serve([named], { settings }).judge([unknown])).to.include(failing);
            expect(
                await serve([named], { settings, "s3-named": { unknowns: "advisory" } }).judge([unknown]),
            ).not.to.include(failing);
        });

        it("judges every other resource of a stack, and names all that it could not judge", async () => {
            const stack = [
                ...fine,
                bucket("open"),
                lockOf("open", "off"),
                bucket("dim"),
                lockOf("dim", UNKNOWN),
                bucket("dark"),
                lockOf("dark", UNKNOWN),
            ];
            const reason = (name: string): string =>
                `string value at .mode can't be known during preview (${bucket(name).urn})`;
            expect(await serve([locked]).judge(stack)).to.deep.equal([
                "mandatory s3-locked open: has an open lock.\nFix: Add a lock.",
                `advisory s3-locked : can't run policy 's3-locked' from policy pack 'pack@v1.0.0' during preview: ${reason("dark")}\n${reason("dim")}`,
            ]);
            expect(
                (await serve([locked], { "s3-locked": { unknowns: "fail-closed" } }).judge(stack)).slice(1),
            ).to.deep.equal(
                ["dark", "dim"].map(
                    (name) =>
                        `mandatory s3-locked ${name}: cannot be judged, because string value at .mode can't be known during preview.\nFix: Add a lock.`,
                ),
            );
        });

        it("is undecided about a stack whose rule reads one beyond any resource", async () => {
            const reckless = stackRule({
                ...locked,
                id: "s3-reckless",
                checkStack: (stack, report) => {
                    report("was begun.");
                    stack.ofType(BUCKET).forEach(({ props }) => text(props.bucket));
                },
            });
            const stack = [bucket("unknown", { bucket: UNKNOWN })];
            expect(await serve([reckless]).judge(stack)).to.deep.equal([
                "mandatory s3-reckless : was begun.\nFix: Add a lock.",
                "advisory s3-reckless : can't run policy 's3-reckless' from policy pack 'pack@v1.0.0' during preview: string value at .bucket can't be known during preview",
            ]);
            expect(
                (await serve([reckless], { "s3-reckless": { unknowns: "fail-closed" } }).judge(stack))[1],
            ).to.equal(
                "mandatory s3-reckless : cannot be judged, because string value at .bucket can't be known during preview.\nFix: Add a lock.",
            );
        });
    });

    it("says nothing about a resource of which no rule speaks", async () => {
        const served = serve([named, both, locked]);
        expect(await served.inapplicable(resource("aws:ec2/vpc:Vpc", "other"))).to.deep.equal([]);
        expect(await served.inapplicable(bucket("fine"))).to.deep.equal([]);
    });

    it("works out once for all stack rules how a stack's resources relate, and for each stack anew", async () => {
        const made: number[] = [];
        const count = (stack: StackView): number => made.push(stack.resources.length);
        const counting = (id: string): Rule =>
            stackRule({
                ...locked,
                id,
                checkStack: (stack) => {
                    stack.once(count);
                },
            });
        const served = serve([counting("s3-first"), locked, counting("s3-second")]);
        // A stack is judged twice, as an engine has it judged and with the rules run together.
        await served.judge(fine);
        expect(made).to.deep.equal([3, 3]);
        await served.judge([...fine, bucket("second")]);
        expect(made).to.deep.equal([3, 3, 4, 4]);
        await served.judge(fine);
        expect(made).to.deep.equal([3, 3, 4, 4, 3, 3]);
    });

    it("tells each stack rule alike of an unknown value that several of them meet", async () => {
        const read = (stack: StackView): unknown => stack.ofType(BUCKET)[0]?.props.bucket;
        const reading = (id: string): Rule =>
            stackRule({
                ...locked,
                id,
                checkStack: (stack) => {
                    stack.each(stack.ofType(BUCKET), () => stack.once(read));
                },
            });
        const unknown = bucket("unknown", { bucket: UNKNOWN });
        const said = await serve([reading("s3-first"), reading("s3-second")]).judge([unknown]);
        const reason = `string value at .bucket can't be known during preview (${unknown.urn})`;
        expect(said).to.deep.equal(
            ["s3-first", "s3-second"].map(
                (id) =>
                    `advisory ${id} : can't run policy '${id}' from policy pack 'pack@v1.0.0' during preview: ${reason}`,
            ),
        );
    });

    it("judges an option only where it is given", async () => {
        const lax = resourceRule({
            ...both,
            id: "lax",
            types: [BUCKET],
            option: "ignoreChanges",
            check: ({ opts }, report) => {
                report(`ignores ${opts.ignoreChanges.join()}.`);
            },
        });
        const options = {
            protect: false,
            ignoreChanges: ["policy"],
            additionalSecretOutputs: [],
            aliases: [],
        };
        const stack = [bucket("strict"), resource(BUCKET, "lax", {}, { options })];
        expect(await serve([lax]).judge(stack)).to.deep.equal([
            "advisory lax lax: ignores policy.\nFix: Tag it.",
        ]);
        expect(serve([lax]).policies[1]?.tags).to.include("applies-to-option:ignoreChanges");
    });

    it("judges the types that its configuration names", async () => {
        const kept = resourceRule<{ readonly types: readonly string[] }>({
            id: "kept",
            severity: "low",
            description: "Things are kept.",
            fix: "Keep it.",
            frameworks: { controls: ["4"] },
            config: {
                types: { type: "array", items: { type: "string" }, default: [BUCKET], description: "Which." },
            },
            configuredTypes: true,
            check: (_resource, report) => {
                report("is not kept.");
            },
        }) as unknown as Rule;
        const stack = [bucket("a"), resource(QUEUE, "b")];
        const found = "is not kept.\nFix: Keep it.";
        expect(await serve([kept]).judge(stack)).to.deep.equal([`mandatory kept a: ${found}`]);
        expect(await serve([kept], { kept: { types: [QUEUE] } }).judge(stack)).to.deep.equal([
            `mandatory kept b: ${found}`,
        ]);
        expect(serve([kept]).policies[1]?.tags).to.include("applies-to-configured:types");
    });

    it("does not hide a mistake in a rule", async () => {
        const broken = resourceRule({
            ...both,
            id: "broken",
            check: () => {
                throw new Error("a mistake");
            },
        });
        const served = serve([broken]);
        const failure = async (judging: Promise<unknown>): Promise<string> =>
            String(await judging.catch((reason: unknown) => reason));
        expect(await failure(served.judge(fine))).to.contain("a mistake");
        expect(await failure(served.judgeTogether(fine))).to.contain("the rule broken fails: a mistake");
    });

    it("runs no rules together unless it is told which", async () => {
        const odd = [bucket("odd", { bucket: "odd", owner: undefined })];
        const told = (rules: unknown) => serve([named, both, locked], {}, { rules }).judgeTogether(odd);
        expect(await told(undefined)).to.deep.equal([]);
        expect(await told({ "any-owner": {} })).to.deep.equal([
            "advisory any-owner odd: has no owner.\nFix: Tag it.",
        ]);
        expect(await told({ "s3-locked": {} })).to.deep.equal([
            "mandatory s3-locked odd: has no lock.\nFix: Add a lock.",
        ]);
        const runners = serve([named, locked]).policies.filter(({ name }) =>
            /^(?:resource|stack)-rules$/.test(name),
        );
        expect(runners.map(({ enforcementLevel }) => enforcementLevel)).to.deep.equal([
            "disabled",
            "disabled",
        ]);
    });

    it("unpacks a stack once for all rules that are run together", async () => {
        const seen = new Set<unknown>();
        const seeing = (id: string): Rule =>
            stackRule({
                ...locked,
                id,
                checkStack: (stack) => {
                    stack.resources.forEach((each) => seen.add(each));
                },
            });
        await serve([seeing("s3-first"), seeing("s3-second")]).judgeTogether(fine);
        expect(seen).to.have.property("size", fine.length + 1);
    });

    it("tells the engine all about a rule", () => {
        const [, policy] = serve([named, locked]).policies;
        expect(policy).to.deep.include({
            name: "s3-named",
            description: "Buckets are named.",
            enforcementLevel: "mandatory",
            severity: "low",
            remediationSteps: "Name it.",
            tags: ["control:1", "security-hub:S3.1", "cis-aws-5.0.0:2.1", `applies-to:${BUCKET}`],
            framework: {
                name: "AWS Foundational Security Best Practices",
                version: "1.0.0",
                reference: "S3.1",
                specification: "Buckets are named.",
            },
        });
        expect(policy?.configSchema?.properties).to.have.all.keys("unknowns", "prefix");
        expect(serve([both]).policies[1]?.framework?.name).to.equal("CIS AWS Foundations Benchmark");
        expect(serve([locked]).policies[1]?.framework).to.equal(undefined);
        expect(
            tagsOf({ frameworks: { controls: ["P1"], cisV3: ["1.2"], checkov: ["CKV_AWS_1"] } }),
        ).to.deep.equal(["control:P1", "cis-aws-3.0.0:1.2", "checkov:CKV_AWS_1"]);
    });

    it("offers remediations to resources of its types alone", async () => {
        const [, policy] = serve([named]).policies;
        expect(policy).to.have.property("remediateResource");
        expect(serve([both]).policies[1]).not.to.have.property("remediateResource");
        expect(await serve([named]).judge([bucket("odd", { bucket: "odd" })])).to.have.length(1);
    });
});
