import { expect } from "chai";

import {
    RegionalFoundation,
    type RegionalFoundationArgs,
} from "../../../components/operations/regionalFoundation/regionalFoundation";
import { pathsOf, problemsIn } from "../../support/components/problems";
import {
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    testProvider,
} from "../../support/preview";

const GOOD: RegionalFoundationArgs = { region: "eu-central-1", accountId: TEST_ACCOUNT };

const TOPIC = "aws:sns/topic:Topic";
const BUDGET = "aws:budgets/budget:Budget";
const BASELINE = "meridian:index:AccountBaseline";
const ARCHIVE = "meridian:index:LogGroupArchive";

function preview(args: unknown = GOOD, name = "store"): Promise<ProgramPreview> {
    return previewProgram(() => {
        const made = new RegionalFoundation(name, args as RegionalFoundationArgs, {
            providers: [testProvider()],
        });
        const { kmsKeyArn, alarmTopicArn, edgeAlarmTopicArn, logBucketName, logBucketArn } = made;
        return { kmsKeyArn, alarmTopicArn, edgeAlarmTopicArn, logBucketName, logBucketArn };
    });
}

async function problemsOf(args: unknown, name?: string): Promise<string[]> {
    return pathsOf(problemsIn(await preview(args, name)));
}

describe("RegionalFoundation", () => {
    it("makes a key, a topic and a bucket for logs, and no more by itself", async () => {
        const made = await preview();
        expect(ofType(made, TOPIC).map(({ inputs }) => inputs["region"])).to.deep.equal(["eu-central-1"]);
        expect(one(made, TOPIC).inputs["kmsMasterKeyId"]).to.equal(made.outputs["kmsKeyArn"]);
        expect(made.outputs["alarmTopicArn"]).to.equal(one(made, TOPIC).outputs["arn"]);
        expect(made.outputs["logBucketArn"]).to.equal(
            `arn:aws:s3:::${String(made.outputs["logBucketName"])}`,
        );
        expect(made.outputs["edgeAlarmTopicArn"]).to.equal(undefined);
        for (const type of [BUDGET, BASELINE, ARCHIVE]) {
            expect(ofType(made, type), type).to.deep.equal([]);
        }
    });

    it("tells a topic in us-east-1 of what is there alone, and of the budget", async () => {
        const made = await preview({
            ...GOOD,
            edgeAlarms: true,
            monthlyBudgetUsd: 4000,
            budgetEnvironment: "prod",
            alarmEmail: "oncall@example.com",
        });
        expect(ofType(made, TOPIC).map(({ inputs }) => inputs["region"])).to.have.members([
            "eu-central-1",
            "us-east-1",
        ]);
        expect(ofType(made, "aws:sns/topicSubscription:TopicSubscription")).to.have.length(2);
        const { inputs } = one(made, BUDGET);
        expect(inputs).to.deep.include({
            limitAmount: "4000",
            costFilters: [{ name: "TagKeyValue", values: ["user:environment$prod"] }],
        });
        const told = (inputs["notifications"] as { subscriberSnsTopicArns: unknown[] }[]).flatMap(
            (notification) => notification.subscriberSnsTopicArns,
        );
        expect([...new Set(told)]).to.deep.equal([made.outputs["edgeAlarmTopicArn"]]);
    });

    it("answers for its account where it is told to", async () => {
        const home = await preview({ ...GOOD, accountBaseline: true, homeRegion: true });
        expect(ofType(home, "aws:cloudtrail/trail:Trail")).to.have.length(1);
        expect(ofType(home, ARCHIVE)).to.have.length(1);
        const other = await preview({ ...GOOD, accountBaseline: true });
        expect(ofType(other, "aws:guardduty/detector:Detector")).to.have.length(1);
        expect(ofType(other, "aws:cloudtrail/trail:Trail")).to.deep.equal([]);
        expect(ofType(other, "aws:apigateway/account:Account")).to.deep.equal([]);
        const logging = await preview({ ...GOOD, accountBaseline: true, apiGatewayLogs: true });
        expect(ofType(logging, "aws:apigateway/account:Account")).to.have.length(1);
    });

    it("protects keys and logs unless it is told not to", async () => {
        const kept = (made: ProgramPreview) =>
            made.resources.filter(({ type }) => /:(Key|Bucket)$/.test(type)).map(({ protect }) => protect);
        expect([...new Set(kept(await preview({ ...GOOD, edgeAlarms: true })))]).to.deep.equal([true]);
        expect([
            ...new Set(kept(await preview({ ...GOOD, edgeAlarms: true, deletionProtection: false }))),
        ]).to.deep.equal([false]);
    });

    it("names every bad argument before anything is registered", async () => {
        expect(
            await problemsOf(
                {
                    region: "Frankfurt",
                    accountId: "1",
                    alarmEmail: "nobody",
                    homeRegion: true,
                    monthlyBudgetUsd: 10,
                    logRetentionDays: 2,
                    logArchiveRetentionDays: 30,
                },
                "The Store",
            ),
        ).to.have.members([
            "region",
            "accountId",
            "alarmEmail",
            "homeRegion",
            "monthlyBudgetUsd",
            "budgetEnvironment",
            "logRetentionDays",
            "logArchiveRetentionDays",
            "name",
        ]);
    });
});
