import { expect } from "chai";
import { AlarmTopic, type AlarmTopicArgs } from "../../../components/operations/alarmTopic";
import { alarm } from "../../../components/operations/alarms";
import { ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, refusal, statements } from "../../support/surroundings";

const KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const good: AlarmTopicArgs = { region: TEST_REGION, accountId: TEST_ACCOUNT, kmsKeyArn: KEY };

function make(changes: Partial<AlarmTopicArgs> = {}) {
    return previewProgram(() => {
        const topic = new AlarmTopic("shop-alarms", { ...good, ...changes }, inTestAccount());
        return { arn: topic.topicArn, name: topic.topicName };
    });
}

describe("AlarmTopic", () => {
    it("is encrypted under the key given", async () => {
        const preview = await make();
        const topic = one(preview, "aws:sns/topic:Topic", "shop-alarms-topic");
        expect(topic.inputs).to.include({ kmsMasterKeyId: KEY, signatureVersion: 2 });
        expect(preview.outputs).to.deep.equal({ arn: topic.outputs.arn, name: topic.outputs.name });
        expectRegion(preview, TEST_REGION);
    });

    it("shows a preview what its policy says, which nothing but its name decides", async () => {
        const preview = await make();
        const policy = one(preview, "aws:sns/topicPolicy:TopicPolicy");
        expect(policy.state.inputsWithUnknowns()["policy"]).to.equal(policy.inputs.policy);
        const { arn } = one(preview, "aws:sns/topic:Topic").outputs;
        const resources = Object.values(statements(policy)).map(({ Resource }) => Resource);
        expect([...new Set(resources)]).to.deep.equal([arn]);
    });

    it("lets the account's alarms, events, backups and budgets publish, and nobody else", async () => {
        const preview = await make();
        const found = statements(one(preview, "aws:sns/topicPolicy:TopicPolicy"));
        const { DenyPublishingWithoutTls: deny, ...allow } = found;
        expect(deny).to.deep.include({
            Effect: "Deny",
            Principal: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        });
        const publishers = Object.values(allow).map(({ Principal, Condition }) => [Principal, Condition]);
        expect(publishers).to.deep.equal([
            [
                { Service: "cloudwatch.amazonaws.com" },
                {
                    StringEquals: { "aws:SourceAccount": TEST_ACCOUNT },
                    ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${TEST_REGION}:${TEST_ACCOUNT}:alarm:*` },
                },
            ],
            [
                { Service: "events.amazonaws.com" },
                { StringEqualsIfExists: { "aws:SourceAccount": TEST_ACCOUNT } },
            ],
            [
                { Service: "backup.amazonaws.com" },
                { StringEqualsIfExists: { "aws:SourceAccount": TEST_ACCOUNT } },
            ],
            [
                { Service: "budgets.amazonaws.com" },
                {
                    StringEquals: { "aws:SourceAccount": TEST_ACCOUNT },
                    ArnLike: { "aws:SourceArn": `arn:aws:budgets::${TEST_ACCOUNT}:*` },
                },
            ],
        ]);
        for (const statement of Object.values(found)) {
            expect(statement).to.include({ Action: "sns:Publish", Resource: preview.outputs.arn });
        }
    });

    it("is known to alarms only behind its policy", async () => {
        const preview = await previewProgram(() => {
            const options = inTestAccount();
            const topic = new AlarmTopic("shop-alarms", good, options);
            alarm(
                "shop-late",
                {
                    region: TEST_REGION,
                    description: "Late",
                    metric: { namespace: "N", metricName: "M", statistic: "Sum" },
                    comparison: "GreaterThanThreshold",
                    threshold: 1,
                    missingData: "missing",
                    topicArns: [topic.topicArn],
                },
                { parent: topic },
            );
        });
        const policy = one(preview, "aws:sns/topicPolicy:TopicPolicy");
        expect(one(preview, "aws:cloudwatch/metricAlarm:MetricAlarm").dependencies).to.include(policy.urn);
    });

    it("mails to the address given, in the topic's region", async () => {
        expect(ofType(await make(), "aws:sns/topicSubscription:TopicSubscription")).to.have.lengthOf(0);
        const preview = await make({ email: "oncall@example.com" });
        const mail = one(preview, "aws:sns/topicSubscription:TopicSubscription", "shop-alarms-email");
        expect(mail.inputs).to.include({
            protocol: "email",
            endpoint: "oncall@example.com",
            topic: preview.outputs.arn,
            region: TEST_REGION,
        });
    });

    it("refuses what is no address and no region, both at once", async () => {
        const message = await refusal(
            () => new AlarmTopic("shop-alarms", { ...good, region: "EU", email: "oncall" }, inTestAccount()),
        );
        expect(message).to.contain("has 2 problems");
        expect(message).to.contain('region is "EU"; allowed: an AWS region code, such as eu-central-1');
        expect(message).to.contain(
            'email is "oncall"; allowed: one e-mail address, such as oncall@example.com',
        );
    });
});
