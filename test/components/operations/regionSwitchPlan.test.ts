import { expect } from "chai";
import {
    RegionSwitchPlan,
    type RegionSwitchPlanArgs,
} from "../../../components/operations/regionSwitchPlan/regionSwitchPlan";
import { at, json, one, previewProgram, TEST_ACCOUNT } from "../../support/preview";
import {
    alarmIn as alarm,
    clusterIn as cluster,
    EU,
    fullPlan as FULL,
    goodPlan as good,
    groupIn as group,
    US,
} from "../../support/components/recoveryArguments";
import { inTestAccount, refusal } from "../../support/surroundings";

const PLAN = "aws:arcregionswitch/plan:Plan";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const ROLE = "aws:iam/role:Role";
const make = (args: RegionSwitchPlanArgs) =>
    previewProgram(() => {
        const { planArn, trafficHealthCheckIds } = new RegionSwitchPlan("shop-switch", args, inTestAccount());
        return { planArn, trafficHealthCheckIds };
    });

interface Statement {
    Sid: string;
    Action: string[];
    Resource: string | string[];
}

const statements = async (args: RegionSwitchPlanArgs): Promise<Record<string, Statement>> => {
    const { Statement: all } = json(one(await make(args), POLICY).inputs.policy) as {
        Statement: Statement[];
    };
    return Object.fromEntries(all.map((statement) => [statement.Sid, statement]));
};

describe("RegionSwitchPlan", () => {
    it("activates either region by the same steps: the writer at once, and capacity beside it", async () => {
        const { inputs } = one(await make(good), PLAN);
        expect(inputs).to.include({ recoveryApproach: "activePassive", primaryRegion: US });
        expect(inputs.regions).to.deep.equal([US, EU]);
        const workflows = inputs.workflows as { workflowTargetRegion: string; steps: unknown[] }[];
        expect(workflows.map(({ workflowTargetRegion }) => workflowTargetRegion)).to.deep.equal([US, EU]);
        expect(workflows[0]?.steps).to.deep.equal(workflows[1]?.steps);
        expect(at(inputs, "workflows[0].steps[0].executionBlockType")).to.equal("Parallel");
        const beside = at(inputs, "workflows[0].steps[0].parallelConfigs[0].steps") as {
            executionBlockType: string;
        }[];
        expect(beside.map(({ executionBlockType }) => executionBlockType)).to.deep.equal([
            "AuroraGlobalDatabase",
            "EC2AutoScaling",
        ]);
    });

    it("loses nothing in a graceful execution, and fails over in an ungraceful one", async () => {
        const { inputs } = one(await make(good), PLAN);
        const [writer, capacity] = at(inputs, "workflows[1].steps[0].parallelConfigs[0].steps") as object[];
        expect(at(writer, "globalAuroraConfigs[0]")).to.deep.include({
            behavior: "switchoverOnly",
            ungracefuls: [{ ungraceful: "failover" }],
            // In the order of the plan's regions, whatever the order given.
            databaseClusterArns: [cluster(US), cluster(EU)],
        });
        expect(at(capacity, "ec2AsgCapacityIncreaseConfigs[0]")).to.deep.include({
            asgs: [{ arn: group(US) }, { arn: group(EU) }],
            targetPercent: 100,
            ungraceful: { minimumSuccessPercentage: 50 },
        });
    });

    it("moves viewers last, and starts by itself only by an alarm that is told to", async () => {
        const preview = await make(FULL);
        const { inputs } = one(preview, PLAN);
        expect(at(inputs, "workflows[0].steps[1]")).to.deep.include({
            executionBlockType: "Route53HealthCheck",
            route53HealthCheckConfigs: [
                {
                    hostedZoneId: "Z0123456789EXAMPLE0AB",
                    recordName: "origin.shop.example.com",
                    recordSets: [
                        { region: US, recordSetIdentifier: "us" },
                        { region: EU, recordSetIdentifier: "eu" },
                    ],
                },
            ],
        });
        expect(Object.keys(preview.outputs.trafficHealthCheckIds as object)).to.have.members([US, EU]);
        expect(inputs.associatedAlarms).to.deep.equal([
            { mapBlockKey: "world-us", resourceIdentifier: alarm(US), alarmType: "applicationHealth" },
            { mapBlockKey: "world-eu", resourceIdentifier: alarm(EU), alarmType: "trigger" },
        ]);
        expect(at(inputs, "triggers")).to.have.lengthOf(1);
        expect(at(inputs, "triggers[0]")).to.deep.include({
            action: "activate",
            targetRegion: EU,
            conditions: [{ associatedAlarmName: "world-eu", condition: "red" }],
            minDelayMinutesBetweenExecutions: 30,
        });
        expect(at(inputs, "reportConfigurations[0].reportOutputs[0].s3Configurations[0]")).to.deep.equal({
            bucketOwner: TEST_ACCOUNT,
            bucketPath: "shop-reports",
        });
        expect(one(await make(good), PLAN).inputs).to.not.have.any.keys("triggers", "associatedAlarms");
    });

    it("trusts Region switch, and may do what AWS documents for the steps that there are, on what they name", async () => {
        const trust = json(one(await make(good), ROLE).inputs.assumeRolePolicy);
        expect(at(trust, "Statement[0].Principal.Service")).to.equal("arc-region-switch.amazonaws.com");
        const few = await statements(good);
        expect(few["MoveWriter"]).to.deep.include({
            Action: ["rds:FailoverGlobalCluster", "rds:SwitchoverGlobalCluster"],
            Resource: [`arn:aws:rds::${TEST_ACCOUNT}:global-cluster:shop`, cluster(EU), cluster(US)],
        });
        expect(few["Grow"]).to.deep.include({
            Action: ["autoscaling:UpdateAutoScalingGroup"],
            Resource: [group(US), group(EU)],
        });
        expect(few).to.not.have.any.keys("SeeRecords", "SeeAlarms", "StartByAlarm", "Report");
        const all = await statements(FULL);
        expect(all["StartByAlarm"]).to.deep.include({
            Resource: `arn:aws:arc-region-switch::${TEST_ACCOUNT}:plan/shop-switch-plan-*`,
        });
        expect(all["Report"]).to.deep.include({ Resource: "arn:aws:s3:::shop-reports/*" });
        expect(all["EncryptReports"]?.Action).to.deep.equal(["kms:GenerateDataKey", "kms:Encrypt"]);
        // What may be done to everything only looks.
        for (const { Action, Resource } of Object.values(all).filter((each) => each.Resource === "*")) {
            expect(
                Action.every((action) => /:(?:Describe|Get)/.test(action)),
                String(Resource),
            ).to.equal(true);
        }
    });

    for (const [what, changes, problem] of [
        ["three regions", { regions: [US, EU, "eu-west-1"] }, "regions is"],
        [
            "a cluster of another region",
            {
                database: {
                    globalClusterIdentifier: "shop",
                    clusterArns: { [US]: cluster(US), "eu-west-1": cluster(EU) },
                },
            },
            "one for each of the plan's regions, us-east-1 and eu-central-1",
        ],
        [
            "an alarm that activates another region",
            { alarms: [{ key: "a", arn: alarm(US), activates: "eu-west-1" }] },
            "one of the plan's regions, us-east-1 or eu-central-1",
        ],
        [
            "a bucket with dots, which Region switch does not take",
            { reportBucketName: "a.b.c" },
            "without dots",
        ],
        [
            "a key without a bucket",
            { reportKmsKeyArn: FULL.reportKmsKeyArn },
            "nothing where reportBucketName is left out",
        ],
        [
            "two groups of one key",
            { autoScalingGroups: [...(good.autoScalingGroups ?? []), ...(good.autoScalingGroups ?? [])] },
            "each key once",
        ],
    ] as const) {
        it(`refuses ${what}`, async () => {
            const args = { ...good, ...changes } as unknown as RegionSwitchPlanArgs;
            expect(
                await refusal(() => new RegionSwitchPlan("shop-switch", args, inTestAccount())),
            ).to.contain(problem);
        });
    }

    it("refuses a plan that would do nothing, and a name that AWS would not take", async () => {
        const empty = { accountId: TEST_ACCOUNT, regions: [US, EU] };
        const message = await refusal(() => new RegionSwitchPlan("s".repeat(20), empty, inTestAccount()));
        expect(message).to.contain("or the plan would do nothing");
        expect(message).to.contain("aws:arcregionswitch/plan:Plan names end at 32");
    });
});
