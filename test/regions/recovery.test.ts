import { expect } from "chai";
import { at, json } from "../support/preview";
import { EVERY_RECOVERY_KEY } from "../support/recoveryConfig";
import { type PreviewedStacks, projectStacks, stackOf } from "../support/stacks";

const PLAN = "aws:arcregionswitch/plan:Plan";
const CANARY = "aws:synthetics/canary:Canary";
const RECORD = "aws:route53/record:Record";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TEMPLATE = "aws:fis/experimentTemplate:ExperimentTemplate";
const REGIONS = [
    ["prod-us", "us", "us-east-1"],
    ["prod-eu", "eu", "eu-central-1"],
] as const;

describe("what watches the regions and moves work between them", () => {
    let off: PreviewedStacks;
    let on: PreviewedStacks;
    before(async () => {
        off = await projectStacks();
        on = await projectStacks({
            configOverrides: EVERY_RECOVERY_KEY,
        });
    });

    it("is not there unless the configuration asks for it", () => {
        for (const name of ["prod-us", "prod-eu", "prod-global"]) {
            const { outputs, resources } = stackOf(off, name);
            expect(
                resources.filter(({ type }) => /^aws:(arcregionswitch|fis|synthetics)\//.test(type)),
                name,
            ).to.deep.equal([]);
            expect(outputs, name).to.not.have.any.keys(
                "autoScalingGroupArns",
                "canaryAlarmArn",
                "faultExperiments",
                "regionSwitchPlanArn",
                "regionSwitchReports",
                "trafficSwitches",
            );
        }
    });

    it("has every record of a region go by its health and its switch, which is in the peer", () => {
        const global = stackOf(on, "prod-global");
        for (const [, key] of REGIONS) {
            const { propertyDependencies } = global.one(RECORD, `shop-dns-failover-${key}-primary`);
            expect(propertyDependencies["healthCheckId"]).to.include(
                global.one("aws:route53/healthCheck:HealthCheck", `shop-health-${key}-traffic`).urn,
            );
        }
        expect(global.outputs.trafficSwitches).to.deep.equal({
            us: {
                region: "eu-central-1",
                namespace: "meridian/prod",
                metricName: "TrafficOff",
                dimensions: { Region: "us" },
            },
            eu: {
                region: "us-east-1",
                namespace: "meridian/prod",
                metricName: "TrafficOff",
                dimensions: { Region: "eu" },
            },
        });
    });

    it("has the plan's own health checks on the records of the nearest region, and nowhere else", () => {
        const global = stackOf(on, "prod-global");
        const plan = global.one(PLAN);
        const ids = REGIONS.map(
            ([, key]) => global.one(RECORD, `shop-dns-latency-${key}`).inputs.healthCheckId,
        );
        expect(new Set(ids).size).to.equal(2);
        expect(ids).to.not.include(undefined);
        expect(plan.inputs.primaryRegion).to.equal("us-east-1");
        // ARC's names of regions and Route 53's set identifiers are of the same records.
        expect(at(plan.inputs, "workflows[0].steps[1].route53HealthCheckConfigs[0]")).to.deep.include({
            recordName: global.one(RECORD, "shop-dns-latency-us").inputs.name,
            recordSets: [
                { region: "us-east-1", recordSetIdentifier: "us" },
                { region: "eu-central-1", recordSetIdentifier: "eu" },
            ],
        });
    });

    it("has the plan move the clusters and groups that there are, and report where the founding region's loss is none", () => {
        const { inputs } = stackOf(on, "prod-global").one(PLAN);
        const beside = at(inputs, "workflows[0].steps[0].parallelConfigs[0].steps") as object[];
        const clusters = at(beside[0], "globalAuroraConfigs[0].databaseClusterArns") as string[];
        expect(clusters[0]).to.equal(
            stackOf(on, "prod-us").one("aws:rds/cluster:Cluster", "shop-db-cluster").outputs.arn,
        );
        expect(clusters[1]).to.match(/^arn:aws:rds:eu-central-1:\d{12}:cluster:meridian-prod-eu$/);
        REGIONS.forEach(([name], index) => {
            expect(at(beside[1], `ec2AsgCapacityIncreaseConfigs[0].asgs[${index}].arn`)).to.equal(
                (stackOf(on, name).outputs.autoScalingGroupArns as { web: string }).web,
            );
        });
        expect(
            at(inputs, "reportConfigurations[0].reportOutputs[0].s3Configurations[0].bucketPath"),
        ).to.equal((stackOf(on, "prod-eu").outputs.regionSwitchReports as { bucketName: string }).bucketName);
        // Nobody wants data lost without having been asked.
        expect(inputs).to.not.have.property("triggers");
        expect(inputs.associatedAlarms).to.have.lengthOf(2);
    });

    for (const [name, key, region] of REGIONS) {
        it(`asks from ${name} for its own host and for the world-wide one`, () => {
            const hosts = stackOf(on, name)
                .ofType(CANARY)
                .map(({ inputs }) => at(inputs, "runConfig.environmentVariables.WATCHED_HOST"));
            expect(hosts).to.have.members([`${key}.shop.example.com`, "shop.example.com"]);
        });

        it(`hears in ${name} what AWS Health says of it, and has faults for it that its viewers' errors end`, () => {
            const stack = stackOf(on, name);
            const pattern = json(stack.one(RULE, "shop-aws-health-events").inputs.eventPattern);
            expect(at(pattern, "detail.eventRegion")).to.include(region);
            const templates = stack.ofType(TEMPLATE);
            expect(Object.keys(stack.outputs.faultExperiments as object)).to.have.members([
                "crossRegion",
                "spotInterruption",
                "zonePower",
            ]);
            const alarm = stack.one("aws:cloudwatch/metricAlarm:MetricAlarm", "shop-faults-unbearable");
            for (const { inputs } of templates) {
                expect(inputs.stopConditions).to.deep.equal([
                    { source: "aws:cloudwatch:alarm", value: alarm.outputs.arn },
                ]);
            }
            // The tag by which experiments find instances is on the instances.
            const template = stack.one("aws:ec2/launchTemplate:LaunchTemplate", "shop-web-fleet-template");
            expect(at(template.inputs, "tagSpecifications[0].tags.stack")).to.equal(name);
        });
    }

    it("hears of every region's events in the backup region, too", () => {
        const global = stackOf(on, "prod-global");
        const rule = global.one(RULE, "shop-health-backup-us-west-2-events");
        expect(rule.inputs.region).to.equal("us-west-2");
        expect(at(json(rule.inputs.eventPattern), "detail.eventRegion")).to.deep.equal([
            "us-east-1",
            "eu-central-1",
            "global",
        ]);
    });
});
