import { expect } from "chai";
import {
    type PreviewedStack,
    type PreviewedStacks,
    projectStacks,
    stackOf,
    type StackResource,
} from "../support/stacks";

const REGION_OF: Record<string, string> = { "prod-us": "us-east-1", "prod-eu": "eu-central-1" };
const FIVE = ["ApiTier", "AuroraGlobal", "EdgeDistribution", "Vpc3Tier", "WebTier"];

describe("the project's stacks", () => {
    let stacks: PreviewedStacks;

    before(async () => {
        stacks = await projectStacks();
    });

    it("are the regions' and the global one", () => {
        expect(Object.keys(stacks).sort()).to.deep.equal(["prod-eu", "prod-global", "prod-us"]);
    });

    for (const name of ["prod-us", "prod-eu"]) {
        it(`compose each of the five classes once in ${name}`, () => {
            const stack = stackOf(stacks, name);
            for (const type of FIVE) {
                expect(stack.ofType(`meridian:index:${type}`), type).to.have.length(1);
            }
        });

        it(`keep ${name} in its region, but for what AWS has in us-east-1 alone and replicas`, () => {
            const home = REGION_OF[name] ?? "";
            const abroad = regional(stackOf(stacks, name)).filter((resource) => resource.region !== home);
            const unexpected = abroad.filter((resource) => !mayBeAbroad(resource, home));
            expect(unexpected.map(({ urn, region }) => `${region} ${urn}`)).to.deep.equal([]);
            expect(abroad, "the check must have something to look at").not.to.be.empty;
        });

        it(`ask AWS about the stack's own region in ${name}`, () => {
            const home = REGION_OF[name] ?? "";
            const { invokes } = stackOf(stacks, name);
            expect(invokes).not.to.be.empty;
            for (const invoke of invokes) {
                expect(invoke.provider, invoke.token).to.contain("pulumi:providers:aws::aws");
                expect(invoke.region, invoke.token).to.equal(home);
            }
        });
    }

    it("join the database's regions in prod-global alone, which has no member of its own", () => {
        for (const [name, stack] of Object.entries(stacks)) {
            const once = name === "prod-global";
            expect(stack.ofType("meridian:index:AuroraReplication"), name).to.have.length(once ? 1 : 0);
            expect(stack.ofType("meridian:index:AuroraGlobal"), name).to.have.length(once ? 0 : 1);
        }
    });

    it("give every AWS resource the stack's one explicit provider", () => {
        for (const stack of Object.values(stacks)) {
            expect(stack.ofType("pulumi:providers:aws").map((provider) => provider.name)).to.deep.equal([
                "aws",
            ]);
            for (const resource of stack.resources.filter(
                ({ custom, type }) => custom && type.startsWith("aws:"),
            )) {
                expect(resource.provider, resource.urn).to.match(/::pulumi:providers:aws::aws$/);
            }
        }
    });

    it("have AWS refuse any other account, and tag everything", () => {
        for (const [name, stack] of Object.entries(stacks)) {
            const { inputs } = stack.one("pulumi:providers:aws");
            expect(parsed(inputs.allowedAccountIds)).to.deep.equal(["111122223333"]);
            expect(parsed(inputs.defaultTags)).to.deep.equal({
                tags: {
                    project: "meridian",
                    environment: "prod",
                    stack: name,
                    owner: "shop-platform",
                    "cost-center": "shop",
                },
            });
        }
    });

    it("name no other region's ARN, zone, endpoint or service in a region's stack", () => {
        for (const [name, home] of Object.entries(REGION_OF)) {
            const others = Object.values(REGION_OF).filter((region) => region !== home);
            const found: string[] = [];
            for (const resource of regional(stackOf(stacks, name)).filter(({ region }) => region === home)) {
                const text = JSON.stringify(resource.inputs);
                for (const other of others) {
                    // us-east-1 is also where CloudFront's certificate and web ACL are.
                    if (text.includes(other) && !namesOtherRegionOnPurpose(resource)) {
                        found.push(`${resource.urn} names ${other}`);
                    }
                }
            }
            expect(found).to.deep.equal([]);
        }
    });

    it("let region stacks read no other stack, and the global stack read every region's", () => {
        for (const name of Object.keys(REGION_OF)) {
            expect(stackOf(stacks, name).ofType("pulumi:pulumi:StackReference")).to.deep.equal([]);
        }
        const references = stackOf(stacks, "prod-global").ofType("pulumi:pulumi:StackReference");
        expect(references.map(({ inputs }) => inputs.name).sort()).to.deep.equal([
            "organization/meridian/prod-eu",
            "organization/meridian/prod-us",
        ]);
    });

    it("share no physical name where AWS would refuse the second", () => {
        const seen = new Map<string, string>();
        const clashes: string[] = [];
        for (const stack of Object.values(stacks)) {
            for (const resource of stack.resources) {
                for (const key of physicalNames(resource)) {
                    const other = seen.get(key);
                    if (other !== undefined) {
                        clashes.push(`${key}: ${other} and ${resource.urn}`);
                    }
                    seen.set(key, resource.urn);
                }
            }
        }
        expect(clashes).to.deep.equal([]);
        expect(seen.size).to.be.greaterThan(100);
    });

    describe("database", () => {
        it("is founded in one region, prepared in the other and joined by the global stack", () => {
            expect(stackOf(stacks, "prod-us").ofType("aws:rds/cluster:Cluster")).to.have.length(1);
            expect(stackOf(stacks, "prod-eu").ofType("aws:rds/cluster:Cluster")).to.have.length(0);
            const global = stackOf(stacks, "prod-global");
            const { inputs } = global.one("aws:rds/globalCluster:GlobalCluster");
            const source = stackOf(stacks, "prod-us").one("aws:rds/cluster:Cluster");
            expect(inputs).to.deep.equal({
                region: "us-east-1",
                globalClusterIdentifier: "meridian-prod",
                sourceDbClusterIdentifier: source.outputs.arn,
                forceDestroy: true,
            });
        });

        it("has a second member without credentials, under its own region's key, in its own region's network", () => {
            const member = stackOf(stacks, "prod-global").one("aws:rds/cluster:Cluster");
            const forbidden = [
                "databaseName",
                "masterUsername",
                "masterPassword",
                "masterPasswordWo",
                "manageMasterUserPassword",
                "replicationSourceIdentifier",
                "snapshotIdentifier",
                "sourceRegion",
            ];
            expect(Object.keys(member.inputs)).not.to.include.members(forbidden);
            for (const property of forbidden) {
                expect(member.inputs).not.to.have.property(property);
            }
            const eu = stackOf(stacks, "prod-eu");
            expect(member.region).to.equal("eu-central-1");
            expect(member.inputs.storageEncrypted).to.equal(true);
            expect(member.inputs.kmsKeyId).to.match(/^arn:aws:kms:eu-central-1:111122223333:key\//);
            expect(member.inputs.dbSubnetGroupName).to.equal(
                eu.one("aws:rds/subnetGroup:SubnetGroup").outputs.name,
            );
            expect(member.inputs.vpcSecurityGroupIds).to.deep.equal([
                (eu.outputs.database as { member: { securityGroupId: string } }).member.securityGroupId,
            ]);
            expect(member.inputs.engineVersion).to.equal(
                stackOf(stacks, "prod-us").one("aws:rds/cluster:Cluster").inputs.engineVersion,
            );
        });

        it("is not undone by an update after a change of roles", () => {
            const founding = stackOf(stacks, "prod-us").one("aws:rds/cluster:Cluster");
            const member = stackOf(stacks, "prod-global").one("aws:rds/cluster:Cluster");
            for (const cluster of [founding, member]) {
                expect(cluster.ignoreChanges, cluster.urn).to.include.members([
                    "globalClusterIdentifier",
                    "replicationSourceIdentifier",
                    "engineVersion",
                ]);
                expect(cluster.protect, cluster.urn).to.equal(true);
            }
            expect(founding.inputs.clusterIdentifier).not.to.equal(member.inputs.clusterIdentifier);
        });
    });

    for (const name of ["prod-us", "prod-eu"]) {
        it(`let nothing but the edge be reached from outside in ${name}, and the data tier by api alone`, () => {
            const stack = stackOf(stacks, name);
            expect(stack.ofType("aws:ec2/securityGroup:SecurityGroup")).to.have.length(7);
            const rules = stack
                .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
                .map((rule) => {
                    const [target] = (rule.propertyDependencies.securityGroupId ?? []).map(groupName);
                    const [source] = (rule.propertyDependencies.referencedSecurityGroupId ?? []).map(
                        groupName,
                    );
                    return { target, source, inputs: rule.inputs };
                });
            const fromOutside = rules.filter(({ inputs }) => inputs.referencedSecurityGroupId === undefined);
            expect(fromOutside.map(({ target }) => target).sort()).to.deep.equal([
                "edge-cloudfront",
                "edge-health-checks",
            ]);
            for (const { inputs } of fromOutside) {
                expect(inputs).to.have.property("prefixListId");
                expect(inputs).not.to.have.any.keys("cidrIpv4", "cidrIpv6");
            }
            const sourcesOf = (target: string): (string | undefined)[] =>
                rules
                    .filter((rule) => rule.target === target)
                    .map((rule) => rule.source)
                    .sort();
            expect(sourcesOf("web")).to.deep.equal(["edge-cloudfront", "edge-health-checks"]);
            expect(sourcesOf("api-balancer")).to.deep.equal(["web"]);
            expect(sourcesOf("api")).to.deep.equal(["api-balancer"]);
            expect(sourcesOf("data")).to.deep.equal(["api"]);
            for (const { inputs, target } of rules) {
                expect(inputs.fromPort, target).to.equal(inputs.toPort);
            }
        });
    }

    it("have record sets that Route 53 accepts, over all stacks", () => {
        const sets = new Map<string, StackResource[]>();
        for (const stack of Object.values(stacks)) {
            for (const record of stack.ofType("aws:route53/record:Record")) {
                // Validation records are the same in every stack, and written over each other on purpose.
                if (record.inputs.allowOverwrite === true) {
                    continue;
                }
                const key = `${String(record.inputs.zoneId)} ${String(record.inputs.name)} ${String(record.inputs.type)}`;
                sets.set(key, [...(sets.get(key) ?? []), record]);
            }
        }
        expect([...sets.keys()].some((key) => key.includes(" origin.shop.example.com A"))).to.equal(true);
        for (const [key, records] of sets) {
            const policies = new Set(records.map(policyOf));
            expect(policies.size, key).to.equal(1);
            const identifiers = records.map(({ inputs }) => inputs.setIdentifier);
            expect(new Set(identifiers).size, key).to.equal(records.length);
            const [policy] = policies;
            expect(
                identifiers.every((identifier) => (identifier !== undefined) === (policy !== "simple")),
                key,
            ).to.equal(true);
            if (policy === "failover") {
                const roles = records.map(
                    ({ inputs }) => (inputs.failoverRoutingPolicies as { type: string }[])[0]?.type,
                );
                expect(roles.sort(), key).to.deep.equal(["PRIMARY", "SECONDARY"]);
            }
        }
    });
});

function regional(stack: PreviewedStack): readonly StackResource[] {
    // What has no `region` argument is global: the provider's region says nothing of it.
    return stack.resources.filter(
        (resource) =>
            resource.custom && typeof resource.inputs.region === "string" && resource.type.startsWith("aws:"),
    );
}

function mayBeAbroad({ name, region, urn }: StackResource, home: string): boolean {
    const ofDistribution = urn.includes("meridian:index:EdgeDistribution$") || name.startsWith("shop-edge-");
    if (region === "us-east-1" && ofDistribution) {
        return true;
    }
    // The replica of the static files, the copies of backups, and the replicas of the emergency secret's key.
    return (
        region !== home &&
        (/^shop-edge-static-replica/.test(name) ||
            /^shop-edge-replica/.test(name) ||
            /^shop-backup-copies-/.test(name) ||
            /^shop-db-secret-encryption-/.test(name))
    );
}

function namesOtherRegionOnPurpose({ name, type }: StackResource): boolean {
    return (
        // Replicates to the other region.
        type === "aws:s3/bucketReplicationConfig:BucketReplicationConfig" ||
        name === "shop-edge-replication-policy" ||
        // Copies backups to the other region; personal data's plans do not.
        (type === "aws:backup/plan:Plan" && /^shop-backup-standard/.test(name)) ||
        // The emergency secret's replicas, and the function that finds the writer wherever it is.
        name === "shop-db-master" ||
        // CloudFront's logs come from a delivery in us-east-1.
        name === "shop-edge-logs-policy" ||
        // Charts of CloudFront's metrics, which are in us-east-1.
        type === "aws:cloudwatch/dashboard:Dashboard"
    );
}

/** A provider's structured settings travel as JSON text. */
function parsed(value: unknown): unknown {
    return JSON.parse(String(value)) as unknown;
}

function groupName(urn: string): string {
    return (urn.split("::").at(-1) ?? "").replace("shop-vpc-", "");
}

/** What AWS takes once: an account's names for global services, an account's and region's for the others. */
function physicalNames({ inputs, region, type, custom }: StackResource): string[] {
    if (!custom || !type.startsWith("aws:")) {
        return [];
    }
    const properties = [
        "name",
        "bucket",
        "dashboardName",
        "clusterIdentifier",
        "globalClusterIdentifier",
        "identifier",
    ];
    const global = /^aws:(?:iam|cloudfront|s3|rds\/cluster:|cloudwatch\/dashboard)/.test(type);
    // A record is told apart by its set, and has a test of its own. Rules of a group have no names.
    if (
        /^aws:(?:route53|ssm\/parameter|lb\/listener|guardduty|autoscaling\/lifecycleHook)/.test(type) ||
        type.includes("rolePolicy:")
    ) {
        return [];
    }
    return properties
        .filter(
            (property) =>
                typeof inputs[property] === "string" && (type.includes("ucket:") || property !== "bucket"),
        )
        .filter((property) => property !== "clusterIdentifier" || type === "aws:rds/cluster:Cluster")
        .filter(
            (property) =>
                property !== "globalClusterIdentifier" || type === "aws:rds/globalCluster:GlobalCluster",
        )
        .map((property) => `${global ? "" : `${region} `}${type} ${String(inputs[property])}`);
}

function policyOf({ inputs }: StackResource): string {
    const kinds = ["failover", "latency", "geolocation", "weighted"];
    return kinds.find((kind) => inputs[`${kind}RoutingPolicies`] !== undefined) ?? "simple";
}
