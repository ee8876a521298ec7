import { expect } from "chai";
import { estimate, type Usage } from "../../../tools/cost/estimate";
import { documentOf, type Row, stackPreview, urn } from "../../support/preview/documents";

const region = "us-east-1";
const STACK = "prod-us";

const cluster: Row = {
    type: "aws:rds/cluster:Cluster",
    name: "db",
    inputs: {
        region,
        engine: "aurora-postgresql",
        serverlessv2ScalingConfiguration: { minCapacity: 2, maxCapacity: 8 },
    },
};
const template: Row = {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    inputs: { region, blockDeviceMappings: [{ ebs: { volumeType: "gp3", volumeSize: 20 } }] },
};
const task: Row = {
    type: "aws:ecs/taskDefinition:TaskDefinition",
    name: "task",
    inputs: { region, cpu: "512", memory: "1024", runtimePlatform: { cpuArchitecture: "ARM64" } },
};
const instance = (name: string): Row => ({
    type: "aws:rds/clusterInstance:ClusterInstance",
    name,
    inputs: { region, instanceClass: "db.serverless", engine: "aurora-postgresql", clusterIdentifier: "db" },
});
const alarm = (name: string, queries?: readonly object[]): Row => ({
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    name,
    inputs: { region, ...(queries === undefined ? { period: 60 } : { metricQueries: queries }) },
});

const rows: readonly Row[] = [
    { type: "aws:ec2/natGateway:NatGateway", name: "nat", inputs: { region } },
    {
        type: "aws:lb/loadBalancer:LoadBalancer",
        name: "alb",
        inputs: { region, internal: false, subnets: ["a", "b", "c"] },
    },
    {
        type: "aws:lambda/function:Function",
        name: "function",
        inputs: { region, architectures: ["arm64"], memorySize: 512 },
    },
    { type: "aws:s3/bucket:Bucket", name: "bucket", inputs: { region } },
    { type: "aws:ec2/vpc:Vpc", name: "vpc", inputs: { region } },
    { type: "aws:cloudfront/distribution:Distribution", name: "edge", inputs: {} },
    {
        type: "aws:dynamodb/table:Table",
        name: "table",
        inputs: { region, billingMode: "PAY_PER_REQUEST", pointInTimeRecovery: { enabled: true } },
    },
    { type: "aws:kms/key:Key", name: "key", inputs: { region } },
    alarm("cpu"),
    alarm("errors", [
        { id: "ratio", expression: "a / (b + c)" },
        ...["a", "b", "c"].map((id) => ({ id, metric: { period: 60 } })),
    ]),
    {
        type: "aws:secretsmanager/secret:Secret",
        name: "secret",
        inputs: { region, replicas: [{ region: "eu-central-1" }] },
    },
    template,
    {
        type: "aws:autoscaling/group:Group",
        name: "group",
        inputs: {
            region,
            minSize: 4,
            mixedInstancesPolicy: {
                instancesDistribution: { onDemandBaseCapacity: 2, onDemandPercentageAboveBaseCapacity: 0 },
                launchTemplate: {
                    launchTemplateSpecification: { launchTemplateId: "template" },
                    overrides: [{ instanceType: "t4g.small" }],
                },
            },
        },
    },
    cluster,
    instance("db-1"),
    instance("db-2"),
    task,
    {
        type: "aws:ecs/service:Service",
        name: "service",
        inputs: { region, launchType: "FARGATE", desiredCount: 2, taskDefinition: "task" },
    },
    { type: "aws:cloudwatch/logGroup:LogGroup", name: "log", inputs: { region } },
];

/** What depends on what, as the program's outputs would have told. */
const REFERS: Readonly<Record<string, readonly [property: string, row: Row]>> = {
    group: ["mixedInstancesPolicy", template],
    service: ["taskDefinition", task],
    "db-1": ["clusterIdentifier", cluster],
    "db-2": ["clusterIdentifier", cluster],
};

function preview(): ReturnType<typeof documentOf> {
    const root = `urn:pulumi:${STACK}::meridian::pulumi:pulumi:Stack::meridian-${STACK}`;
    const made = stackPreview(STACK, rows);
    const steps = made.steps.map((step) => {
        const refers = REFERS[step.urn.split("::").at(-1) ?? ""];
        const newState =
            refers === undefined
                ? step.newState
                : {
                      ...step.newState,
                      propertyDependencies: { [refers[0]]: [urn(STACK, refers[1])] },
                  };
        return { ...step, newState };
    });
    expect(steps[0]?.urn).to.equal(root);
    return documentOf({ ...made, steps });
}

const usage: Usage = {
    name: "by hand",
    byStack: [],
    freeTier: false,
    viewers: { "US, Mexico, Canada": 1 },
    values: {
        "aurora.backupGb": 10,
        "aurora.extraUnits": 1.5,
        "aurora.ioRequests": 50e6,
        "aurora.storageGb": 100,
        "autoscaling.extraOnDemand": 0,
        "autoscaling.extraSpot": 1,
        "autoscaling.spotShare": 0.5,
        "balancer.gb": 1460,
        "balancer.newConnections": 6_570_000,
        "cloudfront.gbOut": 20_480,
        "cloudfront.hitRatio": 0.8,
        "cloudfront.kbToOrigin": 2,
        "cloudfront.requests": 50e6,
        "dynamodb.reads": 8e6,
        "dynamodb.storageGb": 30,
        "dynamodb.writes": 4e6,
        "fargate.extraTasks": 0,
        "kms.requests": 1e6,
        "lambda.milliseconds": 200,
        "lambda.requests": 3e6,
        "logs.gb": 20,
        "logs.storedGb": 50,
        "nat.gb": 300,
        "s3.reads": 10e6,
        "s3.storageGb": 61_440,
        "s3.writes": 2e6,
        "secrets.calls": 20_000,
        "vpc.gbBetweenZones": 500,
        "vpc.gbToInternet": 12_288,
        "vpc.gbToOtherRegions": 100,
    },
};

/**
 * Each line as AWS's price pages say to reckon it, with pencil and paper: hours of a month are 730, the first 10 TB are
 * 10,240 GB, the next 40 TB end at 51,200 GB.
 */
const BY_HAND: readonly (readonly [resource: string, line: string, basis: string, usd: number])[] = [
    ["nat", "NAT gateway", "fixed", 32.85], // 730 h × 0.045
    ["nat", "NAT gateway data processed", "usage", 13.5], // 300 GB × 0.045
    ["alb", "ALB", "fixed", 16.425], // 730 h × 0.0225
    ["alb", "public IPv4 in use", "fixed", 10.95], // 3 addresses × 730 h × 0.005
    ["alb", "ALB LCU", "usage", 11.68], // 2 GB an hour are 2 LCU, 2.5 connections a second 0.1: 2 × 730 h × 0.008
    ["function", "requests", "usage", 0.6], // 3 million × 0.20
    ["function", "duration arm64", "usage", 4.00002], // 3 million × 0.2 s × 0.5 GB = 300,000 GB-s × 0.0000133334
    ["bucket", "Standard storage", "usage", 1402.88], // 51,200 × 0.023 = 1,177.60, and 10,240 × 0.022 = 225.28
    ["bucket", "PUT/COPY/POST/LIST (also replication PUT)", "usage", 10], // 2,000 thousand × 0.005
    ["bucket", "GET and other", "usage", 4], // 10,000 thousand × 0.0004
    ["vpc", "out to internet", "usage", 1095.68], // 10,240 × 0.09 = 921.60, and 2,048 × 0.085 = 174.08
    ["vpc", "between AZs, each direction", "usage", 10], // 500 GB out and 500 GB in × 0.01
    ["vpc", "to other Regions", "usage", 2], // 100 GB × 0.02
    ["edge", "US, Mexico, Canada: HTTPS requests", "usage", 50], // 5,000 ten thousands × 0.01
    ["edge", "US, Mexico, Canada: data out to internet", "usage", 1689.6], // 10,240 × 0.085 = 870.40, and 10,240 × 0.08 = 819.20
    ["edge", "US, Mexico, Canada: data out to origin", "usage", 0.38147], // 10 million × 2 KB = 19.073486 GB × 0.02
    ["table", "on-demand read", "usage", 1], // 8 million × 0.125
    ["table", "on-demand write", "usage", 2.5], // 4 million × 0.625
    ["table", "storage, Standard", "usage", 7.5], // 30 GB × 0.25
    ["table", "PITR storage", "usage", 6], // 30 GB × 0.20
    ["key", "key", "fixed", 1],
    ["key", "requests, symmetric", "usage", 3], // 100 ten thousands × 0.03
    ["cpu", "alarm standard", "fixed", 0.1], // one metric
    ["errors", "alarm standard", "fixed", 0.3], // an expression of three metrics
    ["secret", "secret", "fixed", 0.4],
    ["secret", "secret", "fixed", 0.4], // its replica in Frankfurt, where it is 0.40 too
    ["secret", "API calls", "usage", 0.1], // 2 ten thousands × 0.05
    ["group", "t4g.small on demand", "fixed", 24.528], // 2 × 730 h × 0.0168
    ["group", "t4g.small Spot, at a part of the price on demand", "fixed", 12.264], // the same by half
    ["group", "t4g.small Spot, at a part of the price on demand", "usage", 6.132], // 1 × 730 h × 0.0084
    ["group", "gp3 storage", "fixed", 6.4], // 4 × 20 GB × 0.08
    ["group", "gp3 storage", "usage", 1.6], // 20 GB × 0.08
    ["db", "storage, Standard", "usage", 10], // 100 GB × 0.10
    ["db", "I/O requests, Standard", "usage", 10], // 50 million × 0.20
    ["db", "backup storage over free", "usage", 0.21], // 10 GB × 0.021
    ["db-1", "Serverless v2 capacity units", "fixed", 175.2], // 2 ACU × 730 h × 0.12
    ["db-1", "Serverless v2 capacity units", "usage", 65.7], // 0.75 ACU × 730 h × 0.12
    ["db-2", "Serverless v2 capacity units", "fixed", 175.2],
    ["db-2", "Serverless v2 capacity units", "usage", 65.7],
    ["service", "Fargate Linux/ARM vCPU", "fixed", 23.6374], // 2 × 0.5 vCPU × 730 h × 0.03238
    ["service", "Fargate Linux/ARM memory", "fixed", 5.1976], // 2 × 1 GB × 730 h × 0.00356
    ["log", "Logs ingestion, Standard", "usage", 10], // 20 GB × 0.50
    ["log", "Logs storage", "usage", 1.5], // 50 GB × 0.03
];

/** The sums of the above, added up on paper. */
const FIXED = 484.852;
const BY_USE = 4485.26349;

describe("a small configuration, reckoned by hand", () => {
    const result = estimate(preview(), usage);
    const resources = (result.stacks[STACK]?.components ?? []).flatMap(({ tiers }) =>
        tiers.flatMap((tier) => tier.resources),
    );

    it("comes to the same line by line", () => {
        const lines = resources.flatMap(({ name, lines: own }) =>
            own.map((line) => [name, line.name, line.basis, line.monthly.toFixed(5)] as const),
        );
        const expected = BY_HAND.map(
            ([name, line, basis, usd]) => [name, line, basis, usd.toFixed(5)] as const,
        );
        expect([...lines].sort()).to.deep.equal([...expected].sort());
    });

    it("comes to the same sums, with nothing left without a price", () => {
        expect(result.totals.fixed).to.be.closeTo(FIXED, 1e-4);
        expect(result.totals.usage).to.be.closeTo(BY_USE, 1e-4);
        expect(result.totals.total).to.be.closeTo(FIXED + BY_USE, 1e-4);
        expect(resources.flatMap(({ unpriced }) => unpriced)).to.deep.equal([]);
    });

    it("takes off what AWS gives for nothing where the profile says so", () => {
        const free = estimate(preview(), { ...usage, freeTier: true });
        const line = (name: string): number =>
            Object.values(free.stacks)
                .flatMap(({ components }) => components.flatMap(({ tiers }) => tiers))
                .flatMap((tier) => tier.resources.flatMap((resource) => resource.lines))
                .filter((each) => each.name === name)
                .reduce((sum, { monthly }) => sum + monthly, 0);
        // The first 100 GB: 10,140 × 0.09 = 912.60, and 2,048 × 0.085 = 174.08.
        expect(line("out to internet")).to.be.closeTo(1086.68, 1e-6);
        // The first million of three.
        expect(line("requests")).to.be.closeTo(0.4, 1e-6);
        // 30 GB less 25.
        expect(line("storage, Standard")).to.be.closeTo(10 + 1.25, 1e-6);
        // The first ten metrics of alarms.
        expect(line("alarm standard")).to.equal(0);
    });
});
