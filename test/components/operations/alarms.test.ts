import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { alarm, type AlarmArgs } from "../../../components/operations/alarms";
import { one, previewProgram, TEST_ACCOUNT, testProvider } from "../../support/preview";

const TYPE = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = `arn:aws:sns:eu-central-1:${TEST_ACCOUNT}:alarms`;
const good: AlarmArgs = {
    region: "eu-central-1",
    description: "Something is wrong",
    metric: {
        namespace: "AWS/ApplicationELB",
        metricName: "HTTPCode_ELB_5XX_Count",
        dimensions: { LoadBalancer: pulumi.output("app/shop/1234567890abcdef") },
        statistic: "Sum",
    },
    comparison: "GreaterThanThreshold",
    threshold: 10,
    missingData: "notBreaching",
    topicArns: [pulumi.output(TOPIC)],
};

async function make(changes: Partial<AlarmArgs> = {}, name = "shop-web-errors") {
    return previewProgram(() => {
        alarm(name, { ...good, ...changes }, { provider: testProvider() });
    });
}

async function problems(changes: Partial<AlarmArgs>, name?: string): Promise<string> {
    return (await make(changes, name)).error?.message ?? "nothing was refused";
}

describe("alarm", () => {
    it("rings and recovers at the same topics, with its actions on", async () => {
        const made = one(await make(), TYPE, "shop-web-errors");
        expect(made.inputs).to.deep.include({
            region: "eu-central-1",
            namespace: "AWS/ApplicationELB",
            metricName: "HTTPCode_ELB_5XX_Count",
            dimensions: { LoadBalancer: "app/shop/1234567890abcdef" },
            statistic: "Sum",
            comparisonOperator: "GreaterThanThreshold",
            threshold: 10,
            period: 60,
            evaluationPeriods: 1,
            datapointsToAlarm: 1,
            treatMissingData: "notBreaching",
            actionsEnabled: true,
            alarmActions: [TOPIC],
            okActions: [TOPIC],
        });
        expect(made.inputs).to.not.have.any.keys("extendedStatistic", "metricQueries");
    });

    it("needs as many breaches as periods where it is not told how many", async () => {
        expect(one(await make({ evaluationPeriods: 3 }), TYPE).inputs.datapointsToAlarm).to.equal(3);
        expect(
            one(await make({ evaluationPeriods: 3, datapointsToAlarm: 2 }), TYPE).inputs.datapointsToAlarm,
        ).to.equal(2);
    });

    it("asks for a percentile in CloudWatch's other property, and not over a handful of samples", async () => {
        const metric = {
            namespace: "AWS/ApplicationELB",
            metricName: "TargetResponseTime",
            statistic: "p99",
        };
        const made = one(await make({ metric }), TYPE);
        expect(made.inputs).to.include({
            extendedStatistic: "p99",
            evaluateLowSampleCountPercentiles: "ignore",
        });
        expect(made.inputs).to.not.have.property("statistic");
    });

    it("computes a value from several rows", async () => {
        const made = one(
            await make({
                metric: undefined,
                period: 300,
                queries: [
                    {
                        id: "rate",
                        expression: "100 * errors / requests",
                        label: "Errors (%)",
                        returnData: true,
                    },
                    { id: "errors", metric: { namespace: "N", metricName: "Errors", statistic: "Sum" } },
                    {
                        id: "requests",
                        metric: {
                            namespace: "N",
                            metricName: "Requests",
                            statistic: "Sum",
                            dimensions: { Api: "shop" },
                        },
                    },
                ],
            }),
            TYPE,
        );
        expect(made.inputs.metricQueries).to.deep.equal([
            { id: "rate", label: "Errors (%)", returnData: true, expression: "100 * errors / requests" },
            {
                id: "errors",
                returnData: false,
                metric: { namespace: "N", metricName: "Errors", stat: "Sum", period: 300 },
            },
            {
                id: "requests",
                returnData: false,
                metric: {
                    namespace: "N",
                    metricName: "Requests",
                    stat: "Sum",
                    period: 300,
                    dimensions: { Api: "shop" },
                },
            },
        ]);
        expect(made.inputs).to.not.have.any.keys("metricName", "namespace", "period", "statistic");
    });

    it("tells nobody where no topic is given", async () => {
        const made = one(await make({ topicArns: undefined }), TYPE);
        expect(made.inputs).to.deep.include({ alarmActions: [], okActions: [] });
    });

    it("refuses a topic of another region, to which CloudWatch would not deliver", async () => {
        expect(await problems({ region: "us-east-1" })).to.contain(
            `topicArns[0] is "${TOPIC}"; allowed: the ARN of a topic in us-east-1, where the alarm is`,
        );
    });

    it("takes CloudWatch's periods and refuses their neighbours", async () => {
        for (const period of [10, 20, 30, 60, 86_400]) {
            expect((await make({ period })).error, String(period)).to.equal(undefined);
        }
        for (const period of [0, 15, 59, 61]) {
            expect(await problems({ period }), String(period)).to.contain(
                `period is ${period}; allowed: 10, 20, 30 or a multiple of 60 (seconds)`,
            );
        }
    });

    it("looks back a day for short periods and a week for long ones, and no further", async () => {
        expect((await make({ period: 60, evaluationPeriods: 1440 })).error).to.equal(undefined);
        expect(await problems({ period: 60, evaluationPeriods: 1441 })).to.contain(
            "evaluationPeriods is 1441; allowed: a whole number from 1 to 1440 for a period of 60 seconds",
        );
        expect((await make({ period: 3600, evaluationPeriods: 168 })).error).to.equal(undefined);
        expect(await problems({ period: 3600, evaluationPeriods: 169 })).to.contain("from 1 to 168");
    });

    it("refuses more breaches than periods", async () => {
        expect(await problems({ evaluationPeriods: 2, datapointsToAlarm: 3 })).to.contain(
            "datapointsToAlarm is 3; allowed: a whole number from 1 to 2 (evaluationPeriods)",
        );
    });

    it("refuses a metric beside queries, neither, and queries without one result", async () => {
        const row = { id: "a", expression: "1" };
        expect(await problems({ queries: [{ ...row, returnData: true }] })).to.contain(
            'metric is "HTTPCode_ELB_5XX_Count"; allowed: exactly one of metric and queries',
        );
        expect(await problems({ metric: undefined })).to.contain("metric is not given");
        expect(await problems({ metric: undefined, queries: [row] })).to.contain(
            "queries is []; allowed: exactly one row with returnData",
        );
        expect(await problems({ metric: undefined, queries: [{ id: "a", returnData: true }] })).to.contain(
            'queries[0] is "a"; allowed: exactly one of metric, expression and insights',
        );
    });

    it("takes a name of 247 characters and refuses 248", async () => {
        expect((await make({}, "a".repeat(247))).error).to.equal(undefined);
        expect(await problems({}, "a".repeat(248))).to.contain("allowed: at most 247 characters");
    });
});
