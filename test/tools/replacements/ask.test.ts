import { expect } from "chai";
import path from "node:path";
import { encode, ExtData } from "@msgpack/msgpack";
import { WrongCall, readCall } from "../../../tools/shared/commandLine";
import { COMMAND } from "../../../tools/replacements/command";
import { UNKNOWN, unpack } from "../../../tools/replacements/ask/protocol";
import { Provider, ProviderFailure, wrongExecutable } from "../../../tools/replacements/ask/provider";
import { type Answers, type Questions, answersOf } from "../../../tools/replacements/ask/tables";
import { type DeclaredType } from "../../../tools/replacements/providerDocs";
import {
    type Asked,
    type Planned,
    Program,
    StandInProvider,
    type StandIn,
    attribute,
    nested,
} from "./standInProvider";

function declared(
    type: string,
    inputs: readonly string[],
    inside: Readonly<Record<string, readonly string[]>> = {},
): DeclaredType {
    return { type, inputs, replacements: new Map(), inside: (names) => inside[names.join(".")] ?? [] };
}

const DECLARED = [
    declared("aws:ec2/instance:Instance", ["ami", "rules", "size", "tags", "region", "newer"], {
        rules: ["ports", "protocol"],
    }),
    declared("aws:rds/snapshot:Snapshot", ["name", "copies", "locked", "kind"]),
    declared("aws:dax/cluster:Cluster", ["nodes", "owner"]),
    declared("aws:dax/clusterV2:ClusterV2", ["nodes", "owner"]),
    declared("aws:qldb/stream:Stream", ["roleArn"]),
];

const RESOURCES: StandIn["resources"] = {
    aws_instance: {
        attributes: [
            attribute("id", "string"),
            attribute("ami", "string"),
            attribute("size", "number"),
            attribute("tags", ["map", "string"]),
            attribute("address", "string", { optional: false }),
        ],
        blockTypes: [
            nested("rule", "SET", 0, attribute("ports", ["set", "number"]), attribute("protocol", "string")),
            nested("timeouts", "SINGLE", 0, attribute("create", "string")),
        ],
    },
    aws_db_snapshot: {
        attributes: [
            attribute("name", "string", { required: true }),
            attribute("copies", "number"),
            attribute("locked", "bool"),
            attribute("kind", "string"),
        ],
        blockTypes: [],
    },
    aws_dax_cluster: {
        attributes: [attribute("nodes", ["list", "string"]), attribute("owner", "string")],
        blockTypes: [],
    },
    aws_simpledb_domain: { attributes: [attribute("name", "string")], blockTypes: [] },
};

/**
 * Replaces an instance for its image and its rules' protocol, and leaves its size when it does. Refuses to change a
 * snapshot in two ways, its copies where it may be locked, and its kind always. Ends over the owner of a cluster.
 */
function plan({ type, prior, proposed }: Asked): Planned {
    const changed = Object.keys(prior).filter(
        (name) => JSON.stringify(prior[name]) !== JSON.stringify(proposed[name]),
    );
    switch (type) {
        case "aws_instance":
            return changed.includes("ami")
                ? {
                      state: { ...proposed, size: prior["size"] ?? null, address: UNKNOWN },
                      replaces: [["ami"], ["rule", 0, "protocol"], ["id"]],
                  }
                : { state: proposed };
        case "aws_db_snapshot":
            if (changed.length > 1) {
                return { error: "one after the other" };
            }
            if (changed.includes("kind") || (changed.includes("copies") && proposed["locked"] !== null)) {
                return { error: `not the ${changed.join()}` };
            }
            return {
                state: proposed,
                replaces: changed.filter((name) => name !== "locked").map((name) => [name]),
            };
        default:
            return changed.includes("owner") ? { end: true } : { state: proposed };
    }
}

describe("asking the provider", () => {
    const standIns: StandInProvider[] = [];
    const programs: Program[] = [];

    async function served(standIn: Partial<StandIn> = {}): Promise<[StandInProvider, string]> {
        const provider = new StandInProvider({ resources: RESOURCES, plan, ...standIn });
        standIns.push(provider);
        return [provider, await provider.serve()];
    }

    function program(script: string): string {
        const made = new Program(script);
        programs.push(made);
        return made.file;
    }

    async function failure(file: string, rest: Partial<Questions> = {}): Promise<Error> {
        try {
            await answersOf({ file, declared: DECLARED, ...rest });
        } catch (error) {
            return error as Error;
        }
        throw new Error("The provider was asked.");
    }

    after(() => {
        for (const each of standIns) {
            each.stop();
        }
        for (const each of programs) {
            each.remove();
        }
    });

    describe("for all types", () => {
        let standIn: StandInProvider;
        let answers: Answers;
        const progress: string[] = [];

        before(async () => {
            process.env["AWS_PROFILE"] = "mine";
            try {
                let file: string;
                [standIn, file] = await served();
                answers = await answersOf({
                    file,
                    declared: DECLARED,
                    onProgress: (asked, of) => progress.push(`${asked}/${of}`),
                });
            } finally {
                delete process.env["AWS_PROFILE"];
            }
        });

        it("tells of each type of @pulumi/aws what is replaced, and of what it was told nothing", () => {
            expect(answers.asked.types).to.deep.equal({
                "aws:dax/cluster:Cluster": { see: "aws_dax_cluster", replaces: [], untold: ["owner"] },
                "aws:dax/clusterV2:ClusterV2": { see: "aws_dax_cluster", replaces: [], untold: ["owner"] },
                "aws:ec2/instance:Instance": {
                    see: "aws_instance",
                    replaces: ["ami", "rules.protocol"],
                    untold: ["newer"],
                },
                "aws:rds/snapshot:Snapshot": {
                    see: "aws_db_snapshot",
                    replaces: ["copies", "name"],
                    untold: ["kind"],
                },
            });
            expect(answers.asked.source).to.include("example/stand-in 1.2.3");
        });

        it("tells which lists are sets", () => {
            expect(answers.sets.types).to.deep.equal({
                "aws:ec2/instance:Instance": ["rules", "rules.ports"],
            });
            expect(answers.sets.source).to.include("example/stand-in 1.2.3");
        });

        it("asks for one property after the other where all at once is refused, and says why", () => {
            expect(Object.keys(answers.refusals)).to.deep.equal(["aws_dax_cluster", "aws_db_snapshot"]);
            expect(answers.refusals["aws_db_snapshot"]).to.deep.equal({
                "*": "one after the other",
                kind: "not the kind",
            });
        });

        it("asks for a property alone that is refused among the others", () => {
            const { prior, proposed, config } = standIn.asked.find(
                (each) => each.type === "aws_db_snapshot" && each.prior["locked"] === null,
            )!;
            expect([prior, proposed, config]).to.deep.equal([
                { name: null, copies: 5, locked: null, kind: null },
                { name: null, copies: 6, locked: null, kind: null },
                { name: null, copies: 6, locked: null, kind: null },
            ]);
        });

        it("asks again for what another change has hidden", () => {
            const asked = standIn.asked.filter(({ type }) => type === "aws_instance");
            expect(asked.map(({ proposed }) => [proposed["ami"], proposed["size"]])).to.deep.equal([
                ["value-b", 6],
                ["value-a", 6],
            ]);
        });

        it("starts the provider again when it ends, and goes on", () => {
            const { "*": whole, owner, ...rest } = answers.refusals["aws_dax_cluster"] ?? {};
            expect(whole).to.match(/does not answer PlanResourceChange: 14 UNAVAILABLE/);
            expect(owner).to.match(/does not answer PlanResourceChange: 14 UNAVAILABLE/);
            expect(rest).to.deep.equal({});
            // At first, after all at once, and after the owner.
            expect(standIn.settings).to.have.length(3);
        });

        it("asks with two values of each property, and what the provider computes as it was", () => {
            const { prior, proposed, config } = standIn.asked.find(({ type }) => type === "aws_instance")!;
            expect([prior, proposed, config]).to.deep.equal([
                {
                    id: "x-1",
                    ami: "value-a",
                    size: 5,
                    tags: null,
                    address: "value-a",
                    rule: [{ ports: [5], protocol: "value-a" }],
                    timeouts: null,
                },
                {
                    id: "x-1",
                    ami: "value-b",
                    size: 6,
                    tags: null,
                    address: "value-a",
                    rule: [{ ports: [6], protocol: "value-b" }],
                    timeouts: null,
                },
                {
                    id: null,
                    ami: "value-b",
                    size: 6,
                    tags: null,
                    address: null,
                    rule: [{ ports: [6], protocol: "value-b" }],
                    timeouts: null,
                },
            ]);
        });

        it("asks for no type that @pulumi/aws does not have, and counts", () => {
            expect([...new Set(standIn.asked.map(({ type }) => type))].sort()).to.deep.equal([
                "aws_dax_cluster",
                "aws_db_snapshot",
                "aws_instance",
            ]);
            expect(progress).to.deep.equal(["1/3", "2/3", "3/3"]);
        });

        it("lets nothing reach AWS", () => {
            expect(standIn.settings[0]).to.deep.equal({
                region: "us-east-1",
                access_key: "made-up",
                else: null,
                assume_role: [],
            });
            const environment = standIn.environment().split("\n");
            expect(environment).to.include.members([
                "HTTPS_PROXY=http://127.0.0.1:9",
                "HTTP_PROXY=http://127.0.0.1:9",
                "AWS_ACCESS_KEY_ID=made-up",
                "AWS_EC2_METADATA_DISABLED=true",
                "PLUGIN_PROTOCOL_VERSIONS=5",
            ]);
            expect(
                environment.filter((line) => /^(?:AWS_PROFILE|no_proxy|https?_proxy)=/.test(line)),
            ).to.deep.equal([]);
        });
    });

    it("asks for the given types only", async () => {
        const [standIn, file] = await served();
        const { asked } = await answersOf({ file, declared: DECLARED, types: ["aws_instance"] });
        expect(Object.keys(asked.types)).to.deep.equal(["aws:ec2/instance:Instance"]);
        expect(standIn.asked.map(({ type }) => type)).to.not.include("aws_db_snapshot");
    });

    it("refuses types that there are not, and says which one is nearest", async () => {
        const [, file] = await served();
        const error = await failure(file, { types: ["aws_instanse", "aws_simpledb_domain"] });
        expect(error).to.be.instanceOf(WrongCall);
        expect(error.message).to.equal(
            "example/stand-in 1.2.3 has no type aws_instanse. Did you mean aws_instance?\n" +
                "@pulumi/aws has no type that is aws_simpledb_domain.",
        );
    });

    it("reads what is not known yet, with and without a hint of it", () => {
        const value = [
            new ExtData(0, new Uint8Array([0])),
            new ExtData(12, new Uint8Array([0x81, 1, 0xc2])),
            1,
        ];
        expect(unpack({ msgpack: Buffer.from(encode(value)) })).to.deep.equal([UNKNOWN, UNKNOWN, 1]);
    });

    it("refuses what is no program", () => {
        expect(wrongExecutable(path.join(__dirname, "nothing"))).to.match(/^There is no .*nothing\.$/);
        expect(wrongExecutable(__dirname)).to.match(/is no file\.$/);
        expect(wrongExecutable(__filename)).to.match(/is no program: it may not be executed\.$/);
        expect(wrongExecutable(process.execPath)).to.equal(undefined);
    });

    it("says what a program did that is no provider", async () => {
        const scripts: [string, number?][] = [
            ["echo broken >&2; exit 3"],
            ["echo hello; exec sleep 600"],
            ["exec sleep 600", 300],
            ["echo '1|6|tcp|127.0.0.1:1|grpc|'"],
        ];
        const messages = await Promise.all(
            scripts.map(async ([script, patience]) => {
                const error = await failure(program(script), patience === undefined ? {} : { patience });
                expect(error).to.be.instanceOf(ProviderFailure);
                return error.message.replace(/^\S+ /, "");
            }),
        );
        expect(messages).to.deep.equal([
            "does not start as a provider of Terraform's does: it ended with status 3; it said last: broken",
            'does not start as a provider of Terraform\'s does: its first line is "hello"',
            "does not start as a provider of Terraform's does: it says nothing for 0.3 s",
            "speaks version 6 of the providers' protocol; only 5 is known here",
        ]);
    });

    it("waits no longer than it should for a provider that never answers", async () => {
        for (const silent of ["GetSchema", "Configure"]) {
            const [, file] = await served({ silent: [silent] });
            const error = await failure(file, { patience: 1000 });
            expect(error).to.be.instanceOf(ProviderFailure);
            expect(error.message).to.include(`The provider does not answer ${silent}: 4 DEADLINE_EXCEEDED`);
        }
    });

    it("gives up a type at which the provider never answers", async () => {
        const [standIn, file] = await served({ silent: ["PlanResourceChange"] });
        const { asked, refusals } = await answersOf({
            file,
            declared: DECLARED,
            types: ["aws_instance"],
            patience: 1000,
        });
        expect(asked.types["aws:ec2/instance:Instance"]?.untold).to.deep.equal([
            "ami",
            "newer",
            "rules",
            "size",
        ]);
        expect(refusals["aws_instance"]?.["rule"]).to.equal(
            "not asked, for the provider had ended too often",
        );
        expect(standIn.settings).to.have.length(4);
    });

    it("refuses a provider that does not say which one it is", async () => {
        const provider = await Provider.start(program("echo '1|5|tcp|127.0.0.1:1|grpc|'; exec sleep 600"));
        try {
            expect(() => provider.name).to.throw(ProviderFailure, /does not say which provider it is/);
        } finally {
            await provider.stop();
        }
    });

    it("takes a type only with a provider", () => {
        expect(() => readCall(["--type", "aws_instance"], COMMAND)).to.throw(WrongCall, /--ask/);
        expect(readCall(["--ask", "provider", "--type", "a", "--type", "b"], COMMAND)).to.deep.include({
            flags: { ask: "provider" },
            lists: { type: ["a", "b"] },
        });
    });
});
