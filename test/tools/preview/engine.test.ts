import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { expect } from "chai";
import { runProgram } from "../../../tools/preview/engine";
import { countOps, planTree } from "../../../tools/preview/render/plan";
import { nameOf } from "../../../tools/preview/urn";
import { childrenOf, ofType, one, previewProgram, testProvider } from "../../support/preview";

const BUCKET = "aws:s3/bucket:Bucket";

/** A component with one bucket. */
class Store extends pulumi.ComponentResource {
    readonly bucketName: pulumi.Output<string>;

    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("meridian:index:Store", name, {}, opts);
        const bucket = new aws.s3.Bucket(`${name}-bucket`, {}, { parent: this });
        this.bucketName = bucket.bucket;
        this.registerOutputs({ bucketName: this.bucketName });
    }
}

describe("the offline engine", () => {
    describe("registers resources", () => {
        it("under URNs with all their parents' types, the stack's left out", async () => {
            const preview = await previewProgram(
                () => {
                    const outer = new pulumi.ComponentResource(
                        "meridian:index:Outer",
                        "outer",
                        {},
                        {
                            providers: [testProvider()],
                        },
                    );
                    const inner = new pulumi.ComponentResource(
                        "meridian:index:Inner",
                        "inner",
                        {},
                        { parent: outer },
                    );
                    const bucket = new aws.s3.Bucket("files", {}, { parent: inner });
                    new aws.s3.BucketVersioning(
                        "versions",
                        { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
                        { parent: bucket },
                    );
                },
                { stack: "dev", project: "shop" },
            );
            const prefix = "urn:pulumi:dev::shop::";
            expect(preview.resources.map((resource) => [resource.urn, resource.parent])).to.deep.equal([
                [`${prefix}pulumi:pulumi:Stack::shop-dev`, ""],
                [`${prefix}pulumi:providers:aws::aws`, `${prefix}pulumi:pulumi:Stack::shop-dev`],
                [`${prefix}meridian:index:Outer::outer`, `${prefix}pulumi:pulumi:Stack::shop-dev`],
                [
                    `${prefix}meridian:index:Outer$meridian:index:Inner::inner`,
                    `${prefix}meridian:index:Outer::outer`,
                ],
                [
                    `${prefix}meridian:index:Outer$meridian:index:Inner$${BUCKET}::files`,
                    `${prefix}meridian:index:Outer$meridian:index:Inner::inner`,
                ],
                [
                    `${prefix}meridian:index:Outer$meridian:index:Inner$${BUCKET}$aws:s3/bucketVersioning:BucketVersioning::versions`,
                    `${prefix}meridian:index:Outer$meridian:index:Inner$${BUCKET}::files`,
                ],
            ]);
        });

        it("in the shape of pulumi preview --json", async () => {
            const { preview } = await runProgram(() => {
                new aws.s3.Bucket("files", { tags: { a: "b" } }, { provider: testProvider(), protect: true });
            });
            const urn = `urn:pulumi:test::meridian::${BUCKET}::files`;
            const step: unknown = JSON.parse(JSON.stringify(preview.steps.at(-1)));
            expect(step).to.have.all.keys("op", "urn", "newState");
            expect(step).to.have.nested.property("op", "create");
            expect(step).to.deep.nested.include({
                urn,
                "newState.urn": urn,
                "newState.type": BUCKET,
                "newState.custom": true,
                "newState.parent": "urn:pulumi:test::meridian::pulumi:pulumi:Stack::meridian-test",
                "newState.provider":
                    "urn:pulumi:test::meridian::pulumi:providers:aws::aws::04da6b54-80e4-46f7-96ec-b56ff0331ba9",
                "newState.dependencies": [],
                "newState.propertyDependencies": { tags: [] },
                "newState.protect": true,
                "newState.ignoreChanges": [],
                "newState.inputs": { tags: { a: "b" }, bucket: "files-1f3305e" },
            });
            expect(preview.changeSummary).to.deep.equal({ create: 3 });
        });

        it("once each", async () => {
            const preview = await previewProgram(() => {
                const provider = testProvider();
                new aws.s3.Bucket("files", {}, { provider });
                new aws.s3.Bucket("files", {}, { provider });
            });
            const urn = `urn:pulumi:test::meridian::${BUCKET}::files`;
            expect(preview.error).to.deep.equal({
                message: `Duplicate resource URN '${urn}'; try giving it a unique name`,
                urn,
            });
        });

        it("with the same made-up values in every run", async () => {
            const program = () => {
                const store = new Store("shop", { providers: [testProvider()] });
                return { name: store.bucketName };
            };
            const [first, second] = await Promise.all([runProgram(program), runProgram(program)]);
            expect(JSON.stringify(first.preview)).to.equal(JSON.stringify(second.preview));
            const other = await runProgram(program, { stack: "other" });
            expect(other.plainOutputs["name"]).to.not.equal(first.plainOutputs["name"]);
        });

        it("that are only read, with a known id", async () => {
            const preview = await previewProgram(() => {
                const provider = testProvider();
                const vpc = aws.ec2.Vpc.get("shared", "vpc-0123456789abcdef0", {}, { provider });
                new aws.ec2.Subnet("own", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, { provider });
            });
            const vpc = one(preview, "aws:ec2/vpc:Vpc");
            expect(vpc.state.id).to.equal("vpc-0123456789abcdef0");
            expect(vpc.outputs["arn"]).to.equal(
                "arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0123456789abcdef0",
            );
            const subnet = one(preview, "aws:ec2/subnet:Subnet");
            expect(subnet.state.inputsWithUnknowns()).to.include({ vpcId: "vpc-0123456789abcdef0" });
            expect(subnet.dependencies).to.deep.equal([vpc.urn]);
        });
    });

    describe("gives resources their providers", () => {
        it("from the component above them, however far", async () => {
            const preview = await previewProgram(() => {
                const outer = new pulumi.ComponentResource(
                    "meridian:index:Outer",
                    "outer",
                    {},
                    {
                        providers: { aws: testProvider("us-east-1", "east") },
                    },
                );
                new Store("shop", { parent: outer });
            });
            expect(one(preview, BUCKET).provider).to.match(/::pulumi:providers:aws::east::/);
        });

        it("by default with the stack's configuration", async () => {
            const preview = await previewProgram(() => new Store("shop"), {
                config: { "aws:region": "eu-west-1", "meridian:other": "x" },
            });
            const version = (aws as { version?: string }).version ?? "7.48.0";
            const provider = one(preview, "pulumi:providers:aws");
            expect(provider.name).to.equal(`default_${version.replaceAll(".", "_")}`);
            expect(provider.inputs).to.deep.equal({ region: "eu-west-1", version });
            expect(one(preview, BUCKET).outputs["region"]).to.equal("eu-west-1");
        });

        it("by default without counting it, as the engine does not", async () => {
            const { preview } = await runProgram(() => {
                // Named, and so counted, with the stack and two pets.
                const provider = new random.Provider("own");
                new random.RandomPet("mine", {}, { provider });
                new random.RandomPet("anybody's");
            });
            expect(preview.steps.map(({ urn }) => nameOf(urn).replace(/_[\d_]+$/, ""))).to.have.members([
                "meridian-test",
                "own",
                "mine",
                "default",
                "anybody's",
            ]);
            expect(preview.changeSummary).to.deep.equal({ create: 4 });
            expect(countOps([preview])).to.deep.equal({ create: 4, read: 0 });
            const shown = planTree(preview).flatMap(({ name, children }) => [
                name,
                ...children.map((child) => child.name),
            ]);
            expect(shown).to.have.members(["meridian-test", "own", "mine", "anybody's"]);
        });

        it("never by default where the stack forbids it", async () => {
            const config = { "pulumi:disable-default-providers": '["aws"]', "aws:region": "eu-west-1" };
            const preview = await previewProgram(() => new Store("shop"), { config });
            const urn = `urn:pulumi:test::meridian::meridian:index:Store$${BUCKET}::shop-bucket`;
            expect(preview.error).to.deep.equal({
                message: `Default provider for 'aws' disabled. '${urn}' must use an explicit provider.`,
                urn,
            });
            const call = await previewProgram(async () => ({ zones: await aws.getAvailabilityZones() }), {
                config,
            });
            expect(call.error?.message).to.contain(
                "Default provider for 'aws' disabled. 'aws:index/getAvailabilityZones",
            );
        });

        it("or says that a region is missing", async () => {
            const preview = await previewProgram(() => {
                new aws.sqs.Queue("jobs", {}, { provider: new aws.Provider("nowhere", {}) });
            });
            expect(preview.error?.message).to.match(/^Missing region configuration/);
        });
    });

    describe("keeps resource options", () => {
        it("and hands a component's protection down", async () => {
            const preview = await previewProgram(
                () => new Store("shop", { providers: [testProvider()], protect: true }),
            );
            expect(one(preview, BUCKET).protect).to.equal(true);
        });

        it("such as retention, replacement, time limits and former names", async () => {
            const preview = await previewProgram(() => {
                const provider = testProvider();
                const group = new aws.cloudwatch.LogGroup("logs", {}, { provider });
                new aws.s3.Bucket(
                    "files",
                    {},
                    {
                        provider,
                        retainOnDelete: true,
                        replaceOnChanges: ["bucket"],
                        deleteBeforeReplace: true,
                        ignoreChanges: ["tags"],
                        customTimeouts: { create: "5m" },
                        deletedWith: group,
                        aliases: [{ name: "old" }, { parent: pulumi.rootStackResource, name: "older" }],
                    },
                );
            });
            const { state } = one(preview, BUCKET);
            const prefix = "urn:pulumi:test::meridian::";
            expect(state).to.deep.include({
                retainOnDelete: true,
                replaceOnChanges: ["bucket"],
                deleteBeforeReplace: true,
                ignoreChanges: ["tags"],
                customTimeouts: { create: "5m" },
                deletedWith: `${prefix}aws:cloudwatch/logGroup:LogGroup::logs`,
            });
            expect(state.aliases).to.include.members([
                `${prefix}${BUCKET}::old`,
                `${prefix}${BUCKET}::older`,
            ]);
        });
    });

    describe("tracks dependencies", () => {
        it("property by property", async () => {
            const preview = await previewProgram(() => {
                const provider = testProvider();
                const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" }, { provider });
                const group = new aws.cloudwatch.LogGroup("logs", {}, { provider });
                new aws.ec2.FlowLog(
                    "flow",
                    { vpcId: vpc.id, logDestination: pulumi.interpolate`${group.arn}:*`, trafficType: "ALL" },
                    { provider },
                );
            });
            const flow = one(preview, "aws:ec2/flowLog:FlowLog");
            const vpc = one(preview, "aws:ec2/vpc:Vpc").urn;
            const group = one(preview, "aws:cloudwatch/logGroup:LogGroup").urn;
            expect(flow.propertyDependencies).to.deep.equal({
                vpcId: [vpc],
                logDestination: [group],
                trafficType: [],
            });
            expect([...flow.dependencies].sort()).to.deep.equal([group, vpc].sort());
        });

        it("of a component through its children", async () => {
            const preview = await previewProgram(() => {
                const provider = testProvider();
                const store = new Store("shop", { providers: [provider] });
                new aws.sqs.Queue("jobs", {}, { provider, dependsOn: [store] });
            });
            expect(one(preview, "aws:sqs/queue:Queue").dependencies).to.deep.equal([
                one(preview, BUCKET).urn,
            ]);
        });
    });

    describe("takes a program's outputs", () => {
        it("from promises and outputs, with a component's own registered", async () => {
            const preview = await previewProgram(async () => {
                const store = new Store("shop", { providers: [testProvider()] });
                return Promise.resolve({ plain: 1, later: Promise.resolve("x"), name: store.bucketName });
            });
            const bucket = one(preview, BUCKET);
            expect(preview.outputs).to.deep.equal({ plain: 1, later: "x", name: bucket.inputs["bucket"] });
            expect(one(preview, "meridian:index:Store").outputs).to.deep.equal({
                bucketName: bucket.inputs["bucket"],
            });
            expect(childrenOf(preview, one(preview, "meridian:index:Store"))).to.deep.equal([bucket]);
        });
    });

    describe("reports", () => {
        it("what a program throws to be read, without where", async () => {
            const preview = await previewProgram(() => {
                throw new pulumi.RunError("no such region");
            });
            expect(preview.error).to.deep.equal({ message: "no such region" });
            expect(() => ofType(preview, BUCKET)).to.throw("the program failed: no such region");
        });

        it("every problem of a component's arguments", async () => {
            const errors = [{ propertyPath: "size", reason: "is 0" }];
            const preview = await previewProgram(() => {
                throw new pulumi.InputPropertiesError({ message: "bad arguments", errors });
            });
            expect(preview.error).to.deep.equal({ message: "bad arguments", problems: errors });
        });

        it("where a program broke", async () => {
            const preview = await previewProgram(() => {
                throw new TypeError("x is not a function");
            });
            expect(preview.error?.message).to.equal("x is not a function");
            expect(preview.error?.stack).to.contain("engine.test.ts");
            expect(preview.cause).to.be.instanceOf(TypeError);
        });

        it("what fails later, in an apply", async () => {
            const preview = await previewProgram(() => {
                const bucket = new aws.s3.Bucket("files", {}, { provider: testProvider() });
                bucket.arn.apply(() => {
                    throw new Error("too late");
                });
            });
            expect(preview.error?.message).to.equal("too late");
        });

        it("every resource that is refused", async () => {
            const { preview } = await runProgram(() => {
                const provider = testProvider();
                new aws.lb.TargetGroup("a".repeat(40), {}, { provider });
                new aws.lb.TargetGroup("b".repeat(40), {}, { provider });
            });
            expect(preview.error?.message).to.contain("cannot be longer than 32 characters");
            expect(preview.diagnostics).to.have.length(1);
            expect(preview.diagnostics[0]?.urn).to.match(/b{40}$/);
        });

        it("a failure after which the program waits for ever", async () => {
            const preview = await previewProgram(async () => {
                new aws.lb.TargetGroup("a".repeat(40), {}, { provider: testProvider() });
                await new Promise(() => undefined);
            });
            expect(preview.error?.message).to.contain("cannot be longer than 32 characters");
        });

        it("what a program logs, and about what", async () => {
            const { preview } = await runProgram(async () => {
                const bucket = new aws.s3.Bucket("files", {}, { provider: testProvider() });
                await pulumi.log.warn("watch out", bucket);
                await pulumi.log.info("all well");
            });
            expect(preview.diagnostics).to.deep.equal([
                {
                    severity: "warning",
                    message: "watch out",
                    urn: `urn:pulumi:test::meridian::${BUCKET}::files`,
                },
                { severity: "info", message: "all well" },
            ]);
        });

        it("remote components that it cannot expand", async () => {
            class Remote extends pulumi.ComponentResource {
                constructor(name: string) {
                    super("other:index:Thing", name, {}, {}, true);
                }
            }
            const preview = await previewProgram(() => new Remote("thing"));
            expect(preview.error?.message).to.match(
                /^The offline preview cannot expand the component other:index:Thing/,
            );
        });
    });

    describe("leaves nothing behind", () => {
        it("of a run that failed", async () => {
            const before = process.listeners("unhandledRejection");
            await previewProgram(() => {
                throw new pulumi.RunError("no");
            });
            expect(process.listeners("unhandledRejection")).to.deep.equal(before);
            const preview = await previewProgram(() => new Store("shop", { providers: [testProvider()] }));
            expect(ofType(preview, BUCKET)).to.have.length(1);
        });

        it("of another run's configuration", async () => {
            const read = () => ({ value: new pulumi.Config().get("key") ?? "none" });
            const first = await previewProgram(read, { config: { "meridian:key": "set" } });
            const second = await previewProgram(read);
            expect([first.outputs, second.outputs]).to.deep.equal([{ value: "set" }, { value: "none" }]);
        });
    });
});
