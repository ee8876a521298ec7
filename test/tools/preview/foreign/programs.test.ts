import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { previewStacks, type StacksPreview } from "../../../../tools/preview/stacks";
import { only, previewProgram, type ProgramPreview } from "../../../support/preview";

const CONFIG = { "aws:region": "eu-central-1" };

/** Previews a program of somebody else's. */
async function preview(program: () => unknown): Promise<ProgramPreview> {
    const made = await previewProgram(program, { config: CONFIG, lenient: true });
    expect(made.error).to.equal(undefined);
    return made;
}

/** A component whose children a plugin makes. */
class Remote extends pulumi.ComponentResource {
    declare readonly address: pulumi.Output<string>;

    constructor(name: string) {
        super("acme:index:Thing", name, { address: undefined, size: 3 }, {}, true);
    }

    describe(): pulumi.Output<{ text: string }> {
        return pulumi.runtime.call<{ text: string }>("acme:index:Thing/describe", { __self__: this }, this);
    }
}

describe("a program of somebody else's", () => {
    it("goes on where a plugin would make a component, or run a method", async () => {
        const made = await preview(() => {
            const thing = new Remote("one");
            new Remote("two");
            new aws.sns.Topic("told", { displayName: thing.address });
            return { text: thing.describe().apply(({ text }) => text.length) };
        });
        expect(only(made.resources, "acme:index:Thing", "one").inputs).to.deep.equal({ size: 3 });
        expect(only(made.resources, "aws:sns/topic:Topic").state.inputsWithUnknowns()["displayName"]).to.be.a(
            "string",
        );
        expect(made.messages).to.deep.equal([
            "acme:index:Thing is made by a plugin: what is inside is not shown, and its outputs are unknown",
            "What the method acme:index:Thing.describe answers is unknown: its provider's plugin runs it",
        ]);
    });

    it("goes on where another stack's outputs are not there", async () => {
        const made = await preview(() => {
            const other = new pulumi.StackReference("acme/net/prod");
            const called: string[] = [];
            const id = other.requireOutput("vpcId").apply((vpcId) => {
                called.push(String(vpcId));
                return String(vpcId);
            });
            new aws.ec2.SecurityGroup("web", { vpcId: id });
            return { called: id.apply(() => called.length) };
        });
        expect(only(made.resources, "aws:ec2/securityGroup:SecurityGroup").state.hasUnknownInputs).to.equal(
            true,
        );
        expect(made.messages).to.have.length(1);
        expect(made.messages[0]).to.match(
            /^The outputs of the stack acme\/net\/prod are unknown: give them by/,
        );
    });

    it("goes on where a value looks like a mistake, with a warning", async () => {
        const made = await preview(() => {
            new aws.sns.Topic("odd", { displayName: "shop-undefined" });
        });
        expect(made.messages).to.have.length(1);
        expect(made.messages[0]).to.match(/^displayName reads "undefined"/);
    });

    it("gets an answer to any function, and what is made up is said once for each", async () => {
        const made = await preview(async () => {
            const opts = {};
            const vpc = await aws.ec2.getVpc({ default: true }, opts);
            const again = await aws.ec2.getVpc({ default: true }, opts);
            const { json } = await aws.iam.getPolicyDocument(
                { statements: [{ actions: ["s3:Get*"] }] },
                opts,
            );
            return { same: vpc.id === again.id, json };
        });
        expect(made.outputs).to.deep.include({ same: true });
        expect(made.messages).to.deep.equal([
            "aws.ec2.getVpc is answered with made-up values, since nobody is asked",
        ]);
    });

    it("gets a service on Fargate with all that awsx makes for it", async () => {
        const made = await preview(() => {
            const cluster = new aws.ecs.Cluster("main");
            const vpc = new awsx.ec2.Vpc("net", { numberOfAvailabilityZones: 2 });
            const balancer = new awsx.lb.ApplicationLoadBalancer("web", { subnetIds: vpc.publicSubnetIds });
            new awsx.ecs.FargateService("web", {
                cluster: cluster.arn,
                networkConfiguration: { subnets: vpc.privateSubnetIds },
                taskDefinitionArgs: {
                    container: {
                        name: "web",
                        image: "nginx",
                        cpu: 300,
                        memory: 700,
                        portMappings: [{ targetGroup: balancer.defaultTargetGroup }],
                    },
                },
            });
        });
        const group = only(made.resources, "aws:lb/targetGroup:TargetGroup");
        const task = only(made.resources, "aws:ecs/taskDefinition:TaskDefinition");
        const service = only(made.resources, "aws:ecs/service:Service");
        expect(group.inputs).to.include({ port: 80, protocol: "HTTP", targetType: "ip" });
        expect(group.inputs["vpcId"]).to.equal(only(made.resources, "aws:ec2/vpc:Vpc").id);
        expect(only(made.resources, "aws:lb/listener:Listener").name).to.equal("web-0");
        expect(task.inputs).to.include({ cpu: "512", memory: "1024", networkMode: "awsvpc" });
        expect(task.parent).to.equal(only(made.resources, "awsx:ecs:FargateTaskDefinition").urn);
        const [container] = JSON.parse(String(task.inputs["containerDefinitions"])) as Record<
            string,
            unknown
        >[];
        expect(container).to.deep.equal({
            name: "web",
            image: "nginx",
            cpu: 300,
            memory: 700,
            portMappings: [{ containerPort: 80, hostPort: 80 }],
            logConfiguration: {
                logDriver: "awslogs",
                options: {
                    "awslogs-group": only(made.resources, "aws:cloudwatch/logGroup:LogGroup").inputs["name"],
                    "awslogs-region": "eu-central-1",
                    "awslogs-stream-prefix": "web",
                },
            },
        });
        expect(service.inputs).to.deep.include({
            desiredCount: 1,
            launchType: "FARGATE",
            waitForSteadyState: true,
            loadBalancers: [
                { containerName: "web", containerPort: 80, targetGroupArn: group.outputs["arn"] },
            ],
        });
        expect(service.propertyDependencies["taskDefinition"]).to.deep.equal([task.urn]);
        expect(only(made.resources, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").name).to.equal(
            "web-execution-9a42f520",
        );
        // The real preview does not know what is not made yet.
        expect(service.state.inputsWithUnknowns()["taskDefinition"]).not.to.equal(
            service.inputs["taskDefinition"],
        );
        expect(made.messages).to.deep.equal([]);
    });

    it("gets a repository with the rule that awsx writes, and a trail with its bucket", async () => {
        const made = await preview(() => {
            const repository = new awsx.ecr.Repository("Images", {
                lifecyclePolicy: {
                    rules: [
                        { tagStatus: "any", maximumAgeLimit: 30 },
                        { tagStatus: "untagged", maximumNumberOfImages: 1 },
                    ],
                },
            });
            const image = new awsx.ecr.Image("app", { repositoryUrl: repository.url, imageName: "v1" });
            new awsx.cloudtrail.Trail("audit", { enableLogging: true });
            return { image: image.imageUri };
        });
        const policy = only(made.resources, "aws:ecr/lifecyclePolicy:LifecyclePolicy", "images");
        const { rules } = JSON.parse(String(policy.inputs["policy"])) as {
            rules: { rulePriority: number; selection: object }[];
        };
        // The rule for any image has the last word.
        expect(rules.map(({ selection }) => selection)).to.deep.equal([
            { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 },
            { tagStatus: "any", countType: "sinceImagePushed", countNumber: 30, countUnit: "days" },
        ]);
        expect(made.outputs["image"]).to.match(
            /\.dkr\.ecr\.eu-central-1\.amazonaws\.com\/.*@sha256:[0-9a-f]{64}$/,
        );
        const trail = only(made.resources, "aws:cloudtrail/trail:Trail");
        expect(trail.dependencies).to.include(only(made.resources, "aws:s3/bucketPolicy:BucketPolicy").urn);
        expect(only(made.resources, "aws:s3/bucket:Bucket").inputs).to.include({ forceDestroy: true });
    });
});

describe("a project of somebody else's", () => {
    let folder: string;

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-foreign-"));
    });

    afterEach(() => {
        fs.rmSync(folder, { recursive: true, force: true });
    });

    async function previewIn(files: Record<string, string>, program: () => unknown): Promise<StacksPreview> {
        for (const [name, content] of Object.entries({ "index.js": "", ...files })) {
            fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
            fs.writeFileSync(path.join(folder, name), content);
        }
        return previewStacks({
            projectDir: folder,
            program,
            stackOutputs: { "acme/net/prod": { vpcId: "vpc-1" } },
            foreign: { assume: ["dev"], region: "eu-north-1" },
        });
    }

    it("needs no stack file: what it asks for is made up, key by key, and said", async () => {
        const { document } = await previewIn({ "Pulumi.yaml": "name: shop\nruntime: nodejs\n" }, () => {
            const config = new pulumi.Config();
            return {
                name: config.require("name"),
                count: config.requireNumber("count"),
                region: new pulumi.Config("aws").require("region"),
                vpcId: new pulumi.StackReference("acme/net/prod").requireOutput("vpcId"),
            };
        });
        const { diagnostics, outputs, error } = document.stacks["dev"] ?? {};
        expect(error).to.equal(undefined);
        expect(outputs).to.deep.equal({
            name: "made-up-name",
            count: 1,
            region: "eu-north-1",
            vpcId: "vpc-1",
        });
        expect(diagnostics?.map(({ message }) => message)).to.deep.equal([
            "The configuration shop:name is in no file, and made up (made-up-name): --config shop:name=… sets it",
            "The configuration shop:count is in no file, and made up (1): --config shop:count=… sets it",
            "No region is configured: eu-north-1 is taken. --config aws:region=… sets another",
        ]);
    });

    it("fails as with Pulumi where a stack has a file that lacks a key", async () => {
        const files = { "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "Pulumi.prod.yaml": "" };
        const { document } = await previewIn(files, () => new pulumi.Config().require("name"));
        expect(document.stacks["prod"]?.error?.message).to.match(
            /^Missing required configuration variable 'shop:name'/,
        );
    });

    it("runs in the folder of its program, and a reference to its own stack names any organization", async () => {
        const files = {
            "Pulumi.yaml": "name: shop\nmain: infra\nruntime: nodejs\n",
            "infra/index.js": "",
            "infra/page.html": "hello",
            "Pulumi.a.yaml": "",
            "Pulumi.b.yaml": "",
        };
        const before = process.cwd();
        const { document } = await previewIn(files, () => ({
            page: fs.readFileSync("page.html", "utf8"),
            other:
                pulumi.getStack() === "a"
                    ? new pulumi.StackReference("acme/shop/b").getOutput("page")
                    : undefined,
        }));
        expect(document.stacks["a"]?.outputs).to.deep.equal({ page: "hello", other: "hello" });
        expect(process.cwd()).to.equal(before);
    });
});
