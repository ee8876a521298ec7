import { expect } from "chai";
import {
    healthBackupRegion,
    HealthEventCategory,
    HealthEvents,
    type HealthEventsArgs,
} from "../../../components/operations/healthEvents";
import { at, json, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, refusal } from "../../support/surroundings";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const topicIn = (region: string): string => `arn:aws:sns:${region}:${TEST_ACCOUNT}:alarms`;
const good: HealthEventsArgs = { region: TEST_REGION, topicArn: topicIn(TEST_REGION) };

function make(changes: Partial<HealthEventsArgs> = {}) {
    return previewProgram(() => {
        const { ruleName } = new HealthEvents("shop-health", { ...good, ...changes }, inTestAccount());
        return { ruleName };
    });
}

const pattern = async (changes: Partial<HealthEventsArgs> = {}) =>
    json(one(await make(changes), RULE).inputs.eventPattern) as Record<string, unknown>;

describe("HealthEvents", () => {
    it("matches what AWS Health says of its own region, in the words of AWS's own pattern", async () => {
        // AWS Health User Guide, "Monitoring account-specific and public events": no wildcard matches both.
        expect(await pattern()).to.deep.equal({
            source: ["aws.health"],
            "detail-type": ["AWS Health Event"],
            detail: {
                eventTypeCategory: ["issue", "investigation", "scheduledChange"],
                eventRegion: [TEST_REGION],
            },
        });
        expectRegion(await make(), TEST_REGION);
    });

    it("matches what is in no region where AWS Health sends that: in us-east-1", async () => {
        const home = { region: "us-east-1", topicArn: topicIn("us-east-1") };
        expect(at(await pattern(home), "detail.eventRegion")).to.deep.equal(["us-east-1", "global"]);
    });

    it("matches other regions' events, some categories and some services where told to", async () => {
        const { detail } = await pattern({
            region: "us-west-2",
            topicArn: topicIn("us-west-2"),
            eventRegions: ["us-east-1", "global"],
            categories: [HealthEventCategory.Issue],
            services: ["RDS"],
        });
        expect(detail).to.deep.equal({
            eventTypeCategory: ["issue"],
            eventRegion: ["us-east-1", "global"],
            service: ["RDS"],
        });
    });

    it("knows the backup region of every region", () => {
        expect(["eu-central-1", "us-east-1", "us-west-2"].map(healthBackupRegion)).to.deep.equal([
            "us-west-2",
            "us-west-2",
            "us-east-1",
        ]);
    });

    it("tells the topic in words, of all that they take from an event, and without a role", async () => {
        const preview = await make();
        const { inputs } = one(preview, TARGET);
        expect(inputs).to.include({ arn: good.topicArn, rule: preview.outputs.ruleName });
        expect(inputs).to.not.have.property("roleArn");
        const words = String(at(inputs, "inputTransformer.inputTemplate"));
        const used = [...words.matchAll(/<(\w+)>/g)].map(([, placeholder]) => placeholder);
        expect(used).to.have.members(
            Object.keys(at(inputs, "inputTransformer.inputPaths") as Record<string, string>),
        );
    });

    it("names all problems at once", async () => {
        const message = await refusal(
            () =>
                new HealthEvents(
                    "shop-health",
                    { ...good, eventRegions: ["moon"], categories: [], services: ["RDS", "RDS"] },
                    inTestAccount(),
                ),
        );
        expect(message).to.contain("has 3 problems");
        expect(message).to.contain('eventRegions[0] is "moon"; allowed: an AWS region\'s code');
        expect(message).to.contain("categories is []; allowed: 1 to 100, each once");
        expect(message).to.contain("services is");
    });

    it("refuses a topic of another region", async () => {
        const { error } = await make({ topicArn: topicIn("us-east-1") });
        expect(error?.message).to.contain("the ARN of a topic in eu-central-1");
    });
});
