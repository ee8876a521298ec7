// Packs the package, installs it into an empty folder beside programs of the kinds that people write, and has its command
// preview them on their own modules, from the npm registry. `npm run test:package`; it takes minutes.
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { type StackPreview } from "../../tools/preview/types";
import { containsUnknown } from "../../tools/preview/values";
import { git } from "../support/git";
import { npm } from "../support/package/npm";
import { pack } from "../support/package/tarball";

const PROGRAMS = path.join(__dirname, "programs");

/** What most of the programs take: of each SDK the newest that this version of Node takes. */
const NEWEST = {
    "@pulumi/archive": "^0.3.0",
    "@pulumi/aws": "^7.24.0",
    "@pulumi/aws-apigateway": "^3.0.0",
    "@pulumi/awsx": "^3.4.0",
    "@pulumi/cloudflare": "^6.0.0",
    "@pulumi/command": "^1.0.0",
    "@pulumi/docker": "^5.0.0",
    "@pulumi/eks": "^4.0.0",
    "@pulumi/kubernetes": "^4.20.0",
    "@pulumi/pulumi": "^3.142.0",
    "@pulumi/random": "^4.16.0",
    "@pulumi/std": "^2.0.0",
    "@pulumi/tls": "^5.0.0",
    tsx: "^4.19.0",
    typescript: "^5.0.0",
};

/** The oldest SDK that the command takes, with what there was beside it. */
const OLDEST = {
    "@pulumi/aws": "6.18.0",
    "@pulumi/awsx": "2.4.0",
    "@pulumi/pulumi": "3.100.0",
    "@pulumi/random": "4.15.0",
};

interface Answer {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

interface Document {
    readonly stacks: Readonly<Record<string, StackPreview>>;
    readonly policies: readonly { readonly message: string; readonly rule: string }[];
    readonly policyPacks?: readonly { readonly rules: number }[];
}

/** A program, and what its preview shows. */
interface Case {
    readonly stack: string;
    /** How many resources there are of a type. */
    readonly types: Readonly<Record<string, number>>;
    /** What is not known, each in one sentence. */
    readonly notes?: readonly RegExp[];
    /** Outputs by their names; `unknown` for one that is not known. */
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What went wrong in a stack: the document says it among what else there is to say. */
function errorsOf(stack: StackPreview | undefined): string[] {
    const errors = (stack?.diagnostics ?? []).filter(({ severity }) => severity === "error");
    return errors.map(({ message }) => message);
}

const MADE_UP = (name: string): RegExp => new RegExp(`^aws\\.${name} is answered with made-up values`);
const NO_REGION = /^No region is configured: us-east-1 is taken\. --config aws:region=… sets another$/;
const UNKNOWN = "unknown";

const CASES: Readonly<Record<string, Case>> = {
    "static-site": {
        stack: "prod",
        types: {
            "aws:s3/bucketObjectv2:BucketObjectv2": 2,
            "aws:cloudfront/distribution:Distribution": 1,
            "aws:route53/record:Record": 2,
            "pulumi:providers:aws": 2,
        },
        notes: [MADE_UP("route53.getZone")],
        outputs: { url: "https://www.example.com" },
    },
    containers: {
        stack: "dev",
        types: {
            // Without any word of the program awsx lays the network out under its strategy Legacy.
            "aws:ec2/subnet:Subnet": 6,
            "aws:ec2/natGateway:NatGateway": 3,
            "aws:ecr/lifecyclePolicy:LifecyclePolicy": 1,
            "docker-build:index:Image": 1,
            "awsx:ecs:FargateTaskDefinition": 1,
            "aws:iam/role:Role": 2,
            "aws:ecs/service:Service": 1,
            "aws:lb/listener:Listener": 1,
        },
        notes: [NO_REGION, MADE_UP("ecr.getAuthorizationToken")],
    },
    "serverless-api": {
        stack: "dev",
        types: { "aws:lambda/function:Function": 2, "aws-apigateway:index:RestAPI": 1 },
        notes: [
            /^aws-apigateway:index:RestAPI is made by a plugin: what is inside is not shown, and its outputs are unknown$/,
        ],
        outputs: { url: UNKNOWN },
    },
    kubernetes: {
        stack: "dev",
        types: {
            "eks:index:Cluster": 1,
            "kubernetes:apps/v1:Deployment": 1,
            "cloudflare:index/dnsRecord:DnsRecord": 1,
            "aws:ec2/natGateway:NatGateway": 1,
        },
        notes: [
            /^The configuration kubernetes:nodes is in no file, and made up \(1\): --config kubernetes:nodes=… sets it$/,
            /^The configuration kubernetes:cloudflareZone is in no file/,
            NO_REGION,
            MADE_UP("getCallerIdentity"),
            /^eks:index:Cluster is made by a plugin/,
        ],
        outputs: { address: UNKNOWN, accountId: "123456789012" },
    },
    wordpress: {
        stack: "dev",
        types: {
            "aws:rds/instance:Instance": 1,
            "command:remote:Command": 1,
            "tls:index/privateKey:PrivateKey": 1,
        },
        notes: [NO_REGION, MADE_UP("ec2.getVpc"), MADE_UP("ec2.getSubnets"), MADE_UP("ec2.getAmi")],
        outputs: { databasePassword: "[secret]", installed: UNKNOWN },
    },
    "event-pipeline": {
        stack: "dev",
        types: {
            "aws:sqs/queue:Queue": 2,
            "docker:index/remoteImage:RemoteImage": 1,
            "aws:kinesis/stream:Stream": 1,
        },
        notes: [NO_REGION, /^archive\.getFile is answered with made-up values/],
        // Computed, where others are made up.
        outputs: { motto: "KEEP CALM", base: UNKNOWN },
    },
    canaries: {
        stack: "dev",
        types: { "aws:synthetics/canary:Canary": 2, "aws:cloudwatch/metricAlarm:MetricAlarm": 2 },
    },
    "legacy-network": {
        stack: "dev",
        types: {
            "aws:ec2/subnet:Subnet": 6,
            "aws:ec2/route:Route": 4,
            "aws:lb/listener:Listener": 2,
            "aws:cloudtrail/trail:Trail": 1,
            "pulumi:pulumi:StackReference": 1,
        },
        notes: [
            NO_REGION,
            /^The outputs of the stack acme\/shared\/prod are unknown: give them by --stack-outputs /,
        ],
        outputs: {
            // Private first in each half of the network, then public, then isolated; shown zone by zone, public first.
            blocks: [
                "172.16.16.0/22",
                "172.16.0.0/20",
                "172.16.20.0/24",
                "172.16.144.0/22",
                "172.16.128.0/20",
                "172.16.148.0/24",
            ],
        },
    },
    "dynamic-provider": {
        stack: "dev",
        types: { "pulumi-nodejs:dynamic:Resource": 2, "dynamic-provider:index:Board": 1 },
        notes: [NO_REGION],
        outputs: { number: UNKNOWN, titles: ["first", "second"] },
    },
    "classic-network": {
        stack: "prod",
        types: { "awsx:x:ec2:Vpc": 1, "aws:ec2/subnet:Subnet": 4, "aws:rds/cluster:Cluster": 1 },
        notes: [
            /^The environment shared\/prod of Pulumi ESC is not read: --config gives what the program needs of it$/,
            /^The configuration classic-network:owner is in no file/,
            MADE_UP("getAvailabilityZones"),
        ],
    },
    "es-module": {
        stack: "web",
        types: { "aws:s3/bucketObjectv2:BucketObjectv2": 1, "pulumi:pulumi:StackReference": 1 },
    },
    "not-awaited": {
        stack: "dev",
        types: { "aws:sqs/queue:Queue": 2, "aws:ebs/volume:Volume": 1, "pulumi:providers:aws": 3 },
        notes: [
            /^The configuration not-awaited:availabilityZone is in no file, and made up \(us-east-1a\)/,
            /^The configuration not-awaited:domainName is in no file, and made up \(\S+\.example\.com\)/,
            NO_REGION,
        ],
    },
    "first-sdk": {
        stack: "dev",
        types: {
            "aws:ec2/subnet:Subnet": 4,
            "aws:s3/bucketV2:BucketV2": 1,
            // The balancer's, and the one of a service that names no network.
            "aws:ec2/securityGroup:SecurityGroup": 2,
            "aws:ecs/taskDefinition:TaskDefinition": 1,
        },
        notes: [NO_REGION, MADE_UP("ec2.getVpc"), MADE_UP("ec2.getSubnets")],
    },
};

describe("the package's command on programs of others", () => {
    let folder: string;
    let command: string;

    before(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-any-program-"));
        const tarball = pack(folder);
        const newest = install("newest", NEWEST);
        // As a dependency of the programs' own project.
        npm(newest, "install", "--ignore-scripts", tarball);
        install("oldest", OLDEST);
        for (const name of fs.readdirSync(PROGRAMS)) {
            fs.cpSync(path.join(PROGRAMS, name), path.join(folderOf(name), name), { recursive: true });
        }
        command = path.join(newest, "node_modules", ".bin", "meridian-preview");
    });

    after(() => {
        fs.rmSync(folder, { recursive: true, force: true });
    });

    /** Installs what programs share, into a folder above theirs. */
    function install(name: string, dependencies: Readonly<Record<string, string>>): string {
        const directory = path.join(folder, name);
        fs.mkdirSync(directory);
        fs.writeFileSync(
            path.join(directory, "package.json"),
            JSON.stringify({ name, private: true, dependencies }),
        );
        npm(directory, "install", "--ignore-scripts");
        return directory;
    }

    function folderOf(name: string): string {
        return path.join(folder, name === "first-sdk" ? "oldest" : "newest");
    }

    async function run(cwd: string, ...args: string[]): Promise<Answer> {
        // No test shall depend on where its machine works.
        const { AWS_REGION: _, AWS_DEFAULT_REGION: __, ...env } = process.env;
        return new Promise((resolve) => {
            execFile(command, args, { cwd, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
                resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
            });
        });
    }

    async function preview(name: string, ...args: string[]): Promise<Document> {
        const { stdout, stderr } = await run(path.join(folderOf(name), name), "--json", ...args);
        expect(stderr.trim()).to.equal("");
        return JSON.parse(stdout) as Document;
    }

    for (const [name, expected] of Object.entries(CASES)) {
        it(`previews ${name}, and judges it`, async () => {
            const document = await preview(name);
            const stack = document.stacks[expected.stack];
            expect(errorsOf(stack)).to.deep.equal([]);
            const counts: Record<string, number> = {};
            for (const { newState } of stack?.steps ?? []) {
                counts[newState.type] = (counts[newState.type] ?? 0) + 1;
            }
            expect(counts).to.include(expected.types);
            const said = (stack?.diagnostics ?? []).map(({ message }) => message);
            const notes = expected.notes ?? [];
            expect(said).to.have.length(notes.length);
            for (const note of notes) {
                expect(
                    said.filter((message) => note.test(message)),
                    String(note),
                ).to.have.length(1);
            }
            for (const [output, value] of Object.entries(expected.outputs ?? {})) {
                const actual = stack?.outputs[output];
                expect(containsUnknown(actual) ? UNKNOWN : actual, output).to.deep.equal(value);
            }
            // A rule that fails ends its pack, and the command with it.
            expect(document.policyPacks).to.have.length(5);
            expect(document.policies.length).to.be.greaterThan(0);
            for (const { rules } of document.policyPacks ?? []) {
                expect(rules).to.be.greaterThan(0);
            }
        });
    }

    it("loads an ES module's own modules afresh for each stack, and gives one stack's outputs to another", async () => {
        const { stacks } = await preview("es-module", "--no-policies");
        const tagsOf = (stack: string): unknown[] =>
            (stacks[stack]?.steps ?? []).flatMap(({ newState }) =>
                newState.inputs["tags"] === undefined ? [] : [newState.inputs["tags"]],
            );
        expect(tagsOf("base")).to.deep.equal([{ number: "1" }]);
        expect(tagsOf("web")).to.deep.equal([{ number: "1" }]);
        const object = stacks["web"]?.steps.find(({ newState }) => newState.type.includes("bucketObject"));
        const outputs = stacks["base"]?.outputs["outputs"] as Record<string, unknown> | undefined;
        expect(object?.newState.inputs["bucket"]).to.be.a("string").that.equals(outputs?.["bucket"]);
        expect(JSON.stringify(stacks)).not.to.include("hidden");
    });

    it("takes the outputs of a stack that is elsewhere from a file", async () => {
        const file = path.join(folder, "shared.json");
        fs.writeFileSync(file, JSON.stringify({ vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.9.0.0/16" }));
        const { stacks } = await preview(
            "legacy-network",
            "--no-policies",
            "--stack-outputs",
            `acme/shared/prod=${file}`,
        );
        const peering = stacks["dev"]?.steps.find(({ newState }) => newState.type.includes("vpcPeering"));
        expect(peering?.newState.inputs["peerVpcId"]).to.equal("vpc-0123456789abcdef0");
        expect((stacks["dev"]?.diagnostics ?? []).map(({ message }) => message)).to.have.length(1);
    });

    it("takes configuration that no file has from the call", async () => {
        const { stacks } = await preview(
            "kubernetes",
            "--no-policies",
            "-c",
            "nodes=3",
            "-c",
            "aws:region=eu-west-3",
        );
        const said = (stacks["dev"]?.diagnostics ?? []).map(({ message }) => message).join("\n");
        expect(said).not.to.include("kubernetes:nodes");
        expect(said).not.to.include("No region");
        const cluster = stacks["dev"]?.steps.find(({ newState }) => newState.type === "eks:index:Cluster");
        expect(cluster?.newState.inputs["desiredCapacity"]).to.equal(3);
    });

    it("prints a summary for readers, with what is unknown said to be", async () => {
        const { status, stdout } = await run(
            path.join(folderOf("kubernetes"), "kubernetes"),
            "--tree",
            "--no-policies",
        );
        expect(status).to.equal(0);
        expect(stdout).to.match(/^ {4}address +: unknown$/m);
        expect(stdout).not.to.include("npm run");
        expect(stdout).to.match(/^Cost: \$/m);
    });

    it("compares with another commit of a repository that the project is in a folder of, and draws it", async () => {
        const repository = path.join(folderOf("es-module"), "repository");
        const write = (file: string, text: string): void => {
            const place = path.join(repository, file);
            fs.mkdirSync(path.dirname(place), { recursive: true });
            fs.writeFileSync(place, text);
        };
        const store = (key: string): string => `import * as aws from "@pulumi/aws";
export function store(name: string): aws.dynamodb.Table {
    return new aws.dynamodb.Table(name, {
        hashKey: "${key}",
        attributes: [{ name: "${key}", type: "S" }],
        readCapacity: 10,
        writeCapacity: 10,
    });
}
`;
        write(".gitignore", "node_modules\n");
        write("package-lock.json", "{}");
        write("node_modules/.package-lock.json", "{}");
        write("infra/Pulumi.yaml", "name: shop\nruntime: nodejs\n");
        write("infra/Pulumi.prod.yaml", "config:\n    aws:region: us-east-1\n");
        write("infra/index.ts", 'import { store } from "@acme/parts";\nstore("orders");\n');
        write("packages/parts/package.json", '{ "name": "@acme/parts", "main": "index.ts" }');
        write("packages/parts/index.ts", store("id"));
        fs.mkdirSync(path.join(repository, "node_modules", "@acme"), { recursive: true });
        fs.symlinkSync("../../packages/parts", path.join(repository, "node_modules", "@acme", "parts"));
        git(repository, "init", "--quiet", "--initial-branch=main");
        git(repository, "add", ".");
        git(repository, "commit", "--quiet", "--message", "before");
        // What changes is in a package of the repository, not in the project.
        write("packages/parts/index.ts", store("order"));
        const project = path.join(repository, "infra");
        const [html, svg] = [path.join(folder, "shop.html"), path.join(folder, "shop.svg")];
        const args = ["--against", "main", "--markdown", "--html", html, "--svg", svg];
        const { stdout, stderr, status } = await run(project, ...args);
        expect(stderr.trim()).to.equal("");
        // The policies are not met.
        expect(status).to.equal(1);
        expect(stdout).to.match(/^## ❌ Preview: \d+ mandatory policy violations; 1 to replace$/m);
        expect(stdout).to.match(/hashKey changes.*every item of the table/);
        expect(stdout).to.match(/\$[1-9][\d.]* a month before use, as before/);
        expect(stdout).to.match(/still there.*dynamodb-point-in-time-recovery/);
        const page = fs.readFileSync(html, "utf8");
        expect(page).to.include("<title>shop: prod</title>").and.to.include('id="changes"');
        // Its script is in it, in one piece.
        expect(/<script>\n([\s\S]*?)<\/script>/.exec(page)?.[1]?.length).to.be.greaterThan(10_000);
        expect(fs.readFileSync(svg, "utf8")).to.match(/^<svg [\s\S]*orders[\s\S]*<\/svg>\s*$/);
        const again = await run(project, "--against", "main", "--no-policies");
        expect(again.stdout).to.include("Against main").and.to.include("1 to replace.");
    });

    it("tells of a failure after the program had failed, and ends as it does", async () => {
        const late = path.join(folderOf("late"), "late");
        fs.mkdirSync(late);
        fs.writeFileSync(path.join(late, "Pulumi.yaml"), "name: late\nruntime: nodejs\n");
        fs.writeFileSync(
            path.join(late, "index.ts"),
            `setTimeout(() => void Promise.reject(new Error("the second")), 300);\nthrow new Error("the first");\n`,
        );
        const { stdout, stderr, status } = await run(late, "--json");
        expect(status).to.equal(1);
        expect(errorsOf((JSON.parse(stdout) as Document).stacks["dev"])).to.deep.equal(["the first"]);
        expect(stderr).to.match(
            /^(?:The program went on after it had failed, and failed again: the second\n)?$/,
        );
    });

    it("names what it cannot run, and the way out", async () => {
        const empty = path.join(folder, "empty");
        fs.mkdirSync(empty);
        expect(await run(empty))
            .to.include({ status: 2 })
            .and.have.property("stderr")
            .that.includes("no Pulumi.yaml");
        const python = await run(empty, "--cwd", path.join(folderOf("python"), "python"));
        expect(python.status).to.equal(1);
        expect(python.stderr.replaceAll(/\s+/g, " ")).to.include(
            "runs programs of the runtime nodejs, not python: `pulumi preview` runs it",
        );
        const bare = path.join(folder, "bare");
        fs.cpSync(path.join(PROGRAMS, "wordpress"), bare, { recursive: true });
        fs.writeFileSync(path.join(bare, "pnpm-lock.yaml"), "");
        const uninstalled = await run(bare);
        expect(uninstalled.status).to.equal(1);
        expect(uninstalled.stderr).to.match(
            /@pulumi\/pulumi is not installed in .*: run `pnpm install` there/s,
        );
        const broken = path.join(folderOf("broken"), "broken");
        fs.cpSync(path.join(PROGRAMS, "canaries"), broken, { recursive: true });
        fs.appendFileSync(path.join(broken, "src", "alarm.ts"), "export const = 1;\n");
        const unreadable = await run(broken, "--no-policies");
        expect(unreadable.status).to.equal(1);
        expect(unreadable.stdout).to.match(/alarm\.ts.*Variable declaration expected/s);
    });
});
