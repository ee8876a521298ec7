import { expect } from "chai";
import { StacksView, StackView, stackRule, text, type NamedStack } from "../../../policies/framework";
import { acrossStacks } from "../../../policies/framework/acrossStacks";
import { JointView } from "../../../policies/framework/jointView";
import { memberViews, outputsView } from "../../../tools/preview/policies/memberViews";
import { type AnalyzedResource } from "../../../tools/preview/policies/resources";
import { type Properties } from "../../../tools/preview/types";
import { UNKNOWN } from "../../../tools/preview/values";
import { resource, urnOf } from "../../support/policies/packProcesses";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const CLUSTER = "aws:rds/cluster:Cluster";
const GLOBAL = "aws:rds/globalCluster:GlobalCluster";
const INSTANCE = "aws:rds/instance:Instance";
const FILES = "aws:efs/fileSystem:FileSystem";
const FILES_COPY = "aws:efs/replicationConfiguration:ReplicationConfiguration";
const REFERENCE = "pulumi:pulumi:StackReference";

type Part = (stack: string) => AnalyzedResource;

const part =
    (type: string, name: string, inputs: Properties, more: Partial<AnalyzedResource> = {}): Part =>
    (stack) =>
        resource(type, name, inputs, {
            outputs: { id: UNKNOWN, arn: UNKNOWN, ...inputs, ...more.outputs },
            urn: urnOf(type, name, stack),
        });

const stack = (name: string, ...parts: readonly Part[]): NamedStack => {
    const resources = parts.map((each) => each(name));
    return {
        name,
        view: new StackView(memberViews(resources)),
        state: new StackView(memberViews(resources, outputsView)),
    };
};

/** What the first resource of a type refers to, as `stack name`. */
function references(
    stacks: readonly NamedStack[],
    type: string,
    property: string,
    ...types: readonly string[]
): string[] {
    const joint = new JointView(new StacksView(stacks));
    const [first] = joint.ofType(type);
    return first === undefined
        ? []
        : joint
              .referencesOf(first, property, ...types)
              .map((found) => `${joint.stackOf(found).name} ${found.name}`);
}

const people = (region: string, more: Partial<AnalyzedResource> = {}): Part =>
    part(TABLE, "people", { name: "people", region }, more);
const replicaOf = (arn: unknown, region = "eu-west-1"): Part =>
    part(REPLICA, "copy", { globalTableArn: arn, region });
const ARN = "arn:aws:dynamodb:eu-central-1:111122223333:table/people";

describe("several stacks as one", () => {
    const toTable = (...stacks: readonly NamedStack[]): string[] =>
        references(stacks, REPLICA, "globalTableArn", TABLE);

    it("relate by an ARN that is known", () => {
        const own = { outputs: { arn: ARN, name: "other" } };
        expect(toTable(stack("a", replicaOf(ARN)), stack("b", people("eu-central-1", own)))).to.deep.equal([
            "b people",
        ]);
    });

    it("relate by what makes up an ARN that is not known yet", () => {
        expect(
            toTable(
                stack("a", replicaOf(ARN)),
                stack("us", people("us-east-1")),
                stack("eu", people("eu-central-1")),
            ),
        ).to.deep.equal(["eu people"]);
    });

    it("do not relate by a known ARN of another resource of the name", () => {
        const other = { outputs: { arn: ARN.replace("111122223333", "444455556666") } };
        expect(toTable(stack("a", replicaOf(ARN)), stack("b", people("eu-central-1", other)))).to.deep.equal(
            [],
        );
    });

    it("relate by an identifier that AWS draws, whatever the region", () => {
        const files = part(
            FILES,
            "files",
            { region: "us-east-1" },
            { outputs: { id: "fs-0123456789abcdef0" } },
        );
        const copy = part(FILES_COPY, "copy", {
            sourceFileSystemId: "fs-0123456789abcdef0",
            region: "eu-west-1",
        });
        expect(
            references([stack("a", copy), stack("b", files)], FILES_COPY, "sourceFileSystemId", FILES),
        ).to.deep.equal(["b files"]);
    });

    it("relate by a name in the same region alone, but for what is named alike everywhere", () => {
        const member = part(INSTANCE, "reader", { replicateSourceDb: "orders", region: "us-east-1" });
        const source = (region: string): Part => part(INSTANCE, "orders", { identifier: "orders", region });
        const to = (region: string): string[] =>
            references(
                [stack("a", member), stack("b", source(region))],
                INSTANCE,
                "replicateSourceDb",
                INSTANCE,
            );
        expect(to("us-east-1")).to.deep.equal(["b orders"]);
        expect(to("eu-central-1")).to.deep.equal([]);

        const joins = part(CLUSTER, "second", { globalClusterIdentifier: "shop", region: "eu-central-1" });
        const whole = part(GLOBAL, "whole", { globalClusterIdentifier: "shop", region: "us-east-1" });
        expect(
            references([stack("a", joins), stack("b", whole)], CLUSTER, "globalClusterIdentifier", GLOBAL),
        ).to.deep.equal(["b whole"]);
    });

    it("take a name that was read from a stack for one of that stack", () => {
        const source = part(INSTANCE, "orders", { identifier: "orders", region: "us-east-1" });
        const from = (name: string): NamedStack => {
            const read = part(REFERENCE, "to-c", { name: `organization/shop/${name}` });
            const reader: Part = (where) => ({
                ...part(INSTANCE, "reader", { replicateSourceDb: "orders", region: "us-east-1" })(where),
                propertyDependencies: { replicateSourceDb: [urnOf(REFERENCE, "to-c", where)] },
            });
            return stack("a", read, reader);
        };
        const to = (name: string): string[] =>
            references(
                [from(name), stack("b", source), stack("c", source)],
                INSTANCE,
                "replicateSourceDb",
                INSTANCE,
            );
        expect(to("c")).to.deep.equal(["c orders"]);
        expect(to("z")).to.deep.equal([]);
    });

    it("leave a name to the own stack where that has it", () => {
        const source = part(INSTANCE, "orders", { identifier: "orders", region: "us-east-1" });
        const reader = part(INSTANCE, "a-reader", { replicateSourceDb: "orders", region: "us-east-1" });
        expect(
            references(
                [stack("a", reader, source), stack("b", source)],
                INSTANCE,
                "replicateSourceDb",
                INSTANCE,
            ),
        ).to.deep.equal(["a orders"]);
    });

    it("say that it is open what an unknown value, or one of a resource that has no name yet, means", () => {
        expect(() => toTable(stack("a", replicaOf(UNKNOWN)), stack("b", people("eu-central-1")))).to.throw(
            "can't be known during preview",
        );
        const nameless = part(TABLE, "people", { name: UNKNOWN, region: "eu-central-1" });
        expect(() => toTable(stack("a", replicaOf(ARN)), stack("b", nameless))).to.throw(
            "can't be known during preview",
        );
    });

    it("find who refers to a resource, though one of them is not known", () => {
        const stacks = [
            stack("a", people("eu-central-1")),
            stack("b", replicaOf(ARN)),
            stack("c", replicaOf(UNKNOWN)),
        ];
        const joint = new JointView(new StacksView(stacks));
        const [table] = joint.ofType(TABLE);
        const found = table === undefined ? [] : joint.referrersOf(table, REPLICA, "globalTableArn");
        expect(found.map((each) => joint.stackOf(each).name)).to.deep.equal(["b"]);
        expect(
            joint.undecided.map(({ member }) => (member === undefined ? "" : joint.stackOf(member).name)),
        ).to.deep.equal(["c"]);
    });

    it("know only their own resources", () => {
        const [foreign] = stack("z", people("eu-central-1")).state.resources;
        expect(() => foreign && new JointView(new StacksView([])).stackOf(foreign)).to.throw(
            "is in none of the stacks",
        );
    });
});

describe("a rule about one stack, asked of several", () => {
    const rule = acrossStacks(
        stackRule<{ readonly banned: string }>({
            id: "replicas-few",
            severity: "high",
            description: "Few.",
            fix: "Remove it.",
            frameworks: { controls: ["P02"] },
            config: { banned: { type: "string", default: "us-east-1", description: "Where not." } },
            checkStack: (stacks, report, { banned }) => {
                stacks.each(stacks.ofType(REPLICA), (replica) => {
                    for (const table of stacks.referencesOf(replica, "globalTableArn", TABLE)) {
                        if (text(replica.props.region) === banned) {
                            report(`copies ${stacks.nameOf(table, replica)}.`, replica);
                        }
                    }
                });
            },
        }),
        {
            id: "stacks-replicas-few",
            description: "Few, over all.",
            shared: { more: { type: "string", default: "", description: "More." } },
        },
    );

    const told = (...stacks: readonly NamedStack[]): { said: string[]; open: string[] } => {
        const view = new StacksView(stacks);
        const said: string[] = [];
        rule.checkStacks(
            view,
            (reason, where) => {
                said.push(`${where?.stack.name ?? ""} ${where?.resource?.name ?? ""} ${reason}`);
            },
            { banned: "us-east-1" },
        );
        return { said, open: view.undecided.map((each) => each.stack?.name ?? "") };
    };

    it("is the same rule under another name, with the settings of the pack", () => {
        expect(rule).to.deep.include({
            id: "stacks-replicas-few",
            description: "Few, over all.",
            severity: "high",
        });
        expect(Object.keys(rule.config ?? {})).to.deep.equal(["banned", "more"]);
    });

    it("says what several stacks show, and not what one alone does", () => {
        expect(
            told(stack("a", replicaOf(ARN, "us-east-1")), stack("b", people("eu-central-1"))),
        ).to.deep.equal({ said: [`a copy copies "people" of the stack b.`], open: [] });
        expect(told(stack("a", replicaOf(ARN), people("eu-central-1")), stack("b"))).to.deep.equal({
            said: [],
            open: [],
        });
        const own = { outputs: { arn: ARN } };
        expect(
            told(stack("a", replicaOf(ARN, "us-east-1"), people("eu-central-1", own)), stack("b")),
        ).to.deep.equal({
            said: [],
            open: [],
        });
    });

    it("says once where it could not decide", () => {
        expect(
            told(stack("a", replicaOf(UNKNOWN, "us-east-1")), stack("b", people("eu-central-1"))),
        ).to.deep.equal({
            said: [],
            open: ["a"],
        });
    });
});
