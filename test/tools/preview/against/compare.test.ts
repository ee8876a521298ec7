import { expect } from "chai";
import { type Changes, type ResourceChange } from "../../../../tools/preview/against/changes";
import { compareDocuments, type CompareOptions } from "../../../../tools/preview/against/compare";
import { type PolicyFinding } from "../../../../tools/preview/policies/findings";
import { type PreviewDocument } from "../../../../tools/preview/types";
import { type Given, sideOf, urnOf } from "../../../support/preview/sides";

const vpc: Given = {
    type: "aws:ec2/vpc:Vpc",
    name: "net",
    inputs: { cidrBlock: "10.0.0.0/16" },
    outputs: { arn: "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0123456789abcdef0" },
};
const subnet: Given = {
    type: "aws:ec2/subnet:Subnet",
    name: "data",
    inputs: { vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1a" },
    outputs: { arn: "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-0aaaaaaaaaaaaaaa1" },
    from: { vpcId: ["net"] },
};
const group: Given = {
    type: "aws:rds/subnetGroup:SubnetGroup",
    name: "group",
    inputs: { name: "group-1234abc", subnetIds: ["subnet-0aaaaaaaaaaaaaaa1"] },
    from: { subnetIds: ["data"] },
};
const cluster: Given = {
    type: "aws:rds/cluster:Cluster",
    name: "db",
    inputs: {
        clusterIdentifier: "shop-db",
        engine: "aurora-postgresql",
        engineVersion: "18.6",
        dbSubnetGroupName: "group-1234abc",
        kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/one",
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: "shop-db-final",
        backupRetentionPeriod: 7,
    },
    from: { dbSubnetGroupName: ["group"] },
};
const instance: Given = {
    type: "aws:rds/clusterInstance:ClusterInstance",
    name: "db-1",
    inputs: { clusterIdentifier: "shop-db", identifier: "shop-db-1", engine: "aurora-postgresql" },
    from: { clusterIdentifier: ["db"] },
};
const all = [vpc, subnet, group, cluster, instance];

/** The resources with the inputs of one changed. */
function withInputs(name: string, inputs: Given["inputs"], given: readonly Given[] = all): Given[] {
    return given.map((each) =>
        each.name === name ? { ...each, inputs: { ...each.inputs, ...inputs } } : each,
    );
}

function compared(before: readonly Given[], after: readonly Given[], options?: CompareOptions): Changes {
    return compareDocuments(sideOf(before), sideOf(after), options);
}

function resourcesOf(changes: Changes): readonly ResourceChange[] {
    return changes.stacks.flatMap(({ resources }) => resources);
}

/** `replace db: kmsKeyId changes`. */
function told(changes: Changes): string[] {
    return resourcesOf(changes).map(
        ({ op, name, reason }) => `${op} ${name}${reason === "" ? "" : `: ${reason}`}`,
    );
}

describe("the comparison of two previews", () => {
    it("compares a JSON text by its meaning where it names other resources, and shows none of the comparison's own marks", () => {
        const arn = vpc.outputs?.["arn"];
        const rule = (eventPattern: unknown): Given => ({
            type: "aws:cloudwatch/eventRule:EventRule",
            name: "rule",
            inputs: { eventPattern: JSON.stringify(eventPattern) },
            from: { eventPattern: ["net"] },
        });
        const changes = compared(
            [vpc, rule({ resources: [arn], source: ["aws.backup"] })],
            [vpc, rule({ source: ["aws.backup", "aws.ec2"], resources: [arn] })],
        );
        const [properties] = changes.stacks.flatMap(({ resources }) =>
            resources.map((each) => each.properties),
        );
        expect(properties?.map(({ path, after, kind }) => [path, kind, after])).to.deep.equal([
            ["eventPattern.source[aws.ec2]", "json", "aws.ec2"],
        ]);
        expect(JSON.stringify(changes)).not.to.match(/\\u000[123]/);
        const script = (text: string): Given => ({
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            name: "template",
            inputs: { userData: `#!/bin/sh\nexport NETWORK=${String(arn)}\n${text}\n` },
            from: { userData: ["net"] },
        });
        const code = compared([vpc, script("one")], [vpc, script(`two ${String(arn)}`)]);
        expect(JSON.stringify(code))
            .to.include("+ two ${net.arn}")
            .and.not.to.match(/\\u000[123]/);
    });

    it("takes no place, and no text that both sides have, for a reference to what one side alone has", () => {
        const bucket = (name: string): Given => ({
            type: "aws:s3/bucket:Bucket",
            name,
            outputs: { bucketRegion: "us-east-1", requestPayer: "BucketOwner" },
        });
        const code = (version: string): Given => ({
            type: "aws:lambda/function:Function",
            name: "code",
            inputs: {
                environment: { variables: { REGION: "us-east-1", PAYER: "BucketOwner", VERSION: version } },
            },
        });
        const side = (given: readonly Given[]): PreviewDocument => {
            const document = sideOf(given);
            const outputs = { region: "us-east-1", payer: "BucketOwner" };
            const config = { "aws:region": "us-east-1", "shop:payer": "BucketOwner" };
            return { ...document, stacks: { prod: { ...document.stacks["prod"]!, outputs, config } } };
        };
        const changes = compareDocuments(
            side([bucket("a"), bucket("b"), code("1")]),
            side([bucket("b"), code("2")]),
        );
        expect(told(changes)).to.deep.equal([
            "delete a",
            "update code: environment.variables.VERSION changes",
        ]);
        const [stack] = changes.stacks;
        expect([stack?.outputs, stack?.config]).to.deep.equal([[], []]);
    });

    it("replaces a network's balancer with a subnet that it is in, and updates an application's", () => {
        const balancer = (loadBalancerType: string): Given => ({
            type: "aws:lb/loadBalancer:LoadBalancer",
            name: "front",
            inputs: { loadBalancerType, subnets: ["subnet-0aaaaaaaaaaaaaaa1"] },
            from: { subnets: ["data"] },
        });
        const with_ = (kind: string): string[] =>
            told(
                compared(
                    [vpc, subnet, balancer(kind)],
                    withInputs("data", { cidrBlock: "10.0.2.0/24" }, [vpc, subnet, balancer(kind)]),
                ),
            );
        expect(with_("network")[1]).to.equal("replace front: subnets refers to data, which is replaced");
        expect(with_("application")[1]).to.equal("update front: subnets refers to data, which is replaced");
    });

    it("takes another order for no change where AWS keeps none", () => {
        const rule = (port: number): object => ({ protocol: "tcp", fromPort: port, toPort: port });
        const firewall = (ports: readonly number[]): Given => ({
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "web",
            inputs: { ingress: ports.map(rule) },
        });
        const task = (names: readonly string[], command: readonly string[]): Given => ({
            type: "aws:ecs/taskDefinition:TaskDefinition",
            name: "task",
            inputs: {
                containerDefinitions: JSON.stringify([
                    { name: "web", command, environment: names.map((name) => ({ name, value: "1" })) },
                ]),
            },
        });
        const names = (environment: readonly string[], command: readonly string[]): string[] =>
            told(
                compared(
                    [firewall([80, 443]), task(["A", "B"], ["x", "y"])],
                    [firewall([443, 80]), task(environment, command)],
                ),
            );
        expect(names(["B", "A"], ["x", "y"])).to.deep.equal([]);
        expect(names(["A", "B"], ["y", "x"])).to.deep.equal([
            "replace task: containerDefinitions[web].command changes",
        ]);
    });

    it("finds nothing between a document and itself", () => {
        const changes = compared(all, all);
        expect(changes.empty).to.equal(true);
        expect(told(changes)).to.deep.equal([]);
        expect(changes.stacks[0]?.same).to.equal(5);
    });

    it("says what is made, updated and deleted, and counts it", () => {
        const changes = compared(
            [...all, { type: "aws:sns/topic:Topic", name: "old" }],
            [...withInputs("db", { engineVersion: "18.7" }), { type: "aws:sns/topic:Topic", name: "new" }],
        );
        expect(told(changes)).to.deep.equal(["delete old", "update db: engineVersion changes", "create new"]);
        const { delete: gone, update, create, replace } = changes.counts;
        expect([gone, update, create, replace]).to.deep.equal([1, 1, 1, 0]);
        expect(changes.empty).to.equal(false);
    });

    it("is the same for the same two", () => {
        const [before, after] = [sideOf(all), sideOf(withInputs("net", { cidrBlock: "10.1.0.0/16" }))];
        expect(JSON.stringify(compareDocuments(before, after))).to.equal(
            JSON.stringify(compareDocuments(structuredClone(before), structuredClone(after))),
        );
    });

    it("follows a replacement to whoever holds its id, and no further than ids go", () => {
        const changes = compared(all, withInputs("net", { cidrBlock: "10.1.0.0/16" }));
        expect(told(changes)).to.deep.equal([
            "replace net: cidrBlock changes",
            "replace data: vpcId refers to net, which is replaced",
            "update group: subnetIds refers to data, which is replaced",
        ]);
        const [network, data] = resourcesOf(changes);
        expect(network?.dependents).to.deep.equal([urnOf(subnet)]);
        expect(data?.because).to.deep.equal([urnOf(vpc)]);
    });

    it("replaces with a resource of a given name those that would be replaced for it, since it goes first", () => {
        const changes = compared(
            all,
            withInputs("db", { kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/two" }),
        );
        expect(told(changes)).to.deep.equal([
            "replace db: kmsKeyId changes",
            "replace db-1: clusterIdentifier refers to db, which is replaced under the same name",
        ]);
        expect(resourcesOf(changes)[0]?.consequences).to.deep.equal([
            {
                kind: "deleteBeforeCreate",
                text: "the old one goes before the new one is made, since its clusterIdentifier shop-db is given: until then there is none",
            },
        ]);
    });

    it("says when a new one cannot be made beside the old one", () => {
        const moved = withInputs("data", { availabilityZone: "us-east-1b" });
        expect(resourcesOf(compared(all, moved))[0]?.consequences).to.deep.equal([
            {
                kind: "nameBlocks",
                text: "the new one cannot be made while the old one is there, since there is one with the same vpcId and cidrBlock: pulumi up fails",
            },
        ]);
        const renumbered = withInputs("data", { cidrBlock: "10.0.2.0/24" });
        expect(resourcesOf(compared(all, renumbered))[0]?.consequences.map(({ kind }) => kind)).to.deep.equal(
            ["createBeforeDelete"],
        );
    });

    it("follows a launch template's new version to the instances that are started from it", () => {
        const template = (userData: string, tags = {}): Given => ({
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            name: "template",
            inputs: { userData, tags },
            outputs: { latestVersion: 1 },
        });
        const fleet = (version: string): Given => ({
            type: "aws:autoscaling/group:Group",
            name: "fleet",
            inputs: { launchTemplate: { version }, instanceRefresh: { strategy: "Rolling" } },
            from: { launchTemplate: ["template"] },
        });
        const of = (version: string, before: Given, after: Given): string[] =>
            told(compared([before, fleet(version)], [after, fleet(version)]));
        expect(of("1", template("a"), template("b"))).to.deep.equal([
            "update template: userData changes",
            "update fleet: launchTemplate refers to the version of template, which is a new one",
        ]);
        expect(of("$Latest", template("a"), template("b"))).to.deep.equal([
            "update template: userData changes",
        ]);
        expect(of("1", template("a"), template("a", { x: "y" }))).to.deep.equal([
            "update template: tags.x changes",
        ]);
        const changes = compared([template("a"), fleet("1")], [template("b"), fleet("1")]);
        expect(resourcesOf(changes)[1]?.consequences.map(({ kind }) => kind)).to.deep.equal(["rolls"]);
    });

    it("names what a list refers to, however long its URN", () => {
        const name = "a-name-that-is-rather-long-for-a-label-of-an-item";
        const far: Given = {
            ...subnet,
            name,
            outputs: { arn: "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-0bbbbbbbbbbbbbbb2" },
        };
        const wider: Given = {
            ...group,
            inputs: { ...group.inputs, subnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0bbbbbbbbbbbbbbb2"] },
            from: { subnetIds: ["data", name] },
        };
        const changes = compared([vpc, subnet, far, group], [vpc, subnet, far, wider]);
        expect(told(changes)).to.deep.equal([`update group: subnetIds[\${${name}.id}] changes`]);
    });

    it("compares what both sides cost", () => {
        const money = (total: number): object => ({ fixed: total, usage: 0, total });
        const priced = (total: number, unpriced: object[]): PreviewDocument =>
            sideOf(all, {
                cost: {
                    stacks: {
                        prod: {
                            totals: money(total),
                            unpriced: unpriced.length,
                            components: [
                                {
                                    urn: urnOf(cluster),
                                    type: cluster.type,
                                    name: "db",
                                    totals: money(total),
                                    tiers: [
                                        {
                                            tier: "data",
                                            totals: money(total),
                                            resources: [{ urn: urnOf(cluster), unpriced }],
                                        },
                                    ],
                                },
                            ],
                        },
                    },
                } as unknown as PreviewDocument["cost"],
            });
        const gap = { partly: ["after"], gaps: { before: 0, after: 1 } };
        const { cost } = compareDocuments(
            priced(10, []),
            priced(25, [{ name: "storage", reason: "no row" }]),
        );
        expect(cost).to.deep.equal({
            currency: "USD",
            before: 10,
            after: 25,
            ...gap,
            stacks: { prod: { before: 10, after: 25, ...gap } },
            items: [{ stack: "prod", name: "db", before: 10, after: 25, ...gap }],
            unpriced: [{ name: "storage of db", reason: "no row" }],
        });
        expect(compareDocuments(sideOf(all), priced(1, [])).cost).to.equal(undefined);
    });

    it("says what ignoreChanges keeps, and counts it for nothing", () => {
        const ignoring = (given: readonly Given[]): Given[] =>
            given.map((each) => ({ ...each, options: { ignoreChanges: ["engineVersion"] } }));
        const changes = compared(ignoring(all), ignoring(withInputs("db", { engineVersion: "18.7" })));
        expect(told(changes)).to.deep.equal(["ignore db: engineVersion changes"]);
        expect(changes.counts.update).to.equal(0);
    });

    it("takes an alias for the same resource, and ids that follow its name for no change", () => {
        const renamed: Given = {
            ...vpc,
            name: "network",
            outputs: { arn: "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0fedcba9876543210" },
            options: { aliases: [urnOf(vpc)] },
        };
        const moved: Given = {
            ...subnet,
            inputs: { ...subnet.inputs, vpcId: "vpc-0fedcba9876543210" },
            from: { vpcId: ["network"] },
        };
        const changes = compared([vpc, subnet], [renamed, moved]);
        expect(told(changes)).to.deep.equal([]);
        expect(changes.stacks[0]?.same).to.equal(2);
    });

    it("replaces what goes over to another provider or another region", () => {
        const of = (name: string): string => `urn:pulumi:prod::shop::pulumi:providers:aws::${name}::id`;
        const topic = (provider: string, region: string): Given => ({
            type: "aws:sns/topic:Topic",
            name: "topic",
            outputs: { region },
            options: { provider: of(provider) },
        });
        expect(told(compared([topic("a", "x-1")], [topic("b", "x-1")]))).to.deep.equal([
            "replace topic: provider changes",
        ]);
        expect(told(compared([topic("a", "x-1")], [topic("a", "x-2")]))).to.deep.equal([
            "replace topic: region changes",
        ]);
        expect(told(compared([topic("default_7", "x-1")], [topic("default_8", "x-1")]))).to.deep.equal([]);
    });

    it("sees what a provider adds to the tags of all", () => {
        const topic = (own: Record<string, string>, everything: Record<string, string>): Given => ({
            type: "aws:sns/topic:Topic",
            name: "topic",
            inputs: { tags: own },
            outputs: { tagsAll: everything },
        });
        const [change] = resourcesOf(
            compared(
                [topic({ tier: "1" }, { tier: "1", owner: "a" })],
                [topic({ tier: "2" }, { tier: "2", owner: "b" })],
            ),
        );
        expect(change?.properties.map(({ path, before, after }) => [path, before, after])).to.deep.equal([
            ["tags.tier", "1", "2"],
            ["tagsAll.owner", "a", "b"],
        ]);
    });

    it("tells apart what is deleted and what is left at AWS", () => {
        const kept: Given = { type: "aws:sns/topic:Topic", name: "kept", options: { retainOnDelete: true } };
        const read: Given = { type: "aws:route53/zone:Zone", name: "zone", op: "read" };
        expect(told(compared([kept, read], []))).to.deep.equal(["forget kept", "forget zone"]);
        expect(told(compared([], [read]))).to.deep.equal(["read zone"]);
    });

    it("says that a renamed resource cannot have the name that the one before still has", () => {
        const table = (name: string, given: string, options: Given["options"] = {}): Given => ({
            type: "aws:dynamodb/table:Table",
            name,
            inputs: { name: given },
            options,
        });
        const kinds = (before: Given, after: Given): string[] =>
            resourcesOf(compared([before], [after])).flatMap(({ op, consequences }) =>
                consequences.map(({ kind, text }) => `${op} ${kind}: ${text}`),
            );
        expect(kinds(table("a", "orders"), table("b", "orders"))).to.deep.equal([
            "create nameBlocks: its name orders is that of a, which goes only afterwards: pulumi up fails, or deletes the new one with it; an alias keeps what is there",
        ]);
        expect(kinds(table("a", "orders", { retainOnDelete: true }), table("b", "orders"))).to.have.length(1);
        expect(kinds(table("a", "orders"), table("b", "carts"))).to.deep.equal([]);
        const aliased = table("b", "orders", { aliases: [urnOf(table("a", "orders"))] });
        expect(kinds(table("a", "orders"), aliased)).to.deep.equal([]);
    });

    it("calls nothing new or fixed in a stack of which one side failed", () => {
        const found: PolicyFinding = {
            status: "violation",
            pack: "core",
            rule: "a",
            level: "mandatory",
            description: "",
            message: "wrong",
            frameworks: [],
            stack: "prod",
        };
        const packs = { policyPacks: [{ name: "core", version: "1", rules: 3 }] };
        const whole = sideOf(all, { ...packs, policies: [found] });
        const half = sideOf([], packs);
        const broken = {
            ...half,
            stacks: { prod: { ...half.stacks["prod"]!, error: { message: "It broke." } } },
        };
        const counts = (before: PreviewDocument, after: PreviewDocument): number[] => {
            const { added, fixed, still } = compareDocuments(before, after).policies;
            return [added.length, fixed.length, still.length];
        };
        expect(counts(broken, whole)).to.deep.equal([0, 0, 1]);
        expect(counts(whole, broken)).to.deep.equal([0, 0, 0]);
        expect(counts(half, whole)).to.deep.equal([1, 0, 0]);
    });

    it("says which stacks are new, gone or failed", () => {
        const other = sideOf([vpc], {}, "eu");
        const changes = compareDocuments(sideOf(all), other);
        expect(changes.stacks.map(({ stack, presence }) => [stack, presence])).to.deep.equal([
            ["eu", "new"],
            ["prod", "gone"],
        ]);
        const failed = sideOf(all);
        const broken = {
            ...failed,
            stacks: { prod: { ...failed.stacks["prod"]!, error: { message: "It broke." } } },
        };
        const [stack] = compareDocuments(sideOf(all), broken).stacks;
        expect(stack?.error).to.deep.equal({ side: "after", message: "It broke." });
        expect(stack?.resources).to.deep.equal([]);
    });

    it("tells violations that are new from those that are fixed and those that are still there", () => {
        const finding = (rule: string): PolicyFinding => ({
            status: "violation",
            pack: "core",
            rule,
            level: "mandatory",
            description: "",
            message: "wrong",
            frameworks: [],
        });
        const packs = { policyPacks: [{ name: "core", version: "1", rules: 3 }] };
        const before = sideOf(all, { ...packs, policies: [finding("a"), finding("b")] });
        const after = sideOf(all, { ...packs, policies: [finding("b"), finding("c")] });
        const rules = (findings: readonly PolicyFinding[]): string[] => findings.map(({ rule }) => rule);
        const { added, fixed, still, compared: both } = compareDocuments(before, after).policies;
        expect([rules(added), rules(fixed), rules(still), both]).to.deep.equal([["c"], ["a"], ["b"], true]);
        const alone = compareDocuments(sideOf(all), after).policies;
        expect([rules(alone.added), rules(alone.still), alone.compared]).to.deep.equal([
            [],
            ["b", "c"],
            false,
        ]);
    });
});

describe("what a comparison says of data", () => {
    const lossOf = (
        options: Given["options"],
        inputs: Given["inputs"] = {},
        others: Given[] = [],
    ): string => {
        const database = {
            ...cluster,
            inputs: { ...cluster.inputs, ...inputs },
            ...(options === undefined ? {} : { options }),
        };
        const change = resourcesOf(compared([database, ...others], others)).find(({ name }) => name === "db");
        const holding = change?.loss?.holds.filter(({ holds }) => holds).map(({ guard }) => guard);
        return `${change?.loss?.outcome ?? "none"}: ${holding?.join(", ") ?? ""}`;
    };

    it("comes first, with what holds it", () => {
        const changes = compared([...all, { type: "aws:sns/topic:Topic", name: "old" }], [vpc, subnet]);
        expect(told(changes)).to.deep.equal(["delete db", "delete group", "delete db-1", "delete old"]);
        expect(lossOf({})).to.equal("recoverable: finalSnapshot");
        expect(lossOf({ protect: true })).to.equal("refused: protect, finalSnapshot");
        expect(lossOf({}, { deletionProtection: true })).to.equal(
            "refused: deletionProtection, finalSnapshot",
        );
        expect(lossOf({}, { skipFinalSnapshot: true })).to.equal("lost: ");
        expect(lossOf({}, { skipFinalSnapshot: true, deleteAutomatedBackups: false })).to.equal(
            "recoverable: backup",
        );
    });

    it("knows of backups by their selections, by name and by tag", () => {
        const arn = "arn:aws:rds:us-east-1:111122223333:cluster:shop-db";
        const selection = (inputs: Given["inputs"]): Given => ({
            type: "aws:backup/selection:Selection",
            name: "daily",
            ...(inputs === undefined ? {} : { inputs }),
        });
        const database = {
            ...cluster,
            inputs: { ...cluster.inputs, skipFinalSnapshot: true, tags: { backup: "daily" } },
            outputs: { arn },
        };
        const outcome = (inputs: Given["inputs"]): string | undefined => {
            const others = [selection(inputs)];
            return resourcesOf(compared([database, ...others], others))[0]?.loss?.outcome;
        };
        expect(outcome({ resources: ["arn:aws:rds:*:*:cluster:*"] })).to.equal("recoverable");
        expect(outcome({ resources: ["arn:aws:dynamodb:*:*:table/*"] })).to.equal("lost");
        expect(
            outcome({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] }),
        ).to.equal("recoverable");
        expect(
            outcome({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "weekly" }] }),
        ).to.equal("lost");
    });
});

describe("what a comparison says of recovery", () => {
    const told2 = (before: readonly Given[], after: readonly Given[]): string[] =>
        compared(before, after).recovery.map(
            ({ topic, what, before: was, after: is, direction }) =>
                `${topic}: ${what}: ${was} → ${is}, ${direction}`,
        );

    it("has backups, replicas, capacity, health checks and failover records", () => {
        const check: Given = {
            type: "aws:route53/healthCheck:HealthCheck",
            name: "check",
            inputs: { failureThreshold: 3, requestInterval: 10 },
        };
        const record: Given = {
            type: "aws:route53/record:Record",
            name: "shop",
            inputs: {
                name: "shop.example.com",
                failoverRoutingPolicies: [{ type: "PRIMARY" }],
                healthCheckId: "check-1",
            },
        };
        const fleet: Given = {
            type: "aws:autoscaling/group:Group",
            name: "fleet",
            inputs: { minSize: 2, maxSize: 8 },
        };
        const before = [...all, check, record, fleet];
        const second = { ...instance, name: "db-2", inputs: { ...instance.inputs, identifier: "shop-db-2" } };
        const after = [
            ...withInputs("db", { backupRetentionPeriod: 1 }),
            second,
            { ...check, inputs: { failureThreshold: 3, requestInterval: 30 } },
            { ...fleet, inputs: { minSize: 0, maxSize: 8 } },
        ];
        expect(told2(before, after)).to.have.members([
            "backups: retention of backups (db): 7 days → 1 day, worse",
            "replicas: database instances (db): 1 → 2, better",
            "healthChecks: time until it is found unhealthy (check): 30 s → 90 s, worse",
            "failoverRecords: record (shop): failover PRIMARY shop.example.com → none, worse",
            "standby: least instances (fleet): 2 → 0, worse",
        ]);
    });

    it("counts zones, and says when protection goes", () => {
        const second = {
            ...subnet,
            name: "data-2",
            inputs: { ...subnet.inputs, cidrBlock: "10.0.2.0/24", availabilityZone: "us-east-1b" },
        };
        const bare = all.map((each) => ({ ...each, options: { protect: false } }));
        const safe = all.map((each) => ({ ...each, options: { protect: true } }));
        expect(told2(safe, [...bare, second])).to.deep.equal([
            "protection: protect (db): on → off, worse",
            "standby: zones: 1 → 2, better",
        ]);
    });
});
