import { expect } from "chai";
import { fargateSize } from "../../../../tools/preview/awsx/fargateSizes";
import { shortHash } from "../../../../tools/preview/awsx/children";
import { declaredAnswer } from "../../../../tools/preview/declared";
import { exportedOutputs } from "../../../../tools/preview/exportedOutputs";
import { MadeUpConfig } from "../../../../tools/preview/madeUpConfig";
import { canExpand } from "../../../../tools/preview/remote";
import { standardAnswer } from "../../../../tools/preview/standardFunctions";
import { type Properties } from "../../../../tools/preview/types";
import {
    asPreviewed,
    containsSecret,
    dependenciesOf,
    derived,
    plain,
    secret,
    UNKNOWN,
    unknownValue,
} from "../../../../tools/preview/values";

function answer(token: string, args: Properties = {}): Properties {
    const made = declaredAnswer({ token, args, region: "eu-west-1", account: "111122223333" });
    if (made === undefined) {
        throw new Error(`there is no answer to ${token}`);
    }
    return made;
}

describe("an answer by a function's declaration", () => {
    it("has every member that must be there, of its type, and repeats what was asked", () => {
        const vpc = answer("aws:ec2/getVpc:getVpc", { default: true, tags: { Name: "main" } });
        expect(vpc).to.include({
            default: true,
            enableDnsSupport: false,
            region: "eu-west-1",
            ownerId: "111122223333",
        });
        expect(vpc["tags"]).to.deep.equal({ Name: "main" });
        expect(vpc["id"]).to.match(/^vpc-0[0-9a-f]{16}$/);
        expect(vpc["mainRouteTableId"]).to.match(/^rtb-0[0-9a-f]{16}$/);
        expect(vpc["arn"]).to.match(/^arn:aws:ec2:eu-west-1:111122223333:vpc\//);
        expect(vpc["cidrBlock"]).to.equal("10.0.0.0/16");
        // Nobody may count on what may be left out.
        expect(vpc).not.to.have.property("filters");
    });

    it("finds some things where a list is asked for, each with the id of its kind", () => {
        const { ids } = answer("aws:ec2/getSubnets:getSubnets") as { ids: string[] };
        expect(ids).to.have.length(2);
        expect(new Set(ids).size).to.equal(2);
        for (const id of ids) {
            expect(id).to.match(/^subnet-0[0-9a-f]{16}$/);
        }
        const groups = answer("aws:ec2/getSecurityGroups:getSecurityGroups") as { ids: string[] };
        expect(groups.ids[0]).to.match(/^sg-/);
        const found = answer("awsx:ec2:getDefaultVpc") as { publicSubnetIds: string[]; vpcId: string };
        expect(found.vpcId).to.match(/^vpc-/);
        expect(found.publicSubnetIds[0]).to.match(/^subnet-/);
    });

    it("makes up what lies inside, too", () => {
        const cluster = answer("aws:eks/getCluster:getCluster", { name: "main" });
        expect(cluster["name"]).to.equal("main");
        const [authority] = cluster["certificateAuthorities"] as { data: string }[];
        expect(Buffer.from(authority?.data ?? "", "base64").toString()).to.match(/^made up /);
        const { subnetIds, vpcId } = cluster["vpcConfig"] as { subnetIds: string[]; vpcId: string };
        expect([subnetIds[0], vpcId].map((id) => id?.replace(/0.*/, ""))).to.deep.equal(["subnet-", "vpc-"]);
    });

    it("is the same every time, and another for another question", () => {
        const ask = (name: string): Properties => answer("aws:ec2/getVpc:getVpc", { tags: { Name: name } });
        expect(ask("a")).to.deep.equal(ask("a"));
        expect(ask("a")["id"]).not.to.equal(ask("b")["id"]);
    });

    it("is none where no package declares the function", () => {
        const question = { args: {}, region: "eu-west-1", account: "111122223333" };
        expect(declaredAnswer({ ...question, token: "aws:ec2/getNothing:getNothing" })).to.equal(undefined);
        expect(declaredAnswer({ ...question, token: "acme:index:getThing" })).to.equal(undefined);
    });
});

describe("a function of @pulumi/std", () => {
    // What Terraform's documentation gives as examples of the functions of these names.
    const cases: readonly (readonly [string, Properties, unknown])[] = [
        ["abs", { input: -12.4 }, 12.4],
        ["base64encode", { input: "Hello World" }, "SGVsbG8gV29ybGQ="],
        ["base64decode", { input: "SGVsbG8gV29ybGQ=" }, "Hello World"],
        ["ceil", { input: 5.1 }, 6],
        ["chomp", { input: "hello\n\n" }, "hello"],
        ["compact", { input: ["a", "", "b", null, "c"] }, ["a", "b", "c"]],
        ["distinct", { input: ["a", "b", "a", "c", "d", "b"] }, ["a", "b", "c", "d"]],
        ["endswith", { input: "hello world", suffix: "world" }, true],
        ["flatten", { input: [["a", "b"], [], [["c"]]] }, ["a", "b", "c"]],
        ["join", { separator: "-", input: ["foo", "bar", "baz"] }, "foo-bar-baz"],
        ["jsonencode", { input: { hello: "world" } }, '{"hello":"world"}'],
        ["md5", { input: "hello world" }, "5eb63bbbe01eeed093cb22bb8f5acdc3"],
        ["parseint", { input: "FF", base: 16 }, 255],
        ["pow", { base: 3, exponent: 2 }, 9],
        ["sha1", { input: "hello world" }, "2aae6c35c94fcfb415dbe95f408b9ce91ee846ed"],
        ["split", { separator: ",", text: "foo,bar,baz" }, ["foo", "bar", "baz"]],
        ["title", { input: "hello world" }, "Hello World"],
        ["trimprefix", { input: "helloworld", prefix: "hello" }, "world"],
        ["trimsuffix", { input: "helloworld", suffix: "world" }, "hello"],
        ["upper", { input: "hello" }, "HELLO"],
        ["urlencode", { input: "Hello World!" }, "Hello+World%21"],
    ];
    for (const [name, args, expected] of cases) {
        it(`${name} is computed`, () => {
            expect(standardAnswer(`std:index:${name}`, args)).to.deep.equal({ result: expected });
        });
    }

    it("that takes more than arithmetic has no answer here", () => {
        expect(standardAnswer("std:index:bcrypt", { input: "x" })).to.equal(undefined);
    });
});

describe("what is computed of a resource's inputs", () => {
    it("is plain where they are, and comes from where they come from", () => {
        expect(derived(["a"], (text) => `${String(text)}b`)).to.equal("ab");
        const made = derived([unknownValue("vpc-1", ["urn:vpc"]), { list: ["x"] }], (id) => `${String(id)}!`);
        expect(dependenciesOf(made)).to.deep.equal(["urn:vpc"]);
        expect(plain({ made })["made"]).to.equal("vpc-1!");
        expect(asPreviewed({ made })["made"]).to.equal(UNKNOWN);
    });

    it("stays secret, and unknown where nothing is made up", () => {
        const hidden = derived([secret("s")], (text) => String(text).toUpperCase());
        expect(containsSecret(hidden)).to.equal(true);
        expect(plain({ hidden })["hidden"]).to.equal("S");
        const open = derived([UNKNOWN], () => {
            throw new Error("nobody knows it");
        });
        expect(asPreviewed({ open })["open"]).to.equal(UNKNOWN);
    });
});

describe("a stack's outputs in a file", () => {
    it("are what `pulumi stack output --json` prints", () => {
        expect(exportedOutputs({ vpcId: "vpc-1", ports: [80] })).to.deep.equal({
            vpcId: "vpc-1",
            ports: [80],
        });
    });

    it("are those of the stack in what `pulumi stack export` writes, the encrypted ones secret", () => {
        const signature = "4dabf18193072939515e22adb298388d";
        const kind = "1b47061264138c4ac30d75fd1eb44270";
        const outputs = exportedOutputs({
            version: 3,
            deployment: {
                resources: [
                    {
                        type: "pulumi:pulumi:Stack",
                        outputs: { open: "a", shut: { [signature]: kind, ciphertext: "AAAB" } },
                    },
                    { type: "aws:s3/bucket:Bucket", outputs: { other: 1 } },
                ],
            },
        });
        expect(Object.keys(outputs)).to.deep.equal(["open", "shut"]);
        expect(outputs["open"]).to.equal("a");
        expect(containsSecret(outputs["shut"])).to.equal(true);
        expect(JSON.stringify(outputs)).not.to.include("AAAB");
    });

    it("are refused where there are none", () => {
        expect(() => exportedOutputs(["a"])).to.throw("it holds no map");
        expect(() => exportedOutputs({ deployment: { resources: [] } })).to.throw("has no stack");
    });
});

describe("configuration that no file has", () => {
    it("is made up as the program asks for it, by its type where that is said", () => {
        const made = new MadeUpConfig("eu-north-1");
        const asks = (message: string): boolean => made.fills(new Error(message));
        expect(asks("Missing required configuration variable 'site:count'\n\tplease set a value")).to.equal(
            true,
        );
        expect(made.values).to.deep.equal({ "site:count": "made-up-count" });
        expect(asks("Configuration 'site:count' value 'made-up-count' is not a valid number")).to.equal(true);
        expect(made.values).to.deep.equal({ "site:count": "1" });
        expect(made.notes().map(({ message }) => message)).to.deep.equal([
            "The configuration site:count is in no file, and made up (1): --config site:count=… sets it",
        ]);
        // It would be the same again.
        expect(asks("Configuration 'site:count' value '1' is not a valid number")).to.equal(false);
        expect(asks("anything else")).to.equal(false);
    });
});

describe("awsx's components", () => {
    it("choose the size of a task on Fargate as awsx's own tests have it", () => {
        expect(fargateSize([{ cpu: 8192, memory: 20480 }])).to.deep.equal({ cpu: "8192", memory: "20480" });
        expect(fargateSize([{ cpu: 8000, memory: 21000 }])).to.deep.equal({ cpu: "8192", memory: "21504" });
        expect(fargateSize([{ cpu: 256, memoryReservation: 300, memory: 9000 }, {}])).to.deep.equal({
            cpu: "256",
            memory: "512",
        });
        expect(() => fargateSize([{ cpu: 20000 }])).to.throw("exceed the maximum allowed for Fargate");
    });

    it("call an attached policy as stacks of awsx's users show it", () => {
        expect(shortHash("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")).to.equal(
            "9a42f520",
        );
    });

    it("are expanded where the preview knows what their version makes", () => {
        expect(canExpand({ type: "awsx:ecr:Image", version: "3.9.0" })).to.equal(true);
        expect(canExpand({ type: "awsx:ecr:Image", version: "2.4.0" })).to.equal(false);
        expect(canExpand({ type: "awsx:ecr:RegistryImage", version: "3.9.0" })).to.equal(false);
    });
});
