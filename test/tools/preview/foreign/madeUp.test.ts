import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { leaveOutBuilds } from "../../../../tools/preview/dockerBuilds";
import { MadeUpConfig } from "../../../../tools/preview/madeUpConfig";
import { only, previewProgram } from "../../../support/preview";

const load = createRequire(__filename);
const ROOT = path.join(__dirname, "../../../..");
const OPTIONS = { config: { "aws:region": "eu-north-1" }, lenient: true };

function missing(key: string): Error {
    return new Error(`Missing required configuration variable 'shop:${key}'\n\tplease set a value`);
}

function madeUp(key: string, type?: string): string | undefined {
    const config = new MadeUpConfig("eu-north-1");
    config.fills(missing(key));
    if (type !== undefined) {
        const given = config.values[`shop:${key}`] ?? "";
        config.fills(new Error(`Configuration 'shop:${key}' value '${given}' is not a valid ${type}`));
    }
    return config.values[`shop:${key}`];
}

describe("configuration that is made up", () => {
    for (const [key, form] of [
        ["replicaRegion", /^eu-north-1$/],
        ["availability-zone", /^eu-north-1a$/],
        ["vpc_cidr", /^10\.0\.0\.0\/16$/],
        ["vpcId", /^vpc-0[0-9a-f]{16}$/],
        ["public-subnet-id", /^subnet-0[0-9a-f]{16}$/],
        ["hostedZoneId", /^Z[0-9A-F]{20}$/],
        ["awsAccountId", /^123456789012$/],
        ["deployRoleArn", /^arn:aws:iam::123456789012:role\/made-up-/],
        ["certificateArn", /^arn:aws:acm:eu-north-1:123456789012:certificate\/made-up-/],
        ["logBucketArn", /^arn:aws:s3:::made-up-/],
        ["targetDomain", /^[\w-]+\.eu-north-1\.example\.com$/],
        ["alertEmail", /^[\w-]+@example\.com$/],
        ["callbackUrl", /^https:\/\/[\w-]+\.example\.com\/$/],
        ["containerPort", /^8080$/],
        ["owner", /^made-up-owner$/],
    ] as const) {
        it(`has the form that the key ${key} says`, () => {
            expect(madeUp(key)).to.match(form);
        });
    }

    it("is two of what a key names in the plural, and an empty record where the key says nothing", () => {
        const [first, second, ...more] = JSON.parse(madeUp("subnetIds", "JSON") ?? "") as string[];
        expect([first, second]).to.satisfy((ids: string[]) => ids.every((id) => /^subnet-0/.test(id)));
        expect(first).not.to.equal(second);
        expect(more).to.deep.equal([]);
        expect(madeUp("settings", "JSON")).to.equal("{}");
    });

    it("is an empty list where the program takes the record for one", () => {
        const config = new MadeUpConfig("eu-north-1");
        config.fills(missing("rules"));
        config.fills(new Error("Configuration 'shop:rules' value 'made-up-rules' is not a valid JSON"));
        expect(config.fills(new TypeError("rules.map is not a function"))).to.equal(true);
        expect(config.values).to.deep.equal({ "shop:rules": "[]" });
        // It would be the same again.
        expect(config.fills(new TypeError("rules.map is not a function"))).to.equal(false);
    });
});

describe("a provider that names no region", () => {
    it("works where the stack does, and so does aws-native", async () => {
        const { resources, error } = await previewProgram(() => {
            const provider = new aws.Provider("plain", { profile: "shop" });
            new aws.sns.Topic("told", {}, { provider });
            new native.personalize.DatasetGroup("native");
        }, OPTIONS);
        expect(error).to.equal(undefined);
        expect(only(resources, "aws:sns/topic:Topic").outputs["arn"]).to.match(/^arn:aws:sns:eu-north-1:/);
        expect(only(resources, "aws-native:personalize:DatasetGroup").id).to.match(
            /^arn:aws:personalize:eu-north-1:/,
        );
    });
});

describe("an object of Kubernetes", () => {
    class Thing extends pulumi.CustomResource {}

    function object(type: string, name: string, inputs: pulumi.Inputs): void {
        new Thing(`kubernetes:${type}`, name, { metadata: undefined, ...inputs });
    }

    it("gets the provider's name where the program gives none", async () => {
        const { resources } = await previewProgram(() => {
            object("apps/v1:Deployment", "web", { metadata: { labels: { app: "web" } } });
            object("core/v1:Namespace", "apps", {});
            object("core/v1:Service", "named", { metadata: { name: "given" } });
            object("core/v1:ConfigMapPatch", "patch", { metadata: { labels: {} } });
            object("helm.sh/v3:Release", "ingress", { chart: "nginx" });
        }, OPTIONS);
        const { metadata } = only(resources, "kubernetes:apps/v1:Deployment").inputs as {
            metadata: Record<string, unknown>;
        };
        expect(metadata["name"]).to.match(/^web-[0-9a-f]{8}$/);
        expect(metadata).to.deep.include({
            labels: { app: "web" },
            annotations: { "pulumi.com/autonamed": "true" },
        });
        expect(only(resources, "kubernetes:core/v1:Namespace").inputs["metadata"]).to.have.property("name");
        expect(only(resources, "kubernetes:core/v1:Service").inputs["metadata"]).to.deep.equal({
            name: "given",
        });
        expect(only(resources, "kubernetes:core/v1:ConfigMapPatch").inputs["metadata"]).to.deep.equal({
            labels: {},
        });
        expect(only(resources, "kubernetes:helm.sh/v3:Release").inputs["name"]).to.match(/^ingress-/);
    });
});

describe("what AWS answers with JSON", () => {
    it("is JSON where it is made up, too", async () => {
        const { outputs } = await previewProgram(async () => {
            const parameter = await aws.ssm.getParameter({
                name: "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended",
            });
            const secret = await aws.secretsmanager.getSecretVersion({ secretId: "shop/db" });
            return {
                image: (JSON.parse(parameter.value) as { image_id: string }).image_id,
                port: (JSON.parse(secret.secretString) as { port: number }).port,
            };
        }, OPTIONS);
        expect(outputs["image"]).to.match(/^ami-0[0-9a-f]{16}$/);
        expect(outputs["port"]).to.equal(5432);
    });
});

interface Docker {
    readonly buildAndPushImage: (...args: unknown[]) => pulumi.Output<string>;
}

describe("images that a program would build itself", () => {
    let folder: string;

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "docker-"));
        fs.mkdirSync(path.join(folder, "node_modules", "@pulumi", "docker"), { recursive: true });
        const sdk = path.join(ROOT, "node_modules", "@pulumi", "pulumi");
        fs.symlinkSync(sdk, path.join(folder, "node_modules", "@pulumi", "pulumi"));
    });

    afterEach(() => {
        fs.rmSync(folder, { recursive: true, force: true });
    });

    /** A package with a function that fails, as one that builds fails where there is no Docker. */
    function install(version: string): Docker {
        const place = path.join(folder, "node_modules", "@pulumi", "docker");
        fs.writeFileSync(path.join(place, "package.json"), JSON.stringify({ version, main: "docker.js" }));
        fs.writeFileSync(
            path.join(place, "docker.js"),
            'exports.buildAndPushImage = () => { throw new Error("no Docker"); };',
        );
        leaveOutBuilds({ workingDirectory: folder });
        return load(path.join(place, "docker.js")) as Docker;
    }

    it("are named, and not built", async () => {
        const docker = install("v3.6.1");
        const { outputs, messages } = await previewProgram(
            () => ({ image: docker.buildAndPushImage("app", "./app", "123.example.com/app") }),
            OPTIONS,
        );
        expect(outputs["image"]).to.match(/^123\.example\.com\/app:made-up-[0-9a-f]{12}$/);
        expect(messages).to.deep.equal(["The image app is not built, and its tag is made up"]);
    });

    it("are left to the package where its plugin builds them", () => {
        expect(() => install("v4.5.0").buildAndPushImage()).to.throw("no Docker");
    });
});
