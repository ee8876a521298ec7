import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compareDocuments } from "../../../../tools/preview/against/compare";
import { exportedState } from "../../../../tools/preview/against/exportedState";
import { type Given, sideOf, urnOf } from "../../../support/preview/sides";
import { SECRET, SIGNATURE } from "../../../../tools/preview/values";

const network: Given = {
    type: "aws:ec2/vpc:Vpc",
    name: "net",
    inputs: { cidrBlock: "10.0.0.0/16" },
    outputs: { arn: "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0fffffffffffffff1" },
};
const server: Given = {
    type: "aws:ec2/instance:Instance",
    name: "server",
    inputs: { ami: "ami-0made0up0by0preview", subnetId: "vpc-0fffffffffffffff1", instanceType: "t4g.small" },
    from: { subnetId: ["net"] },
};
const topic: Given = { type: "aws:sns/topic:Topic", name: "news", inputs: { name: "news-1234abc" } };
const password: Given = {
    type: "aws:ssm/parameter:Parameter",
    name: "password",
    inputs: { name: "/password", type: "SecureString", value: "[secret]" },
};

const STATE = {
    version: 3,
    deployment: {
        resources: [
            {
                urn: "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod",
                type: "pulumi:pulumi:Stack",
                outputs: {},
            },
            {
                urn: urnOf(network),
                type: network.type,
                custom: true,
                id: "vpc-0aaaaaaaaaaaaaaa9",
                inputs: { cidrBlock: "10.0.0.0/16", __defaults: [] },
                outputs: {
                    arn: "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0aaaaaaaaaaaaaaa9",
                    region: "us-east-1",
                },
            },
            {
                urn: urnOf(server),
                type: server.type,
                custom: true,
                id: "i-0123456789abcdef0",
                inputs: {
                    ami: "ami-0123456789abcdef0",
                    subnetId: "vpc-0aaaaaaaaaaaaaaa9",
                    instanceType: "t4g.micro",
                    getPasswordData: false,
                    __defaults: ["getPasswordData"],
                },
                outputs: {},
                propertyDependencies: { subnetId: [urnOf(network)] },
            },
            {
                urn: urnOf(topic),
                type: topic.type,
                custom: true,
                id: "arn:aws:sns:us-east-1:111122223333:news-7654fed",
                inputs: { name: "news-7654fed", __defaults: ["name"] },
                outputs: {},
            },
            {
                urn: urnOf(password),
                type: password.type,
                custom: true,
                id: "/password",
                inputs: {
                    name: "/password",
                    type: "SecureString",
                    value: { [SIGNATURE]: SECRET, ciphertext: "v1:abc" },
                },
                outputs: { value: { [SIGNATURE]: SECRET, plaintext: '"in the clear"' } },
            },
            { urn: urnOf({ type: topic.type, name: "half" }), type: topic.type, custom: true, delete: true },
        ],
    },
};

describe("an exported state", () => {
    let folder: string;
    const write = (text: string): string => {
        const file = path.join(folder, "state.json");
        writeFileSync(file, text);
        return file;
    };

    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "state-"));
    });

    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("is compared without the noise of ids, names that Pulumi makes, defaults and what AWS answers", () => {
        const state = exportedState(write(JSON.stringify(STATE)));
        const preview = sideOf([network, server, topic, password]);
        const stack = preview.stacks["prod"]!;
        const invokes = [
            { token: "aws:ec2/getAmi:getAmi", args: {}, result: { id: "ami-0made0up0by0preview" } },
        ];
        const changes = compareDocuments(
            state,
            { ...preview, stacks: { prod: { ...stack, invokes } } },
            { deployed: true },
        );
        const [compared] = changes.stacks;
        expect(
            compared?.resources.map(({ op, name, properties }) => [
                op,
                name,
                properties.map(({ path: where }) => where),
            ]),
        ).to.deep.equal([["update", "server", ["instanceType"]]]);
        expect(changes.notes).to.deep.equal([
            "prod: 1 value that AWS answers with, such as ids of images, could not be compared.",
        ]);
    });

    it("shows no secret, encrypted or not", () => {
        const text = JSON.stringify(exportedState(write(JSON.stringify(STATE))));
        expect(text).not.to.match(/v1:abc|in the clear/);
    });

    it("is refused where it is none, with why", () => {
        const refused = (text: string): string => {
            try {
                exportedState(write(text));
            } catch (error) {
                return error instanceof Error ? error.message : String(error);
            }
            return "taken";
        };
        expect(refused("{")).to.match(
            /must be a git ref, or a file that `pulumi stack export --file` wrote; it is no JSON:/,
        );
        expect(refused("{}")).to.match(/; it has no deployment with resources\.$/);
        expect(refused('{"deployment":{"resources":[]}}')).to.match(/; its stack is empty\.$/);
    });
});
