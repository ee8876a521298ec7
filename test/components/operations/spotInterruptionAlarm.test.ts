import { expect } from "chai";
import {
    SpotInterruptionAlarm,
    type SpotInterruptionAlarmArgs,
} from "../../../components/operations/spotInterruptionAlarm";
import { at, json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, refusal } from "../../support/surroundings";

const TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:alarms`;
const good: SpotInterruptionAlarmArgs = { region: TEST_REGION, topicArn: TOPIC };

const RULE = "aws:cloudwatch/eventRule:EventRule";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

function make(changes: Partial<SpotInterruptionAlarmArgs> = {}) {
    return previewProgram(() => {
        const spot = new SpotInterruptionAlarm("shop-spot", { ...good, ...changes }, inTestAccount());
        return { interruptions: spot.interruptionRuleName, rebalances: spot.rebalanceRuleName };
    });
}

describe("SpotInterruptionAlarm", () => {
    it("matches interruptions and rebalance recommendations, each by a rule of its own", async () => {
        const preview = await make();
        const pattern = (name: string) => json(one(preview, RULE, name).inputs.eventPattern);
        expect(pattern("shop-spot-interruptions")).to.deep.equal({
            source: ["aws.ec2"],
            "detail-type": ["EC2 Spot Instance Interruption Warning"],
        });
        expect(pattern("shop-spot-rebalances")).to.deep.equal({
            source: ["aws.ec2"],
            "detail-type": ["EC2 Instance Rebalance Recommendation"],
        });
        for (const rule of ofType(preview, RULE)) {
            expect(rule.inputs.state).to.equal("ENABLED");
            expect(rule.inputs).to.not.have.property("isEnabled");
        }
        expectRegion(preview, TEST_REGION);
    });

    it("rings when there are many in ten minutes", async () => {
        const preview = await make();
        for (const [signal, threshold] of [
            ["interruptions", 3],
            ["rebalances", 10],
        ] as const) {
            const rule = one(preview, RULE, `shop-spot-${signal}`);
            expect(one(preview, ALARM, `shop-spot-${signal}-alarm`).inputs).to.deep.include({
                namespace: "AWS/Events",
                metricName: "MatchedEvents",
                dimensions: { RuleName: rule.inputs.name },
                statistic: "Sum",
                comparisonOperator: "GreaterThanOrEqualToThreshold",
                threshold,
                period: 600,
                treatMissingData: "notBreaching",
                alarmActions: [TOPIC],
            });
            expect(preview.outputs[signal]).to.equal(rule.inputs.name);
        }
    });

    it("rings at the thresholds given", async () => {
        const preview = await make({ interruptionThreshold: 1, rebalanceThreshold: 2 });
        expect(one(preview, ALARM, "shop-spot-interruptions-alarm").inputs.threshold).to.equal(1);
        expect(one(preview, ALARM, "shop-spot-rebalances-alarm").inputs.threshold).to.equal(2);
    });

    it("tells the topic of each interruption, in words and without a role, while it is news", async () => {
        const preview = await make();
        const target = one(preview, TARGET, "shop-spot-interruptions-topic");
        expect(target.inputs).to.include({ arn: TOPIC, rule: preview.outputs.interruptions });
        expect(target.inputs).to.not.have.property("roleArn");
        expect(at(target.inputs, "retryPolicy.maximumEventAgeInSeconds")).to.equal(300);
        const paths = at(target.inputs, "inputTransformer.inputPaths") as Record<string, string>;
        const template = String(at(target.inputs, "inputTransformer.inputTemplate"));
        const used = [...template.matchAll(/<(\w+)>/g)].map(([, placeholder]) => placeholder);
        expect(used).to.have.members(Object.keys(paths));
        expect(template).to.match(/^".*"$/);
    });

    it("tells of none when told not to", async () => {
        expect(ofType(await make({ notifyEach: false }), TARGET)).to.have.lengthOf(0);
    });

    it("refuses a topic of another region", async () => {
        const preview = await make({ topicArn: `arn:aws:sns:us-east-1:${TEST_ACCOUNT}:alarms` });
        expect(preview.error?.message).to.contain("the ARN of a topic in eu-central-1, where the alarm is");
    });

    it("names all problems at once", async () => {
        const message = await refusal(
            () =>
                new SpotInterruptionAlarm(
                    "s".repeat(43),
                    { region: "eu", topicArn: TOPIC, interruptionThreshold: 0, rebalanceThreshold: 1.5 },
                    inTestAccount(),
                ),
        );
        expect(message).to.contain("has 4 problems");
        expect(message).to.contain("aws:cloudwatch/eventRule:EventRule names end at 64");
        expect(message).to.contain(
            "interruptionThreshold is 0; allowed: a number from 1 to 10000 in steps of 1",
        );
        expect(message).to.contain("rebalanceThreshold is 1.5");
    });
});
