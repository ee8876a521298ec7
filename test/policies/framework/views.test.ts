import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
    isUnknownError,
    loadRules,
    loadStacksRules,
    StacksView,
    StackView,
    text,
    type Member,
} from "../../../policies/framework";
import { accountKeyOf, limitedAccountOf } from "../../../policies/framework/accounts";
import { inputOf, isInput } from "../../../policies/framework/items";
import { memberViews } from "../../../tools/preview/policies/memberViews";
import { type AnalyzedResource } from "../../../tools/preview/policies/resources";
import { secret, UNKNOWN } from "../../../tools/preview/values";
import { resource } from "../../support/policies/packProcesses";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const PROVIDER = "pulumi:providers:aws";

const view = (...resources: readonly AnalyzedResource[]): StackView => new StackView(memberViews(resources));
const names = (members: readonly Member[]): string[] => members.map(({ name }) => name);
const first = (stack: StackView, type: string): Member => {
    const [member] = stack.ofType(type);
    if (member === undefined) {
        throw new Error(`no ${type}`);
    }
    return member;
};

describe("what a stack rule looks at", () => {
    const data = resource(BUCKET, "data", { bucket: "shop-data" });
    const logs = resource(BUCKET, "logs", { bucket: "shop-logs" });

    it("has the resources by type, in one order however they were registered", () => {
        const policy = resource(POLICY, "p");
        for (const stack of [view(data, policy, logs), view(logs, data, policy).again()]) {
            expect(names(stack.resources)).to.deep.equal(["data", "logs", "p"]);
            expect(names(stack.ofType(BUCKET))).to.deep.equal(["data", "logs"]);
            expect(names(stack.ofType(POLICY, BUCKET))).to.deep.equal(["data", "logs", "p"]);
            expect(stack.ofType("aws:sqs/queue:Queue")).to.be.empty;
        }
    });

    it("follows relations while values are unknown", () => {
        const policy = resource(
            POLICY,
            "p",
            { bucket: UNKNOWN },
            { propertyDependencies: { bucket: [logs.urn] } },
        );
        const stack = view(data, logs, policy);
        expect(names(stack.referencesOf(first(stack, POLICY), "bucket", BUCKET))).to.deep.equal(["logs"]);
        expect(names(stack.referencesOf(first(stack, POLICY), "bucket", POLICY))).to.deep.equal([]);
        const [, second] = stack.ofType(BUCKET);
        expect(names(stack.referrersOf(first(stack, BUCKET), POLICY, "bucket"))).to.deep.equal([]);
        expect(second === undefined ? [] : names(stack.referrersOf(second, POLICY, "bucket"))).to.deep.equal([
            "p",
        ]);
    });

    it("follows values where there is no dependency, also among lists with unknown elements", () => {
        const stack = view(
            data,
            logs,
            resource(POLICY, "p", { bucket: "shop-data", others: [UNKNOWN, "shop-logs"] }),
        );
        expect(names(stack.referencesOf(first(stack, POLICY), "bucket", BUCKET))).to.deep.equal(["data"]);
        expect(names(stack.referencesOf(first(stack, POLICY), "nothing", BUCKET))).to.deep.equal([]);
    });

    it("follows identifiers that a resource hands on", () => {
        const through = (property: string, ...members: readonly AnalyzedResource[]) => ({
            propertyDependencies: { [property]: members.map(({ urn }) => urn) },
        });
        const zone = resource("aws:route53/zone:Zone", "z");
        const key = resource("aws:kms/key:Key", "k");
        const signing = resource(
            "aws:route53/keySigningKey:KeySigningKey",
            "s",
            { hostedZoneId: UNKNOWN },
            { propertyDependencies: { hostedZoneId: [zone.urn], keyManagementServiceArn: [key.urn] } },
        );
        const DNSSEC = "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec";
        const inputs = { hostedZoneId: UNKNOWN, note: UNKNOWN };
        const found = (change: Partial<AnalyzedResource>, property = "hostedZoneId"): string[] => {
            const stack = view(zone, key, signing, resource(DNSSEC, "d", inputs, change));
            return names(stack.referencesOf(first(stack, DNSSEC), property, zone.type));
        };
        expect(found(through("hostedZoneId", signing))).to.deep.equal(["z"]);
        // Of several sources nobody knows which one, and a text made of an identifier is none.
        expect(found(through("hostedZoneId", signing, key))).to.deep.equal([]);
        expect(found(through("note", signing), "note")).to.deep.equal([]);
    });

    it("tells what the program gave from what the provider will fill in", () => {
        const withoutRecord = (...resources: readonly AnalyzedResource[]): StackView =>
            new StackView(memberViews(resources).map(({ inputs: _, ...member }): Member => member));
        const computed = first(
            withoutRecord(resource(BUCKET, "files", { policy: UNKNOWN, bucket: "shop-files" })),
            BUCKET,
        );
        expect(isInput(computed, "policy")).to.equal(false);
        expect(inputOf(computed, "policy")).to.equal(undefined);
        expect(inputOf(computed, "bucket")).to.equal("shop-files");
        const given = first(
            withoutRecord(
                data,
                resource(POLICY, "p", { policy: UNKNOWN }, { propertyDependencies: { policy: [data.urn] } }),
            ),
            POLICY,
        );
        expect(isInput(given, "policy")).to.equal(true);
        expect(() => inputOf(given, "policy")).to.throw("can't be known during preview");
    });

    it("takes nothing that AWS has computed for what the program gave, once that is known", () => {
        const deployed = {
            ...first(view(resource(BUCKET, "files", { bucket: "shop-files", acl: UNKNOWN })), BUCKET),
            props: { bucket: "shop-files", policy: "{}", acl: "private" },
        };
        expect(isInput(deployed, "policy")).to.equal(false);
        expect(inputOf(deployed, "policy")).to.equal(undefined);
        expect(isInput(deployed, "bucket")).to.equal(true);
        expect(inputOf(deployed, "bucket")).to.equal("shop-files");
        expect(isInput(deployed, "acl")).to.equal(true);
    });

    describe("in a component, whose outputs all wait for everything that it has made", () => {
        const SUBNET = "aws:ec2/subnet:Subnet";
        const GROUP = "aws:rds/subnetGroup:SubnetGroup";
        const network = resource("awsx:ec2:Vpc", "net", {}, { custom: false });
        const subnet = (name: string, id: unknown): AnalyzedResource =>
            resource(SUBNET, name, {}, { parent: network.urn, inputs: { id } });
        const chosen = (ids: unknown, known: boolean): (() => string[]) => {
            const all = ["a", "b", "c"].map((name) => subnet(name, known ? `subnet-${name}` : UNKNOWN));
            const stack = view(
                network,
                ...all,
                resource(
                    GROUP,
                    "g",
                    { subnetIds: ids },
                    {
                        propertyDependencies: {
                            subnetIds: [network.urn, ...all.map(({ urn }) => urn)],
                        },
                    },
                ),
            );
            return () => names(stack.referencesOf(first(stack, GROUP), "subnetIds", SUBNET));
        };

        it("is undecided which of several is meant while nothing tells", () => {
            expect(chosen([UNKNOWN, UNKNOWN], false)).to.throw("can't be known during preview");
            expect(chosen(UNKNOWN, false)).to.throw("can't be known during preview");
        });

        it("is told by identifiers, or by there being no more than are named", () => {
            expect(chosen(["subnet-a", "subnet-c"], true)()).to.deep.equal(["a", "c"]);
            expect(chosen([UNKNOWN, UNKNOWN, UNKNOWN], false)()).to.deep.equal(["a", "b", "c"]);
        });

        it("is undecided from the other end, too", () => {
            const a = subnet("a", UNKNOWN);
            const b = subnet("b", UNKNOWN);
            const other = resource(SUBNET, "other");
            const sources = [network.urn, a.urn, b.urn];
            const association = resource(
                "aws:ec2/routeTableAssociation:RouteTableAssociation",
                "own",
                { subnetId: UNKNOWN },
                { propertyDependencies: { subnetId: sources } },
            );
            const stack = view(network, a, b, other, association);
            const referrers = (index: number): string[] => {
                const target = stack.ofType(SUBNET)[index];
                return target === undefined
                    ? ["nothing"]
                    : names(stack.referrersOf(target, association.type, "subnetId"));
            };
            expect(() => referrers(0)).to.throw("can't be known during preview");
            expect(referrers(2)).to.deep.equal([]);
        });
    });

    it("knows its own URN", () => {
        const root = resource("pulumi:pulumi:Stack", "shop-dev");
        expect(view(data, root).urn).to.equal(root.urn);
        expect(view(data).urn).to.equal("urn:pulumi:dev");
        expect(view().urn).to.equal("");
    });

    it("lets rules of the preview see what the policy SDK would show them", () => {
        const provider = resource(PROVIDER, "here", { region: "eu-central-1" });
        const parent = resource("shop:index:Store", "store", {}, { custom: false });
        const member = first(
            view(
                provider,
                parent,
                resource(
                    BUCKET,
                    "all",
                    { password: secret("sesame"), nested: [{ unknown: UNKNOWN }] },
                    {
                        provider: provider.urn,
                        parent: parent.urn,
                        dependencies: [parent.urn, "urn:gone"],
                        options: {
                            protect: true,
                            ignoreChanges: ["x"],
                            additionalSecretOutputs: [],
                            aliases: [],
                        },
                    },
                ),
            ),
            BUCKET,
        );
        expect(member.props.password).to.equal("sesame");
        expect(() => (member.props.nested as { unknown: unknown }[])[0]?.unknown).to.throw(
            "string value at .nested.0.unknown can't be known during preview",
        );
        expect(member.opts).to.deep.include({ protect: true, ignoreChanges: ["x"], parent: parent.urn });
        expect(member.provider?.props.region).to.equal("eu-central-1");
        expect(member.parent?.name).to.equal("store");
        expect(names(member.dependencies)).to.deep.equal(["store"]);
    });

    it("tells the account that a provider is limited to, if it is one", () => {
        const accountOf = (allowedAccountIds: unknown): string | undefined => {
            const provider = resource(PROVIDER, "here", { allowedAccountIds });
            const mine = resource(BUCKET, "mine", {}, { provider: provider.urn });
            return limitedAccountOf(first(view(provider, mine), BUCKET));
        };
        // A provider's list comes as JSON text.
        expect(accountOf('["111122223333"]')).to.equal("111122223333");
        expect(accountOf(["111122223333"])).to.equal("111122223333");
        expect(accountOf('["111122223333","444455556666"]')).to.equal(undefined);
        expect(accountOf(UNKNOWN)).to.equal(undefined);
        expect(limitedAccountOf(first(view(data), BUCKET))).to.equal(undefined);
    });

    it("tells accounts apart by what providers say, or else by the provider", () => {
        const keyOf = (name: string, inputs: Readonly<Record<string, unknown>>): string => {
            const provider = resource(PROVIDER, name, inputs);
            return accountKeyOf(
                first(view(provider, resource(BUCKET, "b", {}, { provider: provider.urn })), BUCKET),
            );
        };
        const one = { allowedAccountIds: '["111122223333"]' };
        const us = keyOf("us", { ...one, region: "us-east-1" });
        expect(keyOf("eu", { ...one, region: "eu-central-1" })).to.equal(us);
        expect(keyOf("other", { ...one, assumeRoles: '[{"roleArn":"r"}]' })).not.to.equal(us);
        expect(keyOf("us", {})).not.to.equal(keyOf("eu", {}));
    });
});

describe("what a rule about several stacks looks at", () => {
    const stack = (name: string, ...resources: readonly AnalyzedResource[]) => ({
        name,
        view: view(...resources),
        state: view(...resources),
    });
    const reference = (name: string, to: unknown) =>
        resource("pulumi:pulumi:StackReference", name, { name: to });

    it("sets aside what is unknown, and goes on", () => {
        const stacks = new StacksView([
            stack("a", resource(BUCKET, "one", { bucket: UNKNOWN })),
            stack("b", resource(BUCKET, "two", { bucket: "b" })),
        ]);
        const seen: string[] = [];
        stacks.each([BUCKET], ({ props, name }, { name: where }) => {
            seen.push(`${where} ${name} ${text(props.bucket) ?? ""}`);
        });
        expect(seen).to.deep.equal(["b two b"]);
        expect(
            stacks.undecided.map((each) => `${each.stack?.name ?? ""} ${each.member?.name ?? ""}`),
        ).to.deep.equal(["a one"]);
        expect(stacks.undecided.every(({ error }) => isUnknownError(error))).to.equal(true);
        expect(() => {
            stacks.each([BUCKET], () => {
                throw new RangeError("a mistake");
            });
        }).to.throw(RangeError);
    });

    it("knows which stacks refer to which", () => {
        const a = stack("a");
        const b = stack(
            "b",
            reference("first", "organization/shop/a"),
            reference("other", "organization/shop/z"),
        );
        const c = stack("c", reference("organization/shop/b", undefined));
        const references = new StacksView([a, b, c]).references();
        expect(
            [...references].map(([from, to]) => [from.name, to.map((each) => each.to.name)]),
        ).to.deep.equal([
            ["a", []],
            ["b", ["a"]],
            ["c", ["b"]],
        ]);
    });
});

describe("a folder of rules", () => {
    let folder: string;

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-rules-"));
    });

    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });

    it("is the list of rules, by name", () => {
        for (const id of ["b-rule", "a-rule"]) {
            fs.writeFileSync(path.join(folder, `${id}.js`), `exports.rule = { id: "${id}" };`);
        }
        fs.writeFileSync(path.join(folder, "a-rule.d.ts"), "export {};");
        fs.writeFileSync(path.join(folder, "README.md"), "no rule");
        expect(loadRules(folder).map(({ id }) => id)).to.deep.equal(["a-rule", "b-rule"]);
        expect(loadStacksRules(folder)).to.have.length(2);
    });

    it("has rules named as their files", () => {
        fs.writeFileSync(path.join(folder, "a-rule.js"), `exports.rule = { id: "other" };`);
        expect(() => loadRules(folder)).to.throw(
            'a-rule.js must export the rule "a-rule", and exports "other"',
        );
        fs.writeFileSync(path.join(folder, "0-rule.js"), "");
        expect(() => loadRules(folder)).to.throw('0-rule.js must export the rule "0-rule", and exports none');
    });
});
