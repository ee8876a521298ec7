import { expect } from "chai";

import {
    type DeploymentHook,
    DeploymentStage,
    DeploymentStrategy,
    type ServiceDeployment,
} from "../../../../components/compute/containerService/deploymentArgs";
import {
    FargateService,
    type FargateServiceArgs,
} from "../../../../components/compute/fargateService/fargateService";
import { goodAttachment, goodFargate, TEST_LISTENER } from "../../../support/components/containerArguments";
import { waitsFor } from "../../../support/components/tierArguments";
import { at, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { inTestAccount, refusal, statements } from "../../../support/surroundings";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const ROLE = "aws:iam/role:Role";
const RULE = "aws:lb/listenerRule:ListenerRule";
const SERVICE = "aws:ecs/service:Service";
const TARGETS = "aws:lb/targetGroup:TargetGroup";

const JUDGE = `arn:aws:lambda:${TEST_REGION}:${TEST_ACCOUNT}:function:judge`;

const make = (deployment: ServiceDeployment, changes: Partial<FargateServiceArgs> = {}) =>
    previewProgram(() => {
        new FargateService("shop-orders", { ...goodFargate, ...changes, deployment }, inTestAccount());
    });
const refused = (deployment: Record<string, unknown>, changes: Record<string, unknown> = {}) =>
    refusal(
        () => new FargateService("shop-orders", { ...goodFargate, ...changes, deployment }, inTestAccount()),
    );

const { Rolling, BlueGreen, Canary, Linear } = DeploymentStrategy;
const SHIFTING = [BlueGreen, Canary, Linear];

describe("deployments of services", () => {
    it("roll, are broken off and turned back when nothing is said", async () => {
        const preview = await make({});
        const { inputs } = one(preview, SERVICE);
        expect(inputs["deploymentConfiguration"]).to.deep.equal({ strategy: "ROLLING" });
        expect(inputs["deploymentCircuitBreaker"]).to.deep.equal({ enable: true, rollback: true });
        const alarms = ofType(preview, ALARM).filter(({ name }) => /5xx|latency/.test(name));
        const { alarmNames, ...rest } = inputs["alarms"] as { alarmNames: string[] };
        expect(alarmNames).to.have.members(alarms.map(({ inputs: { name } }) => name));
        expect(rest).to.deep.equal({ enable: true, rollback: true });
        expect(ofType(preview, TARGETS)).to.have.lengthOf(1);
        expect(one(preview, RULE).ignoreChanges).to.deep.equal([]);
        expect(ofType(preview, ROLE).map(({ name }) => name)).to.not.include(
            "shop-orders-infrastructure-role",
        );
    });

    it("shift traffic between two groups of one rule, whose weights are ECS's own", async () => {
        for (const strategy of SHIFTING) {
            const preview = await make({ strategy });
            const [group, other] = ofType(preview, TARGETS);
            const rule = one(preview, RULE);
            expect(rule.ignoreChanges, strategy).to.deep.equal(["actions"]);
            expect(at(rule.inputs, "actions[0].forward.targetGroups")).to.deep.equal([
                { arn: group?.outputs["arn"], weight: 100 },
                { arn: other?.outputs["arn"], weight: 0 },
            ]);
            const service = one(preview, SERVICE);
            expect(at(service.inputs, "loadBalancers")).to.deep.equal([
                {
                    containerName: "app",
                    containerPort: 8080,
                    targetGroupArn: group?.outputs["arn"],
                    advancedConfiguration: {
                        alternateTargetGroupArn: other?.outputs["arn"],
                        productionListenerRule: rule.outputs["arn"],
                        roleArn: one(preview, ROLE, "shop-orders-infrastructure-role").outputs["arn"],
                    },
                },
            ]);
            // It works with Rolling alone.
            expect(service.inputs).to.not.have.property("deploymentCircuitBreaker");
            expect(at(service.inputs, "alarms.rollback")).to.equal(true);
            expect(waitsFor(preview, service)).to.include("shop-orders-infrastructure-balancers");
        }
    });

    it("have alarms that see both groups", async () => {
        const alarm = one(await make({ strategy: Canary }), ALARM, "shop-orders-alarm-edge-5xx-rate");
        const queries = at(alarm.inputs, "metricQueries") as Record<string, unknown>[];
        const counted = queries.filter((query) => at(query, "metric.metricName") === "RequestCount");
        expect(new Set(counted.map((query) => at(query, "metric.dimensions.TargetGroup")))).to.have.lengthOf(
            2,
        );
        const rate = queries.find(({ id }) => id === "rate");
        expect(rate?.["expression"]).to.contain("FILL(requests0, 0) + FILL(requests1, 0)");
    });

    it("hold the numbers that each strategy takes, as ECS spells them", async () => {
        const configured = async (deployment: ServiceDeployment) =>
            one(await make(deployment), SERVICE).inputs["deploymentConfiguration"];
        expect(await configured({ strategy: BlueGreen, bakeMinutes: 0 })).to.deep.equal({
            strategy: "BLUE_GREEN",
            bakeTimeInMinutes: "0",
        });
        expect(await configured({ strategy: Canary, canaryPercent: 0.1 })).to.deep.equal({
            strategy: "CANARY",
            bakeTimeInMinutes: "10",
            canaryConfiguration: { canaryPercent: 0.1, canaryBakeTimeInMinutes: "10" },
        });
        expect(await configured({ strategy: Linear, stepPercent: 3, stepBakeMinutes: 1440 })).to.deep.equal({
            strategy: "LINEAR",
            bakeTimeInMinutes: "10",
            linearConfiguration: { stepPercent: 3, stepBakeTimeInMinutes: "1440" },
        });
    });

    it("are tried on test traffic where a listener has some", async () => {
        const preview = await make(
            { strategy: BlueGreen },
            { balancers: { edge: { ...goodAttachment, testListenerArn: TEST_LISTENER } } },
        );
        const test = one(preview, RULE, "shop-orders-edge-test-rule");
        expect(test.inputs["listenerArn"]).to.equal(TEST_LISTENER);
        expect(test.ignoreChanges).to.deep.equal(["actions"]);
        expect(
            at(one(preview, SERVICE).inputs, "loadBalancers[0].advancedConfiguration.testListenerRule"),
        ).to.equal(test.outputs["arn"]);
    });

    it("are judged by functions and held by people", async () => {
        const preview = await make({
            strategy: Canary,
            hooks: [
                { stages: [DeploymentStage.PostTestTrafficShift], functionArn: JUDGE },
                { stages: [DeploymentStage.PreScaleUp] },
            ],
        });
        const { outputs } = one(preview, ROLE, "shop-orders-infrastructure-role");
        expect(at(one(preview, SERVICE).inputs, "deploymentConfiguration.lifecycleHooks")).to.deep.equal([
            {
                targetType: "AWS_LAMBDA",
                hookTargetArn: JUDGE,
                roleArn: outputs["arn"],
                lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT"],
            },
            {
                targetType: "PAUSE",
                lifecycleStages: ["PRE_SCALE_UP"],
                timeoutConfiguration: { timeoutInMinutes: "1440", action: "ROLLBACK" },
            },
        ]);
        const given = statements(
            one(preview, "aws:iam/rolePolicy:RolePolicy", "shop-orders-infrastructure-hooks"),
        );
        expect(given["AskFunctions"]?.["Resource"]).to.deep.equal([JUDGE]);
    });

    it("take as long as they wait for, and no less", async () => {
        const timeout = async (deployment: ServiceDeployment) =>
            one(await make(deployment), SERVICE).state.customTimeouts;
        expect(await timeout({})).to.deep.include({ create: "30m", update: "30m" });
        expect(
            await timeout({ strategy: Linear, stepPercent: 30, stepBakeMinutes: 60, bakeMinutes: 120 }),
        ).to.deep.include({ update: `${30 + 4 * 60 + 120}m` });
        expect(
            await timeout({
                strategy: Canary,
                hooks: [{ stages: [DeploymentStage.PreScaleUp], pauseMinutes: 600 }],
            }),
        ).to.deep.include({ update: `${30 + 10 + 10 + 600}m` });
    });

    const hook = (changes: Partial<DeploymentHook>) => ({
        strategy: Canary,
        hooks: [{ stages: [DeploymentStage.PreScaleUp], ...changes }],
    });
    const problems: [what: string, refusal: () => Promise<string>, problem: string][] = [
        [
            "without a balancer, which alone can shift traffic",
            () =>
                refused(
                    { strategy: Canary },
                    { balancers: undefined, healthCheck: { command: ["CMD", "true"] } },
                ),
            "deployment.strategy is",
        ],
        [
            "without alarms, which alone can turn it back",
            () => refused({ strategy: Canary }, { alarmTopicArns: undefined }),
            "deployment.strategy is",
        ],
        [
            "with two rules of a balancer",
            () =>
                refused(
                    { strategy: Canary },
                    { balancers: { edge: { ...goodAttachment, rules: [{ priority: 1 }, { priority: 2 }] } } },
                ),
            'balancers["edge"].rules is',
        ],
        [
            "on test traffic while it rolls",
            () => refused({}, { balancers: { edge: { ...goodAttachment, testListenerArn: TEST_LISTENER } } }),
            'balancers["edge"].testListenerArn is',
        ],
        [
            "with a share of Canary's while it rolls",
            () => refused({ canaryPercent: 5 }),
            "deployment.canaryPercent is 5",
        ],
        [
            "with a share of Canary's in steps",
            () => refused({ strategy: Linear, canaryPercent: 5 }),
            "deployment.canaryPercent is 5",
        ],
        [
            "with too small a share",
            () => refused({ strategy: Canary, canaryPercent: 0 }),
            "deployment.canaryPercent is 0",
        ],
        [
            "in too small steps",
            () => refused({ strategy: Linear, stepPercent: 2.9 }),
            "deployment.stepPercent is 2.9",
        ],
        [
            "for longer than a day",
            () => refused({ strategy: BlueGreen, bakeMinutes: 1441 }),
            "deployment.bakeMinutes is 1441",
        ],
        [
            "with hooks while it rolls",
            () => refused({ ...hook({}), strategy: Rolling }),
            "deployment.hooks is",
        ],
        [
            "held while traffic is being shifted",
            () => refused(hook({ stages: [DeploymentStage.ProductionTrafficShift] })),
            "deployment.hooks[0].stages[0] is",
        ],
        ["at no stage", () => refused(hook({ stages: [] })), "deployment.hooks[0].stages is"],
        [
            "held by a function",
            () => refused(hook({ functionArn: JUDGE, pauseMinutes: 5 })),
            "deployment.hooks[0].pauseMinutes is 5",
        ],
    ];
    for (const [what, refuse, problem] of problems) {
        it(`are refused ${what}`, async () => {
            const message = await refuse();
            expect(message).to.match(/has 1 problem in its arguments/);
            expect(message).to.contain(`  - ${problem}`);
        });
    }

    it("are turned back by somebody else's alarms where there are none of their own", async () => {
        const preview = await make(
            { strategy: Canary, alarmNames: ["checkout"] },
            { alarmTopicArns: undefined },
        );
        expect(at(one(preview, SERVICE).inputs, "alarms.alarmNames")).to.deep.equal(["checkout"]);
        expect(await refused({ strategy: Canary, alarmNames: [] }, { alarmTopicArns: undefined })).to.contain(
            "deployment.strategy is",
        );
    });
});
