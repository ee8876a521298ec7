import { expect } from "chai";
import { at, json } from "../support/preview";
import { type PreviewedStack, projectStacks, type StackResource } from "../support/stacks";

describe("the environment dev, of one region", () => {
    let dev: PreviewedStack;

    before(async () => {
        const stacks = await projectStacks({ environment: "dev" });
        expect(Object.keys(stacks)).to.deep.equal(["dev-us"]);
        dev = stacks["dev-us"]!;
    });

    const all = (type: string): readonly StackResource[] => dev.ofType(type);

    it("is the whole platform", () => {
        for (const component of [
            "AccountBaseline",
            "ApiTier",
            "AuroraGlobal",
            "EdgeDistribution",
            "PersonalDataStore",
            "RegionalBackup",
            "RegionalDashboard",
            "Vpc3Tier",
            "WebTier",
        ]) {
            expect(all(`meridian:index:${component}`), component).to.have.length(1);
        }
        expect(dev.outputs.url).to.equal("https://us.dev.shop.example.com");
    });

    it("has nothing elsewhere, and nothing that copies there", () => {
        const custom = dev.resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
        expect(custom.length).to.be.above(200);
        expect(custom.filter(({ region }) => region !== "us-east-1").map(({ urn }) => urn)).to.deep.equal([]);
        for (const type of [
            "aws:kms/replicaKey:ReplicaKey",
            "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        ]) {
            expect(all(type), type).to.deep.equal([]);
        }
        expect(all("aws:secretsmanager/secret:Secret").map(({ inputs }) => inputs.replicas)).to.deep.equal([
            [],
        ]);
        const rules = all("aws:backup/plan:Plan").flatMap(({ inputs }) => inputs.rules as object[]);
        expect(rules.filter((rule) => "copyActions" in rule)).to.deep.equal([]);
        expect(rules).not.to.deep.equal([]);
        expect(all("aws:backup/vault:Vault").map(({ inputs }) => inputs.name)).to.deep.equal([
            "meridian-dev-us-backups",
            "meridian-dev-us-personal",
        ]);
        expect(dev.outputs.backup).not.to.have.property("peerVaultArn");
    });

    it("serves static files from its one bucket", () => {
        const { inputs } = dev.one("aws:cloudfront/distribution:Distribution");
        expect((inputs.origins as { originId: string }[]).map(({ originId }) => originId)).to.deep.equal([
            "static-primary",
            "dynamic",
        ]);
        expect(inputs).not.to.have.property("originGroups");
        expect(
            (inputs.orderedCacheBehaviors as { targetOriginId: string }[]).map((each) => each.targetOriginId),
        )
            .to.include("static-primary")
            .and.not.to.include("static");
    });

    it("has one database instance, which pauses", () => {
        const cluster = dev.one("aws:rds/cluster:Cluster");
        expect(cluster.inputs.serverlessv2ScalingConfiguration).to.deep.equal({
            minCapacity: 0,
            maxCapacity: 4,
        });
        // No global database will take it in, so nothing of it is AWS's to change.
        expect(cluster.ignoreChanges).not.to.include("globalClusterIdentifier");
        expect(all("aws:rds/clusterInstance:ClusterInstance")).to.have.length(1);
        const alarms = all("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);
        expect(alarms).to.include("shop-db-capacity-ceiling").and.not.to.include("shop-db-replication-lag");
    });

    it("has one way out, and no endpoint that costs by the hour", () => {
        expect(all("aws:ec2/natGateway:NatGateway")).to.have.length(1);
        const kinds = all("aws:ec2/vpcEndpoint:VpcEndpoint").map(
            ({ inputs }) => inputs.vpcEndpointType ?? "Gateway",
        );
        expect([...new Set(kinds)]).to.deep.equal(["Gateway"]);
    });

    it("has one small Spot instance in each tier", () => {
        const groups = all("aws:autoscaling/group:Group");
        expect(groups).to.have.length(2);
        for (const { inputs } of groups) {
            expect([inputs.minSize, inputs.maxSize]).to.deep.equal([1, 2]);
            const policy = inputs.mixedInstancesPolicy;
            expect(at(policy, "instancesDistribution.onDemandBaseCapacity")).to.equal(0);
            expect(at(policy, "launchTemplate.overrides.0.instanceType")).to.equal("t4g.micro");
        }
    });

    it("says by which schedule it rests, where a scheduler looks", () => {
        const provider = dev.one("pulumi:providers:aws");
        expect(at(json(provider.inputs.defaultTags), "tags.schedule")).to.equal("office-hours");
        for (const { inputs } of all("aws:autoscaling/group:Group")) {
            const tags = (inputs.tags as { key: string; value: string }[]).map(({ key, value }) => [
                key,
                value,
            ]);
            expect(tags).to.deep.include(["schedule", "office-hours"]);
        }
    });

    it("has the environment's budget itself", () => {
        const { inputs } = dev.one("aws:budgets/budget:Budget");
        expect(inputs.limitAmount).to.equal("200");
        expect(at(inputs.costFilters, "0.values")).to.deep.equal(["user:environment$dev"]);
    });
});
